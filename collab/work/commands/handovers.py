"""Passing the ball to another unit: offered, then accepted or returned. The sender stays responsible until then."""

from datetime import datetime

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Party

from ..ball import give
from ..desks import common_superior, holder_desk, organisation_day, refuse_named_to_unit
from ..escalating.offices import way_up
from ..events import (
    DisputeSettled,
    HandoverAccepted,
    HandoverDisputed,
    HandoverOffered,
    HandoverReturned,
    HandoverWithdrawn,
    ItemAssigned,
    WaitOpened,
)
from ..forms import Accept, Offer, Return
from ..models import Handover, Wait, WorkItem
from ..on_behalf import behalf
from ..policy import handovers, is_open, items, may_decide_handover, may_hand_over, may_take_back
from ..taking_part import join, leave

RETURNS_BEFORE_DISPUTE = 3
ALREADY_THERE = N_("It is there already.")
OFFERED_ALREADY = N_("It is already offered to somebody. Take that offer back first.")
NAMED_TO_UNIT = N_("An item for named people only can be handed to a person, not to a unit or post.")


@command(may_hand_over, on=items)
def offer(actor: Actor, item: WorkItem, form: Offer) -> int:
    """Hand an item over: at once (0) within units one heads, elsewhere as an offer (its id)."""
    desk = holder_desk(form.to, field="to")
    if form.to == item.holder_id or (form.to == item.desk_unit_id and item.holder_id is None):
        raise wrong("to", _(ALREADY_THERE))
    kind = session().scalar(select(Party.kind).where(Party.id == form.to))
    if item.reach == "named" and kind != "person":
        raise wrong("to", _(NAMED_TO_UNIT))
    at = clock.now()
    if desk in actor.headed or (kind == "unit" and form.to == item.desk_unit_id):
        offered = withdraw_open_offer(actor, item)
        before, holder = item.holder_id, None if kind == "unit" else form.to
        left, was = item.desk_unit_id, item.state_kind
        decided = settle_dispute(actor, item, at)
        give(item, holder, desk, actor.person_id, at)
        record(
            ItemAssigned(
                subject=item.id, holder=form.to, before=before, unit=desk, left=left, was=was, offer=offered,
                decided=decided,
            )
        )  # fmt: skip
        return 0
    if open_offer(item.id) is not None:
        raise Conflict(_(OFFERED_ALREADY))
    return _offer(actor, item, form, desk, kind == "unit", at)


def _offer(actor: Actor, item: WorkItem, form: Offer, desk: int, to_tray: bool, at: datetime) -> int:
    wait = Wait(
        item_id=item.id,
        sense="handover",
        what=form.note,
        of_id=form.to,
        by_id=actor.person_id,
        by_unit_id=item.desk_unit_id,
        tray_unit_id=desk if to_tray else None,
        since=at,
        until=item.due_on,
        version=1,
    )
    session().add(wait)
    session().flush()
    made = Handover(
        item_id=item.id,
        wait_id=wait.id,
        from_unit_id=item.desk_unit_id,
        from_id=item.holder_id,
        to_unit_id=desk,
        to_id=form.to,
        offered_by=actor.person_id,
        offered_at=at,
        note=form.note,
        state="offered",
    )
    session().add(made)
    session().flush()
    join(item.id, form.to, "offered", at)
    if item.reach != "named":
        join(item.id, desk, "offered", at)
    record(
        HandoverOffered(
            subject=item.id,
            handover=made.id,
            to=form.to,
            to_unit=desk,
            from_unit=item.desk_unit_id,
            note=form.note,
        ),
        on_behalf_of=behalf(actor, item.holder_id),
    )
    item.changed_at = at
    return made.id


@command(may_decide_handover, on=handovers)
def accept(actor: Actor, handover: Handover, form: Accept) -> int:
    """Accept the ball: it moves now. Without a choice the person who accepts holds it. Returns the item."""
    at, item = clock.now(), _locked(handover.item_id)
    holder = form.holder or actor.person_id
    refuse_named_to_unit(item.reach, holder, "holder")
    to_tray = holder == handover.to_unit_id
    mine = holder == actor.person_id  # whoever accepts for a unit holds it there, wherever else they belong
    desk = handover.to_unit_id if mine else holder_desk(holder, prefer=handover.to_unit_id)
    others = holder not in (actor.person_id, handover.to_id, handover.to_unit_id)
    if (others and handover.to_unit_id not in actor.headed) or (others and desk not in actor.headed):
        raise wrong("holder", _(N_("Only the head gives it to somebody else.")))
    _decide(actor, handover, "accepted", at)
    settle_dispute(actor, item, at)
    if item.state_kind == "new":
        item.state_kind = "active"
    give(item, None if to_tray else holder, handover.to_unit_id if to_tray else desk, actor.person_id, at)
    record(
        HandoverAccepted(
            subject=item.id,
            handover=handover.id,
            holder=holder,
            to_unit=handover.to_unit_id,
            from_unit=handover.from_unit_id,
            offered_by=handover.offered_by,
        ),
        on_behalf_of=behalf(actor, handover.to_id),
    )
    return item.id


