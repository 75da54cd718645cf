"""What one row of a list of work comes to."""

from dataclasses import dataclass
from datetime import datetime

from collab.people.importing.sheet import Row

from .known import KnownItem
from .rows import WorkRow


@dataclass(frozen=True, slots=True)
class WorkWanted:
    """`known` is None while the item is new; `changed` are the columns whose cell is another than last time."""

    row: Row[WorkRow]
    unit: int
    holder: int | None
    desk: int
    created: datetime
    closed: datetime | None
    known: KnownItem | None
    cells: dict[str, str]
    changed: frozenset[str]
