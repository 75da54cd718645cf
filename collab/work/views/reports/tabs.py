"""What the head's pages share: their tabs, and numbers in words."""

from typing import NamedTuple

from collab.core.i18n import N_, _
from collab.people.queries.unit import UnitCard

from ...queries.reports.place import Place
from ..marks import Words

WAYS = (
    ("pending-items", N_("Table")),
    ("overview", N_("Overview")),
    ("waits", N_("Who waits for whom")),
    ("time", N_("Time and throughput")),
)


class Tab(NamedTuple):
    href: str
    word: str
    current: bool


def tabs(place: Place, current: str) -> list[Tab]:
    """The ways to look at a unit's work."""
    return tabs_of(place.unit, current)


def tabs_of(unit: UnitCard, current: str) -> list[Tab]:
    return [Tab(f"/units/{unit.code}/{end}", _(word), end == current) for end, word in WAYS]


def counted(number: int, words: Words, most: int = 0) -> str:
    """A number; where counting stopped, as 99+."""
    return f"{words.number(most - 1)}+" if most and number >= most else words.number(number)


def effort(minutes: int, words: Words) -> str:
    """Effort in hours, empty where none is given."""
    if not minutes:
        return ""
    hours = max(1, round(minutes / 60))
    return _("%(hours)s h", hours=words.number(hours))
