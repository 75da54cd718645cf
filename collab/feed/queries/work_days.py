"""On which days somebody is at work."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collab.people.models import Absence, Membership, Organisation, Unit, UnitClosure, WorkingDay
from collab.people.standing import valid_on

AHEAD: Final = timedelta(days=60)


def works_on(reading: Session, person_id: int, day: date) -> Callable[[date], bool]:
    """Whether this person works on a day from `day` on: by the calendar of their main unit, nearest above first, else
    the organisation's, and not while they are away. Without a calendar every day is a working day. Two queries."""
    last = day + AHEAD
    main = (
        select(Membership.unit_id)
        .where(Membership.person_id == person_id, valid_on(Membership, day))
        .order_by(Membership.main.desc(), Membership.id)
        .limit(1)
        .scalar_subquery()
    )
    own = (
        select(Unit.calendar_id)
        .join(UnitClosure, UnitClosure.ancestor_id == Unit.id)
        .where(UnitClosure.descendant_id == main, Unit.calendar_id.is_not(None))
        .order_by(UnitClosure.depth)
        .limit(1)
        .scalar_subquery()
    )
    everybodys = select(Organisation.calendar_id).scalar_subquery()
    free = select(WorkingDay.day).where(
        WorkingDay.calendar_id == func.coalesce(own, everybodys),
        WorkingDay.day.between(day, last),
        WorkingDay.working.is_(False),
    )
    closed = set(reading.scalars(free))
    away = select(Absence.first_day, Absence.last_day).where(
        Absence.person_id == person_id, Absence.cancelled_at.is_(None), Absence.last_day >= day
    )
    absences = [tuple(row) for row in reading.execute(away)]
    return lambda asked: asked not in closed and not any(first <= asked <= until for first, until in absences)
