"""The ledger as auditors read it: everything but what is kept to named people, and every reading is written down."""

import re
from dataclasses import MISSING, fields
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, insert, select, update

from collab.core import clock
from collab.core.db import db, writing
from collab.core.facts import KINDS, FactRow
from collab.messaging.commands import say
from collab.messaging.forms import Say
from collab.messaging.owners import Owner
from collab.people.models import Party, Person
from collab.work.commands import ask, complete
from collab.work.forms import Ask, Complete
from collab.work.views import ledger
from tests.work.making import make

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def happened(app, cast, actor_of, at):
    """An item that all see, and one for named people with a question and a talk of its own."""
    at(MONDAY)
    with app.app_context():
        eleni = actor_of("Eleni")
        seen = make(eleni, cast.PARKS, cast.Eleni, title="Fallen branches")
        ask(eleni, seen, Ask(of=cast.Maria, what="Photographs of the road"))
        secret = make(eleni, cast.PARKS, cast.Eleni, title="A complaint about Giorgos", reach="named")
        ask(eleni, secret, Ask(of=cast.Sofia, what="SECRET question"))
        say(eleni, Owner("work-item", secret), Say(text="SECRET words", nonce="n1"))
        say(eleni, Owner("work-item", seen), Say(text="Open words", nonce="n2"))
        complete(actor_of("Nikos"), seen, Complete(outcome="Cleared"))
        db.session.remove()
    return seen, secret


def readings(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(FactRow).where(FactRow.kind == "ledger-read"))


def test_an_auditor_is_led_there_and_nobody_else(client_of, happened):
    assert 'href="/facts"' in client_of("Reza").get("/").text
    for name in ("Eleni", "Nikos", "Kostas"):
        assert 'href="/facts"' not in client_of(name).get("/").text
        assert client_of(name).get("/facts").status_code == 404


def test_it_tells_everything_but_what_is_kept_to_named_people(app, happened, client_of, api_of, cast):
    page = client_of("Reza").get("/facts").text
    assert "Photographs of the road" in page
    assert "Open words" in page
    answer = api_of("Reza").get("/api/v1/facts")
    for told in (page, answer.text):
        assert "SECRET" not in told
        assert "complaint" not in told
        assert "PARKS-2" not in told
    with app.app_context():
        about = db.session.scalar(select(func.count()).select_from(FactRow).where(FactRow.kind != "ledger-read"))
    lines = answer.json["items"]
    shut = [line for line in lines if line["closed"]]
    assert {frozenset(line) for line in shut} == {frozenset({"id", "at", "closed"})}
    assert len(shut) == 3  # it was opened, somebody was asked, something was said
    assert len([line for line in lines if line.get("kind") != "ledger-read"]) == about


NAMED = "kept to named people"


@pytest.fixture
def english(app, cast):
    """Reza reads English, so that sentences can be looked for."""
    with app.app_context(), writing() as session:
        session.execute(update(Person).where(Person.id == cast.Reza).values(locale="en"))


def write_facts(app, subjects):
    """One fact of each kind about the thing with this id, as bare as may be."""
    with app.app_context(), writing() as session:
        for kind, subject in subjects.items():
            needed = [one.name for one in fields(KINDS[kind]) if one.default is MISSING and one.name != "subject"]
            row = {"at": clock.now(), "kind": kind, "subject_kind": KINDS[kind].subject_kind, "subject_id": subject}
            session.execute(insert(FactRow).values(**row, actor_id=0, via="web", payload=dict.fromkeys(needed, 1)))


def test_every_kind_of_fact_that_is_not_for_named_people_is_told_in_its_sentence(
    app, happened, client_of, api_of, at, english, cast
):
    at(MONDAY + timedelta(days=1))
    with app.app_context():
        talk = db.session.scalar(select(func.max(FactRow.subject_id)).where(FactRow.kind == "message-posted"))
    about = {"work-item": happened[0], "conversation": talk, "decision-roll": happened[0], "outsider": cast.forestry}
    ours = {kind: cls for kind, cls in KINDS.items() if cls.__module__.startswith("collab.")}  # no test's own
    write_facts(app, {kind: about.get(cls.subject_kind, 1) for kind, cls in ours.items()})
    told, page, after = set(), "", ""
    while after is not None:
        query = {"since": "2026-11-24", "limit": 200} | ({"after": after} if after else {})
        page += client_of("Reza").get("/facts", query_string=query).text
        answer = api_of("Reza").get("/api/v1/facts", query_string=query).json
        told |= {line["kind"] for line in answer["items"] if not line["closed"]}
        after = answer["next"]
    assert {cls.subject_kind for kind, cls in ours.items() if kind not in told} == {
        "decision-roll", "reminder", "saved-view",
    }  # fmt: skip
    assert NAMED not in page
    assert "Belongs to the roll of a vote" in page
    assert "A saved view or a reminder" in page
    assert "made this deadline rule" in page


