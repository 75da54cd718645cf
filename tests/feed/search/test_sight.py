"""The law of sight: everybody finds what they see and nothing else, in whatever way the index comes to it."""

import pytest
from sqlalchemy import select, update

from collab.core.db import db, writing
from collab.feed.search import eras as stretches
from collab.feed.search import queries
from collab.feed.search.asking import asked
from collab.feed.search.eras import eras, newest
from collab.files.models import Attachment, StoredFile
from collab.messaging.models import Message
from collab.messaging.policy import message_visible_to
from collab.people.commands.outsiders import add_outsider
from collab.people.forms.organisation import OutsiderForm
from collab.people.models import Outsider, Party, Person, Unit
from collab.people.queries import parties
from collab.people.queries.today import today
from collab.work import commands as work
from collab.work.forms import Ask, Offer
from collab.work.models import WorkItem
from collab.work.policy import visible_to
from tests.feed.test_prepared import EVERYBODY


@pytest.fixture
def town(app, cast, do, opened, write, indexed):
    """Items of every reach in several units, asked about, offered and talked of, with files; all in the index."""
    for who, unit in [("Nikos", "PARKS"), ("Petros", "ROADS"), ("Sofia", "LEGAL"), ("Anna", "CITY")]:
        plain = opened(who, unit, f"Kingfisher of {unit}")
        for reach in ("named", "all"):
            write(who, opened(who, unit, f"Kingfisher {reach} in {unit}", reach=reach), "A kingfisher was heard")
        do(work.ask, who, plain, Ask(of=cast.LEGAL if unit != "LEGAL" else cast.PARKS, what="Well?"))
        write(who, plain, f"@[b](party:{cast.TECH}) @[c](party:{cast.Leila}) kingfisher")
    offered = opened("Nikos", "PARKS", "Kingfisher offered")
    do(work.offer, "Nikos", offered, Offer(to=cast.FINANCE, note="Yours"))
    _attach(app, cast)
    indexed()


def _attach(app, cast):
    """A file on every item and message, as the attaching command would leave it."""
    from collab.core import clock

    with app.app_context():
        with writing() as session:
            stored = StoredFile(sha256="0" * 64, size=1, media_type="text/plain", created_at=clock.now())
            session.add(stored)
            session.flush()
            for kind, column in (("work-item", WorkItem.id), ("message", Message.id)):
                session.add_all(
                    Attachment(
                        owner_kind=kind, owner_id=id_, file_id=stored.id, name="kingfisher.txt", added_by=cast.Eleni,
                        added_at=clock.now(),
                    )
                    for id_ in session.scalars(select(column)).all()
                )  # fmt: skip
        db.session.remove()


@pytest.mark.parametrize("narrowed", [True, False])
def test_everybody_finds_exactly_what_they_see(app, town, actor_of, monkeypatch, narrowed):
    if not narrowed:
        monkeypatch.setattr(queries, "MOST_SCOPES", -1)
    sizes = set()
    with app.app_context():
        question = asked("kingfisher")
        for who in EVERYBODY:
            actor = actor_of(who)
            items = {one.id for one in queries.find_items(actor, question, limit=100).items}
            assert items == set(db.session.scalars(select(WorkItem.id).where(visible_to(actor)))), who
            said = {one.id for one in queries.find_messages(actor, question, limit=100).items}
            assert said == set(db.session.scalars(select(Message.id).where(message_visible_to(actor)))), who
            files = queries.find_files(actor, question, limit=100).items
            owners = {(one.owner_kind, one.owner_id) for one in files}
            assert owners == {("work-item", id_) for id_ in items} | {("message", id_) for id_ in said}, who
            sizes.add((len(items), len(said)))
        db.session.remove()
    assert len(sizes) > 3, "everybody found the same: this told nothing"


