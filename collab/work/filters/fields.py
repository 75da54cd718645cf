"""Which conditions there are: their words, what values they take, how they compare. The packages above add theirs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from collab.core.i18n import N_
from collab.core.text.fold import fold

from . import words
from .words import Words

EQUAL: Final = ("=",)
COMPARED: Final = ("=", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Field:
    """A condition. `takes`: party, unit, choice, day, number, text or reference; `choices` are its codes in order,
    each with its words and its label; `specials` are codes beside the usual values (me, nobody, none, any).

    `sql(asking, leaf)` gives a `Part`, `holds(record, leaf, asking)` says the same of one item in Python.
    """

    code: str
    label: str
    takes: str
    operators: tuple[str, ...] = EQUAL
    choices: Mapping[str, Words] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    specials: Mapping[str, Words] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    example: str = ""
    sql: Callable[..., Any] | None = None
    holds: Callable[..., bool] | None = None
    kind: str = ""
    """The one kind of item that has it; empty for all."""


FIELDS: Final[dict[str, Field]] = {}
"""Every condition by its code; the app factory adds those of the packages above."""

_ME: Final = {"me": words.ME}
_OURS: Final = {"me": words.ME, "mine": words.MINE}
_EMPTY: Final = {"none": words.NONE, "any": words.ANY}
STATE_LABELS: Final = {
    "new": N_("new"), "active": N_("active"), "waiting": N_("waiting"), "done": N_("done"),
    "cancelled": N_("cancelled"), "open": N_("open"), "closed": N_("closed"), "any": N_("open and closed"),
}  # fmt: skip
PRIORITY_LABELS: Final = {
    "none": N_("no priority"), "low": N_("low"), "medium": N_("medium"), "high": N_("high"), "urgent": N_("urgent"),
}  # fmt: skip
SPECIAL_LABELS: Final = {
    "me": N_("me"), "mine": N_("my units"), "nobody": N_("nobody"), "none": N_("none"), "any": N_("any"),
    "yes": N_("yes"), "no": N_("no"), "today": N_("today"), "tomorrow": N_("tomorrow"), "yesterday": N_("yesterday"),
}  # fmt: skip


def own() -> tuple[Field, ...]:
    """The conditions that every work item knows."""
    day = {"operators": COMPARED, "takes": "day"}
    return (
        Field("holder", N_("Holder"), "party", specials=_OURS | {"nobody": words.NOBODY}, example="me"),
        Field(
            "state", N_("State"), "choice", choices=words.STATES, labels=STATE_LABELS, example="waiting",
        ),
        Field("due", N_("Due date"), specials=_EMPTY, example="<+7d", **day),  # type: ignore[arg-type]
        Field(
            "priority", N_("Priority"), "choice", COMPARED, words.PRIORITIES, PRIORITY_LABELS, example=">=high",
        ),
        Field("label", N_("Label"), "text", specials=_EMPTY, example="storm"),
        Field("desk", N_("Lies with"), "unit", specials={"mine": words.MINE}, example="PARKS"),
        Field("unit", N_("Unit"), "unit", specials={"mine": words.MINE}, example="PARKS"),
        Field("text", N_("Words"), "text", example='"…"'),
        Field(
            "kind", N_("Kind"), "choice", choices=words.KINDS,
            labels={
                "task": N_("Task"), "pending": N_("Pending item"), "decision": N_("Decision"),
                "meeting": N_("Meeting"),
            }, example="pending",
        ),
        Field("overdue", N_("Overdue"), "choice", choices=words.FLAGS, labels=SPECIAL_LABELS, example="yes"),
        Field(
            "lapsed", N_("Come up to those above"), "choice", choices=words.FLAGS, labels=SPECIAL_LABELS, example="yes",
        ),
        Field("awaited", N_("Awaited"), "party", specials=_OURS, example="LEGAL"),
        Field("asked-by", N_("Asked by"), "party", specials=_OURS, example="me"),
        Field("offered", N_("Offered to"), "party", specials=_OURS, example="me"),
        Field(
            "clock", N_("Clock"), "choice", choices=words.CLOCKS,
            labels={"stopped": N_("stands still"), "running": N_("runs")}, example="stopped",
        ),
        Field("age", N_("Age in days"), "number", COMPARED, example=">10"),
        Field("created", N_("Created"), example=">-7d", **day),  # type: ignore[arg-type]
        Field("changed", N_("Changed"), example=">-3d", **day),  # type: ignore[arg-type]
        Field("closed", N_("Closed"), example=">-7d", **day),  # type: ignore[arg-type]
        Field("start", N_("Start"), specials=_EMPTY, example="<=today", **day),  # type: ignore[arg-type]
        Field("reference", N_("Reference"), "reference", example="PARKS-214"),
        Field("parent", N_("Part of"), "reference", specials=_EMPTY, example="PARKS-214"),
        Field("creator", N_("Created by"), "party", specials=_ME, example="me"),
        Field("watcher", N_("Followed by"), "party", specials=_ME, example="me"),
    )  # fmt: skip


def add(*fields: Field) -> None:
    """Let these conditions be asked for."""
    for each in fields:
        FIELDS[each.code] = each
    _NAMES.clear()


def called(word: str) -> Field | None:
    """The condition that a word of any language means."""
    return FIELDS.get(names().get(fold(word), ""))


def names() -> dict[str, str]:
    """Folded word of any language → code of its condition."""
    if not _NAMES:
        for code, each in FIELDS.items():
            for spoken in (each.words or words.FIELDS[code]).values():
                for word in spoken:
                    _NAMES.setdefault(fold(word), code)
    return _NAMES


def every_word() -> list[str]:
    """The words of all conditions in all languages, as they are written."""
    found = []
    for code, each in FIELDS.items():
        found += [word for spoken in (each.words or words.FIELDS[code]).values() for word in spoken]
    return found


def word_of(code: str, locale: str) -> str:
    """The word that is written for a condition."""
    found = FIELDS[code].words or words.FIELDS[code]
    return (found.get(locale) or found["en"])[0]


def example_of(field: Field, locale: str) -> str:
    """How a condition is written, for example `due<+7d`."""
    between = "" if field.example[:1] in ("<", ">") else ":"
    return f"{word_of(field.code, locale)}{between}{field.example}"


_NAMES: Final[dict[str, str]] = {}
add(*own())
