"""What My day says first: that one is away and who stands in, for whom one stands in, and where one's own pages are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from collab.core import dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _
from collab.people.queries.person import Today

AWAY: Final = N_("You are away until %(day)s. %(name)s stands in for you.")
AWAY_ALONE: Final = N_("You are away until %(day)s. Nobody stands in for you.")
STANDING_IN: Final = N_("You stand in for %(name)s until %(day)s; what is expected of them stands here too.")


@dataclass(frozen=True, slots=True)
class AwayLine:
    """`own`: the reader is the one who is away, and may say that they are back."""

    id: int
    said: str
    own: bool


def away_lines(actor: Actor, found: Iterable[Today]) -> list[AwayLine]:
    """Absences of today that concern the reader, in words."""
    return [AwayLine(one.id, _said(actor, one), one.person_id == actor.person_id) for one in found]


def headed_for(actor: Actor, found: Iterable[Today]) -> dict[int, str]:
    """The units that the reader heads only in the place of somebody who is away, each with their name."""
    return {unit: one.person for one in found if one.person_id != actor.person_id for unit in one.heads}


def _said(actor: Actor, one: Today) -> str:
    day = dates.shown(one.last_day, "weekday", calendar=actor.calendar)  # type: ignore[arg-type]
    if one.person_id != actor.person_id:
        return _(STANDING_IN, name=one.person, day=day)
    return _(AWAY, name=one.substitute, day=day) if one.substitute else _(AWAY_ALONE, day=day)


def own_doors(actor: Actor) -> list[tuple[str, str, str]]:
    """(address, icon, word) of what an administrator or auditor works with, since little is expected of them here."""
    found = []
    if actor.is_administrator:
        found += [
            ("/administration/units", "network", _("Units")),
            ("/administration/people", "users", _("People and sign-in")),
            ("/administration/calendars", "calendar-days", _("Working calendars")),
        ]
    if actor.is_auditor:
        found.append(("/work-items?order=changed", "history", _("What changed last")))
        found.append(("/facts", "shield", _("Ledger")))
    return found
