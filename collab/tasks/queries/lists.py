"""Lists of tasks and of pending items: the common list of work, with what each kind asks beyond it."""

from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, and_, exists, func, literal_column, or_, select

from collab.core.actor import Actor
from collab.core.paging import Page
from collab.core.prepared import Prepared, own_parties
from collab.work.forms import Filter
from collab.work.models import Handover, Wait, WorkItem
from collab.work.policy import among, visible_to
from collab.work.queries.lists import COUNTED, list_items
from collab.work.queries.plans import IS_OPEN
from collab.work.queries.shapes import Row

from ..forms import PendingFilter, TaskFilter
from ..models import PendingItem

Criteria = list[ColumnElement[bool]]


def tasks(actor: Actor, wanted: TaskFilter) -> Page[Row]:
    """One page of the tasks that the filter lets through."""
    return list_items(actor, _filter(wanted, "task"), also=_whose(actor, wanted))


def pending_items(actor: Actor, wanted: PendingFilter) -> Page[Row]:
    """One page of the pending items that the filter lets through."""
    also = [*_side(actor, wanted), *_details(wanted)]
    if wanted.side == "all":
        also += _whose(actor, wanted)
    return list_items(actor, _filter(wanted, "pending"), also=also)


def _filter(wanted: TaskFilter, kind: str) -> Filter:
    said = wanted.model_dump(include=set(Filter.model_fields) - {"kind"})
    desk = said.pop("unit")
    return Filter.model_construct(
        **Filter.model_construct(kind=None).model_dump() | said | {"kind": kind, "desk": desk}
    )


def _whose(actor: Actor, wanted: TaskFilter) -> Criteria:
    if wanted.holder is not None or wanted.unit is not None:
        return []
    if wanted.whose == "mine":
        return [WorkItem.holder_id == among(own_parties(actor))]
    if wanted.whose == "units":
        return [WorkItem.desk_unit_id == among(actor.reach)]
    return []


def _side(actor: Actor, wanted: PendingFilter) -> Criteria:
    """Who waits for whom: the ball lies with us and its clock runs; we asked somebody; somebody offers it to us."""
    with_us = WorkItem.desk_unit_id == among(actor.reach)
    if wanted.whose == "mine":
        with_us = WorkItem.holder_id == among(own_parties(actor))
    if wanted.side == "for-us":
        return [with_us, WorkItem.state_kind != "waiting"]
    if wanted.side == "we-wait":
        asked = exists(
            select(Wait.id).where(
                Wait.item_id == WorkItem.id,
                Wait.ended_at.is_(None),
                Wait.sense != "task",
                or_(Wait.by_unit_id == among(actor.reach), Wait.by_id == actor.person_id),
            )
        )
        return [asked]
    if wanted.side == "offered":
        to_us = or_(Handover.to_unit_id == among(actor.headed), Handover.to_id == among(actor.parties))
        offered = select(Handover.item_id).where(Handover.state == "offered", to_us)
        return [WorkItem.id.in_(offered)]
    return []


def _details(wanted: PendingFilter) -> Criteria:
    asked: list[Any] = []
    if wanted.protocol is not None:
        asked.append(PendingItem.protocol_number == wanted.protocol)
    if wanted.source is not None:
        asked.append(PendingItem.source == wanted.source)
    if not asked:
        return []
    return [exists(select(PendingItem.item_id).where(PendingItem.item_id == WorkItem.id, and_(*asked)))]


def badges(actor: Actor) -> dict[str, int]:
    """How many open tasks and pending items lie in the actor's hands; counting stops at 100. One query."""
    [(tasks_, pending)] = IN_HAND.rows(actor)
    return {"tasks": tasks_, "pending": pending}


def _in_hand(actor: Actor) -> Any:
    mine = own_parties(actor)

    def counted(kind: str) -> Any:
        some = (
            select(literal_column("1", BigInteger))
            .select_from(WorkItem)
            .where(WorkItem.holder_id == among(mine), WorkItem.kind == kind, IS_OPEN, visible_to(actor))
            .limit(COUNTED)
            .subquery()
        )
        return select(func.count()).select_from(some).scalar_subquery()

    return select(counted("task"), counted("pending"))


IN_HAND: Final = Prepared(_in_hand)
