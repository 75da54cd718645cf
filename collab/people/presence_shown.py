"""Presence beside a name: a dot that always comes with its word. Open pages keep it right by what the line tells."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from collab.core.actor import Actor
from collab.core.i18n import N_, _

from .queries.presence import Presence, presences
from .words import Days

HERE: Final = N_("here")
ABSENT: Final = N_("away")
UNTIL: Final = N_("Away until %(day)s.")
UNTIL_WITH: Final = N_("Away until %(day)s. %(name)s stands in.")


@dataclass(frozen=True, slots=True)
class Shown:
    """`state` and `word` beside a name; `sentence` says of an absence until when, and who stands in."""

    id: int
    state: str
    word: str
    sentence: str = ""
    substitute_id: int | None = None


def shown(actor: Actor, people: Iterable[int]) -> dict[int, Shown]:
    """Person → what stands beside their name."""
    days = Days(actor)
    return {id_: _shown(id_, found, days) for id_, found in presences(actor, people).items()}


def _shown(id_: int, found: Presence, days: Days) -> Shown:
    if found.state != "absent":
        return Shown(id_, found.state, _(HERE))
    day = days(found.until)
    sentence = _(UNTIL_WITH, day=day, name=found.substitute) if found.substitute else _(UNTIL, day=day)
    return Shown(id_, "absent", _(ABSENT), sentence, found.substitute_id)
