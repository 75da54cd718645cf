"""Today's tree of units with its names, read once for each version of the tree and kept in the process."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from flask import g, has_app_context
from sqlalchemy import select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language, locale
from collab.core.text.fold import fold
from collab.core.text.sort import sort_key

from ..models import Organisation, Party, Unit, UnitClosure
from ..standing import remembered_here

MOST_LINES = 40


class Node(NamedTuple):
    """A unit in today's tree. `below` are the units directly under it, in order of their names."""

    id: int
    code: str
    label: str
    names: dict[str, str]
    level: str
    parent: int | None
    depth: int
    below: list[int]

    def name(self) -> str:
        """Its name in the language being spoken."""
        return in_language(self.names, self.label)


class TreeLine(NamedTuple):
    """A line of a drawn tree."""

    depth: int
    code: str
    name: str
    href: str
    current: bool


@dataclass
class Tree:
    """The units of today. `tops` stand under no other."""

    version: int
    organisation: str
    organisation_names: dict[str, str]
    locale: str
    time_zone: str
    nodes: dict[int, Node]
    tops: list[int]
    by_code: dict[str, int] = field(default_factory=dict)

    @cached_property
    def by_folded_code(self) -> dict[str, int]:
        """The same by codes as they are compared."""
        return {fold(code): id_ for code, id_ in self.by_code.items()}

    lines: dict[Any, list[TreeLine]] = field(default_factory=dict)
    places: dict[str, dict[int, str]] = field(default_factory=dict)

    def name(self) -> str:
        """The organisation's name in the language being spoken."""
        return in_language(self.organisation_names, self.organisation)

    def above(self, unit_id: int) -> list[Node]:
        """The units above a unit, the topmost first."""
        path: list[Node] = []
        node = self.nodes.get(unit_id)
        while node is not None and node.parent is not None:
            node = self.nodes[node.parent]
            path.insert(0, node)
        return path

    def in_order(self, units: list[int]) -> list[int]:
        """Units beside each other, in the order of the names that the reader reads."""
        spoken = locale()
        if spoken == self.locale or len(units) < 2:
            return units
        if spoken not in self.places:
            self.places[spoken] = {node.id: sort_key(node.name()) for node in self.nodes.values()}
        return sorted(units, key=self.places[spoken].__getitem__)

    def walk(self, roots: Iterable[int] | None = None, only: frozenset[int] | None = None) -> Iterator[Node]:
        """Units from the top down, each before those under it; `only` leaves out the others with all below them."""
        waiting = list(reversed(self.in_order(self.tops) if roots is None else list(roots)))
        while waiting:
            node = self.nodes[waiting.pop()]
            if only is None or node.id in only:
                yield node
                waiting.extend(reversed(self.in_order(node.below)))


def tree() -> Tree:
    """Today's tree: no query when this request's sign-in told a version that is known already."""
    version = g.get("tree_version") if has_app_context() else None
    if version is None:
        version = db.session.scalar(select(Organisation.tree_version)) or 0
    kept = remembered_here()
    if kept.tree is None or kept.tree.version != version:
        kept.tree = _read(version)
    found: Tree = kept.tree
    return found


def units_stand(many: int = 1) -> bool:
    """Whether so many units stand today."""
    return len(tree().nodes) >= many


def _read(version: int) -> Tree:
    house = db.session.execute(
        select(Organisation.name, Organisation.names, Organisation.locale, Organisation.time_zone)
    ).one_or_none()
    here, up = aliased(UnitClosure), aliased(UnitClosure)
    rows = db.session.execute(
        select(Unit.id, Unit.code, Party.label, Party.names, Unit.level, up.ancestor_id)
        .join(Party, Party.id == Unit.id)
        .join(here, (here.descendant_id == Unit.id) & (here.depth == 0))
        .outerjoin(up, (up.descendant_id == Unit.id) & (up.depth == 1))
        .order_by(Party.sort_key, Unit.id)
    ).all()
    nodes = {row.id: Node(row.id, row.code, row.label, row.names, row.level, row.ancestor_id, 0, []) for row in rows}
    tops = []
    for node in nodes.values():
        if node.parent is None:
            tops.append(node.id)
        else:
            nodes[node.parent].below.append(node.id)
    waiting = [(top, 0) for top in tops]
    while waiting:
        unit_id, depth = waiting.pop()
        nodes[unit_id] = nodes[unit_id]._replace(depth=depth)
        waiting.extend((below, depth + 1) for below in nodes[unit_id].below)
    return Tree(
        version=version,
        organisation=house.name if house else "Collab",
        organisation_names=house.names if house else {},
        locale=house.locale if house else "en",
        time_zone=house.time_zone if house else "UTC",
        nodes=nodes,
        tops=tops,
        by_code={node.code: node.id for node in nodes.values()},
    )


def own_lines(actor: Actor) -> list[TreeLine]:
    """The units an actor lives in, those above them and those directly below, as lines from the top down."""
    here = tree()
    key = (actor.units, actor.heads, locale())
    known = here.lines.get(key)
    if known is None:
        if len(here.lines) > 2_000:
            here.lines.clear()
        known = here.lines[key] = _own_lines(here, (actor.units | actor.heads) & here.nodes.keys())
    return known


def _own_lines(here: Tree, homes: frozenset[int]) -> list[TreeLine]:
    shown = set(homes)
    for home in homes:
        shown.update(node.id for node in here.above(home))
        shown.update(here.nodes[home].below)
    lines = []
    for node in here.walk(only=frozenset(shown)):
        lines.append(TreeLine(node.depth, node.code, node.name(), f"/units/{node.code}", False))
        if len(lines) == MOST_LINES:
            break
    return lines