@pytest.mark.parametrize("narrowed", [True, False])
def test_asking_all_at_once_finds_what_stretch_by_stretch_does(app, town, actor_of, monkeypatch, narrowed):
    """As long as there is not enough in any stretch: the same, in the same order, with the same scores."""
    monkeypatch.setattr(queries, "MOST_SCOPES", 64 if narrowed else -1)

    def everything() -> list[object]:
        return [
            find(actor_of(who), asked(typed), limit=100, few=few).items
            for who in EVERYBODY
            for typed in ("kingfisher", "kingfisher na", "king", "nowhere")
            for find in (queries.find_items, queries.find_messages, queries.find_files)
            for few in (True, False)
        ]

    with app.app_context():
        at_once = everything()
        monkeypatch.setattr(queries, "SOME", 0)
        monkeypatch.setattr(queries, "holds_all", lambda scale, last: False)
        monkeypatch.setattr(queries, "STATEMENTS", {key: queries._statement(*key) for key in queries.STATEMENTS})
        assert at_once == everything()
        db.session.remove()
    assert any(at_once)


def test_whoever_is_found_by_name_is_the_same_as_built_anew(app, cast, do, directory, actor_of):
    do(add_outsider, "Eleni", OutsiderForm(name="Water Company"))
    with app.app_context():
        with writing() as session:
            session.execute(update(Outsider).where(Outsider.id == cast.forestry).values(private_to=cast.Nikos))
            session.execute(update(Person).where(Person.id == cast.Katerina).values(active=False))
            session.execute(update(Unit).where(Unit.id == cast.ROADS).values(valid_to=today()))
        ids, sizes = sorted(db.session.scalars(select(Party.id)), reverse=True), set()
        for who in EVERYBODY:
            actor = actor_of(who)
            given = {"ids": ids, "day": today()}
            rows = sorted(row.id for row in parties.KNOWN.rows(actor, **given))
            assert rows == sorted(row.id for row in parties.KNOWN.fresh(actor, **given)), who
            chosen = parties.choices_of(actor, ids)
            assert [one.id for one in chosen] == sorted(rows, reverse=True)
            assert not {cast.Katerina, cast.ROADS} & set(rows)
            sizes.add(cast.forestry in rows)
        db.session.remove()
    assert sizes == {True, False}


def test_where_the_newest_stretch_gives_little_all_are_asked_at_once(app, opened, indexed, actor_of, monkeypatch):
    monkeypatch.setattr(stretches, "SCALES", (1, 2, 3))
    monkeypatch.setattr(queries, "ENOUGH", 3)
    monkeypatch.setattr(queries, "SOME", 2)
    monkeypatch.setattr(queries, "_KNOWN_LAST", {})
    monkeypatch.setattr(queries, "STATEMENTS", {key: queries._statement(*key) for key in queries.STATEMENTS})
    ids = [opened("Nikos", "PARKS", f"Kingfisher {number}") for number in range(24)]
    last = [opened("Nikos", "PARKS", title) for title in ("Heron", "Heron", "Heron", "Heron", "Kingfisher")][-1]
    indexed()
    with app.app_context():
        found = queries.find_items(actor_of("Eleni"), asked("kingfisher"), limit=100, few=True).items
        db.session.remove()
    assert {one.id for one in found} == {*ids, last}


def test_who_sees_little_of_what_is_looked_at_first_misses_nothing(app, town, actor_of, monkeypatch):
    monkeypatch.setattr(queries, "MOST_SCOPES", -1)
    monkeypatch.setattr(queries, "LOOKED_AT", 1)
    monkeypatch.setitem(queries.STATEMENTS, ("item", False), queries._statement("item", False))
    with app.app_context():
        for who in EVERYBODY:
            actor = actor_of(who)
            items = {one.id for one in queries.find_items(actor, asked("kingfisher"), limit=100).items}
            assert items == set(db.session.scalars(select(WorkItem.id).where(visible_to(actor)))), who
        db.session.remove()


def test_nothing_in_the_answer_hints_at_what_is_unseen(town, api_of):
    answer = api_of("Katerina").get("/api/v1/search", query_string={"q": "kingfisher parks named"})
    assert "named in" not in answer.text
    assert api_of("Katerina").get("/api/v1/search?q=kingfisher&kind=items&after=").json["next"] is None


