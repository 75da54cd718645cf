"""Somebody's reminders of an item in words."""

from dataclasses import dataclass

from collab.core.actor import Actor
from collab.core.dates import digits, shown_instant
from collab.core.i18n import N_, _, ngettext

from .queries.reminders import Reminding

NO_DUE = N_("when there is a due day again")


@dataclass(frozen=True, slots=True)
class ReminderLine:
    id: int
    when: str
    note: str


def reminder_lines(actor: Actor, found: list[Reminding]) -> list[ReminderLine]:
    """When each comes, on the reader's own clock and calendar."""
    return [
        ReminderLine(
            one.id,
            shown_instant(one.at, actor.time_zone, "weekday", calendar=actor.calendar)  # type: ignore[arg-type]
            if one.at is not None
            else _(NO_DUE),
            _note(one.before),
        )
        for one in found
    ]


def _note(before: int | None) -> str:
    if before is None:
        return ""
    if before == 0:
        return _(N_("on the due day"))
    return ngettext("%(count)s day before it is due", "%(count)s days before it is due", before, count=digits(before))
