"""Reminding people at most once in a working day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from collab.core.actor import Actor
from collab.core.dates import near_instant, shown
from collab.core.errors import Conflict
from collab.core.i18n import N_, _

from .queries.calendars import next_working_day
from .queries.tree import tree

REMINDED = N_("A reminder went out %(when)s, and once in a working day is enough. The next one can be sent on %(day)s.")


def next_reminder(last: datetime | None, at: datetime, unit: int | None) -> date | None:
    """The day on which the next reminder can be sent, None where it can be sent now: once a working day of `unit`
    (without one: of the organisation) has begun after the one of the last."""
    if last is None:
        return None
    zone = ZoneInfo(tree().time_zone)
    again = next_working_day(unit, last.astimezone(zone).date())
    return again if again is not None and at.astimezone(zone).date() < again else None


def refuse_second_reminder(actor: Actor, last: datetime | None, at: datetime, unit: int | None) -> None:
    """Raises Conflict until the next reminder can be sent."""
    again = next_reminder(last, at, unit)
    if last is not None and again is not None:
        said = _(
            REMINDED,
            when=near_instant(last, at, actor.time_zone, calendar=actor.calendar),  # type: ignore[arg-type]
            day=shown(again, "weekday", calendar=actor.calendar),  # type: ignore[arg-type]
        )
        raise Conflict(said)
