"""The ways to look at a unit's work: as a table, as figures, as a picture of waiting, over time."""

from typing import Final, NamedTuple

from collab.core.i18n import N_, _
from collab.people.queries.unit import UnitCard

WAYS: Final = (
    ("pending-items", N_("Table")), ("overview", N_("Overview")), ("waits", N_("Who waits for whom")),
    ("time", N_("Time and throughput")), ("figures", N_("Figures")),
)  # fmt: skip


class Tab(NamedTuple):
    href: str
    word: str
    current: bool


def ways_to_look(unit: UnitCard, current: str) -> list[Tab]:
    """Their tabs, `current` marked."""
    return [Tab(f"/units/{unit.code}/{end}", _(word), end == current) for end, word in WAYS]
