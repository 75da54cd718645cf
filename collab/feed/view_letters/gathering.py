"""What a view has for its reader now, and what came and went since the letter before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from collab.core.actor import Actor
from collab.work.filters.compile import compiled
from collab.work.filters.tree import ALL, Leaf, every
from collab.work.list_jobs import KINDS
from collab.work.queries.arranged import GROUPS, Arrangement, arranged_items, rows_of, window_for
from collab.work.queries.bulk import matching
from collab.work.queries.saved import View
from collab.work.queries.shapes import Row

MOST_LINES: Final = 50
MOST_CAME: Final = 25
MOST_GONE: Final = 15
MOST_KEPT: Final = 2_000
"""Beyond so many items it is not said what came and went."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What stands in a letter: `found` items in all, at least so many where `whole` is not; of `came` and `gone` how
    many there were, None where nothing was compared; the rows that are shown of those, and of the others."""

    found: int
    whole: bool
    came: int | None
    gone: int | None
    new: Sequence[Row]
    others: Sequence[Row]
    left: Sequence[Row]
    kept: list[int] | None

    @property
    def more(self) -> bool:
        """Whether the letter leaves some of the list out."""
        return not self.whole or len(self.new) + len(self.others) < self.found


def gathered(actor: Actor, view: View, kept: list[int] | None) -> Gathered:
    """What this reader sees in the view now. `kept`: the ids of the letter before. Raises BadQuery."""
    kind = KINDS.get(view.list, "")
    wanted = compiled(actor, every(Leaf("kind", kind) if kind else ALL, view.tree))
    ids = matching(actor, wanted, MOST_KEPT)
    arranged = Arrangement(view.order, view.group if view.group in GROUPS else "")
    rows = arranged_items(actor, wanted, arranged, window_for(wanted, arranged, None, MOST_LINES)).items
    if len(ids) > MOST_KEPT:
        return Gathered(MOST_KEPT, False, None, None, [], rows, [], None)
    if kept is None:
        return Gathered(len(ids), True, None, None, [], rows, [], ids)
    came, gone = set(ids) - set(kept), set(kept) - set(ids)
    new = _new(actor, rows, came)
    others = [row for row in rows if row.id not in came][: MOST_LINES - len(new)]
    left = rows_of(actor, sorted(gone)) if gone else []  # what is seen no more is told no more, not even counted
    return Gathered(len(ids), True, len(came), len(left), new, others, left[:MOST_GONE], ids)


def _new(actor: Actor, rows: Sequence[Row], came: set[int]) -> list[Row]:
    """What came, in the order of the list as far as the list is shown, then what stands further down in it."""
    shown = [row for row in rows if row.id in came][:MOST_CAME]
    further = sorted(came - {row.id for row in rows})[: MOST_CAME - len(shown)]
    return [*shown, *(rows_of(actor, further) if further else [])]
