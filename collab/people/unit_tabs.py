"""The pages of one unit, in one row on each of them, as far as its reader may open them."""

from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from flask import current_app

from collab.core.actor import Actor
from collab.core.i18n import N_, _

from .policy import may_read_figures

PAGES: Final = (
    ("", N_("The unit")), ("pending-items", N_("Open items")), ("overview", N_("Overview")),
    ("waits", N_("Who waits for whom")), ("time", N_("Time and throughput")), ("figures", N_("Figures")),
)  # fmt: skip
OF_FIGURES: Final = frozenset({"overview", "waits", "time", "figures"})


class Unit(Protocol):
    """A unit, as far as its pages are asked for."""

    @property
    def id(self) -> int: ...
    @property
    def code(self) -> str: ...


class Tab(NamedTuple):
    """A page of a unit: where it is, its name, and whether it is the one being shown."""

    href: str
    word: str
    current: bool


def unit_tabs(who: Actor, unit: Unit, current: str) -> list[Tab]:
    """The pages of `unit` that `who` may open, the one at the end `current` marked."""
    closed = frozenset[str]() if may_read_figures(who, unit.id) else OF_FIGURES
    return [
        Tab(f"/units/{unit.code}/{end}".rstrip("/"), _(word), end == current)
        for end, word in PAGES
        if end not in closed and _there_is(end)
    ]


@lru_cache(maxsize=16)
def _there_is(end: str) -> bool:
    """Whether some package gives units a page of this name."""
    adapter = current_app.url_map.bind("localhost")
    return adapter.test(f"/units/ANY/{end}".rstrip("/"), "GET")
