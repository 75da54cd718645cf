"""Working calendars in the database: the rule of each, and the days it comes to for ten years back and ten ahead."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from ..calendar.days import FIRST_YEAR, LAST_YEAR, days
from ..calendar.rules import CalendarRule, Correction, LocalFeast
from ..models import Calendar, CalendarDay, WorkingDay

BACK: Final = 10
AHEAD: Final = 10

_UPSERT: Final = text("""
insert into working_day (calendar_id, day, working, ordinal, name)
select :calendar, day, working, ordinal, name
from unnest(cast(:days as date[]), cast(:workings as boolean[]), cast(:ordinals as bigint[]), cast(:names as text[]))
  as given (day, working, ordinal, name)
on conflict (calendar_id, day) do update
set working = excluded.working, ordinal = excluded.ordinal, name = excluded.name
where (working_day.working, working_day.ordinal, working_day.name)
  is distinct from (excluded.working, excluded.ordinal, excluded.name)
""")


def years_around(day: date) -> range:
    """The years a calendar is kept for."""
    return range(max(FIRST_YEAR, day.year - BACK), min(LAST_YEAR, day.year + AHEAD) + 1)


def add_calendar(
    session: Session, name: str, country: str | None, weekend: Iterable[int], *, subdivision: str | None = None
) -> int:
    """A new calendar, its days not yet made (`regenerate`)."""
    row = {"name": name, "country": country, "subdivision": subdivision, "weekend": sorted(set(weekend))}
    return session.scalars(insert(Calendar).returning(Calendar.id), [row]).one()


def rule_of(session: Session, calendar_id: int) -> CalendarRule:
    """The rule of a calendar with its feasts and corrections. Raises BadRule for one that cannot be."""
    row = session.execute(
        select(Calendar.country, Calendar.subdivision, Calendar.weekend, Calendar.feasts).where(
            Calendar.id == calendar_id
        )
    ).one()
    corrections = session.execute(
        select(CalendarDay.day, CalendarDay.working, CalendarDay.name).where(CalendarDay.calendar_id == calendar_id)
    )
    return CalendarRule(
        country=row.country,
        subdivision=row.subdivision,
        weekend=frozenset(row.weekend),
        feasts=tuple(
            LocalFeast(feast["month"], feast["day"], dict.fromkeys(("en", "el", "fa"), feast["name"]))
            for feast in row.feasts
        ),
        corrections={
            one.day: Correction(one.working, dict.fromkeys(("en", "el", "fa"), one.name)) for one in corrections
        },
    )


def regenerate(session: Session, calendar_id: int, years: range, locale: str) -> None:
    """Make the days of a calendar for `years` and all it had before, with names in `locale`, and count them anew."""
    known = session.scalar(select(func.min(WorkingDay.day)).where(WorkingDay.calendar_id == calendar_id))
    first = min(years.start, known.year) if known else years.start
    made = list(days(rule_of(session, calendar_id), range(first, years.stop)))
    ordinal, ordinals = 0, []
    for day in made:
        ordinal += day.working
        ordinals.append(ordinal)
    session.execute(
        _UPSERT,
        {
            "calendar": calendar_id,
            "days": [day.day for day in made],
            "workings": [day.working for day in made],
            "ordinals": ordinals,
            "names": [day.names.get(locale) for day in made],
        },
    )


def calendars_to_extend(session: Session, until: date) -> list[int]:
    """The calendars whose days end before `until`."""
    last = func.max(WorkingDay.day)
    query = (
        select(Calendar.id)
        .outerjoin(WorkingDay, WorkingDay.calendar_id == Calendar.id)
        .group_by(Calendar.id)
        .having(last.is_(None) | (last < until))
    )
    return list(session.scalars(query))
