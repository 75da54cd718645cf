"""What of an item's history can be undone: its last act, by whoever did it, while nobody touched the item since. Pure.

What Collab closed by itself may be undone by whoever may open the item again, for longer: nobody was there to see it.

An act that was undone, and the undoing, leave the item as if neither had been; so the act before them is the last
one again, and one may go back step by step.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from collab.core.actor import SYSTEM_ID

from .models import WorkItem

WITHIN: Final = timedelta(days=1)
WITHIN_OF_ITSELF: Final = timedelta(days=14)
FIELDS: Final = ("priority", "start_on", "due_on", "effort_minutes", "spent_minutes")
SIMPLE: Final = frozenset({*FIELDS, "labels"})
ACTS: Final = frozenset(
    {
        "item-completed",
        "item-cancelled",
        "item-taken",
        "item-assigned",
        "item-begun",
        "item-edited",
        "item-merged",
        "handover-offered",
    }
)
# Written in the same breath as an act, just before it.
WITH_IT: Final = frozenset({"clock-stopped", "clock-resumed", "handover-withdrawn", "dispute-settled"})
CLOSING: Final = frozenset({"item-completed", "item-cancelled"})
# Nothing of the item changes by these.
HARMLESS: Final = frozenset(
    {
        "item-watched",
        "item-unwatched",
        "item-read-by-auditor",
        "wait-nudged",
        "stand-in-nudged",
        "asker-reminded",
        "wait-lapsed",
        "wait-escalated",
        "item-acknowledged",
        "all-acknowledged",
    }
)


class Fact(Protocol):
    """A line of the ledger."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def actor_id(self) -> int: ...
    @property
    def payload(self) -> dict[str, Any]: ...


def stood(item: WorkItem, changed: Iterable[str]) -> dict[str, Any]:
    """What stands now in those of the `changed` fields that can be undone, as the ledger keeps it."""
    found: dict[str, Any] = {}
    for name in FIELDS:
        if name in changed:
            value = getattr(item, name)
            found[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return found


def last_act(newest_first: Iterable[Fact]) -> Fact | None:
    """The last act on an item that still stands; None when there is none among these lines."""
    undone: set[int] = set()
    passed: datetime | None = None  # the instant of the line just passed over: what was written with it goes too
    for line in newest_first:
        if line.kind in WITH_IT and line.at == passed:
            continue
        passed = None
        if line.kind == "item-undone":
            undone.add(line.payload["undone"])
        elif line.id not in undone:
            if line.kind in HARMLESS:
                continue
            return line
        passed = line.at
    return None


def by_itself(act: Fact) -> bool:
    """Whether Collab itself closed the item, because its time had come."""
    return act.actor_id == SYSTEM_ID and act.kind in CLOSING


def can_be_undone(act: Fact | None, person_id: int, now: datetime, *, reopens: bool = False) -> bool:
    """Whether this person may still undo the last act on an item. `reopens`: they may open the item again."""
    if act is None or act.kind not in ACTS:
        return False
    if by_itself(act):
        return reopens and now - act.at <= WITHIN_OF_ITSELF and bool(act.payload.get("was"))
    if act.actor_id != person_id or now - act.at > WITHIN:
        return False
    if act.kind == "item-edited":
        return act.payload.get("was") is not None and set(act.payload["fields"].split(",")) <= SIMPLE
    if act.kind == "item-assigned":
        return act.payload.get("left") is not None
    return act.kind == "handover-offered" or bool(act.payload.get("was"))
