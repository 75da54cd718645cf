"""The verbs: bring a list of work in, and keep room for it beforehand."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from collab.core.actor import Actor
from collab.core.db import long_statements
from collab.core.envelope import open_command, record, session
from collab.people.importing.report import refuse_unless
from collab.people.policy import may_administer
from collab.work.events import ItemsImported

from .bringing import bring_in, place_below
from .labels import keep_labels
from .planning import WorkList, WorkPlan, plan_work
from .refreshing import refresh
from .room import Room, take_room


@open_command(may_administer)
def keep_room(_actor: Actor, plan: WorkPlan) -> Mapping[int, Room]:
    """The references and labels that new items of the plan will need, taken in a moment of its own: the import itself
    is open for a minute, and nobody could open an item of the same units meanwhile. By unit.

    References of an import that comes to nothing stay unused.
    """
    wanted = [*plan.new, *plan.changing]
    keep_labels(session(), {(one.unit, word) for one in wanted for word in one.row.says.labels})
    return take_room(plan.new)


@open_command(may_administer)
def bring_in_work(
    actor: Actor,
    given: WorkList,
    skip_bad: bool = False,
    progress: Callable[[int], Any] = lambda _rows: None,
    kept: Mapping[int, Room] = MappingProxyType({}),
) -> WorkPlan:
    """Bring a list of tasks and pending items in: open the new ones, change those that the other system changed.

    Nothing at all while a row is bad, unless bad rows are to be left out: raises Invalid then. The actor counts as
    the creator; Collab itself creates in the name of the holder, or of the unit where nobody holds it. `kept` is what
    `keep_room` took; a unit without room there takes it now.
    """
    long_statements(session())
    plan = plan_work(session(), given)
    refuse_unless(skip_bad, plan.outcome)
    creator = None if actor.is_system else actor.person_id
    ids = bring_in(plan.new, creator, progress, kept)
    refresh(plan.changing, creator, progress)
    _place(plan, plan.there | ids)
    if plan.new or plan.changing:
        record(ItemsImported(subject=1, number=len(plan.new) + len(plan.changing)), quiet=True)
    return plan


def _place(plan: WorkPlan, ids: dict[str, int]) -> None:
    """Parents, once every item is there."""
    below = []
    for one in plan.wanted:
        parent = one.row.says.parent_external_id
        if (one.known is None and parent) or (one.known is not None and "parent_external_id" in one.changed):
            below.append((ids[one.row.says.external_id], ids.get(parent) if parent else None))
    place_below(below)
