"""Groups of lines as the lists of this package show them: by how near they fall due, with protocol and counterpart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from collab.core.actor import Actor
from collab.core.i18n import N_, _
from collab.work.lines import Line, lines_of
from collab.work.queries.shapes import Row

from .queries.details import Details

OVERDUE, TODAY, WEEK, LATER, SOMETIME = "overdue", "today", "week", "later", "sometime"
GROUPS = {
    OVERDUE: N_("Overdue"),
    TODAY: N_("Today"),
    WEEK: N_("In the next seven days"),
    LATER: N_("Later"),
    SOMETIME: N_("Without a date"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that fall due about the same time, each with a note; without a title for lists in another order."""

    key: str
    title: str
    lines: list[tuple[Line, str]]


def groups(
    actor: Actor, rows: Sequence[Row], today: date, details: Mapping[int, Details] | None = None, *, by_due: bool
) -> list[Group]:
    """The rows of a page as groups by due date, or as one group in the order they came."""
    found: dict[str, Group] = {}
    for row, line in zip(rows, lines_of(actor, rows, today, {}), strict=True):
        key = _key(row.due_on, today) if by_due else ""
        group = found.get(key)
        if group is None:
            group = found[key] = Group(key, _(GROUPS[key]) if key else "", [])
        group.lines.append((line, _note((details or {}).get(row.id))))
    return list(found.values())


def _key(due: date | None, today: date) -> str:
    if due is None:
        return SOMETIME
    distance = (due - today).days
    return OVERDUE if distance < 0 else TODAY if distance == 0 else WEEK if distance <= 7 else LATER


def _note(details: Details | None) -> str:
    """Protocol number and counterpart, as far as they are known."""
    if details is None:
        return ""
    parts = (details.protocol_number, details.counterpart.name if details.counterpart else None)
    return " · ".join(part for part in parts if part)
