"""A leaver's desk: everything goes to its successors at once, both sign, an administrator closes the account."""

import re
import threading
from datetime import UTC, date, datetime

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import func, select, update

from collab.core.db import db, writing
from collab.core.facts import FactRow
from collab.feed.models import Notification
from collab.files.papers import make_paper
from collab.people.models import Mail, Membership, Person
from collab.work.commands import ask, offer, watch
from collab.work.forms import Ask, Offer
from collab.work.models import DeskHandover, DeskLine, Handover, Wait, WorkItem
from tests.work.making import make


@pytest.fixture
def desk(app, cast, actor_of):
    """Eleni holds two items, is asked, asks, is offered one and offers one; one is for named people only."""
    with app.app_context():
        eleni, nikos, maria = actor_of("Eleni"), actor_of("Nikos"), actor_of("Maria")
        ids = {"one": make(eleni, cast.PARKS, cast.Eleni, title="Plane trees")}
        ids["two"] = make(eleni, cast.PARKS, cast.Eleni, title="Playground")
        ids["named"] = make(eleni, cast.PARKS, cast.Eleni, title="A private matter", reach="named")
        ids["tray"] = make(nikos, cast.PARKS, cast.Nikos, title="Fountain")
        ids["asked"] = ask(nikos, ids["tray"], Ask(of=cast.Eleni, what="Which valve?"))
        ids["asking"] = ask(eleni, ids["one"], Ask(of=cast.Maria, what="Is the road closed?"))
        ids["sent"] = offer(eleni, ids["two"], Offer(to=cast.ROADS, note="It is your road"))
        ids["theirs"] = make(maria, cast.ROADS, cast.Maria, title="Kerb")
        ids["come"] = offer(maria, ids["theirs"], Offer(to=cast.Eleni, note="Your trees"))
        dimitra = actor_of("Dimitra")
        ids["foreign"] = make(dimitra, cast.LEGAL, cast.Dimitra, title="Legal secret")
        ids["unseen"] = ask(dimitra, ids["foreign"], Ask(of=cast.Eleni, what="Trees there?"))
        watch(eleni, ids["tray"])
    return ids


def hand(client, cast, **more):
    return client.post(
        f"/people/{cast.Eleni}/desk-handovers",
        data={"to": cast.Giorgos, "kind": "leaving", "last_day": "2026-11-30", "sure": "on"} | more,
    )


def test_the_page_shows_the_head_everything_and_proposes_the_deputy(client_of, cast, desk):
    page = client_of("Yannis").get(f"/people/{cast.Eleni}/desk").text
    for words in ("Plane trees", "Playground", "Which valve?", "Is the road closed?", "It is your road", "Your trees"):
        assert words in page
    assert f'<option value="{cast.Babis}" selected' in page
    assert "A private matter" not in page
    assert "An item that you may not see" in page
    assert "Legal secret" not in page
    assert "Trees there?" not in page


def test_ones_own_desk_is_said_to_oneself(client_of, cast, desk):
    own = client_of("Eleni").get(f"/people/{cast.Eleni}/desk").text
    for words in ("Items you hold", "Questions that wait for you", "Answers that you wait for"):
        assert own.count(words) == 2
    assert "Items they hold" not in own
    assert "Items they hold" in client_of("Yannis").get(f"/people/{cast.Eleni}/desk").text


def test_what_the_house_asks_of_a_leaver_has_its_words(app, client_of, cast, desk):
    with app.app_context(), writing() as session:
        session.execute(update(Wait).where(Wait.id == desk["asked"]).values(sense="approval", what=""))
    page = client_of("Yannis").get(f"/people/{cast.Eleni}/desk").text
    assert "Returned three times: decide where it belongs." in page