def test_only_the_newest_of_many_are_ranked_and_older_ones_found_when_these_are_few(app, town, actor_of, monkeypatch):
    monkeypatch.setattr(queries, "RANKED", 3)
    with app.app_context():
        actor = actor_of("Anna")
        newest_ids = db.session.scalars(select(WorkItem.id).where(visible_to(actor)).order_by(WorkItem.id.desc()))
        db.session.remove()
        statement = queries._statement("item", False)
        monkeypatch.setitem(queries.STATEMENTS, ("item", False), statement)
        monkeypatch.setitem(queries.STATEMENTS, ("item", True), statement)
        found = queries.find_items(actor, asked("kingfisher"), limit=100).items
        assert {one.id for one in found} == set(list(newest_ids)[:3])
        db.session.remove()


@pytest.mark.parametrize("narrowed", [True, False])
def test_where_the_newest_stretch_gives_enough_no_wider_one_is_read(
    app, opened, indexed, actor_of, monkeypatch, narrowed
):
    monkeypatch.setattr(stretches, "SCALES", (1, 2, 19))
    monkeypatch.setattr(queries, "ENOUGH", 1)
    monkeypatch.setattr(queries, "MOST_SCOPES", 64 if narrowed else -1)
    monkeypatch.setattr(queries, "_KNOWN_LAST", {})
    fresh = {key: queries._statement(*key) for key in queries.STATEMENTS}
    monkeypatch.setattr(queries, "STATEMENTS", fresh)
    ids = [opened("Nikos", "PARKS", f"Kingfisher {number}") for number in range(12)]
    indexed()
    with app.app_context():
        who, question = actor_of("Eleni"), asked("kingfisher")
        found = {one.id for one in queries.find_items(who, question, limit=100, few=True).items}
        turned = {one.id for one in queries.find_items(who, question, limit=100).items}
        db.session.remove()
    assert turned == set(ids), "whoever turns page after page is taken further"
    assert found == {id_ for id_ in ids if set(eras(id_)) & set(newest(0, ids[-1]))}
    assert 0 < len(found) < len(ids)


def test_stretches_hold_every_id_once_on_each_scale():
    for id_ in (1, 8_191, 8_192, 70_000, 600_000, 2_000_000):
        assert all(number < 0 for number in eras(id_))
        assert len(set(eras(id_))) == 3
        for scale in range(3):
            assert eras(id_)[scale] in newest(scale, id_)
    assert not set(newest(0, 100_000)) & set(eras(50_000))


HOSTILE = ["", " ", "' & | !", "x" * 200, "<script>", "9" * 20, "%", "\u202e", "\\", "a:*", "((", "'''"]
REFUSED = [
    {"q": "x" * 201}, {"q": "a\x00b"}, {"kind": "secrets"}, {"limit": 0}, {"limit": 101}, {"sort": "x"},
    {"after": "zz", "q": "a", "kind": "items"},
]  # fmt: skip


def test_nothing_that_is_typed_breaks_it(town, api_of):
    client = api_of("Eleni")
    for typed in HOSTILE:
        for typing in ("true", "false"):
            answer = client.get("/api/v1/search", query_string={"q": typed, "typing": typing})
            assert answer.status_code == 200, typed


def test_what_cannot_be_asked_is_refused_with_a_sentence(app, api_of):
    client = api_of("Eleni")
    for query in REFUSED:
        answer = client.get("/api/v1/search", query_string=query)
        assert answer.status_code == 422, query
        assert answer.json["errors"], query


def test_an_outsider_who_is_private_to_somebody_is_found_by_nobody_else(app, cast, directory, api_of):
    with app.app_context():
        with writing() as session:
            session.execute(update(Outsider).where(Outsider.id == cast.forestry).values(private_to=cast.Nikos))
        db.session.remove()
    for typed in ("forestry", "forsetry"):
        for name, sees in (("Nikos", True), ("Eleni", False)):
            answer = api_of(name).get("/api/v1/search", query_string={"q": typed, "typing": "true"}).text
            assert ("Forestry Office" in answer) is sees, (typed, name)
