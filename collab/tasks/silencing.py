"""When silence counts for an item: read from its questions and its calendar. Called by commands and queries."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from collab.people.calendar.ordinals import OutOfCalendar
from collab.people.models import Organisation, Party
from collab.work.models import Wait

from .calendars import with_working_days
from .silence import Asked, Silence, about_days, begins, last_day


def last_day_for(
    reading: Session, silence: Silence, item_id: int, unit_id: int, due_on: date | None, state_kind: str,
    counterpart_id: int | None,
) -> date | None:  # fmt: skip
    """The last day on which something may still come; None while silence does not count. Two queries at most."""
    asked = _asked(reading, item_id, counterpart_id) if silence.after == "asking" else []
    since = begins(silence.after, due_on, state_kind == "waiting", asked)
    if since is None:
        return None
    try:
        return with_working_days(
            reading, unit_id, since, about_days(silence), lambda working: last_day(silence, since, working)
        )
    except OutOfCalendar:
        return None


def _asked(reading: Session, item_id: int, counterpart_id: int | None) -> list[Asked]:
    """What is open to the counterpart; without one, to anybody outside."""
    zone = select(Organisation.time_zone).scalar_subquery()
    rows = reading.execute(
        select(Wait.since, Wait.until, zone)
        .join(Party, Party.id == Wait.of_id)
        .where(Wait.item_id == item_id, Wait.ended_at.is_(None), Wait.sense == "answer")
        .where(Wait.of_id == counterpart_id if counterpart_id is not None else Party.kind == "outsider")
    )
    return [Asked(since.astimezone(ZoneInfo(name)).date(), until) for since, until, name in rows]