def test_of_what_a_head_may_not_see_a_desk_says_that_it_is_there(app, client_of, api_of, cast, actor_of, desk):
    with app.app_context():
        ask(actor_of("Eleni"), desk["named"], Ask(of=cast.Reza, what="Between us?", until=date(2026, 12, 22)))
    lines = api_of("Nikos").get(f"/api/v1/people/{cast.Eleni}/desk").json["lines"]
    unseen = [one for one in lines if one["reference"] is None]
    others = {one["part"]: one["other"] and one["other"]["id"] for one in unseen}
    assert others == {"item": cast.Eleni, "asked": None, "asking": None}
    assert {(one["title"], one["what"], one["due_on"]) for one in unseen} == {(None, None, None)}
    page = client_of("Nikos").get(f"/people/{cast.Eleni}/desk").text
    assert "Reza" not in page


def test_everything_goes_to_its_successor_in_one_envelope(app, client_of, cast, desk, tell):
    tell()
    with app.app_context():
        before = db.session.scalar(select(func.count(Notification.id)).where(Notification.person_id == cast.Giorgos))
    answer = hand(client_of("Yannis"), cast, **{"own[]": ["", f"item-{desk['two']}:{cast.Babis}"]})
    assert answer.status_code == 303
    tell()
    with app.app_context():
        holders = dict(db.session.execute(select(WorkItem.id, WorkItem.holder_id)).all())
        assert holders[desk["one"]] == cast.Giorgos
        assert holders[desk["two"]] == cast.Babis
        assert holders[desk["named"]] == cast.Eleni
        waits = {each.id: each for each in db.session.scalars(select(Wait))}
        assert waits[desk["asked"]].of_id == cast.Giorgos
        assert waits[desk["asking"]].by_id == cast.Giorgos
        assert waits[desk["unseen"]].of_id == cast.Eleni
        offers = {each.id: each for each in db.session.scalars(select(Handover))}
        assert offers[desk["sent"]].offered_by == cast.Giorgos
        assert offers[desk["sent"]].state == "offered"
        assert (offers[desk["come"]].to_id, offers[desk["come"]].to_unit_id) == (cast.Giorgos, cast.PARKS)
        after = db.session.scalar(select(func.count(Notification.id)).where(Notification.person_id == cast.Giorgos))
        assert after - before == 1
        assert db.session.scalar(select(func.count()).where(FactRow.kind == "item-handed-on")) == 2
        outcomes = db.session.execute(select(DeskLine.outcome, func.count()).group_by(DeskLine.outcome)).all()
        assert dict(outcomes) == {"moved": 6, "left": 2}
        assert db.session.scalars(select(DeskHandover)).one().watched == 1
    history = client_of("Yannis").get("/work-items/PARKS-1").text
    assert "with the desk of" in history
    assert "Your trees" in client_of("Giorgos").get(f"/work-items/{_reference(app, desk['theirs'])}").text


def test_what_goes_to_whom_is_shown_before_it_happens_and_both_are_told_to_sign(app, client_of, cast, desk, tell):
    yannis, eleni = client_of("Yannis"), client_of("Eleni")
    vague = hand(yannis, cast, kind="", sure="")
    assert vague.status_code == 422
    assert "Say why" in vague.text
    assert "Say their last day" in hand(yannis, cast, last_day="", sure="").text
    review = hand(yannis, cast, sure="", **{"own[]": [f"item-{desk['two']}:{cast.Babis}"]})
    assert review.status_code == 200
    for words in ("Giorgos Zervas", "Babis Ioannou", "Plane trees", "Hand 6 lines over", "30 Nov"):
        assert words in review.text
    assert f'value="item-{desk["two"]}:{cast.Babis}"' in review.text
    with app.app_context():
        assert db.session.scalar(select(func.count(DeskHandover.id))) == 0, "nothing happened yet"
    address = hand(yannis, cast).headers["Location"]
    tell()
    assert "Your desk was handed over" in eleni.get("/").text
    assert "The desk of Eleni Markou was handed over" in yannis.get("/").text
    assert "passed your desk on" in eleni.get("/inbox").text
    for client in (yannis, eleni):
        client.post(f"{address}/signature")
        assert f'href="{address}"' not in client.get("/").text


