"""A message that could not be sent when it was written: both times are shown, where what its sender says can be."""

from datetime import datetime, timedelta
from typing import Final

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _

WRITTEN: Final = "written"
"""Where a message keeps when it was written."""
SOON: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(weeks=4)
BOTH: Final = N_("written %(written)s, sent %(sent)s")


def believed(written_at: datetime | None, sent_at: datetime | None) -> dict[str, str]:
    """What a message said now keeps of when it was written: nothing of the last minutes, of what is to come, or of so
    long ago that the clock must be wrong. `sent_at`: now, by the clock that says `written_at`; a sender whose clock is
    slow or fast has waited no longer for it."""
    at, now = when_written(written_at, sent_at), clock.now()
    return {WRITTEN: at.isoformat(timespec="seconds")} if at is not None and now - at >= SOON else {}


def when_written(written_at: datetime | None, sent_at: datetime | None) -> datetime | None:
    """The moment by our own clock; None of what did not wait, or where the clock must be wrong. As `believed`."""
    if written_at is None:
        return None
    now = clock.now()
    waited = (sent_at or now) - written_at
    return now - waited if timedelta() <= waited <= LONGEST else None


def both(actor: Actor, written_at: datetime, sent_at: datetime) -> str:
    """When it was written and when it was sent, in words; the day too where it was another."""
    zone = actor.time_zone
    same = dates.local_day(written_at, zone) == dates.local_day(sent_at, zone)
    written = (
        dates.clock(written_at, zone) if same else dates.shown_instant(written_at, zone, calendar=actor.calendar)  # type: ignore[arg-type]
    )
    return _(BOTH, written=written, sent=dates.clock(sent_at, zone))