def test_a_rule_is_told_of_and_the_roll_of_a_vote_for_named_people_is_not_called_one(
    app, happened, client_of, api_of, english
):
    rule = {"name": "Answer", "allowed": 5}
    assert api_of("Kostas").post("/api/v1/deadline-rules", json=rule).status_code == 201
    write_facts(app, {"ballot-cast": happened[1]})
    page = client_of("Reza").get("/facts?limit=2").text
    assert "made this deadline rule" in page
    assert NAMED in page
    assert "roll of a vote" not in page


def test_a_line_names_what_it_is_about_and_keeps_the_code_of_its_kind_aside(app, cast, client_of, english):
    write_facts(app, {"unit-created": cast.PARKS, "person-changed": cast.Eleni})
    page = client_of("Reza").get("/facts").text
    with app.app_context():
        unit = db.session.scalar(select(Party.label).where(Party.id == cast.PARKS))
    assert f'<span class="row-note"><bdi>{unit}</bdi></span>' in page
    assert 'data-kind="unit-created"' in page
    assert "<code" not in page


@pytest.mark.parametrize(
    "wanted", [{"person": "Eleni"}, {"kind": "wait-opened"}, {"kind": "message-posted"}, {"item": "PARKS-1"}]
)
def test_a_filter_does_not_tell_of_what_is_shut(happened, api_of, cast, wanted):
    query = {name: cast.people.get(value, value) for name, value in wanted.items()}
    lines = api_of("Reza").get("/api/v1/facts", query_string=query).json["items"]
    assert lines
    assert not any(line["closed"] for line in lines)


def test_by_day_person_kind_and_item(happened, api_of, cast, at):
    reza = api_of("Reza")

    def kinds(**query):
        return [line.get("kind") for line in reza.get("/api/v1/facts", query_string=query).json["items"]]

    assert kinds(person=cast.Nikos) == ["item-completed"]
    assert set(kinds(kind="item-opened")) == {"item-opened"}
    assert kinds(item="parks-1")[-1] == "item-opened"
    assert kinds(until="2026-11-22") == []
    assert kinds(since="2026-11-23", until="2026-11-23")
    assert kinds(since="2026-11-24") == []
    assert reza.get("/api/v1/facts?item=PARKS-2").status_code == 404, "no door tells whether it exists"
    assert reza.get("/api/v1/facts?item=PARKS-99").status_code == 404


def test_every_reading_is_written_down_even_with_a_token_that_only_reads(app, happened, client_of, api_of, cast):
    client_of("Reza").get("/facts")
    api_of("Reza", scopes=("read",)).get(f"/api/v1/facts?person={cast.Eleni}")
    assert readings(app) == 2
    with app.app_context():
        asked = db.session.scalars(
            select(FactRow.payload).where(FactRow.kind == "ledger-read").order_by(FactRow.id)
        ).all()
    assert [each["person"] for each in asked] == [None, cast.Eleni]
    client_of("Eleni").get("/facts")
    assert readings(app) == 2


def test_the_page_asks_from_a_day_and_its_next_page_too(client_of, api_of, cast):
    for number in range(3):
        api_of("Eleni").post("/api/v1/tasks", json={"title": f"Task {number}", "unit": cast.PARKS})
    page = client_of("Reza").get("/facts?since=2020-01-01&limit=1")
    assert page.status_code == 200
    assert "since=2020-01-01&amp;" in page.text


def test_pages_follow_each_other_without_a_hole(happened, api_of):
    reza, seen, after = api_of("Reza"), [], ""
    while after is not None:
        answer = reza.get("/api/v1/facts", query_string={"limit": 2} | ({"after": after} if after else {})).json
        seen += [line["id"] for line in answer["items"]]
        after = answer["next"]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) >= 7


@pytest.mark.parametrize(
    "query", ["kind=none", "person=x", "since=31-31", "after=x", "limit=0", "item=%00", "kind=%00", "nothing=1"]
)
def test_a_wrong_question_is_refused_and_never_breaks(happened, client_of, api_of, query):
    assert api_of("Reza").get(f"/api/v1/facts?{query}").status_code in (400, 404, 422)
    assert client_of("Reza").get(f"/facts?{query}").status_code in (400, 404, 422)


def test_few_queries_whatever_there_is(app, happened, client_of):
    reza = client_of("Reza")
    reza.get("/facts")
    asked = []
    with app.app_context():
        engine = db.engine

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    listened = engine._has_events
    event.listen(engine, "before_cursor_execute", note)
    try:
        page = reza.get("/facts")
    finally:
        event.remove(engine, "before_cursor_execute", note)
        engine._has_events = listened
    assert page.status_code == 200
    assert len([each for each in asked if re.match(r"\s*(select|with)", each, re.I)]) <= 8, asked


