"""Lists of tasks and of pending items: the common list of work, with what each kind asks beyond it."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import BigInteger, Text, and_, bindparam, exists, func, literal_column, or_, select

from collab.core.actor import Actor
from collab.core.paging import Page
from collab.core.prepared import Prepared, own_parties
from collab.work.forms import Filter
from collab.work.models import Handover, Wait, WorkItem
from collab.work.policy import among, visible_to
from collab.work.queries import saved
from collab.work.queries.lists import Also, list_items
from collab.work.queries.plans import IS_OPEN
from collab.work.queries.rows import COUNTED
from collab.work.queries.shapes import Row

from ..forms import PendingFilter, TaskFilter
from ..models import PendingItem


def tasks(actor: Actor, wanted: TaskFilter) -> Page[Row]:
    """One page of the tasks that the filter lets through."""
    return list_items(actor, _filter(wanted, "task"), also=_also(_whose(wanted)))


def pending_items(actor: Actor, wanted: PendingFilter) -> Page[Row]:
    """One page of the pending items that the filter lets through."""
    details = {"protocol": wanted.protocol, "source": wanted.source}
    given = {name: value for name, value in details.items() if value is not None}
    return list_items(actor, _filter(wanted, "pending"), also=_also(_side(wanted), *given, **given))


def _filter(wanted: TaskFilter, kind: str) -> Filter:
    said = wanted.model_dump(include=set(Filter.model_fields) - {"kind"})
    desk = said.pop("unit")
    return Filter.model_construct(
        {*wanted.model_fields_set, "kind"},
        **Filter.model_construct(kind=None).model_dump() | said | {"kind": kind, "desk": desk},
    )


def _also(*asked: str, **given: Any) -> Also:
    """The criteria of these names, those of the empty name left out."""
    shape = tuple(name for name in asked if name)
    return Also(shape, lambda actor: [_CRITERIA[name](actor) for name in shape], given)


def _whose(wanted: TaskFilter) -> str:
    """Whose work is asked for, where neither a holder nor a unit is."""
    named = wanted.holder is not None or wanted.unit is not None
    if named or _only_asked(wanted, "whose"):
        return ""
    return wanted.whose if wanted.whose in ("mine", "units") else ""


def _only_asked(wanted: TaskFilter, name: str) -> bool:
    """Whether a question in words stands alone, without that field beside it."""
    return bool(wanted.query) and name not in wanted.model_fields_set


def _side(wanted: PendingFilter) -> str:
    """Who waits for whom: the ball lies with us and its clock runs; we asked somebody; somebody offers it to us."""
    if _only_asked(wanted, "side"):
        return _whose(wanted)
    if wanted.side == "for-us" and wanted.whose == "mine":
        return "for-me"
    return _whose(wanted) if wanted.side == "all" else wanted.side


def _mine(actor: Actor) -> Any:
    return WorkItem.holder_id == among(own_parties(actor))


def _ours(actor: Actor) -> Any:
    return WorkItem.desk_unit_id == among(actor.reach)


def _we_wait(actor: Actor) -> Any:
    return exists(
        select(Wait.id).where(
            Wait.item_id == WorkItem.id,
            Wait.ended_at.is_(None),
            Wait.sense != "task",
            or_(Wait.by_unit_id == among(actor.reach), Wait.by_id == actor.person_id),
        )
    )


def _offered(actor: Actor) -> Any:
    to_us = or_(Handover.to_unit_id == among(actor.headed), Handover.to_id == among(actor.parties))
    return WorkItem.id.in_(select(Handover.item_id).where(Handover.state == "offered", to_us))


def _with(column: Any, name: str) -> Any:
    asked = column == bindparam(name, type_=Text)
    return exists(select(PendingItem.item_id).where(PendingItem.item_id == WorkItem.id, asked))


_CRITERIA: Final[dict[str, Callable[[Actor], Any]]] = {
    "mine": _mine,
    "units": _ours,
    "for-us": lambda actor: and_(_ours(actor), WorkItem.state_kind != "waiting"),
    "for-me": lambda actor: and_(_mine(actor), WorkItem.state_kind != "waiting"),
    "we-wait": _we_wait,
    "offered": _offered,
    "protocol": lambda _actor: _with(PendingItem.protocol_number, "protocol"),
    "source": lambda _actor: _with(PendingItem.source, "source"),
}


def badges(actor: Actor) -> dict[str, int]:
    """How many open tasks and pending items lie in the actor's hands; counting stops at 100. One query, which every
    page asks: so it brings the views of the sidebar along."""
    [(tasks_, pending, pins)] = IN_HAND.rows(actor)
    saved.keep_pins(actor, pins)
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

    return select(counted("task"), counted("pending"), saved.pins(actor))


IN_HAND: Final = Prepared(_in_hand)
