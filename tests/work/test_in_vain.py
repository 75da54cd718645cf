"""What can be done for nobody today holds back nothing else: reminders and going up do not wait for each other."""

from datetime import UTC, date, datetime

import pytest

from collab.core.db import writing
from collab.people.models import Absence
from collab.work import commands as work
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
