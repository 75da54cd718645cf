"""What can be done for nobody today holds back nothing else: reminders and going up do not wait for each other."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from collab.core import clock
from collab.core.db import db, writing
from collab.people.models import Absence
from collab.work import commands as work
from collab.work import sweeps
from collab.work.commands import turning
from collab.work.forms import Ask
from collab.work.sweeps import sweep_waits
from tests.work.making import day, make


@pytest.fixture
def sweep(app, at):
    """In the morning of these days of November time does what it does."""

    def run(*numbers):
        for number in numbers:
            at(datetime(2026, 11, number, 7, tzinfo=UTC))
            with app.app_context():
                sweep_waits()

    return run


@pytest.fixture
def asked(app, cast, actor_of, at):
    """On Monday the 16th Eleni asks somebody, and needs the answer on the 17th."""

    def ask(of, **reminders):
        at(datetime(2026, 11, 16, 7, tzinfo=UTC))
        with app.app_context():
            item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
            return work.ask(actor_of("Eleni"), item, Ask(of=of, what="Which?", until=day(17), **reminders))

    return ask


def lapses(api_of, who):
    return [wait["item"]["title"] for wait in api_of(who).get("/api/v1/waits?sense=lapse").json["items"]]


def nudges(api_of, wait):
    return api_of("Eleni").get(f"/api/v1/waits/{wait}").json["nudges"]


def test_a_reminder_that_nobody_is_there_to_read_does_not_keep_it_from_going_up(app, api_of, cast, asked, sweep):
    """Maria is away for months and nobody stands in: her head has it on their day, then the next one above."""
    wait = asked(cast.Maria, nudge_every=1, nudge_most=3)
    with app.app_context(), writing() as session:
        session.add(Absence(person_id=cast.Maria, first_day=day(16), last_day=date(2027, 3, 1)))
    sweep(17, 18, 19)
    assert lapses(api_of, "Petros") == []
    sweep(20)
    assert lapses(api_of, "Petros") == ["Fallen branches"]
    sweep(23, 26)
    assert lapses(api_of, "Yannis") == []
    sweep(27)
    assert lapses(api_of, "Yannis") == ["Fallen branches"]
    assert nudges(api_of, wait) == 0


def test_where_nobody_is_above_reminders_go_on_all_the_same(api_of, cast, asked, sweep):
    """Anna heads all: what she owes goes up to nobody, and she is reminded as often as was asked."""
    wait = asked(cast.Anna, nudge_every=5, nudge_most=2)
    counted = []
    for number in (20, 23, 24, 27, 30):
        sweep(number)
        counted.append(nudges(api_of, wait))
    assert counted == [0, 1, 1, 1, 2]
    assert lapses(api_of, "Anna") == []


@pytest.fixture
def sixteen(app, cast, actor_of, at):
    """Questions that were due on the 17th, and it is the 20th."""
    at(datetime(2026, 11, 16, 7, tzinfo=UTC))
    with app.app_context():
        items = [make(actor_of("Eleni"), cast.PARKS, cast.Eleni) for _each in range(16)]
        waits = [work.ask(actor_of("Eleni"), item, Ask(of=cast.Maria, what="Which?", until=day(17))) for item in items]
    at(datetime(2026, 11, 20, 7, tzinfo=UTC))
    return waits


@pytest.fixture
def goes_wrong(monkeypatch):
    """These waits cannot be decided; what was tried, and a clock by which each try takes a second."""

    def run(*bad):
        tried, turns = [], turning._turn

        def turn(wait, *rest):
            if wait.id in bad:
                raise RuntimeError
            return turns(wait, *rest)

        def take_turns(actor, ids):
            tried.append(list(ids))
            return turning.take_turns(actor, ids)

        monkeypatch.setattr(turning, "_turn", turn)
        monkeypatch.setattr(sweeps, "take_turns", take_turns)
        monkeypatch.setattr(sweeps, "time", SimpleNamespace(monotonic=lambda: len(tried)))
        return tried

    return run


def due(app, waits):
    query = text("select id from wait where id = any(:waits) and next_action_at <= :now order by id")
    with app.app_context():
        return list(db.session.scalars(query, {"waits": waits, "now": clock.now()}))


def test_one_wait_that_cannot_be_decided_is_found_by_halves_and_put_off(app, sixteen, goes_wrong, monkeypatch):
    monkeypatch.setattr(sweeps, "LONGEST", 60.0)
    tried = goes_wrong(sixteen[5])
    with app.app_context():
        sweeps.sweep_waits()
    mine = [ids for ids in tried if set(ids) & set(sixteen)]
    assert [len(ids) for ids in mine if sixteen[5] in ids][-1] == 1
    assert len(mine) <= 13, "two halves of each of what failed, and not one after the other"
    assert due(app, sixteen) == []


def test_many_that_cannot_be_decided_hold_a_sweep_no_longer_than_its_time_and_are_all_put_off_in_the_end(
    app, sixteen, goes_wrong
):
    tried = goes_wrong(*sixteen)
    left = [len(due(app, sixteen))]
    while left[-1] and len(left) < 20:
        before = len(tried)
        with app.app_context():
            sweeps.sweep_waits()
        assert len(tried) - before <= 8
        left.append(len(due(app, sixteen)))
        assert left[-1] < left[-2], "something comes of each sweep"
    assert left[-1] == 0
