"""Many waits whose moment has come have their turn in a few statements, and stand as if each had been alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, select, text

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.people.models import Absence
from collab.work import commands as work
from collab.work.commands import turning
from collab.work.commands.turning import take_turns
from collab.work.escalating.surroundings import FOR_A_DAY, waits_for_a_day
from collab.work.forms import Ask, Escalate
from collab.work.models import Wait
from collab.work.models.wait import SENSES
from tests.work.making import day, make

STANDING = {
    "item": "select state_kind, holder_id, changed_at, version from work_item where id = :id",
    "waits": "select sense, of_id, by_id, until, level, level_unit_id, nudges, nudged_at, next_action_at, ended_at,"
    " ended_how, ended_by from wait where item_id = :id order by sense, of_id, what, id",
    "parts": "select party_id, role, until is null from participant where item_id = :id order by 1, 2",
    "intervals": "select holder_id, unit_id, state_kind, stopped, from_at, to_at from interval where item_id = :id"
    " order by from_at, to_at",
    "facts": "select kind, payload - 'wait' from facts where subject_id = :id and subject_kind = 'work-item'"
    " order by kind, payload->>'awaited', payload->>'level'",
}


@pytest.fixture
def twins(app, cast, actor_of, at):
    """On Monday the 16th, twice: waits for a day, with the clock or without, questions that are due and reminders."""

    def asked(number):
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, due_on=day(17))
        asks = [
            [Ask(what="a day", until=day(24))],
            [Ask(what="a day", until=day(24), stops_clock=True), Ask(what="another", until=day(24), stops_clock=True)],
            [Ask(what="a day", until=day(24), stops_clock=True), Ask(of=cast.Petros, what="Well?", stops_clock=True)],
            [Ask(of=cast.Maria, what="Which?", until=day(17), nudge_every=1, nudge_most=3)],
            [Ask(of=cast.Petros, what="Which?", until=day(17)), Ask(of=cast.LEGAL, what="May we?", until=day(17))],
            [Ask(of=cast.forestry, what="When?", until=day(17), nudge_every=2, nudge_most=2)],
            [Ask(of=cast.head_posts["ROADS"], what="When?", until=day(17)), Ask(what="a day", until=day(20))],
        ][number]
        for one in asks:
            work.ask(actor_of("Eleni"), item, one)
        return item

    at(datetime(2026, 11, 16, 7, tzinfo=UTC))
    with app.app_context(), writing() as session:
        session.add(Absence(person_id=cast.Maria, first_day=day(16), last_day=date(2027, 3, 1)))
    with app.app_context():
        pairs = [(asked(number), asked(number)) for number in range(7)]
    return [one for one, _other in pairs], [other for _one, other in pairs]


def due(items, now):
    query = text(
        "select id from wait where item_id = any(:items) and ended_at is null and next_action_at <= :now order by id"
    )
    return list(db.session.scalars(query, {"items": items, "now": now}))


def stands(item):
    return {name: [tuple(row) for row in db.session.execute(text(sql), {"id": item})] for name, sql in STANDING.items()}


def test_many_that_are_due_at_once_stand_as_if_each_had_been_alone(app, api_of, twins, at):
    alone, together = twins
    for number in (17, 18, 19, 20, 23, 24, 25, 27, 30):
        now = datetime(2026, 11, number, 7, tzinfo=UTC)
        at(now)
        for _again in range(3):
            with app.app_context():
                singly, all_of_them = due(alone, now), due(together, now)
                db.session.remove()
                for wait in singly:
                    take_turns(SYSTEM, [wait])
                take_turns(SYSTEM, all_of_them)
        with app.app_context():
            for one, other in zip(alone, together, strict=True):
                assert stands(one) == stands(other), number
            db.session.remove()
    eleni = api_of("Eleni")
    told = {one["kind"] for item in together for one in eleni.get(f"/api/v1/work-items/{item}/history").json["items"]}
    assert told >= {"wait-day-came", "wait-lapsed", "wait-nudged", "asker-reminded", "clock-resumed"}
    assert eleni.get(f"/api/v1/work-items/{together[1]}").json["state"] == "active"


def test_what_was_sent_up_by_hand_leaves_the_day_of_the_head_with_the_day_it_waited_for(
    app, cast, actor_of, api_of, at
):
    at(datetime(2026, 11, 16, 7, tzinfo=UTC))
    with app.app_context():
        items = [make(actor_of("Eleni"), cast.PARKS, cast.Eleni) for _each in range(2)]
        waits = [
            work.ask(actor_of("Eleni"), item, Ask(what="a day", until=day(20), stops_clock=stops))
            for item, stops in zip(items, (False, True), strict=True)
        ]
        for wait in waits:
            work.escalate(actor_of("Eleni"), wait, Escalate(reason="The trees will not wait."))
    nikos = api_of("Nikos")
    assert len(nikos.get("/api/v1/waits?sense=lapse").json["items"]) == 2
    at(datetime(2026, 11, 20, 9, tzinfo=UTC))
    with app.app_context():
        assert take_turns(SYSTEM, waits) == 2
    assert nikos.get("/api/v1/waits?sense=lapse").json["items"] == []


def test_an_item_given_on_while_the_sweep_looks_around_is_settled_as_it_stands_then(
    app, cast, actor_of, api_of, at, monkeypatch
):
    at(datetime(2026, 11, 16, 7, tzinfo=UTC))
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        waits = [
            work.ask(actor_of("Eleni"), item, Ask(what="a day", until=day(20), stops_clock=True)),
            work.ask(actor_of("Eleni"), item, Ask(of=cast.Maria, what="Which?", until=day(17))),
        ]
    at(datetime(2026, 11, 20, 9, tzinfo=UTC))
    nikos, looks = api_of("Nikos"), turning.surroundings_of

    def given_meanwhile(waits, now):
        found = looks(waits, now)
        with ThreadPoolExecutor(1) as pool:
            given = pool.submit(nikos.put, f"/api/v1/work-items/{item}/holder", json={"holder": cast.Giorgos})
            assert given.result(20).status_code == 200
        return found

    monkeypatch.setattr(turning, "surroundings_of", given_meanwhile)
    with app.app_context():
        assert take_turns(SYSTEM, waits) == 2
    with app.app_context():
        stood = stands(item)
    assert stood["item"][0][:2] == ("active", cast.Giorgos)
    assert [line[1] for line in stood["waits"] if line[0] == "task" and line[9] is None] == [cast.Giorgos]
    assert [line[0] for line in stood["intervals"] if line[5] is None] == [cast.Giorgos]


def test_what_waits_for_nothing_but_its_day_is_the_same_said_as_sql(app, cast, actor_of, at):
    """Of each sense, of somebody and of nobody, for another item and for none."""
    at(datetime(2026, 11, 16, 7, tzinfo=UTC))
    with app.app_context():
        item, other = (make(actor_of("Eleni"), cast.PARKS, cast.Eleni) for _each in range(2))
    with app.app_context(), writing() as session:
        for sense in sorted({*SENSES} - {"lapse"}):
            for of in (None, cast.Maria):
                for for_item in (None, other):
                    session.add(
                        Wait(item_id=item, sense=sense, of_id=of, for_item_id=for_item, by_id=cast.Eleni,
                             since=datetime(2026, 11, 16, 7, tzinfo=UTC), until=day(20))
                    )  # fmt: skip
        session.flush()
        told = [(waits_for_a_day(wait), as_sql) for wait, as_sql in session.execute(select(Wait, FOR_A_DAY))]
    assert {True, False} == {said for said, _as_sql in told}
    assert [said for said, _as_sql in told] == [as_sql for _said, as_sql in told]


def test_the_statements_of_a_turn_do_not_grow_with_the_waits_that_have_it(app, cast, actor_of, at):
    """Thirty that end and thirty that go up ask no more than three of each."""
    counts = []
    for many in (3, 30):
        at(datetime(2026, 11, 16, 7, tzinfo=UTC))
        with app.app_context():
            waits = []
            for _each in range(many):
                item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
                waits.append(work.ask(actor_of("Eleni"), item, Ask(what="a day", until=day(20))))
                waits.append(work.ask(actor_of("Eleni"), item, Ask(of=cast.Maria, what="Which?", until=day(17))))
            at(datetime(2026, 11, 20, 9, tzinfo=UTC))
            asked = []

            def note(_connection, _cursor, statement, *_rest, asked=asked):
                asked.append(statement)

            event.listen(db.engine, "before_cursor_execute", note)
            try:
                assert take_turns(SYSTEM, waits) == 2 * many
            finally:
                event.remove(db.engine, "before_cursor_execute", note)
            counts.append(len(asked))
    assert counts[1] <= counts[0] + 2, counts
