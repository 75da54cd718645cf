"""Files on an item."""

from collections.abc import Sequence
from typing import Any

from collab.core.actor import Actor
from collab.core.envelope import command, record
from collab.core.files import Store
from collab.files.placing import Arrived, place

from ..events import FileAdded, FileReplaced
from ..models import WorkItem
from ..policy import items, may_take_part


@command(may_take_part, on=items)
def attach(actor: Actor, item: WorkItem, keeper: Store, arrived: Sequence[Arrived]) -> list[dict[str, Any]]:
    """Add files to an item: all of them or none. A name known there becomes its next version."""
    made = []
    for each in arrived:
        placed = place(actor, keeper, "work-item", item.id, each.taken, each.nonce)
        if placed.new and placed.version == 1:
            record(FileAdded(subject=item.id, file=placed.id, name=placed.name))
        elif placed.new:
            record(FileReplaced(subject=item.id, file=placed.id, version=placed.version, name=placed.name))
        made.append({"id": placed.id, "name": placed.name, "version": placed.version})
    return made
