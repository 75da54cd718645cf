"""The dated tree in the database: edges read and written, and today's tree kept flat for everybody else."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from ..models import Organisation, Unit, UnitEdge
from ..tree import Edge

# ruff: noqa: S608 -- constants only: nothing that anybody typed stands in these statements
_TODAY: Final = """
with recursive edge as (
  select e.unit_id, e.parent_id from unit_edge e join unit u on u.id = e.unit_id
  where e.valid_from <= :day and (e.valid_to is null or e.valid_to > :day)
    and u.valid_from <= :day and (u.valid_to is null or u.valid_to > :day)
), flat as (
  select unit_id as ancestor_id, unit_id as descendant_id, cast(0 as bigint) as depth from edge
  union all
  select flat.ancestor_id, edge.unit_id, flat.depth + 1
  from flat join edge on edge.parent_id = flat.descendant_id where flat.depth < 60
)
"""
_FORGET: Final = text(
    _TODAY + "delete from unit_closure c where not exists (select 1 from flat where c.ancestor_id = flat.ancestor_id "
    "and c.descendant_id = flat.descendant_id and c.depth = flat.depth)"
)
_ADD: Final = text(_TODAY + "insert into unit_closure select * from flat on conflict do nothing")
_DIFFERS: Final = text(
    _TODAY + "select exists (select * from flat except select * from unit_closure) "
    "or (select count(*) from flat) <> (select count(*) from unit_closure)"
)


def hold_tree(session: Session) -> Any:
    """The row of the organisation, locked: whoever changes the tree does so alone."""
    return session.execute(
        select(Organisation.id, Organisation.locale, Organisation.time_zone, Organisation.calendar_id).with_for_update()
    ).one()


def edges(session: Session, units: Iterable[int] | None = None) -> list[Edge]:
    """Every edge there is or was (of `units` alone, when given)."""
    query = select(UnitEdge.unit_id, UnitEdge.parent_id, UnitEdge.valid_from, UnitEdge.valid_to)
    if units is not None:
        query = query.where(UnitEdge.unit_id.in_(list(units)))
    return [Edge(*row) for row in session.execute(query)]


def open_periods(session: Session) -> dict[int, tuple[date, date | None]]:
    """Unit → the days it is open."""
    return {
        id_: (since, until) for id_, since, until in session.execute(select(Unit.id, Unit.valid_from, Unit.valid_to))
    }


def add_edges(session: Session, new: Sequence[Edge]) -> None:
    """Put units into the tree."""
    if new:
        rows = [
            {"unit_id": edge.unit, "parent_id": edge.parent, "valid_from": edge.since, "valid_to": edge.until}
            for edge in new
        ]
        session.execute(insert(UnitEdge), rows)


def cut_edges(session: Session, units: Sequence[int], on: date) -> None:
    """Take `units` out of the tree from `on`, as `collab.people.tree.cut` does."""
    mine = UnitEdge.unit_id.in_(units)
    session.execute(UnitEdge.__table__.delete().where(mine, UnitEdge.valid_from >= on))  # type: ignore[attr-defined]
    running = mine & (UnitEdge.valid_to.is_(None) | (UnitEdge.valid_to > on))
    session.execute(update(UnitEdge).where(running).values(valid_to=on))


def refresh_closure(session: Session, day: date) -> None:
    """Make the flat tree that of `day`, writing only what differs."""
    session.execute(_FORGET, {"day": day})
    session.execute(_ADD, {"day": day})


def closure_is_late(session: Session, day: date) -> bool:
    """Whether the flat tree is not that of `day`: a change planned for today has come."""
    return bool(session.scalar(_DIFFERS, {"day": day}))


def raise_tree_version(session: Session) -> None:
    """Everything computed from the tree is computed again, everywhere."""
    session.execute(update(Organisation).values(tree_version=Organisation.tree_version + 1))
