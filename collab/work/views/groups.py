"""The lines of a list in the groups they stand in, with how many each group has."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.i18n import N_, _, ngettext
from collab.people.queries.today import today

from ..effort import short
from ..lines import PRIORITIES, Line, lines_of
from ..queries.arranged import Counted, group_key
from ..queries.rows import COUNTED
from ..queries.shapes import Row
from .columns import Column, cells, changeable
from .marks import Words

PLANNED, SPENT = N_("planned %(time)s"), N_("spent %(time)s")
NEAR: Final = {
    "overdue": N_("Overdue"), "today": N_("Today"), "week": N_("In the next seven days"), "later": N_("Later"),
    "sometime": N_("Without a date"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that stand together, each with its cells and those that may be changed there; with how many there are, and
    without a title where nothing is grouped."""

    key: str
    title: str
    count: str
    sums: str
    lines: list[tuple[Line, list[tuple[str, str]], Set[str]]]


def grouped(
    who: Actor,
    rows: Sequence[Row],
    group: str,
    counted: Counted,
    columns: list[Column],
    notes: Mapping[int, str],
    parts: Mapping[int, tuple[int, int]],
) -> list[Group]:
    """The rows of a page in the groups they stand in, each with how many it has in all."""
    day = today()
    found: dict[Any, Group] = {}
    for row, line in zip(rows, lines_of(who, rows, day), strict=True):
        if group == "due":
            key: Any = _near(row.due_on, day)
            title, count = _(NEAR[key]), _count(who, counted, key)
        elif group == "none":
            key, title = None, ""
            count = _count(who, counted, None)
        else:
            key = group_key(group, row)
            title, count = _group_title(group, row, line), _count(who, counted, key)
        at = found.get(key)
        if at is None:
            at = found[key] = Group(str(len(found)), title, count, _sums(who, counted, key), [])
        at.lines.append((line, cells(who, row, columns, notes, parts), changeable(who, row)))
    return list(found.values())


def _count(who: Actor, counted: Counted, key: Any) -> str:
    number = counted.groups.get(key, 0)
    if number >= COUNTED:
        return f"{digits(COUNTED - 1, who.locale)}+"
    return digits(number, who.locale) + ("" if counted.whole else "+") if number else ""


def found_words(who: Actor, counted: Counted) -> str:
    """How many a query finds, said as far as they were counted."""
    number = counted.found
    if not number:
        return ""
    said = Words(who).number(number) + ("" if counted.whole else "+")
    return ngettext("%(count)s item found", "%(count)s items found", number, count=said)


def _sums(who: Actor, counted: Counted, key: Any) -> str:
    """What the items of a group are planned to take and took, where anything is known."""
    planned, spent = counted.sums.get(key, (0, 0))
    said = [_(PLANNED, time=short(planned, who.locale))] if planned else []
    return " · ".join([*said, _(SPENT, time=short(spent, who.locale))] if spent else said)


def totals(who: Actor, counted: Counted) -> dict[str, str]:
    """Column → what all items of the list come to; with a plus where not all could be looked at."""
    if not any(any(pair) for pair in counted.sums.values()):
        return {}
    planned, spent = (sum(pair[place] for pair in counted.sums.values()) for place in (0, 1))
    more = "" if counted.whole else "+"
    found = {"effort": planned, "spent": spent}
    return {code: short(minutes, who.locale) + more for code, minutes in found.items() if minutes}


def _group_title(group: str, row: Row, line: Line) -> str:
    if group == "state":
        return line.word
    if group == "priority":
        return _(PRIORITIES[row.priority])
    return line.holder if group == "holder" else row.desk.name


def _near(due: date | None, day: date) -> str:
    if due is None:
        return "sometime"
    distance = (due - day).days
    return "overdue" if distance < 0 else "today" if distance == 0 else "week" if distance <= 7 else "later"