def _reference(app, item):
    with app.app_context():
        return db.session.scalar(select(WorkItem.reference).where(WorkItem.id == item))


@pytest.mark.parametrize(
    ("reader", "button"),
    [("Yannis", "Desk and handover"), ("Nikos", "Γραφείο και παράδοση"), ("Shirin", "میز کار و تحویل")],
)
def test_whoever_looks_for_handing_over_finds_it_on_the_card_and_on_its_page(
    app, client_of, cast, desk, reader, button
):
    with app.app_context(), writing() as session:  # Shirin heads the unit above, too
        session.execute(
            update(Membership).where(Membership.person_id == cast.Shirin).values(unit_id=cast.TECH, kind="acting")
        )
    client = client_of(reader)
    assert f'href="/people/{cast.Eleni}/desk">{button}</a>' in client.get(f"/people/{cast.Eleni}").text
    page = client.get(f"/people/{cast.Eleni}/desk").text
    assert f"{button}: " in page


def test_both_sign_and_then_the_administrator_closes_the_account(app, client_of, cast, desk, at):
    nikos, eleni, kostas = client_of("Yannis"), client_of("Eleni"), client_of("Kostas")
    address = hand(nikos, cast, last_day="2026-11-30").headers["Location"]
    assert "Plane trees" in eleni.get(address).text
    assert "Plane trees" not in kostas.get(address).text
    signing = eleni.get(address).text.partition('id="signatures"')[2].partition("</section>")[0]
    assert re.search(r'<div class="stack">\s*<dl.*</dl>\s*<div class="button-row">', signing, re.S), (
        "with a gap between"
    )
    for client in (nikos, eleni, eleni):
        assert client.post(f"{address}/signature").status_code == 303
    assert kostas.post(f"{address}/signature").status_code == 403
    page = nikos.get(address).text
    assert "not signed yet" not in page
    assert "After the last day an administrator" in page
    kostas.post(f"{address}/closing")
    with app.app_context():
        assert db.session.get(Person, cast.Eleni).active
        assert db.session.scalar(select(func.count()).where(FactRow.kind == "desk-signed")) == 2
    assert nikos.post(f"{address}/closing").status_code == 403
    at(datetime(2026, 12, 1, 9, tzinfo=UTC))
    client_of("Kostas").post(f"{address}/closing")
    with app.app_context():
        assert not db.session.get(Person, cast.Eleni).active
        until = db.session.scalar(select(Membership.valid_to).where(Membership.person_id == cast.Eleni))
        assert until.isoformat() == "2026-12-01"


def test_who_goes_to_another_unit_takes_along_what_is_chosen(app, client_of, cast, desk):
    answer = hand(
        client_of("Yannis"), cast, kind="transfer", into=cast.ROADS, **{"own[]": [f"item-{desk['two']}:along"]}
    )
    assert answer.status_code == 303
    with app.app_context():
        two = db.session.get(WorkItem, desk["two"])
        assert (two.holder_id, two.desk_unit_id) == (cast.Eleni, cast.ROADS)
        assert db.session.get(WorkItem, desk["one"]).holder_id == cast.Giorgos
        mine = select(Membership.unit_id, Membership.valid_from, Membership.valid_to, Membership.main)
        dated = {row[0]: row[1:] for row in db.session.execute(mine.where(Membership.person_id == cast.Eleni))}
        first_day = date(2026, 12, 1)
        assert dated[cast.PARKS][1] == first_day
        assert (dated[cast.ROADS][0], dated[cast.ROADS][1], dated[cast.ROADS][2]) == (first_day, None, True)
        told = set(db.session.scalars(select(Mail.to).where(Mail.effect.like("transfer-%"))))
        assert told == {cast.email(name) for name in ("Eleni", "Nikos", "Petros")}
    assert "Belongs there from" in client_of("Yannis").get(answer.headers["Location"]).text


