"""The kinds of work item that the packages above declare."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from collab.core.i18n import _
from collab.core.package import Kind
from collab.web.shell import packages


class OfKind(Protocol):
    """An item, as far as its kind is asked about it."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...


def kinds() -> dict[str, Kind]:
    """Code → kind, of this installation."""
    return {kind.code: kind for package in packages() for kind in package.kinds}


def own_way(code: str) -> str:
    """How an item of this kind changes and ends, in words; empty where it does so by the verbs of every item."""
    kind = kinds().get(code)
    return _(kind.own_way) if kind is not None and kind.own_way else ""


def never_due(items: Iterable[OfKind], day: date | None) -> dict[int, str]:
    """Which of these items cannot be made to fall due on `day`, and why; one query for each kind that has a say. What
    falls due then already is not complained of."""
    asked: dict[str, list[int]] = {}
    for item in items:
        if day is not None and item.due_on != day:
            asked.setdefault(item.kind, []).append(item.id)
    known = kinds() if asked else {}
    found: dict[int, str] = {}
    for code, ids in asked.items():
        kind = known.get(code)
        if day is not None and kind is not None and kind.never_due is not None:
            found |= kind.never_due(ids, day)
    return found
