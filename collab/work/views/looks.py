"""The ways a list is looked at: its layouts, orders and groups, and the addresses that lead to each."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote_plus

from collab.core.i18n import N_, _

from ..forms import ListPage

NEWEST: Final = "newest"
ORDERS: Final = {
    "due": N_("by due date"), "newest": N_("newest first"), "changed": N_("last changed first"),
    "priority": N_("most urgent first"),
}  # fmt: skip
GROUPS: Final = {
    "due": N_("by due date"), "holder": N_("by holder"), "unit": N_("by unit"), "state": N_("by state"),
    "priority": N_("by priority"), "none": N_("no groups"),
}  # fmt: skip
LAYOUTS: Final = {
    "table": (N_("Table"), "table-2"), "board": (N_("Board"), "square-kanban"),
    "calendar": (N_("Calendar"), "calendar-days"),
}  # fmt: skip
LOOKS: Final[dict[str, tuple[str, ...]]] = {
    "table": (), "board": ("layout", "by"), "calendar": ("layout", "of", "span"), "timeline": (),
}  # fmt: skip
"""Layout → what an address says of it beside the query."""


def address(path: str, said: Mapping[str, Any]) -> str:
    """The address of a list with this filter. An empty query is said too: it is another than the usual one."""
    chosen = {name: value for name, value in said.items() if value not in (None, False) and (value or name == "query")}
    if not chosen:
        return path
    return f"{path}?{'&'.join(f'{name}={_quoted(str(value))}' for name, value in chosen.items())}"


_quoted: Final = lru_cache(maxsize=4_000)(quote_plus)


def looked_at(said: Mapping[str, Any]) -> dict[str, Any]:
    """How the list is looked at, whatever is asked."""
    return {name: said[name] for name in ("layout", "by", "of", "span", "day") if name in said}


def layouts(path: str, said: Mapping[str, Any], wanted: ListPage) -> list[dict[str, Any]]:
    """A way to each layout."""
    plain = {name: value for name, value in said.items() if name not in looked_at(said)} | {"after": None}
    return [
        {
            "href": address(path, plain | {"layout": code if code != "table" else None}),
            "label": _(label),
            "icon": icon,
            "current": wanted.layout == code,
        }
        for code, (label, icon) in LAYOUTS.items()
    ]


def sorts(path: str, said: Mapping[str, Any], wanted: ListPage, *, only_open: bool) -> dict[str, dict[str, Any]]:
    """Order → where it leads and whether it stands. Where closed items are in the list, it has one order."""
    offered = ORDERS if only_open else {NEWEST: ORDERS[NEWEST]}
    return {
        code: {
            "href": address(path, {**said, "order": code, "after": None}),
            "label": _(label),
            "current": wanted.order == code or not only_open,
        }
        for code, label in offered.items()
    }


def choices(path: str, said: Mapping[str, Any], name: str, labels: Mapping[str, str], now: str) -> list[dict[str, Any]]:
    """A way to each value of one thing that an address says."""
    return [
        {"href": address(path, {**said, name: code, "after": None}), "label": _(label), "current": now == code}
        for code, label in labels.items()
    ]