def test_an_answer_that_is_awaited_follows_its_item_unless_chosen_otherwise(app, client_of, cast, desk):
    yannis, item = client_of("Yannis"), f"item-{desk['one']}"
    assert "as its item" in yannis.get(f"/people/{cast.Eleni}/desk").text
    review = hand(yannis, cast, sure="", **{"own[]": [f"{item}:{cast.Babis}"]}).text
    assert "Babis Ioannou: 2" in review or review.count("Babis Ioannou") >= 3, "the item and its answer, and the sum"
    hand(yannis, cast, **{"own[]": [f"{item}:{cast.Babis}"]})
    with app.app_context():
        assert db.session.get(Wait, desk["asking"]).by_id == cast.Babis


@pytest.mark.parametrize(("chosen", "asker"), [("Giorgos", "Giorgos"), (None, "Eleni")])
def test_the_answer_goes_along_with_the_item_or_where_it_was_chosen_to_go(app, client_of, cast, desk, chosen, asker):
    own = [f"item-{desk['one']}:along"] + ([f"asking-{desk['asking']}:{getattr(cast, chosen)}"] if chosen else [])
    answer = hand(client_of("Yannis"), cast, kind="transfer", into=cast.ROADS, **{"own[]": own})
    assert answer.status_code == 303
    with app.app_context():
        wait = db.session.get(Wait, desk["asking"])
        assert (wait.by_id, wait.by_unit_id) == (getattr(cast, asker), cast.PARKS if chosen else cast.ROADS)


