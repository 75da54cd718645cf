"""The filter as a tree: what saved views keep, what the filter bar shows, what the text query is read into.

    {"all": [{"field": "holder", "value": "me"}, {"not": {"field": "label", "value": "storm"}}]}

A leaf holds a canonical value that depends on no language: a code, an ISO day, a relative day (`+7d`), or the words of
a name as they were typed. Size and depth are bounded, so that no filter is expensive to read.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

MOST_LEAVES: Final = 40
DEEPEST: Final = 8
OPERATORS: Final = ("=", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition. `at` is where it stood in a text (begin, end), for errors; it tells no two leaves apart."""

    field: str
    value: str
    operator: str = "="
    at: tuple[int, int] | None = dataclasses.field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold; without parts everything does."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Node"


Node = Leaf | Every | Either | Not
ALL: Final = Every()
"""The tree that asks for nothing."""


class BadTree(ValueError):
    """No tree: of another shape, too large or too deep. `code`: shape, too-large, too-deep."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def every(*parts: Node) -> Node:
    """All of `parts`, flat: one alone is itself."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Every) else (part,)
    return flat[0] if len(flat) == 1 else Every(tuple(flat))


def either(*parts: Node) -> Node:
    """One of `parts`, flat: one alone is itself. An `Either` has at least one part."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Either) else (part,)
    return flat[0] if len(flat) == 1 else Either(tuple(flat))


def parts_of(tree: Node) -> tuple[Node, ...]:
    """What has to hold together: the parts of a conjunction, or the one condition itself."""
    return tree.parts if isinstance(tree, Every) else (tree,)


def leaves(tree: Node) -> Iterator[Leaf]:
    """Every condition of the tree, in order."""
    if isinstance(tree, Leaf):
        yield tree
    elif isinstance(tree, Not):
        yield from leaves(tree.part)
    else:
        for part in tree.parts:
            yield from leaves(part)


def bounded(tree: Node) -> Node:
    """The tree itself. Raises BadTree when it is too large or too deep."""
    if sum(1 for _leaf in leaves(tree)) > MOST_LEAVES:
        raise BadTree("too-large")
    if _depth(tree) > DEEPEST:
        raise BadTree("too-deep")
    return tree


def to_json(tree: Node) -> dict[str, Any]:
    """The tree as it is kept and sent."""
    if isinstance(tree, Leaf):
        said = {"field": tree.field, "value": tree.value}
        return said if tree.operator == "=" else said | {"operator": tree.operator}
    if isinstance(tree, Not):
        return {"not": to_json(tree.part)}
    return {"all" if isinstance(tree, Every) else "any": [to_json(part) for part in tree.parts]}


def from_json(given: Any) -> Node:
    """The tree that was sent, in its normal form; `check` asks whether its fields and values exist. Raises BadTree."""
    return bounded(_read(given, 0))


def _read(given: Any, depth: int) -> Node:
    if depth > DEEPEST + 1:
        raise BadTree("too-deep")
    if not isinstance(given, Mapping):
        raise BadTree("shape")
    keys = set(given)
    if keys == {"not"}:
        return Not(_read(given["not"], depth + 1))
    if keys == {"all"} or keys == {"any"}:
        many = given["all"] if "all" in given else given["any"]
        if not isinstance(many, list):
            raise BadTree("shape")
        if len(many) > MOST_LEAVES:
            raise BadTree("too-large")
        if not many and (depth or "any" in given):
            raise BadTree("shape")
        parts = [_read(part, depth + 1) for part in many]
        return every(*parts) if "all" in given else either(*parts)
    said = (given.get("field"), given.get("value"), given.get("operator", "="))
    if not keys <= {"field", "value", "operator"} or not all(isinstance(each, str) for each in said):
        raise BadTree("shape")
    if said[2] not in OPERATORS:
        raise BadTree("shape")
    return Leaf(*said)  # type: ignore[arg-type]


def _depth(tree: Node) -> int:
    if isinstance(tree, Leaf):
        return 0
    if isinstance(tree, Not):
        return 1 + _depth(tree.part)
    return 1 + max((_depth(part) for part in tree.parts), default=0)
