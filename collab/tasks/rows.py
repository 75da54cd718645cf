"""Lines of a list as the template reads them: everything that costs a look-up is done here, once per page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from collab.core.actor import Actor
from collab.core.dates import near_day, shown
from collab.core.i18n import N_, _
from collab.work.events import STATES
from collab.work.queries.shapes import Row

from .queries.details import Details

ICONS = {
    "new": "circle", "active": "circle-dot", "waiting": "hourglass", "done": "circle-check",
    "cancelled": "circle-slash",
}  # fmt: skip
SOON = 2
OVERDUE, TODAY, WEEK, LATER, SOMETIME = "overdue", "today", "week", "later", "sometime"
GROUPS = {
    OVERDUE: N_("Overdue"),
    TODAY: N_("Today"),
    WEEK: N_("In the next seven days"),
    LATER: N_("Later"),
    SOMETIME: N_("Without a date"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item. `due_class` says how near it is; `day` is the whole date, shown on hover."""

    id: int
    reference: str
    href: str
    title: str
    state: str
    icon: str
    word: str
    holder: str
    note: str
    due: str
    day: str
    due_class: str
    due_icon: str
    urgent: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that fall due about the same time; without a title for lists in another order."""

    key: str
    title: str
    lines: list[Line]


def groups(
    actor: Actor, rows: Iterable[Row], today: date, details: Mapping[int, Details] | None = None, *, by_due: bool
) -> list[Group]:
    """The rows of a page as groups by due date, or as one group in the order they came."""
    words = {code: _(label) for code, label in STATES.items()}
    found: dict[str, Group] = {}
    for row in rows:
        key = _key(row.due_on, today) if by_due else ""
        group = found.get(key)
        if group is None:
            group = found[key] = Group(key, _(GROUPS[key]) if key else "", [])
        group.lines.append(_line(actor, row, today, (details or {}).get(row.id), words))
    return list(found.values())


def _key(due: date | None, today: date) -> str:
    if due is None:
        return SOMETIME
    distance = (due - today).days
    return OVERDUE if distance < 0 else TODAY if distance == 0 else WEEK if distance <= 7 else LATER


def _line(actor: Actor, row: Row, today: date, details: Details | None, words: dict[str, str]) -> Line:
    closed = row.closed_at is not None
    due_class = due_icon = ""
    if row.due_on is not None and not closed:
        distance = (row.due_on - today).days
        due_class, due_icon = (
            ("due-over", "circle-alert") if distance < 0 else ("due-soon", "clock") if distance <= SOON else ("", "")
        )
    calendar = actor.calendar
    return Line(
        id=row.id,
        reference=row.reference,
        href=f"/work-items/{row.reference}",
        title=row.title,
        state=row.state_kind,
        icon=ICONS[row.state_kind],
        word=words[row.state_kind],
        holder=row.holder.name if row.holder else row.desk.name,
        note=_note(details),
        due=near_day(row.due_on, today, calendar=calendar) if row.due_on else "",  # type: ignore[arg-type]
        day=shown(row.due_on, "weekday", calendar=calendar) if row.due_on else "",  # type: ignore[arg-type]
        due_class=due_class,
        due_icon=due_icon,
        urgent=row.priority >= 3,
        closed=closed,
    )


def _note(details: Details | None) -> str:
    """Protocol number and counterpart, as far as they are known."""
    if details is None:
        return ""
    parts = (details.protocol_number, details.counterpart.name if details.counterpart else None)
    return " · ".join(part for part in parts if part)