def test_kinds_are_offered_in_groups_by_what_they_say(happened, client_of):
    page = client_of("Reza").get("/facts").text
    groups = dict(re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', page, re.DOTALL))
    assert {"کارها", "تصمیم‌ها", "جلسه‌ها", "گفتگوها", "کارکنان"} <= set(groups)
    offered = dict(re.findall(r'<option value="([^"]+)"[^>]*>([^<]*)</option>', "".join(groups.values())))
    assert offered["minutes-published"] == "صورت‌جلسه را منتشر کرد"
    assert 'value="minutes-published"' in groups["جلسه‌ها"]
    assert 'value="item-opened"' in groups["کارها"]
    assert not [words for words in offered.values() if "%(" in words or words.strip("… ") == ""]
    assert "ballot-cast" not in offered, "what a filter never finds is not offered"


def test_no_sentence_of_a_fact_is_a_bare_number_of_another_item():
    told = [(kind, one.name) for kind, cls in KINDS.items() for one in fields(cls) if one.metadata.get("as") == "item"]
    assert len(told) > 8
    assert not [one for one in told if f"%({one[1]})s" in KINDS[one[0]].sentence]


def test_when_something_happened_stands_there_in_full(happened, client_of):
    times = re.findall(r"<time[^>]*>([^<]*)</time>", client_of("Reza").get("/facts").text)
    assert times
    assert all("۱۴۰۵" in each for each in times)


@pytest.mark.parametrize("typed", ["PARKS-999", "nonsense"])
def test_a_reference_that_is_nothing_is_told_at_its_field_and_the_filter_stays(client_of, typed):
    answer = client_of("Reza").get(f"/facts?item={typed}&since=2026-11-01")
    assert answer.status_code == 404
    assert 'id="ledger-item-error"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert 'value="2026-11-01"' in answer.text


def test_whoever_is_called_in_a_message_is_named_in_its_line(api_of, cast):
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    item = eleni.post("/api/v1/tasks", json={"title": "Q", "unit": cast.PARKS}).json["id"]
    called = {"text": f"@[Νίκος](party:{cast.Nikos}) look", "nonce": "n-1"}
    assert nikos.post(f"/api/v1/work-items/{item}/messages", json=called).status_code == 201
    told = " ".join(one.get("sentence", "") for one in api_of("Reza").get("/api/v1/facts").json["items"])
    assert " look" in told
    assert "(party:" not in told
    assert "Νίκος" not in told, "under the name that the reader knows, not the one that was typed"


def test_what_is_said_where_auditors_do_not_read_is_not_called_kept_to_named_people(api_of, client_of, cast):
    group = api_of("Eleni").post("/api/v1/conversations", json={"title": "Storm", "members": [cast.Maria]})
    assert group.status_code == 201, group.text
    words = {"text": "Hi", "nonce": "n-2"}
    assert api_of("Eleni").post(f"/api/v1/conversations/{group.json['id']}/messages", json=words).status_code == 201
    page = re.sub(r"<[^>]+>", " ", client_of("Reza").get("/facts").text)
    assert "حسابرسان آن را نمی‌خوانند" in page


def test_what_was_said_about_an_item_is_found_by_its_reference_and_leads_there(api_of, client_of, cast):
    eleni = api_of("Eleni")
    made = eleni.post("/api/v1/tasks", json={"title": "Benches", "unit": cast.PARKS}).json
    for number, talk in enumerate((f"work-items/{made['reference']}", "")):
        to = talk or f"conversations/{eleni.post('/api/v1/conversations', json={'title': 'Storm'}).json['id']}"
        said = eleni.post(f"/api/v1/{to}/messages", json={"text": f"Word {number}", "nonce": f"l-{number}"})
        assert said.status_code == 201, said.text
    reza = api_of("Reza")
    found = reza.get(f"/api/v1/facts?item={made['reference']}").json["items"]
    assert [one["kind"] for one in found] == ["message-posted", "item-opened"]
    page = client_of("Reza").get(f"/facts?item={made['reference']}").text
    assert page.count(f'href="/work-items/{made["reference"]}"') == 2


def test_what_an_auditor_asked_the_ledger_for_stands_in_its_line(happened, client_of, api_of, cast, english):
    reza = client_of("Reza")
    for asked in (f"item=PARKS-1&person={cast.Nikos}&since=2026-11-01", "kind=item-opened", ""):
        assert reza.get(f"/facts?{asked}").status_code == 200
    lines = [" ".join(one.split()) for one in re.findall(r"<bdi>([^<]*)</bdi></span>", reza.get("/facts").text)]
    assert lines[:2] == ["Created it in …", "PARKS-1 · Nikos Pappas · 10 Aban 1405–"]


def test_the_kinds_are_gathered_once_for_a_page_however_often_it_was_read(client_of, monkeypatch):
    reza, asked = client_of("Reza"), []
    for _again in range(3):
        reza.get("/facts")
    gather = ledger.kinds_in_groups
    monkeypatch.setattr(ledger, "kinds_in_groups", lambda: asked.append(1) or gather())
    assert reza.get("/facts?kind=ledger-read").status_code == 200
    assert len(asked) == 1