@command(may_decide_handover, on=handovers)
def return_(actor: Actor, handover: Handover, form: Return) -> int:
    """Return the offer with a reason: the ball never left. After the third return the common superior decides."""
    at, item = clock.now(), _locked(handover.item_id)
    _decide(actor, handover, "returned", at)
    handover.reason = form.reason
    record(
        HandoverReturned(
            subject=item.id,
            handover=handover.id,
            to_unit=handover.to_unit_id,
            from_unit=handover.from_unit_id,
            offered_by=handover.offered_by,
            reason=form.reason,
        ),
        on_behalf_of=behalf(actor, handover.to_id),
    )
    if _returns(item.id) % RETURNS_BEFORE_DISPUTE == 0:
        _to_superior(actor, item, handover, at)
    item.changed_at = at
    return item.id


def _returns(item_id: int) -> int:
    return session().scalar(select(func.count()).where(Handover.item_id == item_id, Handover.state == "returned")) or 0


def _to_superior(actor: Actor, item: WorkItem, handover: Handover, at: datetime) -> None:
    """Whoever heads both units is asked to decide, in words of the house (`asked_words`). What is for named people only
    stays between them: no head is one."""
    if item.reach == "named":
        return
    above, decides = _decider(handover, at)
    wait = Wait(
        item_id=item.id, sense="approval", what="", of_id=decides, by_id=actor.person_id,
        by_unit_id=item.desk_unit_id, tray_unit_id=above if decides == above else None, since=at, version=1,
    )  # fmt: skip
    session().add(wait)
    session().flush()
    join(item.id, decides, "asked", at)
    join(item.id, above, "asked", at)
    record(HandoverDisputed(subject=item.id, superior=decides))
    record(WaitOpened(subject=item.id, wait=wait.id, sense="approval", awaited=decides, what="", until=None))


def _decider(handover: Handover, at: datetime) -> tuple[int, int]:
    """The unit that decides and who does so there: the post of the lowest head above both, the tray of the unit where
    its head has no post. Where nobody heads anything above, it lies in the tray of the unit above both."""
    lowest = common_superior(handover.from_unit_id, handover.to_unit_id) or handover.from_unit_id
    way = way_up(lowest, organisation_day(at))
    office = next((each for each in way if each.seats), None)
    return (office.unit, office.post or office.unit) if office is not None else (lowest, lowest)


def settle_dispute(actor: Actor, item: WorkItem, at: datetime) -> list[int]:
    """It lies where it belongs now: nobody is asked any more to decide that. The questions that end."""
    found = select(Wait).where(Wait.item_id == item.id, Wait.sense == "approval", Wait.ended_at.is_(None))
    asked = session().scalars(found.order_by(Wait.id).with_for_update()).all()
    for wait in asked:
        wait.ended_at, wait.ended_how, wait.ended_by = at, "answered", actor.person_id or None
        record(DisputeSettled(subject=item.id, wait=wait.id, superior=wait.of_id))
    session().flush()
    return [wait.id for wait in asked]


@command(may_take_back, on=handovers)
def take_back(actor: Actor, handover: Handover) -> int:
    """Take an offer back before it is decided."""
    item = _locked(handover.item_id)
    _withdraw(actor, handover)
    item.changed_at = clock.now()
    return item.id


def withdraw_open_offer(actor: Actor, item: WorkItem) -> int | None:
    """An item that is closed or assigned otherwise is no longer on offer: the id of the offer, if there was one."""
    standing = open_offer(item.id)
    if standing is None:
        return None
    _withdraw(actor, standing)
    return standing.id


def open_offer(item_id: int) -> Handover | None:
    """The one standing offer of an item, locked."""
    return session().scalar(
        select(Handover).where(Handover.item_id == item_id, Handover.state == "offered").with_for_update()
    )


def _withdraw(actor: Actor, handover: Handover) -> None:
    _decide(actor, handover, "withdrawn", clock.now())
    record(HandoverWithdrawn(subject=handover.item_id, handover=handover.id, to_unit=handover.to_unit_id))


def _decide(actor: Actor, handover: Handover, state: str, at: datetime) -> None:
    handover.state, handover.decided_by, handover.decided_at = state, actor.person_id or None, at
    wait = session().get_one(Wait, handover.wait_id)
    wait.ended_at, wait.ended_how, wait.ended_by = at, state, actor.person_id or None
    leave(handover.item_id, "offered", at)
    session().flush()


def _locked(item_id: int) -> WorkItem:
    item = session().scalars(select(WorkItem).where(WorkItem.id == item_id).with_for_update(key_share=True)).one()
    if not is_open(item):
        raise Conflict(_(N_("This item is finished in the meantime.")))
    return item
