"""Calendars of working days: corrections by hand, years that pass, and whose clock says what today is."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from collab.core import clock
from collab.core.db import db
from collab.core.facts import FactRow
from collab.people.models import Organisation, WorkingDay
from collab.people.sweeps import sweep_calendars
from tests.cast import Cast

Make = Callable[..., Any]
TODAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = TODAY.date()


@pytest.fixture(autouse=True)
def _on_a_monday(at: Callable[[datetime], None]) -> None:
    at(TODAY)


def test_working_days_follow_a_correction_made_by_hand(app: Flask, cast: Cast, client_of: Make) -> None:
    client = client_of("Kostas")
    with app.app_context():
        calendar = db.session.scalar(select(Organisation.calendar_id))

        def days(first: str, last: str) -> int:
            found = select(WorkingDay.ordinal).where(WorkingDay.calendar_id == calendar)
            start = db.session.scalar(found.where(WorkingDay.day == date.fromisoformat(first)))
            end = db.session.scalar(found.where(WorkingDay.day == date.fromisoformat(last)))
            return (end or 0) - (start or 0)

        before = days("2026-11-20", "2026-11-27")
        address = f"/administration/calendars/{calendar}"
        for body in ({"day": "2026-11-24", "name": "Storm"}, {"day": "2026-10-26", "name": "Feast", "yearly": "on"}):
            assert client.post(f"{address}/corrections", data=body).status_code == 303
        db.session.remove()
        assert days("2026-11-20", "2026-11-27") == before - 1
        assert "Storm" in client.get(address).text
        assert "Feast" in client.get(f"{address}?year=2027").text
        assert client.delete(f"{address}/corrections/2026-11-24").status_code == 303
        assert client.delete(f"{address}/corrections/2026-11-24").status_code == 404
        db.session.remove()
        assert days("2026-11-20", "2026-11-27") == before
        db.session.remove()


def test_calendars_are_extended_as_years_pass(app: Flask, cast: Cast, at: Callable[[datetime], None]) -> None:
    at(datetime(2028, 1, 2, tzinfo=UTC))
    with app.app_context():
        sweep_calendars()
        last = db.session.scalar(select(func.max(WorkingDay.day)))
        sweep_calendars()
        told = db.session.scalars(select(FactRow.kind)).all()
        db.session.remove()
    assert last == date(2038, 12, 31)
    assert told == ["calendars-extended"]


def test_the_clock_of_the_organisation_decides_what_today_is(app: Flask) -> None:
    assert clock.today("Europe/Athens") == DAY
