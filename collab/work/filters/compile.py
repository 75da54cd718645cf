"""A tree as one criterion over `work_item`, with its values apart and a shape by which the statement is known."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import and_, not_, or_, true

from collab.core.actor import Actor

from ..models import OPEN_STATES
from .asking import Asking, asking
from .fields import FIELDS
from .hits import Sieve
from .sql import IS_OPEN, OWN, Part
from .tree import Every, Leaf, Node, Not, leaves, parts_of

ASKS_OPEN: Final = frozenset({"open", *OPEN_STATES})


@dataclass(frozen=True, slots=True)
class Compiled:
    """`criteria` hold together, over parameters whose values are `given`. `shape` tells statements apart.

    `sieve`: some of the criteria again, for an index, where what somebody sees is gathered.
    `only_open`: no closed item is asked for; `dense`: the list starts from a place that the actor mostly sees, or from
    the few items that have the words; `anchored`: it starts from an index (a place, or open items), so that it is
    never slow.
    """

    criteria: tuple[Any, ...]
    given: dict[str, Any]
    shape: tuple[Any, ...]
    only_open: bool
    dense: bool
    anchored: bool
    sieve: tuple[Sieve, ...] = ()

    @property
    def sieved(self) -> bool:
        return bool(self.sieve)


def compiled(actor: Actor, tree: Node) -> Compiled:
    """The tree for this actor, now; at most one query, for names. A tree that does not speak of closed items
    asks for open ones alone. Raises BadQuery."""
    return compiled_for(asking(actor, tree), tree)


def compiled_for(asked: Asking, tree: Node) -> Compiled:
    criteria: list[Any] = []
    given: dict[str, Any] = {}
    shape: list[Any] = []
    sieve: list[Sieve] = []
    dense = placed = few = False
    only_open = asks_open(tree)
    if only_open:
        criteria.append(IS_OPEN)
    for place, node in enumerate(parts_of(tree)):
        if isinstance(node, Leaf):
            part = _part(asked, node, f"q{place}")
            criterion, form = part.criterion, (node.field, part.form)
            given |= part.given
            sieve += [] if part.sieve is None else [part.sieve]
            where, ids = part.place
            placed = placed or where in ("holder", "unit")
            few = few or where == "few" or node.field in ("reference", "text", "label", "parent", "protocol")
            mostly_seen = where == "holder" or (where == "unit" and asked.actor.reach.issuperset(ids))
            dense = dense or where == "words" or mostly_seen
        else:
            criterion, form = _node(asked, node, f"q{place}", given)
        criteria.append(criterion)
        shape.append(form)
    anchored = only_open or placed or few
    return Compiled(tuple(criteria), given, (only_open, *shape), only_open, dense, anchored, tuple(sieve))


def asks_open(tree: Node) -> bool:
    """Whether only open items can fit: closed ones are looked at where the query speaks of them, and nowhere else."""
    if not any(_speaks_of_closed(leaf) for leaf in leaves(tree)):
        return True
    return any(_is_open(part) for part in parts_of(tree))


def _speaks_of_closed(leaf: Leaf) -> bool:
    return leaf.field == "closed" or (leaf.field == "state" and leaf.value not in ASKS_OPEN)


def _is_open(node: Node) -> bool:
    if isinstance(node, Leaf):
        return node.field == "state" and node.value in ASKS_OPEN
    return not isinstance(node, (Not, Every)) and all(_is_open(part) for part in node.parts)


def _node(asked: Asking, node: Node, name: str, given: dict[str, Any]) -> tuple[Any, Any]:
    if isinstance(node, Leaf):
        part = _part(asked, node, name)
        given |= part.given
        return part.criterion, (node.field, part.form)
    if isinstance(node, Not):
        inner, form = _node(asked, node.part, f"{name}n", given)
        return not_(inner), ("not", form)
    found = [_node(asked, part, f"{name}_{place}", given) for place, part in enumerate(node.parts)]
    joined = (
        and_(true(), *(each for each, _ in found)) if isinstance(node, Every) else or_(*(each for each, _ in found))
    )
    return joined, ("all" if isinstance(node, Every) else "any", *(form for _, form in found))


def _part(asked: Asking, leaf: Leaf, name: str) -> Part:
    field = FIELDS[leaf.field]
    make = field.sql or OWN[leaf.field]
    part: Part = make(asked, leaf, name)
    return part
