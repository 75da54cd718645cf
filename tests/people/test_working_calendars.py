"""Calendars of working days: corrections by hand, years that pass, and whose clock says what today is."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from collab.core import clock
from collab.core.dates import digits
from collab.core.db import db, writing
from collab.core.facts import FactRow
from collab.people.models import Organisation, Person, WorkingDay
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


@pytest.mark.parametrize(
    ("locale", "reckoned", "row", "years"),
    [
        ("en", "gregorian", "Good Friday|Friday, 10 Apr 2026", (2025, 2026, 2027)),
        ("el", "gregorian", "Μεγάλη Παρασκευή|Παρασκευή, 10 Απρ 2026", (2025, 2026, 2027)),
        ("fa", "jalali", "جمعهٔ نیک|جمعه، ۲۱ فروردین ۱۴۰۵", (1404, 1405, 1406)),
    ],
)
def test_a_year_is_shown_as_its_reader_calls_it(
    app: Flask, cast: Cast, client_of: Make, locale: str, reckoned: str, row: str, years: tuple[int, int, int]
) -> None:
    """Its holidays in their language, its days in theirs, and the years by their reckoning."""
    client = client_of("Kostas")
    with app.app_context():
        with writing() as session:
            session.execute(update(Person).where(Person.id == cast.Kostas).values(locale=locale, calendar=reckoned))
        calendar = db.session.scalar(select(Organisation.calendar_id))
        db.session.remove()
    address = f"/administration/calendars/{calendar}"
    page = client.get(address).text
    shown = re.findall(r'row-title"><bdi>(.*?)</bdi></span>\s*<span class="row-note">(.*?)</span>', page)
    assert tuple(row.split("|")) in shown
    before, here, after = years
    assert f'href="?year={before}"' in page
    assert f'href="?year={after}"' in page
    assert f"<strong>{digits(here, locale)}</strong>" in page
    assert client.get(f"{address}?year={here}").text.count("row-note") == len(shown)
    told = client.post(f"{address}/corrections", data={"day": "2026-02-03", "name": "Storm, wind"})
    noted = client.get(told.headers["Location"]).text
    assert "<bdi>Storm, wind</bdi>" in noted
    assert f"<strong>{digits(here if locale != 'fa' else before, locale)}</strong>" in noted
    assert [client.get(f"{address}?year={year}").status_code for year in (1367, 1368, 1479, 1480, 1989, 2101)] == [
        404, 200, 200, 404, 404, 404,
    ]  # fmt: skip


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
