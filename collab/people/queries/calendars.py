"""Working calendars: which there are, which one a unit goes by, and the days of a year."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound

from ..models import Calendar, CalendarDay, Organisation, Unit, UnitClosure, WorkingDay
from ..policy import everyone_sees


class CalendarCard(NamedTuple):
    """A calendar with its rule and how many units name it."""

    id: int
    name: str
    country: str | None
    weekend: tuple[int, ...]
    feasts: list[dict[str, Any]]
    version: int
    units: int


class Day(NamedTuple):
    """A day of a calendar that is remarkable: a holiday, a feast or a correction."""

    day: date
    working: bool
    name: str
    by_hand: bool


def all_calendars(actor: Actor) -> list[CalendarCard]:
    """Every calendar, by name."""
    naming = select(func.count()).select_from(Unit).where(Unit.calendar_id == Calendar.id).scalar_subquery()
    rows = db.session.execute(
        select(
            Calendar.id, Calendar.name, Calendar.country, Calendar.weekend, Calendar.feasts, Calendar.version, naming
        )
        .where(everyone_sees(actor))
        .order_by(Calendar.name)
        .limit(500)
    )
    return [CalendarCard(row.id, row.name, row.country, tuple(row.weekend), *row[4:]) for row in rows]


def find_calendar(actor: Actor, calendar_id: int) -> CalendarCard:
    """One calendar. Raises NotFound."""
    found = next((one for one in all_calendars(actor) if one.id == calendar_id), None)
    if found is None:
        raise NotFound
    return found


def remarkable_days(_actor: Actor, calendar_id: int, first: date, last: date) -> list[Day]:
    """The days from one day to another that have a name or were set by hand."""
    rows = db.session.execute(
        select(WorkingDay.day, WorkingDay.working, WorkingDay.name, CalendarDay.day.is_not(None).label("by_hand"))
        .outerjoin(
            CalendarDay, (CalendarDay.calendar_id == WorkingDay.calendar_id) & (CalendarDay.day == WorkingDay.day)
        )
        .where(WorkingDay.calendar_id == calendar_id, WorkingDay.day.between(first, last))
        .where(WorkingDay.name.is_not(None))
        .order_by(WorkingDay.day)
    )
    return [Day(row.day, row.working, row.name, row.by_hand) for row in rows]


def days_off(_actor: Actor, unit_id: int | None, first: date, last: date) -> dict[date, str]:
    """The days without work in the calendar of a unit (without one: the organisation's), each with its name, which is
    empty for a weekend; one query."""
    nearest = (
        select(Unit.calendar_id)
        .join(UnitClosure, UnitClosure.ancestor_id == Unit.id)
        .where(UnitClosure.descendant_id == unit_id, Unit.calendar_id.is_not(None))
        .order_by(UnitClosure.depth)
        .limit(1)
        .scalar_subquery()
    )
    usual = select(Organisation.calendar_id).scalar_subquery()
    rows = db.session.execute(
        select(WorkingDay.day, WorkingDay.name)
        .where(WorkingDay.calendar_id == func.coalesce(nearest, usual), WorkingDay.day.between(first, last))
        .where(WorkingDay.working.is_(False))
    )
    return {row.day: row.name or "" for row in rows}


def next_working_day(unit_id: int | None, day: date) -> date | None:
    """The first working day after one in the calendar of a unit (without one: the organisation's); None where its days
    are not known."""
    calendar = calendars_of([unit_id or 0]).get(unit_id or 0)
    return db.session.scalar(
        select(func.min(WorkingDay.day)).where(
            WorkingDay.calendar_id == calendar, WorkingDay.day > day, WorkingDay.working
        )
    )


def calendars_of(units: Iterable[int]) -> dict[int, int]:
    """Unit → the calendar it goes by: its own, else that of the nearest unit above, else the organisation's."""
    wanted = sorted(set(units))
    if not wanted:
        return {}
    named = (
        select(UnitClosure.descendant_id, Unit.calendar_id)
        .join(Unit, Unit.id == UnitClosure.ancestor_id)
        .where(UnitClosure.descendant_id.in_(wanted), Unit.calendar_id.is_not(None))
        .order_by(UnitClosure.descendant_id, UnitClosure.depth)
        .ext(distinct_on(UnitClosure.descendant_id))
    )
    found = {row.descendant_id: row.calendar_id for row in db.session.execute(named)}
    usual = db.session.scalar(select(Organisation.calendar_id))
    chosen = {unit: found.get(unit) or usual for unit in wanted}
    return {unit: calendar for unit, calendar in chosen.items() if calendar is not None}
