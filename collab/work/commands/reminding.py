"""Reminding somebody of what is expected of them: at most once in a working day."""

from datetime import datetime

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import near_instant, shown
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict
from collab.core.i18n import N_, _
from collab.people.models import WorkingDay
from collab.people.queries.calendars import calendars_of

from ..desks import organisation_day, organisation_zone
from ..events import StandInNudged, WaitNudged
from ..models import Wait
from ..policy import may_nudge, waits
from ..presence import absence_of

REMINDED = N_("A reminder went out %(when)s, and once in a working day is enough. The next one can be sent on %(day)s.")
AWAY = N_("They are away until %(day)s and nobody stands in for them, so nobody would read it.")


@command(may_nudge, on=waits)
def nudge(actor: Actor, wait: Wait) -> int:
    """Remind whoever is awaited (their substitute while they are away), at most once in a working day. Returns how
    often they were reminded."""
    at = clock.now()
    _refuse_second_reminder(actor, wait, at)
    awaited = wait.taken_by or wait.of_id
    absent = absence_of(awaited, organisation_day(at))
    if absent is not None and absent.stands_in is None:
        raise Conflict(_(AWAY, day=shown(absent.last_day, "weekday", calendar=actor.calendar)))  # type: ignore[arg-type]
    wait.nudges, wait.nudged_at = wait.nudges + 1, at
    if absent is not None:
        record(StandInNudged(subject=wait.item_id or 0, wait=wait.id, awaited=awaited, stand_in=absent.stands_in))
    else:
        record(WaitNudged(subject=wait.item_id or 0, wait=wait.id, awaited=awaited))
    return wait.nudges


def _refuse_second_reminder(actor: Actor, wait: Wait, at: datetime) -> None:
    """Raises Conflict until a working day of the asking unit has begun after the one of the last reminder."""
    if wait.nudged_at is None:
        return
    zone = organisation_zone()
    calendar = calendars_of([wait.by_unit_id or 0]).get(wait.by_unit_id or 0)
    again = session().scalar(
        select(func.min(WorkingDay.day)).where(
            WorkingDay.calendar_id == calendar,
            WorkingDay.day > wait.nudged_at.astimezone(zone).date(),
            WorkingDay.working,
        )
    )
    if again is not None and at.astimezone(zone).date() < again:
        said = _(
            REMINDED,
            when=near_instant(wait.nudged_at, at, actor.time_zone, calendar=actor.calendar),  # type: ignore[arg-type]
            day=shown(again, "weekday", calendar=actor.calendar),  # type: ignore[arg-type]
        )
        raise Conflict(said)
