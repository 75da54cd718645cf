"""The filter bar: each condition of a query as a chip to be rid of, and conditions to add without knowing the words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from collab.core.actor import Actor
from collab.core.dates import shown
from collab.core.i18n import N_, _
from collab.people.queries.names import names

from ..filters import fields
from ..filters.asking import speaker_of
from ..filters.fields import SPECIAL_LABELS, Field
from ..filters.tree import Either, Leaf, Node, Not, every, leaves, parts_of
from ..filters.values import written
from ..filters.write import one_of, write

SIGNS: Final = {
    "=": "", "<": N_("before"), "<=": N_("until"), ">": N_("after"), ">=": N_("from"),
}  # fmt: skip
NUMBER_SIGNS: Final = {"=": "", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
ALL_OPEN: Final = N_("All that is open")
OR: Final = N_("or")
NOT: Final = N_("not")
IS_NOT: Final = N_("%(field)s: not %(value)s")
READY: Final = (
    ("state", (("waiting", "="), ("active", "="), ("new", "="), ("closed", "="), ("any", "="))),
    ("holder", (("me", "="), ("mine", "="), ("nobody", "="))),
    ("due", (("today", "<"), ("today", "="), ("+7d", "<="), ("none", "="))),
    ("priority", (("high", ">="), ("medium", ">="))),
    ("asked-by", (("me", "="), ("mine", "="))),
    ("kind", (("task", "="), ("pending", "="), ("decision", "="))),
)
"""Conditions that are added by a single click."""
TYPED: Final = (
    "holder", "label", "text", "desk", "unit", "awaited", "asked-by", "counterpart", "protocol", "due", "created",
    "changed", "closed", "age", "reference", "parent", "creator", "watcher",
)  # fmt: skip
"""Conditions whose value is typed."""
_NUMBERED: Final = re.compile(r"#(\d{1,15})")


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in words, and the address of the list without it."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A condition to add, with the list that it makes."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Adding:
    """What can be added: groups of ready conditions, and the names of those whose value is typed."""

    ready: list[tuple[str, list[Ready]]]
    typed: list[tuple[str, str]]


def chips_of(actor: Actor, tree: Node, at: Callable[[Node], str]) -> list[Chip]:
    """Each part of the query as a chip; `at` gives the address of the list for another tree. Whoever a link names by
    their number is shown by name, which costs one query."""
    parts, called = parts_of(tree), _called(actor, tree)
    return [
        Chip(in_words(actor, part, called), at(every(*(other for n, other in enumerate(parts) if n != place))))
        for place, part in enumerate(parts)
    ]


def said_of(actor: Actor, trees: Sequence[Node]) -> list[str]:
    """What each of several queries asks for, as its chips would say it on one line; at most one query for all names."""
    called = _called(actor, *trees)
    said = [" · ".join(in_words(actor, part, called) for part in parts_of(tree)) for tree in trees]
    return [words or _(ALL_OPEN) for words in said]


def adding(actor: Actor, kind: str, at: Callable[[Node], str]) -> Adding:
    """What may be added to a list of this kind."""

    def fits(field: Field) -> bool:
        return field.kind in ("", kind) and not (kind and field.code == "kind")

    ready = [
        (
            _(fields.FIELDS[code].label),
            [Ready(_value_words(actor, leaf := Leaf(code, value, sign), {}), at(leaf)) for value, sign in values],
        )
        for code, values in READY
        if fits(fields.FIELDS[code])
    ]
    typed = [(code, _(fields.FIELDS[code].label)) for code in TYPED if code in fields.FIELDS]
    return Adding(ready, [each for each in typed if fits(fields.FIELDS[each[0]])])


def in_words(actor: Actor, part: Node, called: Mapping[str, str]) -> str:
    """A condition as a person says it: "Holder: me", "Label: not storm"; what is nested is shown as it is written.
    `called`: the names of those whom it knows by number."""
    if isinstance(part, Leaf):
        return f"{_(fields.FIELDS[part.field].label)}: {_value_words(actor, part, called)}"
    if isinstance(part, Not):
        if isinstance(part.part, Leaf):
            leaf = part.part
            return _(IS_NOT, field=_(fields.FIELDS[leaf.field].label), value=_value_words(actor, leaf, called))
        return f"{_(NOT)} {in_words(actor, part.part, called)}"
    alike = one_of(part)
    if alike:
        values = f" {_(OR)} ".join(_value_words(actor, leaf, called) for leaf in alike)
        return f"{_(fields.FIELDS[alike[0].field].label)}: {values}"
    if isinstance(part, Either):
        return f" {_(OR)} ".join(in_words(actor, each, called) for each in part.parts)
    return write(part, speaker_of(actor))


def _called(actor: Actor, *trees: Node) -> dict[str, str]:
    asked = [leaf for tree in trees for leaf in leaves(tree)]
    numbered = [_NUMBERED.fullmatch(leaf.value) for leaf in asked if fields.FIELDS[leaf.field].takes == "party"]
    found = {each[0]: int(each[1]) for each in numbered if each}
    named = names(actor, found.values())
    return {value: named[id_].name for value, id_ in found.items() if id_ in named}


def _value_words(actor: Actor, leaf: Leaf, called: Mapping[str, str]) -> str:
    field = fields.FIELDS[leaf.field]
    label = field.labels.get(leaf.value) or SPECIAL_LABELS.get(leaf.value)
    if field.takes == "day" and label is None and leaf.value[0] not in "+-":
        day = date.fromisoformat(leaf.value)
        value = shown(day, calendar=actor.calendar, locale=actor.locale)  # type: ignore[arg-type]
    else:
        value = _(label) if label else called.get(leaf.value) or written(field, leaf.value, speaker_of(actor))
    if leaf.operator == "=":
        return value
    return f"{_(SIGNS[leaf.operator])} {value}" if field.takes == "day" else f"{NUMBER_SIGNS[leaf.operator]} {value}"
