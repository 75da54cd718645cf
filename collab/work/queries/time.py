"""Time by holder: how many working days each had the ball."""

from collab.core.i18n import N_, _

from ..holder_bar import Segment, Stretch, Total, segments, totals
from .shapes import Held, Item, PartyRef

EARLIER = N_("earlier")
NOBODY = N_("nobody")


def stretches(intervals: tuple[Held, ...]) -> list[Stretch]:
    """Intervals as the bar draws them: by unit; by the party itself where it is somebody outside."""
    nobody = _(NOBODY)
    found = []
    for each in intervals:
        who: PartyRef | None = each.unit or each.holder
        key = who.id if who else 0
        found.append(Stretch(key, who.name if who else nobody, each.days, each.stopped, each.to_at is None))
    return found


def holder_bar(item: Item) -> tuple[list[Segment], list[Total]]:
    """The bar of an item and the same numbers as words. No query: the item carries its intervals."""
    found = stretches(item.intervals)
    return segments(found, _(EARLIER)), totals(found)


def held_by_one(item: Item) -> bool:
    """Whether one alone, a person or a tray, has had it ever since and the clock never stood still: the bar of an open
    item then repeats what is said above it."""
    return len({each.holder for each in item.intervals}) <= 1 and not any(each.stopped for each in item.intervals)
