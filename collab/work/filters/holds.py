"""The same conditions in Python, over one item: what SQL must agree with (a law test holds them together)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from collab.core.text.fold import fold

from ..models.item import OPEN_STATES, title_words
from .asking import Asking
from .compile import asks_open
from .fields import FIELDS
from .sql import PRIORITIES
from .tree import Every, Leaf, Node, Not
from .values import day_meant

OPEN: Final = frozenset(OPEN_STATES)


@dataclass(frozen=True)
class Facts:
    """Everything that conditions ask of an item. `waits`: of whom, taken by, by whom, for which unit, stops the clock;
    `parent` is the reference of the item above, where it is seen. `more`: what a kind adds."""

    kind: str
    reference: str
    title: str
    state: str
    priority: int
    holder: int | None
    desk: int
    unit: int
    due: date | None
    start: date | None
    created: datetime
    changed: datetime
    closed: datetime | None
    creator: int
    parent_id: int | None = None
    parent: str | None = None
    labels: frozenset[str] = frozenset()
    watchers: frozenset[int] = frozenset()
    waits: tuple[tuple[int | None, int | None, int, int | None, bool], ...] = ()
    offered: frozenset[int] = frozenset()
    lapsed: bool = False
    more: dict[str, Any] | None = None


def holds(tree: Node, facts: Facts, asked: Asking) -> bool:
    """Whether the item is among those that the tree asks for."""
    return (facts.state in OPEN or not asks_open(tree)) and _holds(tree, facts, asked)


def _holds(tree: Node, facts: Facts, asked: Asking) -> bool:
    if isinstance(tree, Leaf):
        field = FIELDS[tree.field]
        return (field.holds or OWN[tree.field])(asked, tree, facts)
    if isinstance(tree, Not):
        return not _holds(tree.part, facts, asked)
    joined = all if isinstance(tree, Every) else any
    return joined(_holds(part, facts, asked) for part in tree.parts)


def _compared(one: Any, operator: str, other: Any) -> bool:
    return bool(
        {"=": one == other, "<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[operator]
    )


def _day(value: date | None, leaf: Leaf, asked: Asking) -> bool:
    if leaf.value in ("none", "any"):
        return (value is None) == (leaf.value == "none")
    return value is not None and _compared(value, leaf.operator, day_meant(leaf.value, asked.today))


def _instant(value: datetime | None, leaf: Leaf, asked: Asking) -> bool:
    return value is not None and _compared(asked.day(value), leaf.operator, day_meant(leaf.value, asked.today))


def _holder(asked: Asking, leaf: Leaf, facts: Facts) -> bool:
    if leaf.value == "nobody":
        return facts.holder is None or facts.holder == facts.desk
    if leaf.value == "mine":
        return facts.desk in asked.units(leaf)
    return facts.holder in asked.party(leaf)


def _state(_asked: Asking, leaf: Leaf, facts: Facts) -> bool:
    states = {"any": OPEN | {"done", "cancelled"}, "open": OPEN, "closed": {"done", "cancelled"}}
    return facts.state in states.get(leaf.value, {leaf.value})


def _overdue(asked: Asking, leaf: Leaf, facts: Facts) -> bool:
    late = facts.state in OPEN and facts.due is not None and facts.due < asked.today
    return late == (leaf.value == "yes")


def _age(asked: Asking, leaf: Leaf, facts: Facts) -> bool:
    return _compared((asked.today - asked.day(facts.created)) // timedelta(days=1), leaf.operator, int(leaf.value))


def _label(_asked: Asking, leaf: Leaf, facts: Facts) -> bool:
    if leaf.value in ("none", "any"):
        return bool(facts.labels) == (leaf.value == "any")
    return fold(leaf.value) in {fold(label) for label in facts.labels}


def _words(_asked: Asking, leaf: Leaf, facts: Facts) -> bool:
    asked = title_words(leaf.value).split()[:8]
    known = title_words(facts.title).split()
    if not asked:
        return False
    begun = all(any(word.startswith(each) for word in known) for each in asked)
    return begun or facts.reference == leaf.value.strip().upper()


def _parent(_asked: Asking, leaf: Leaf, facts: Facts) -> bool:
    if leaf.value in ("none", "any"):
        return (facts.parent is None) == (leaf.value == "none")
    return facts.parent == leaf.value


def _clock(_asked: Asking, leaf: Leaf, facts: Facts) -> bool:
    stands = facts.state in OPEN and any(stops for *_who, stops in facts.waits)
    return stands == (leaf.value == "stopped")


OWN: Final[dict[str, Callable[[Asking, Leaf, Facts], bool]]] = {
    "holder": _holder,
    "state": _state,
    "overdue": _overdue,
    "lapsed": lambda _asked, leaf, facts: facts.lapsed == (leaf.value == "yes"),
    "age": _age,
    "label": _label,
    "text": _words,
    "parent": _parent,
    "clock": _clock,
    "desk": lambda asked, leaf, facts: facts.desk in asked.units(leaf),
    "unit": lambda asked, leaf, facts: facts.unit in asked.units(leaf),
    "kind": lambda _asked, leaf, facts: facts.kind == leaf.value,
    "priority": lambda _asked, leaf, facts: _compared(facts.priority, leaf.operator, PRIORITIES.index(leaf.value)),
    "due": lambda asked, leaf, facts: _day(facts.due, leaf, asked),
    "start": lambda asked, leaf, facts: _day(facts.start, leaf, asked),
    "created": lambda asked, leaf, facts: _instant(facts.created, leaf, asked),
    "changed": lambda asked, leaf, facts: _instant(facts.changed, leaf, asked),
    "closed": lambda asked, leaf, facts: _instant(facts.closed, leaf, asked),
    "reference": lambda _asked, leaf, facts: facts.reference == leaf.value,
    "awaited": lambda asked, leaf, facts: any(
        of in asked.party(leaf) or taken in asked.party(leaf) for of, taken, *_rest in facts.waits
    ),
    "asked-by": lambda asked, leaf, facts: any(
        by in asked.party(leaf) or unit in asked.party(leaf) for _of, _taken, by, unit, _stops in facts.waits
    ),
    "offered": lambda asked, leaf, facts: bool(facts.offered & set(asked.party(leaf))),
    "creator": lambda asked, leaf, facts: facts.creator in asked.party(leaf),
    "watcher": lambda asked, leaf, facts: bool(facts.watchers & set(asked.party(leaf))),
}
