"""Undoing the last act on an item: the inverse verb, under the rule of that verb, written down as a fact of its own."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, Forbidden, Invalid
from collab.core.facts import FactRow
from collab.core.i18n import N_, _
from collab.people.models import Party

from ..ball import give, settle, settle_opened_again
from ..desks import holder_desk, refuse_closed_unit, refuse_gone
from ..events import UNDONE_NAMES, ItemUndone
from ..models import Handover, Wait, WorkItem
from ..on_behalf import behalf
from ..opening import carry_labels
from ..policy import is_open, items, may_assign, may_change, may_reopen, may_take, may_take_back, may_take_part
from ..taking_part import join
from ..undoing import FIELDS, by_itself, can_be_undone, last_act
from .handovers import take_back
from .merging import part_again

LOOKED_BACK = 60
CHANGED_SINCE = N_("%(name)s changed it since, so it cannot be undone any more.")
TOO_LATE = N_("It cannot be undone any more.")


@command(may_take_part, on=items)
def undo(actor: Actor, item: WorkItem, fact_id: int) -> int:
    """Undo your last act on an item, while nobody touched it since. Each inverse asks the rule of its own verb."""
    lines = session().execute(HISTORY.where(FactRow.subject_id == item.id)).all()
    if any(line.id == fact_id and line.actor_id != actor.person_id and not by_itself(line) for line in lines):
        raise Forbidden
    act: Any = last_act(lines)
    if any(line.kind == "item-undone" and line.payload["undone"] == fact_id for line in lines):
        return item.id  # asked twice
    if act is None or act.id != fact_id:
        raise Conflict(_refusal(act))
    _require(not by_itself(act) or may_reopen(actor, item))
    if not can_be_undone(act, actor.person_id, clock.now(), reopens=True):
        raise Conflict(_(TOO_LATE))
    held, lay = item.holder_id, item.desk_unit_id
    behalf_of = behalf(actor, item.holder_id)
    _INVERSE[act.kind](actor, item, act)
    moved = (item.holder_id, item.desk_unit_id) != (held, lay)
    record(
        ItemUndone(
            subject=item.id,
            undone=act.id,
            what=act.kind,
            holder=item.holder_id if moved else None,
            before=held if moved else None,
            unit=item.desk_unit_id if moved else None,
            left=lay if moved else None,
        ),
        on_behalf_of=behalf_of,
    )
    return item.id


HISTORY: Any = (
    select(FactRow.id, FactRow.at, FactRow.kind, FactRow.actor_id, FactRow.payload)
    .where(FactRow.subject_kind == "work-item")
    .order_by(FactRow.id.desc())
    .limit(LOOKED_BACK)
)


def _refusal(act: Any) -> str:
    name = session().scalar(select(Party.label).where(Party.id == act.actor_id)) if act is not None else None
    return _(CHANGED_SINCE, name=name) if name else _(TOO_LATE)


def _open_again(actor: Actor, item: WorkItem, act: Any) -> None:
    """It is open as it was, with every question and offer that ended with it."""
    left = act.payload
    _require(may_reopen(actor, item))
    item.state_kind, item.closed_at = left["was"], None
    _expect_again(left.get("waits"))
    _offer_again(item, left.get("offer"))
    _expect_of_holder_again(item)
    session().flush()
    settle_opened_again(item, actor.person_id, clock.now())
    _wait_again(actor, item, act.at)


def _expect_of_holder_again(item: WorkItem) -> None:
    """What was expected of whoever has it goes on as it was, by whom and since when, and does not begin today."""
    done = Wait.item_id == item.id, Wait.sense == "task", Wait.ended_how == "done"
    last = session().scalar(select(Wait).where(*done).order_by(Wait.ended_at.desc(), Wait.id.desc()).limit(1))
    if last is not None and last.of_id == (item.holder_id or item.desk_unit_id):
        last.ended_at = last.ended_how = last.ended_by = None


def _expect_again(wait_ids: list[int] | None) -> None:
    for wait in _waits(Wait.id.in_(wait_ids or [])):
        wait.ended_at = wait.ended_how = wait.ended_by = None


def _part_again(actor: Actor, item: WorkItem, act: Any) -> None:
    """It is an item of its own again."""
    _open_again(actor, item, act)
    part_again(actor, item, act)


def _wait_again(actor: Actor, item: WorkItem, since: datetime) -> None:
    """Others that waited for the end of this item wait again: that ended by itself when this one was finished."""
    ended = Wait.for_item_id == item.id, Wait.ended_how == "answered", Wait.ended_by.is_(None), Wait.ended_at >= since
    for wait in _waits(*ended):
        other = session().get(WorkItem, wait.item_id, with_for_update={"key_share": True}) if wait.item_id else None
        if other is None or is_open(other):
            wait.ended_at = wait.ended_how = None
            session().flush()
        if other is not None and is_open(other):
            settle(other, actor.person_id, clock.now())


def _waits(*which: Any) -> list[Wait]:
    return list(session().scalars(select(Wait).where(*which).order_by(Wait.item_id, Wait.id).limit(200)))


def _offer_again(item: WorkItem, offer_id: int | None) -> None:
    offer = session().get(Handover, offer_id) if offer_id is not None else None
    if offer is None or offer.state != "withdrawn":
        return
    try:
        refuse_gone(offer.to_id, "to")
        refuse_closed_unit(offer.to_unit_id, "to")
    except Invalid:
        return  # nobody is there any more who could decide it: it stays taken back
    offer.state, offer.decided_by, offer.decided_at = "offered", None, None
    wait = session().get_one(Wait, offer.wait_id)
    wait.ended_at = wait.ended_how = wait.ended_by = None
    join(item.id, offer.to_id, "offered", clock.now())
    if item.reach != "named":
        join(item.id, offer.to_unit_id, "offered", clock.now())


def _give_back(actor: Actor, item: WorkItem, act: Any) -> None:
    """It lies again where it lay, with whoever had it."""
    left = act.payload
    _require(is_open(item) and (may_assign(actor, item) or may_change(actor, item) or may_take(actor, item)))
    _refuse_gone(left["before"], left.get("left") or item.desk_unit_id)
    if item.state_kind == "active":
        item.state_kind = left.get("was") or item.state_kind
    give(item, left["before"], left.get("left") or item.desk_unit_id, actor.person_id, clock.now())
    _expect_again(left.get("decided"))
    _offer_again(item, left.get("offer"))


def _not_begun(actor: Actor, item: WorkItem, act: Any) -> None:
    """It is new again."""
    _require(may_change(actor, item) and is_open(item))
    if item.state_kind == "active":
        item.state_kind = act.payload["was"]
    settle(item, actor.person_id, clock.now())


def _refuse_gone(holder_id: int | None, unit_id: int) -> None:
    """Nothing goes back to somebody who left since, or into a unit that was closed."""
    try:
        if holder_id is not None:
            holder_desk(holder_id, prefer=unit_id)
        refuse_closed_unit(unit_id, "unit")
    except Invalid:
        raise Conflict(_(TOO_LATE)) from None


def _change_back(actor: Actor, item: WorkItem, act: Any) -> None:
    """The fields say again what they said."""
    _require(may_change(actor, item))
    was = act.payload["was"]
    for name in FIELDS:
        if name in was:
            value = was[name]
            setattr(item, name, date.fromisoformat(value) if isinstance(value, str) else value)
    if "labels" in was:
        carry_labels(item, set(was["labels"]))
    settle(item, actor.person_id, clock.now())


def _offer_back(actor: Actor, _item: WorkItem, act: Any) -> None:
    offer = session().get(Handover, act.payload["handover"])
    _require(offer is not None and may_take_back(actor, offer))
    take_back(actor, act.payload["handover"])


def _require(allowed: bool) -> None:
    if not allowed:
        raise Forbidden


_INVERSE = {
    "item-completed": _open_again,
    "item-cancelled": _open_again,
    "item-merged": _part_again,
    "item-taken": _give_back,
    "item-assigned": _give_back,
    "item-begun": _not_begun,
    "item-edited": _change_back,
    "handover-offered": _offer_back,
}
assert set(_INVERSE) == set(UNDONE_NAMES)
