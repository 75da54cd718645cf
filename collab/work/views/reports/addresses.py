"""The lists behind the numbers: the page of all items, asked by the query that counts the same."""

from datetime import date

from collab.core.actor import Actor

from ...filters.asking import speaker_of
from ...filters.tree import Leaf, every
from ...filters.values import Speaker
from ...filters.write import write
from ..looks import address


class Lists:
    """Addresses of lists of what lies in a unit and below."""

    def __init__(self, actor: Actor, code: str) -> None:
        self.code, self.speaker = code, speaker_of(actor)

    def of(self, *leaves: Leaf, field: str = "desk", code: str = "") -> str:
        """The list of what lies there (`field="unit"`: of what belongs there) and fits."""
        return listed(self.speaker, Leaf(field, code or self.code), *leaves)

    def due(self, first: date, last: date) -> str:
        """What falls due from `first` to `last`."""
        if first == last:
            return self.of(Leaf("due", first.isoformat()))
        return self.of(Leaf("due", first.isoformat(), ">="), Leaf("due", last.isoformat(), "<="))


def listed(speaker: Speaker, *leaves: Leaf) -> str:
    """The address of the list of all items that fit."""
    return address("/work-items", {"query": write(every(*leaves), speaker)})
