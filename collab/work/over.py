"""What is over: who ended it and how, said to whoever had the right to it and came second."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.errors import Over
from collab.core.facts import FactRow
from collab.core.i18n import N_, _, in_language
from collab.core.standing import While
from collab.people.models import Party

from .models import OPEN_STATES, Handover, Wait, WorkItem

ALREADY: Final = {
    "item-completed": N_("%(name)s finished it already."),
    "item-cancelled": N_("%(name)s cancelled it already."),
    "item-reopened": N_("%(name)s opened it again already."),
    "item-merged": N_("%(name)s merged it into another already."),
    "item-taken": N_("It is with %(name)s already."),
    "handover-accepted": N_("%(name)s accepted it already."),
    "handover-returned": N_("%(name)s returned it already."),
    "handover-withdrawn": N_("%(name)s took the offer back already."),
    "answered": N_("It was answered already, by %(name)s."),
    "acknowledged": N_("%(name)s confirmed it already."),
    "withdrawn": N_("It is no longer expected: %(name)s ended it."),
}
YOURS: Final = {
    "item-completed": N_("You finished it already."),
    "item-cancelled": N_("You cancelled it already."),
    "item-reopened": N_("You opened it again already."),
    "item-merged": N_("You merged it into another already."),
    "item-taken": N_("It is with you already."),
    "handover-accepted": N_("You accepted it already."),
    "handover-returned": N_("You returned it already."),
    "handover-withdrawn": N_("You took the offer back already."),
    "answered": N_("You answered it already."),
    "acknowledged": N_("You confirmed it already."),
    "withdrawn": N_("It is no longer expected: you ended it yourself."),
}
NOBODYS: Final = {
    "item-completed": N_("It is finished already."),
    "item-cancelled": N_("It was cancelled already."),
    "item-merged": N_("It was merged into another already."),
    "item-reopened": N_("It is open already."),
    "item-taken": N_("Somebody has it already."),
    "answered": N_("It was answered already."),
}
"""Where nobody did it, or it is not known who."""
NO_MORE: Final = N_("It is no longer expected.")
CLOSING: Final = ("item-completed", "item-cancelled", "item-merged", "item-reopened")

Right = Callable[[Actor, Wait], bool]
ItemRight = Callable[[Actor, WorkItem], bool]
OfferRight = Callable[[Actor, Handover], bool]


def while_awaited(right: Right) -> While[Wait]:
    """Until what is expected is there, or is expected no more."""
    return While(right, lambda wait: wait.ended_at is None, _wait_ended)


def while_in_tray(right: Right) -> While[Wait]:
    """Until somebody took a question out of the tray."""
    return While(right, lambda wait: wait.ended_at is None and wait.tray_unit_id is not None, _wait_taken)


def while_offered(right: OfferRight) -> While[Handover]:
    """Until an offer is decided or taken back."""
    return While(right, lambda offer: offer.state == "offered", _offer_decided)


def while_open(right: ItemRight) -> While[WorkItem]:
    """Until an item is finished or cancelled."""
    return While(right, _is_open, _item_closed)


def while_closed(right: ItemRight) -> While[WorkItem]:
    """Until an item is opened again."""
    return While(right, lambda item: not _is_open(item), _item_open)


def while_untaken(right: ItemRight) -> While[WorkItem]:
    """Until somebody of the unit has an item."""
    return While(right, lambda item: _is_open(item) and _in_tray(item), _item_taken)


def _is_open(item: WorkItem) -> bool:
    return item.state_kind in OPEN_STATES


def _in_tray(item: WorkItem) -> bool:
    return item.holder_id is None or item.holder_id == item.desk_unit_id


def _wait_ended(actor: Actor, wait: Wait) -> Over:
    how = wait.ended_how or ""
    if wait.sense == "acknowledgement" and how == "answered":
        how = "acknowledged"
    return _over(actor, wait.ended_by, how)


def _wait_taken(actor: Actor, wait: Wait) -> Over:
    return _wait_ended(actor, wait) if wait.ended_at is not None else _over(actor, wait.taken_by, "item-taken")


def _offer_decided(actor: Actor, offer: Handover) -> Over:
    return _over(actor, offer.decided_by, f"handover-{offer.state}")


def _item_closed(actor: Actor, item: WorkItem) -> Over:
    return _last_act(actor, item, "item-cancelled" if item.state_kind == "cancelled" else "item-completed")


def _item_open(actor: Actor, item: WorkItem) -> Over:
    return _last_act(actor, item, "item-reopened")


def _item_taken(actor: Actor, item: WorkItem) -> Over:
    return _over(actor, item.holder_id, "item-taken") if _is_open(item) else _item_closed(actor, item)


def _last_act(actor: Actor, item: WorkItem, how: str) -> Over:
    """By whom, where that was the last act of its sort on the item."""
    of_item = FactRow.subject_kind == "work-item", FactRow.subject_id == item.id, FactRow.kind.in_(CLOSING)
    last = session().execute(
        select(FactRow.kind, FactRow.actor_id).where(*of_item).order_by(FactRow.id.desc()).limit(1)
    ).first()  # fmt: skip
    if last is not None and last.kind == "item-merged" and not _is_open(item):
        how = "item-merged"
    return _over(actor, last.actor_id if last is not None and last.kind == how else None, how)


def _over(actor: Actor, by: int | None, how: str) -> Over:
    if how in YOURS and by == actor.person_id:
        return Over(_(YOURS[how]), by=by, how=how)
    known = session().execute(select(Party.names, Party.label).where(Party.id == by)).first() if by else None
    name = in_language(known.names, known.label) if known is not None else None
    said = _(ALREADY[how], name=name) if name and how in ALREADY else _(NOBODYS.get(how, NO_MORE))
    return Over(said, by=by, how=how)
