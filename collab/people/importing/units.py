"""The tree of units from a list."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import delete, update

from collab.core.actor import Actor
from collab.core.db import long_statements
from collab.core.envelope import open_command, record, session
from collab.core.facts import Fact

from ..events import UnitChanged, UnitClosed, UnitCreated, UnitMoved
from ..models import Post, Unit, UnitEdge
from ..organisation import founding, members, tree, units
from ..organisation.parties import Naming
from ..policy import may_administer
from .report import Fault, refuse_unless
from .sheet import Row
from .unit_plan import UnitPlan, UnitRow, UnitWanted, plan_units


@open_command(may_administer)
def bring_in_units(
    _actor: Actor, rows: Sequence[Row[UnitRow]], faults: Sequence[Fault] = (), skip_bad: bool = False
) -> UnitPlan:
    """Bring a list of units in: make the new ones, change those that differ. Nothing at all while a row is bad,
    unless bad rows are to be left out: raises Invalid then."""
    long_statements(session())
    house = tree.hold_tree(session())
    plan = plan_units(session(), rows, faults)
    refuse_unless(skip_bad, plan.outcome)
    changing = [one for one in plan.wanted if one.changes]
    ids = _make(changing, house.locale)
    _change(changing, house.locale)
    touched = _end([one for one in changing if one.ends], ids)
    _place(changing, ids)
    if changing:
        tree.refresh_closure(session(), founding.today(session()))
        tree.raise_tree_version(session())
    members.touch_people(session(), touched)
    for one in changing:
        record(_told(one, ids), quiet=True)
    return plan


def _make(changing: list[UnitWanted], locale: str) -> dict[int, int]:
    """The new units; their ids by the negative ones of the plan."""
    new = [one for one in changing if one.known is None]
    made = units.add_units(
        session(),
        [units.NewUnit(one.row.says.code, Naming(one.row.says.name), one.since, valid_to=one.until) for one in new],
        locale,
        in_tree=False,
    )
    return dict(zip((one.id for one in new), made, strict=True))


def _change(changing: list[UnitWanted], locale: str) -> None:
    for one in changing:
        if one.known is None:
            continue
        if one.row.says.name != one.known.label:
            naming = Naming(one.row.says.name, one.known.names)
            units.rename_unit(session(), one.id, one.row.says.code, naming, locale)
        if one.since != one.known.since:
            session().execute(update(Unit).where(Unit.id == one.id).values(valid_from=one.since))
            head = (Post.unit_id == one.id) & (Post.kind == "head") & (Post.valid_from == one.known.since)
            session().execute(update(Post).where(head).values(valid_from=one.since))


def _end(ending: list[UnitWanted], ids: dict[int, int]) -> set[int]:
    """Units end on their day, and the people of one that had some go on in the unit that takes over; whose rights
    change thereby."""
    touched: set[int] = set()
    for one in ending:
        unit, into = ids.get(one.id, one.id), _real(one.into, ids)
        if one.until is None or (one.known is None and into is None):
            continue
        touched |= set(members.staying(session(), unit, one.until))
        if into is not None:
            members.go_along(session(), unit, into, one.until)
        units.close_unit(session(), unit, one.until, into)
    return touched


def _place(changing: list[UnitWanted], ids: dict[int, int]) -> None:
    moving = [one for one in changing if set(one.edges) != set(one.edges_before)]
    if not moving:
        return
    session().execute(delete(UnitEdge).where(UnitEdge.unit_id.in_([one.id for one in moving])))
    real = [
        edge._replace(unit=ids.get(edge.unit, edge.unit), parent=_real(edge.parent, ids))
        for one in moving
        for edge in one.edges
    ]
    tree.add_edges(session(), real)


def _real(id_: int | None, ids: dict[int, int]) -> int | None:
    return ids.get(id_, id_) if id_ is not None else None


def _told(one: UnitWanted, ids: dict[int, int]) -> Fact:
    """The one fact of a row: the weightiest of what happened to the unit."""
    unit, last = ids.get(one.id, one.id), max(one.edges, key=lambda edge: edge.since)
    parent = _real(last.parent, ids)
    if one.known is None:
        return UnitCreated(subject=unit, parent=parent, since=one.since.isoformat())
    if Counter(edge.parent for edge in one.edges) != Counter(edge.parent for edge in one.edges_before):
        before = max(one.edges_before, key=lambda edge: edge.since, default=last)
        return UnitMoved(subject=unit, parent=parent, was_under=before.parent, since=last.since.isoformat())
    if one.ends and one.until is not None:
        return UnitClosed(subject=unit, on=one.until.isoformat(), into=_real(one.into, ids))
    code = one.row.says.code
    return UnitChanged(subject=unit, unit_code=code, was_code=code)
