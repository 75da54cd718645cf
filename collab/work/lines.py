"""Lines of lists and small texts about items as templates read them: what costs a look-up is done here, once a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from collab.core.actor import Actor
from collab.core.dates import near_day, shown
from collab.core.i18n import N_, _
from collab.core.package import Kind

from .events import STATES
from .kinds import kinds
from .models import OPEN_STATES
from .queries.shapes import Row

ICONS: Final = {
    "new": "circle", "active": "half", "waiting": "hourglass", "done": "circle-check", "cancelled": "circle-slash",
}  # fmt: skip
PRIORITIES: Final = {
    0: N_("no priority"), 1: N_("low"), 2: N_("medium"), 3: N_("high"), 4: N_("urgent"),
}  # fmt: skip
REACHES: Final = {
    "unit": N_("the unit and those above"), "all": N_("the whole organisation"), "named": N_("named people only"),
}  # fmt: skip
AGAIN: Final = N_("comes again")
SOON: Final = 2
URGENT: Final = 3


@dataclass(frozen=True, slots=True)
class Due:
    """A due day in words: near now relative, later absolute; `whole` is the day in full, `look` a class."""

    text: str = ""
    whole: str = ""
    look: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a list."""

    id: int
    reference: str
    href: str
    title: str
    state: str
    icon: str
    word: str
    holder: str
    labels: tuple[str, ...]
    due: Due
    urgent: bool
    closed: bool
    again: str = ""
    """That it comes again, in a word; empty where it does not."""


def due_of(actor: Actor, day: date | None, today: date, *, closed: bool = False) -> Due:
    """How near a due day is. Closed things are never late."""
    if day is None:
        return Due()
    distance = (day - today).days
    look, icon = "", ""
    if not closed and distance <= SOON:
        look, icon = ("due-over", "circle-alert") if distance < 0 else ("due-soon", "clock")
    calendar = actor.calendar
    return Due(
        near_day(day, today, calendar=calendar, locale=actor.locale),  # type: ignore[arg-type]
        shown(day, "weekday", calendar=calendar, locale=actor.locale),  # type: ignore[arg-type]
        look,
        icon,
    )


def icon_of(kind: Kind | None, state: str) -> str:
    """The mark of how an item stands. A circle to fill is for what the verbs of every item bring to its end: an open
    item whose kind has its own way there is marked by its kind. Empty for a state that is none."""
    if kind is not None and kind.own_way and state in OPEN_STATES:
        return kind.icon
    return ICONS.get(state, "")


def lines_of(actor: Actor, rows: Iterable[Row], today: date) -> list[Line]:
    """The rows of a page as lines."""
    words, known = {code: _(label) for code, label in STATES.items()} | {"again": _(AGAIN)}, kinds()
    return [_line(actor, row, today, known, words) for row in rows]


def _line(actor: Actor, row: Row, today: date, known: Mapping[str, Kind], words: dict[str, str]) -> Line:
    closed = row.closed_at is not None
    return Line(
        id=row.id,
        reference=row.reference,
        href=f"/work-items/{row.reference}",
        title=row.title,
        state=row.state_kind,
        icon=icon_of(known.get(row.kind), row.state_kind),
        word=words[row.state_kind],
        holder=row.holder.name if row.holder else row.desk.name,
        labels=row.labels,
        due=due_of(actor, row.due_on, today, closed=closed),
        urgent=row.priority >= URGENT and not closed,
        closed=closed,
        again=words["again"] if row.repeats and not closed else "",
    )
