"""The item above: there must be one of that name, and no circle."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from collab.core.i18n import N_, _
from collab.people.importing.report import Fault
from collab.work.models import WorkItem

from .known import Known
from .wanted import WorkWanted

NO_PARENT: Final = N_("No item has the external id %(id)s, neither here nor in this file.")
BAD_PARENT: Final = N_("The item above, %(id)s, was refused (line %(line)s).")
OWN_CHILD: Final = N_("An item cannot stand below itself.")
OURS: Final = "\0"


def drop_orphans(wanted: dict[str, WorkWanted], rejected: dict[str, int], known: Known) -> list[Fault]:
    """Take out rows whose parent is nowhere, then those below them, until none is left."""
    dropped: list[Fault] = []
    while True:
        bad = []
        for key, one in wanted.items():
            parent = one.row.says.parent_external_id
            if parent is not None and parent not in wanted and parent not in known.items:
                reason = (
                    _(BAD_PARENT, id=parent, line=rejected[parent]) if parent in rejected else _(NO_PARENT, id=parent)
                )
                bad.append((key, Fault(one.row.line, "parent_external_id", reason)))
        if not bad:
            return dropped
        for key, fault in bad:
            del wanted[key]
            rejected[key] = fault.line
            dropped.append(fault)


def drop_circles(
    wanted: dict[str, WorkWanted], rejected: dict[str, int], known: Known, reading: Session
) -> list[Fault]:
    """Take out rows that would stand below themselves, over what is in the file and what is here already."""
    above: dict[str, str | None] = {key: _parent_key(one) for key, one in wanted.items()}
    by_id = {item.id: key for key, item in known.items.items()}
    _climb(above, known, by_id, reading)
    dropped, cleared = [], set[str]()
    for start in list(wanted):
        path: dict[str, None] = {}
        key: str | None = start
        while key is not None and key not in cleared and key not in path:
            path[key] = None
            key = above.get(key)
        if key is not None and key in path:
            circle = list(path)[list(path).index(key) :]
            for member in (name for name in circle if name in wanted):
                dropped.append(Fault(wanted[member].row.line, "parent_external_id", _(OWN_CHILD)))
                del wanted[member]
                rejected[member] = dropped[-1].line
                above[member] = None
        cleared |= set(path)
    return dropped


def _parent_key(one: WorkWanted) -> str | None:
    """The item above, by external id, or by our own id behind a mark that no external id can hold."""
    if one.known is not None and "parent_external_id" not in one.changed:
        return f"{OURS}{one.known.parent_id}" if one.known.parent_id else None
    return one.row.says.parent_external_id


def _climb(above: dict[str, str | None], known: Known, by_id: dict[int, str], reading: Session) -> None:
    """Complete the ways upward through items that are here already, a generation a query."""
    for key, item in known.items.items():
        above.setdefault(key, f"{OURS}{item.parent_id}" if item.parent_id else None)
    for key, parent in above.items():
        if parent is not None and parent.startswith(OURS):
            above[key] = by_id.get(int(parent[1:]), parent)
    unknown = {int(parent[1:]) for parent in above.values() if parent and parent.startswith(OURS)}
    while unknown:
        rows = reading.execute(select(WorkItem.id, WorkItem.parent_id).where(WorkItem.id.in_(sorted(unknown)))).all()
        unknown = set()
        for row in rows:
            parent = by_id.get(row.parent_id, f"{OURS}{row.parent_id}") if row.parent_id else None
            above[f"{OURS}{row.id}"] = parent
            if parent is not None and parent.startswith(OURS) and parent not in above:
                unknown.add(int(parent[1:]))
