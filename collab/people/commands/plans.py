"""What was planned for a unit is written down with what it changed, and taken back before its day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import Reach, command, record, session
from collab.core.errors import Conflict
from collab.core.i18n import N_, _

from ..events import UnitPlanTakenBack
from ..models import Unit, UnitPlan
from ..organisation import founding, journals, members, tree
from ..policy import everyone_sees, may_administer
from ..tree import Edge, circle, uncovered

plans = Reach(UnitPlan, everyone_sees)
CAME: Final = N_("Its day has come: this can no longer be taken back.")
OTHER_FIRST: Final = N_("Something else was changed or planned for these units since. Take that back first.")


@contextmanager
def written_down(actor: Actor, unit: Unit, kind: str, on: date, into: int | None) -> Iterator[None]:
    """Keep what the command inside changes for a later day; of today or before there is nothing to take back."""
    if on <= founding.today(session()):
        yield
        return
    touched = [unit.id, *(edge.unit for edge in tree.edges(session()) if edge.parent == unit.id)]
    touched += [into] if into is not None and kind == "close" else []
    before = journals.photograph(session(), touched)
    yield
    after = journals.photograph(session(), touched)
    session().add(
        UnitPlan(
            unit_id=unit.id,
            kind=kind,
            on_day=on,
            into_id=into,
            planned_by=actor.person_id or None,
            planned_at=clock.now(),
            journal=journals.journal(before, after),
            version=1,
        )
    )
    session().flush()


@command(may_administer, on=plans)
def take_back_plan(actor: Actor, plan: UnitPlan) -> int:
    """Before its day a closing or a move is taken back: all stands as it stood. Returns the unit."""
    tree.hold_tree(session())
    if plan.taken_back_at is not None:
        return plan.unit_id
    today = founding.today(session())
    if plan.on_day <= today:
        raise Conflict(_(CAME))
    written = plan.journal
    if journals.changed_since(session(), written, ("unit", "unit_edge", "post")):
        raise Conflict(_(OTHER_FIRST))
    unit_id, kind, on, into = plan.unit_id, plan.kind, plan.on_day, plan.into_id
    plan.taken_back_at, plan.taken_back_by = clock.now(), actor.person_id or None
    session().flush()
    touched = journals.take_back(session(), written)
    edges = tree.edges(session())
    if circle(edges, today) is not None or uncovered(_reaching(edges, today), tree.open_periods(session())):
        raise Conflict(_(OTHER_FIRST))
    unit = session().get_one(Unit, unit_id, populate_existing=True)
    unit.version += 1
    members.touch_people(session(), touched)
    tree.refresh_closure(session(), today)
    tree.raise_tree_version(session())
    record(UnitPlanTakenBack(subject=unit_id, what=kind, on=on.isoformat(), into=into))
    return unit_id


def _reaching(edges: list[Edge], today: date) -> list[Edge]:
    return [edge for edge in edges if edge.reaches(today)]
