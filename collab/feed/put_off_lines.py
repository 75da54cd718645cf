"""What somebody put off, ready for My day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits, near_instant
from collab.core.i18n import N_, _, ngettext
from collab.work.asked_words import asked_words

from .queries import PutOffWait

BACK, WHEN_TOUCHED = N_("comes back %(when)s"), N_("comes back when somebody else does something with it")


@dataclass(frozen=True, slots=True)
class PutOffLine:
    id: int
    reference: str
    href: str
    title: str
    note: str
    back: str


@dataclass(frozen=True, slots=True)
class PutOffLines:
    """The lines under the words that count them."""

    heading: str
    lines: list[PutOffLine]


def soon_words(actor: Actor, moment: datetime) -> str:
    """When something comes back, as near days are said: "tomorrow, 08:00"."""
    return near_instant(moment, clock.now(), actor.time_zone, calendar=actor.calendar)  # type: ignore[arg-type]


def put_off_lines(actor: Actor, found: Iterable[PutOffWait]) -> PutOffLines:
    """What is put off, with when each comes back."""
    lines = [
        PutOffLine(
            id=one.id,
            reference=one.reference or "",
            href=f"/work-items/{one.reference}" if one.reference else "",
            title=one.title if one.title is not None else one.what,
            note=asked_words(one.sense, one.what) if one.title is not None and one.sense != "task" else "",
            back=_(BACK, when=soon_words(actor, one.until)) if one.until else _(WHEN_TOUCHED),
        )
        for one in found
    ]
    number = len(lines)
    return PutOffLines(ngettext("Put off (%(count)s)", "Put off (%(count)s)", number, count=digits(number)), lines)
