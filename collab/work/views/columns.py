"""The columns of a list's table: which there are, which somebody chose, what stands in each."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Final

from collab.core.actor import Actor
from collab.core.dates import digits, local_day, shown
from collab.core.i18n import N_, _, listed
from collab.people.queries.tree import tree

from ..effort import short
from ..lines import PRIORITIES
from ..queries.shapes import Row
from .may import may_do_in_list


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its code, its name, the order that its head asks for, and the kind of item that has it."""

    code: str
    label: str
    order: str = ""
    kind: str = ""


COLUMNS: Final = {
    each.code: each
    for each in (
        Column("note", N_("Protocol and counterpart"), kind="pending"),
        Column("labels", N_("Labels")),
        Column("unit", N_("Unit")),
        Column("state", N_("State")),
        Column("priority", N_("Priority"), "priority"),
        Column("start", N_("Start")),
        Column("parts", N_("Parts done")),
        Column("effort", N_("Planned")),
        Column("spent", N_("Spent")),
        Column("created", N_("Created"), "newest"),
        Column("changed", N_("Changed"), "changed"),
        Column("holder", N_("Holder")),
        Column("due", N_("Due date"), "due"),
    )
}
USUAL: Final = {"pending": ("note", "holder", "due"), "": ("labels", "holder", "due")}


def chosen(codes: str, kind: str) -> list[Column]:
    """The columns of a list, in the order of the page; those that nobody knows are left out."""
    wanted = set(codes.split(".")) if codes else set(USUAL.get(kind, USUAL[""]))
    return [each for each in COLUMNS.values() if each.code in wanted and each.kind in ("", kind)]


def offered(kind: str) -> list[Column]:
    """The columns that a list of this kind may show."""
    return [each for each in COLUMNS.values() if each.kind in ("", kind)]


WRITTEN: Final = frozenset({"title", "labels", "state", "priority", "start", "due", "effort", "spent"})
SUMMED: Final = frozenset({"effort", "spent"})
GIVEN: Final = WRITTEN | {"holder"}
_HOLDER: Final = frozenset({"holder"})


def changeable(actor: Actor, row: Row) -> Set[str]:
    """The cells of a row that the actor may change where they stand."""
    may = may_do_in_list(actor, row)
    if may.assign or may.take:
        return GIVEN if may.change else _HOLDER
    return WRITTEN if may.change else frozenset()


def cells(
    actor: Actor, row: Row, columns: list[Column], notes: Mapping[int, str], parts: Mapping[int, tuple[int, int]]
) -> list[tuple[str, str]]:
    """The columns of a row, each with what stands there as text; the due date and the holder are the line's own."""
    return [
        (
            each.code,
            _progress(actor, parts.get(row.id)) if each.code == "parts" else _cell(actor, row, each.code, notes),
        )
        for each in columns
    ]


def _progress(actor: Actor, parts: tuple[int, int] | None) -> str:
    """How many of the parts of an item are done, of how many; empty without parts."""
    return "/".join(digits(number, actor.locale) for number in parts) if parts else ""


def _cell(actor: Actor, row: Row, code: str, notes: Mapping[int, str]) -> str:
    def day(value: date | None) -> str:
        if value is None:
            return ""
        return shown(value, calendar=actor.calendar, locale=actor.locale)  # type: ignore[arg-type]

    if code == "note":
        return notes.get(row.id, "")
    if code == "labels":
        return listed(row.labels, actor.locale)
    if code == "unit":
        return row.unit.code or row.unit.name
    if code == "priority":
        return _(PRIORITIES[row.priority]) if row.priority else ""
    if code in SUMMED:
        return short(row.effort_minutes if code == "effort" else row.spent_minutes, actor.locale)
    if code == "start":
        return day(row.start_on)
    if code == "created":
        return day(local_day(row.created_at, tree().time_zone))
    return day(local_day(row.changed_at, tree().time_zone)) if code == "changed" else ""