def test_where_the_head_has_not_both_units_an_administrator_enters_the_change(app, client_of, api_of, cast, desk, at):
    at(datetime(2026, 11, 23, 9, tzinfo=UTC))
    address = hand(client_of("Nikos"), cast, kind="transfer", into=cast.LEGAL).headers["Location"]
    assert client_of("Nikos").post(f"{address}/closing").status_code == 403
    with app.app_context():
        there = select(func.count()).where(Membership.person_id == cast.Eleni, Membership.unit_id == cast.LEGAL)
        assert db.session.scalar(there) == 0
    for _twice in range(2):
        assert client_of("Kostas").post(f"{address}/closing").status_code == 303
    with app.app_context():
        assert db.session.scalar(there) == 1
        assert db.session.get(Person, cast.Eleni).active
    eleni = api_of("Eleni")
    assert eleni.get(f"/api/v1{address}").get_json()["starts_on"] == "2026-12-01"
    secret = f"/api/v1/work-items/{_reference(app, desk['foreign'])}"
    at(datetime(2026, 11, 30, 9, tzinfo=UTC))
    assert [one["person_id"] for one in _members(eleni, cast.LEGAL)].count(cast.Eleni) == 0
    at(datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert [one["person_id"] for one in _members(eleni, cast.LEGAL)].count(cast.Eleni) == 1
    assert eleni.get(secret).status_code == 200


def _members(client, unit):
    return client.get(f"/api/v1/units/{unit}").get_json()["members"]


def test_one_who_is_gone_already_is_signed_for_by_the_head_alone(app, client_of, cast, actor_of, desk):
    nikos, kostas = client_of("Yannis"), client_of("Kostas")
    kostas.post(f"/administration/people/{cast.Eleni}/deactivation", data={"sure": "on"})
    address = hand(nikos, cast).headers["Location"]
    nikos.post(f"{address}/signature")
    page = nikos.get(address).text
    assert "the head signs alone" in page
    assert "not signed yet" not in page


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"to": "self"}, "Choose somebody else"),
        ({"to": "foreign"}, "your own units"),
        ({"to": "1\x00"}, "Choose one from the list"),
        ({"kind": "transfer"}, "To which unit"),
        ({"own[]": ["item-999999:3"]}, "no longer on this desk"),
        ({"own[]": ["item-1:along"]}, "desk"),
        ({"own[]": ["<b>:3"]}, "cannot be used here"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_moves(app, client_of, cast, desk, more, sentence):
    named = {"self": cast.Eleni, "foreign": cast.Leila}
    answer = hand(
        client_of("Yannis"), cast, **{key: named.get(to, to) if key == "to" else to for key, to in more.items()}
    )
    assert answer.status_code == 422
    assert sentence in answer.text, re.findall(r'role="alert">.*?</div>', answer.text, re.S)
    with app.app_context():
        assert db.session.get(WorkItem, desk["one"]).holder_id == cast.Eleni
        assert db.session.scalar(select(func.count(DeskHandover.id))) == 0


def test_strangers_reach_no_desk_and_the_administrator_sees_counts_alone(client_of, cast, desk):
    for name in ("Leila", "Giorgos", "Petros", "Reza"):
        assert client_of(name).get(f"/people/{cast.Eleni}/desk").status_code == 403
        assert hand(client_of(name), cast).status_code == 403
    page = client_of("Kostas").get(f"/people/{cast.Eleni}/desk").text
    assert "Plane trees" not in page
    assert "not what it is" in page
    address = hand(client_of("Yannis"), cast).headers["Location"]
    assert client_of("Leila").get(address).status_code == 404
    assert client_of("Giorgos").get(address).status_code == 404
    assert hand(client_of("Yannis"), cast, to=cast.Nikos).status_code == 303


def test_two_heads_at_once_make_one_protocol(app, client_of, cast, desk):
    clients = [client_of("Yannis"), client_of("Babis")]
    answers = []
    threads = [threading.Thread(target=lambda one=one: answers.append(hand(one, cast))) for one in clients]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {each.status_code for each in answers} == {303}
    assert len({each.headers["Location"] for each in answers}) == 1


def test_the_protocol_is_a_paper_of_whoever_signs_it(app, client_of, cast, desk):
    yannis = client_of("Yannis")
    address = hand(yannis, cast).headers["Location"]
    paper = yannis.post(f"{address}/papers").headers["Location"]
    assert client_of("Giorgos").post(f"{address}/papers").status_code == 404
    with app.app_context():
        make_paper(int(paper.rpartition("/")[2]))
    page = PdfDocument(yannis.get(yannis.get(f"/api/v1{paper}").json["content"]).data)[0]
    said = page.get_textpage().get_text_bounded()
    for words in ("Eleni Markou", "Plane trees", "Giorgos Zervas", "Legal secret"):
        assert (words in said) == (words != "Legal secret"), words
    assert client_of("Babis").get(paper).status_code == 404


def test_an_empty_desk_is_handed_over_too(client_of, cast):
    nikos = client_of("Yannis")
    address = hand(nikos, cast).headers["Location"]
    assert "The desk was empty" in nikos.get(address).text


def test_five_hundred_items_in_few_questions(app, client_of, cast, actor_of, queries):
    with app.app_context():
        for _each in range(500):
            make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
    nikos = client_of("Yannis")
    nikos.get("/")
    with queries() as sent:
        page = nikos.get(f"/people/{cast.Eleni}/desk")
    assert len(sent) <= 18, "four of them ask the packages above what else somebody has in hand"
    assert len(page.data) < 300_000
    assert hand(nikos, cast, to=cast.PARKS).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(WorkItem.holder_id.is_(None))) == 500
        assert db.session.scalar(select(func.count(DeskLine.position))) == 500


def test_the_same_over_the_api(api_of, cast, desk):
    nikos = api_of("Nikos")
    found = nikos.get(f"/api/v1/people/{cast.Eleni}/desk").json
    assert found["counts"] == {"item": 3, "asked": 2, "asking": 1, "offered": 1, "offer": 1}
    assert api_of("Kostas").get(f"/api/v1/people/{cast.Eleni}/desk").json["lines"] == []
    made = nikos.post(f"/api/v1/people/{cast.Eleni}/desk-handovers", json={"to": cast.Babis})
    assert made.status_code == 201
    signed = nikos.post(f"/api/v1/desk-handovers/{made.json['id']}/signature")
    assert signed.json["head_signed_by"]["id"] == cast.Nikos
