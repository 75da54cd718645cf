"""What is to be done step by step: the checklist of an item and its parts, ready for their templates."""

from dataclasses import dataclass
from typing import Any

from collab.core.actor import Actor
from collab.core.dates import digits, shown
from collab.core.i18n import N_, _
from collab.work.events import STATES
from collab.work.lines import ICONS
from collab.work.policy import is_open, may_change, may_take_part
from collab.work.queries.shapes import Item

from .queries.checklist import Line, Part, lines_of, parts_of
from .queries.recurring import series_of
from .queries.reminders import reminders_of
from .recurring_words import sentence
from .reminding import reminder_lines


@dataclass(frozen=True, slots=True)
class ComesAgain:
    """By which rule a task comes again (`said` empty: by none), the day of the next one, and where that is changed."""

    said: str
    next: str
    href: str


PROGRESS = N_("%(done)s of %(all)s")


@dataclass(frozen=True, slots=True)
class Steps:
    """Lines or parts with how many are done; `width` is that in per cent."""

    href: str
    done: int
    all: int
    may_change: bool
    lines: list[Line]
    parts: list[Part]

    @property
    def progress(self) -> str:
        return _(PROGRESS, done=digits(self.done), all=digits(self.all)) if self.all else ""

    @property
    def width(self) -> int:
        return round(100 * self.done / self.all) if self.all else 0


def checklist(actor: Actor, item: Item) -> dict[str, Any]:
    """Context of `tasks/_checklist.html` as it stands now; one query."""
    return _checklist(actor, item, lines_of(actor, item.id))


def _checklist(actor: Actor, item: Item, lines: list[Line]) -> dict[str, Any]:
    it: Any = item
    done = sum(line.done for line in lines)
    changes = may_change(actor, it) and is_open(it)
    return {
        "checklist": Steps(f"/work-items/{item.reference}/checklist", done, len(lines), changes, lines, []),
        "icons": ICONS,
    }


def comes_again(actor: Actor, item: Item, *, there: bool) -> dict[str, Any]:
    """Context of `tasks/_series.html`, and of the way to it where there is no series yet; a query if one is `there`."""
    it: Any = item
    series = series_of(item.id) if there else None
    href = f"/work-items/{item.reference}/recurrence" if may_change(actor, it) and is_open(it) else ""
    if series is None or series.ended_how is not None:
        return {"series": ComesAgain("", "", href)}
    said = sentence(actor, series.rule, series.mode, series.roll, series.times_left)
    day = shown(series.next_on, "weekday", calendar=actor.calendar) if series.next_on else ""  # type: ignore[arg-type]
    return {"series": ComesAgain(said, day, href)}


def steps(actor: Actor, item: Item, *, reminded: bool) -> dict[str, Any]:
    """Context of the checklist, the parts and one's own reminders of an item found just now; a query for each of
    these that is there."""
    it: Any = item
    parts = parts_of(actor, item.id) if item.has_parts else []
    lines = lines_of(actor, item.id) if item.has_checklist else []
    adds = may_take_part(actor, it) and is_open(it)
    top = Steps(
        f"/quick-tasks/new?text=%5E{item.reference}%20", sum(part.closed for part in parts), len(parts), adds, [], parts
    )
    own = reminder_lines(actor, reminders_of(actor, item.id)) if reminded and is_open(it) else []
    shown_lines = _checklist(actor, item, lines)
    links = f"/work-items/{item.reference}/links/new" if shown_lines["checklist"].may_change else ""
    return shown_lines | {
        "parts": top,
        "links_href": links,
        "checklist_folds": True,
        "reminders": own,
        "reminders_href": f"/work-items/{item.reference}/reminders" if is_open(it) else "",
        "state_words": {code: _(word) for code, word in STATES.items()},
    }
