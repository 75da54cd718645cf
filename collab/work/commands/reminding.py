"""Reminding somebody of what is expected of them: at most once in a working day."""

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import shown
from collab.core.envelope import command, record
from collab.core.errors import Conflict
from collab.core.i18n import N_, _
from collab.people.once_a_day import refuse_second_reminder

from ..desks import organisation_day
from ..events import StandInNudged, WaitNudged
from ..models import Wait
from ..policy import may_nudge, waits
from ..presence import absence_of

AWAY = N_("They are away until %(day)s and nobody stands in for them, so nobody would read it.")


@command(may_nudge, on=waits)
def nudge(actor: Actor, wait: Wait) -> int:
    """Remind whoever is awaited (their substitute while they are away), at most once in a working day. Returns how
    often they were reminded."""
    at = clock.now()
    refuse_second_reminder(actor, wait.nudged_at, at, wait.by_unit_id)
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
