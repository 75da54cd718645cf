"""Of which units a report tells, and the working days by which it counts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, Date, DateTime, Integer, Text, text

from collab.core import clock
from collab.core.actor import Actor
from collab.core.errors import Forbidden
from collab.core.i18n import N_, _
from collab.core.prepared import Fixed
from collab.people.policy import may_read_figures
from collab.people.queries.tree import tree
from collab.people.queries.unit import UnitCard, find_unit, find_unit_by_id

from ...policy import may_read_people
from ..extras import CALENDAR_OF_UNIT

BUCKETS: Final = (5, 15, 30)
"""Working days up to which each bucket of age but the last reaches."""
NOT_YOURS: Final = N_("The figures of a unit are read by those who work in it and by the heads above it.")


@dataclass(frozen=True, slots=True)
class Days:
    """Today on the unit's calendar, its number among the working days, and the first day of each bucket of age:
    an item made on or after `begins[0]` is at most 5 working days old."""

    zone: str
    calendar_id: int
    today: date
    ordinal: int
    begins: tuple[datetime, ...]
    first_days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit with all below it. `people`: this reader heads it, so figures by person are theirs to read."""

    unit: UnitCard
    units: tuple[int, ...]
    people: bool
    days: Days

    @property
    def given(self) -> dict[str, Any]:
        """The values that the statements of a report share."""
        return {"units": list(self.units)}


def place_of(actor: Actor, code: str) -> Place:
    """The unit with this code, as a place to report of; two queries. Raises NotFound, Forbidden."""
    return _place(actor, find_unit(actor, code))


def place_by_id(actor: Actor, unit_id: int) -> Place:
    """The same by id."""
    return _place(actor, find_unit_by_id(actor, unit_id))


def _place(actor: Actor, unit: UnitCard) -> Place:
    if not may_read_figures(actor, unit.id):
        raise Forbidden(_(NOT_YOURS))
    here = tree()
    below = tuple(node.id for node in here.walk([unit.id])) if unit.id in here.nodes else (unit.id,)
    return Place(unit, below, may_read_people(actor, unit.id), _days(unit.id))


def _days(unit_id: int) -> Days:
    row = DAYS.rows(unit=unit_id, now=clock.now())[0]
    long_ago = row.today - timedelta(days=36_500)
    days = list(row.days or ())
    begins = list(row.begins or ())
    found = [
        (begins[most], days[most]) if most < len(days) else (datetime.combine(long_ago, datetime.min.time()), long_ago)
        for most in BUCKETS
    ]
    return Days(
        row.time_zone, row.calendar_id or 0, row.today, row.ordinal or 0,
        tuple(each[0] for each in found), tuple(each[1] for each in found),
    )  # fmt: skip


# The last working days, latest first: an age of at most n working days is a moment not before the n-th of them.
DAYS: Final = Fixed(
    lambda: text(f"""
    select here.time_zone, here.calendar_id, here.today,
      (select ordinal from working_day w where w.calendar_id = here.calendar_id and w.day = here.today) as ordinal,
      latest.days, latest.begins
    from (
      select o.time_zone, {CALENDAR_OF_UNIT.format(unit="cast(:unit as bigint)")} as calendar_id,
        (cast(:now as timestamptz) at time zone o.time_zone)::date as today
      from organisation o) here
    left join lateral (
      select array_agg(day order by day desc) as days,
        array_agg(day::timestamp at time zone here.time_zone order by day desc) as begins
      from (select day from working_day where calendar_id = here.calendar_id and working and day <= here.today
            order by day desc limit {BUCKETS[-1] + 1}) worked) latest on true
    """).columns(  # noqa: S608 only constants of this file
        time_zone=Text, calendar_id=BigInteger, today=Date, ordinal=Integer, days=ARRAY(Date), begins=ARRAY(DateTime)
    )
)
