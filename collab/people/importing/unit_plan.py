"""What bringing a list of units in comes to: one row a unit, parents in any order, by code."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from collab.core.forms import Code, Day, Form, Line
from collab.core.i18n import N_, _

from ..models import Party, Unit
from ..organisation import founding, tree
from ..tree import Edge, circle, moved, uncovered
from .report import Fault, Outcome, lines_of
from .sheet import Row
from .taking_over import refused

TWICE: Final = N_("Another row has the same code.")
TAKEN: Final = N_("There is a unit %(code)s already; capital and small letters make no other code.")
NO_UNIT: Final = N_("No unit has the code %(code)s, neither here nor in this file.")
BAD_PARENT: Final = N_("The unit above, %(code)s, was refused (line %(line)s).")
BAD_SUCCESSOR: Final = N_("The unit that takes over, %(code)s, was refused (line %(line)s).")
OWN_PARENT: Final = N_("A unit cannot stand under itself or under a unit below it.")
PARENT_CLOSED: Final = N_("The unit above does not exist all that time.")
CLOSED_ABOVE: Final = N_("A unit stands below this one after that day.")
NO_TIME: Final = N_("This day must come after the first day.")
MOVED_BEFORE: Final = N_("This unit moved on %(day)s already, so it began before that day.")


class UnitRow(Form):
    """A unit. Of one that is known an empty cell changes nothing; `valid_to` is the first day without it, and
    `successor_code` the unit that takes over then."""

    code: Code
    name: Line
    parent_code: Code | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    successor_code: Code | None = None


class KnownUnit(NamedTuple):
    id: int
    label: str
    names: dict[str, str]
    since: date
    until: date | None
    into: int | None


@dataclass(frozen=True, slots=True)
class UnitWanted:
    """What a row comes to: the unit (a negative id while it is new), its days, the unit that takes over, and its edges
    from now on."""

    row: Row[UnitRow]
    id: int
    known: KnownUnit | None
    since: date
    until: date | None
    edges: tuple[Edge, ...]
    edges_before: tuple[Edge, ...]
    into: int | None = None

    @property
    def changes(self) -> bool:
        known = self.known
        return known is None or (known.label, known.since, set(self.edges_before)) != (
            self.row.says.name, self.since, set(self.edges),
        ) or self.ends  # fmt: skip

    @property
    def ends(self) -> bool:
        """Whether the row gives its last day, or who takes over, anew."""
        before = (self.known.until, self.known.into) if self.known else (None, None)
        return self.until is not None and before != (self.until, self.into)


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """What bringing a list in comes to."""

    wanted: list[UnitWanted]
    outcome: Outcome


def plan_units(reading: Session, rows: Sequence[Row[UnitRow]], faults: Sequence[Fault] = ()) -> UnitPlan:
    """Compare the rows with the units there are; nothing is written. `faults` found in reading are carried along."""
    house = _House(reading)
    found = list(faults)
    good: dict[str, UnitWanted] = {}
    met = set()
    for number, row in enumerate(rows, start=1):
        alike = row.says.code.lower()
        if alike in met:
            found.append(Fault(row.line, "code", _(TWICE)))
            continue
        if (other := house.written.get(alike)) and row.says.code not in house.known:
            found.append(Fault(row.line, "code", _(TAKEN, code=other), row.says.code))
            continue
        met.add(alike)
        good[row.says.code] = house.wanted(row, -number)
    rejected = {code: line for code, line in lines_of(found).items() if code not in good}
    found += _drop(good, rejected, _impossible_days)
    found += _drop(good, rejected, _history_cut)
    for check in (house.without_parent, house.in_circle, house.outside_parent, house.without_successor):
        found += _drop(good, rejected, check)
    # What stood on a row dropped by a later check is looked at once more.
    for check in (house.without_parent, house.without_successor):
        found += _drop(good, rejected, check)
    wanted = [house.with_edges(one, good) for one in good.values()]
    new = sum(one.known is None for one in wanted)
    updated = sum(one.known is not None and one.changes for one in wanted)
    found.sort(key=lambda fault: fault.line)
    return UnitPlan(wanted, Outcome(new, updated, len(wanted) - new - updated, tuple(found)))


Rejected = dict[str, int]
"""The codes of rows that are not taken, with their lines."""

Check = Callable[[dict[str, UnitWanted], Rejected], list[tuple[str, Fault]]]


def _drop(good: dict[str, UnitWanted], rejected: Rejected, check: Check) -> list[Fault]:
    """Take out what `check` finds until it finds nothing more."""
    dropped: list[Fault] = []
    while bad := check(good, rejected):
        for code, fault in bad:
            if good.pop(code, None) is not None:
                rejected[code] = fault.line
                dropped.append(fault)
    return dropped


def _impossible_days(good: dict[str, UnitWanted], _rejected: Rejected) -> list[tuple[str, Fault]]:
    return [
        (code, Fault(one.row.line, "valid_to", _(NO_TIME)))
        for code, one in good.items()
        if one.until is not None and one.until <= one.since
    ]


def _history_cut(good: dict[str, UnitWanted], _rejected: Rejected) -> list[tuple[str, Fault]]:
    """Another first day moves the beginning of the first place a unit stood at, and never takes that place away."""
    bad = []
    for code, one in good.items():
        turns = sorted(edge.since for edge in one.edges_before)[1:]
        if turns and one.since >= turns[0]:
            bad.append((code, Fault(one.row.line, "valid_from", _(MOVED_BEFORE, day=turns[0].isoformat()))))
    return bad


class _House:
    """The units and edges there are, read once."""

    def __init__(self, reading: Session) -> None:
        self.reading = reading
        self.today = founding.today(reading)
        query = select(Unit.code, Unit.id, Party.label, Party.names, Unit.valid_from, Unit.valid_to, Unit.into_id)
        self.known = {row.code: KnownUnit(*row[1:]) for row in reading.execute(query.join(Party, Party.id == Unit.id))}
        self.written = {code.lower(): code for code in self.known}
        self.edges = tree.edges(reading)
        self.of_unit: dict[int, list[Edge]] = {}
        for edge in self.edges:
            self.of_unit.setdefault(edge.unit, []).append(edge)

    def wanted(self, row: Row[UnitRow], new_id: int) -> UnitWanted:
        known, says = self.known.get(row.says.code), row.says
        since = says.valid_from or (known.since if known else self.today)
        until = says.valid_to or (known.until if known else None)
        before = tuple(self.of_unit.get(known.id, ())) if known else ()
        return UnitWanted(row, known.id if known else new_id, known, since, until, before, before)

    def with_edges(self, one: UnitWanted, good: dict[str, UnitWanted]) -> UnitWanted:
        """The same with the edges that follow from its days and its parent."""
        parent = self._id_of(one.row.says.parent_code, good)
        if one.known is None:
            edges = [Edge(one.id, parent, one.since, one.until)]
        else:
            edges = _within(list(one.edges_before), one.since, one.until) or [Edge(one.id, None, one.since, one.until)]
            last = max(edges, key=lambda edge: edge.since)
            if parent is not None and last.parent != parent:
                turn = max(self.today, one.since) if one.until is None or self.today < one.until else last.since
                edges = moved(edges, one.id, parent, turn, one.until)
        into = self._id_of(one.row.says.successor_code, good) or (one.known.into if one.known else None)
        return replace(one, edges=tuple(edges), into=into)

    def _id_of(self, code: str | None, good: dict[str, UnitWanted]) -> int | None:
        if code is None:
            return None
        return good[code].id if code in good else self.known[code].id if code in self.known else None

    @staticmethod
    def _absent(refused_above: str, code: str, rejected: Rejected) -> str:
        if code in rejected:
            return _(refused_above, code=code, line=rejected[code])
        return _(NO_UNIT, code=code)

    def without_parent(self, good: dict[str, UnitWanted], rejected: Rejected) -> list[tuple[str, Fault]]:
        bad = []
        for code, one in good.items():
            parent = one.row.says.parent_code
            if parent is not None and parent not in good and parent not in self.known:
                reason = self._absent(BAD_PARENT, parent, rejected)
                bad.append((code, Fault(one.row.line, "parent_code", reason)))
        return bad

    def without_successor(self, good: dict[str, UnitWanted], rejected: Rejected) -> list[tuple[str, Fault]]:
        bad = []
        for code, one in good.items():
            named = one.row.says.successor_code
            if named is not None and named not in good and named not in self.known:
                reason = self._absent(BAD_SUCCESSOR, named, rejected)
            else:
                there = good.get(named) or self.known.get(named) if named is not None else None
                reason = refused(self.reading, self.today, one, there)
            if reason:
                bad.append((code, Fault(one.row.line, "successor_code", reason)))
        return bad

    def _after(self, good: dict[str, UnitWanted]) -> tuple[list[Edge], dict[int, UnitWanted]]:
        touched = {one.id: self.with_edges(one, good) for one in good.values()}
        kept = [edge for edge in self.edges if edge.unit not in touched]
        return kept + [edge for one in touched.values() for edge in one.edges], touched

    def in_circle(self, good: dict[str, UnitWanted], _rejected: Rejected) -> list[tuple[str, Fault]]:
        edges, touched = self._after(good)
        found = circle(edges)
        return [
            (touched[unit].row.says.code, Fault(touched[unit].row.line, "parent_code", _(OWN_PARENT)))
            for unit in (found[1] if found else ())
            if unit in touched
        ]

    def outside_parent(self, good: dict[str, UnitWanted], _rejected: Rejected) -> list[tuple[str, Fault]]:
        edges, touched = self._after(good)
        periods = {known.id: (known.since, known.until) for known in self.known.values()}
        periods |= {one.id: (one.since, one.until) for one in touched.values()}
        bad = []
        for edge, _day in uncovered(edges, periods):
            if edge.unit in touched:
                one = touched[edge.unit]
                bad.append((one.row.says.code, Fault(one.row.line, "parent_code", _(PARENT_CLOSED))))
            elif edge.parent in touched:
                one = touched[edge.parent]
                bad.append((one.row.says.code, Fault(one.row.line, "valid_to", _(CLOSED_ABOVE))))
        return bad


def _within(edges: list[Edge], since: date, until: date | None) -> list[Edge]:
    """The edges of one unit stretched or cut to the days it exists."""
    inside = [edge for edge in edges if edge.reaches(since) and (until is None or edge.since < until)]
    kept = sorted(inside, key=lambda edge: edge.since)
    if kept:
        kept[0] = kept[0]._replace(since=since)
        kept[-1] = kept[-1]._replace(until=until)
    return kept
