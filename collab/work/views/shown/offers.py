"""What an item's page says of handing over: the offer that stands, or that the last one came back."""

from collab.core.actor import Actor

from ...queries.shapes import HandoverLine, Item
from ..marks import Words
from ..may import may_decide, may_take_back
from .chips import chip
from .values import Offer, Returned


def offer_of(actor: Actor, item: Item, words: Words) -> Offer | None:
    """The standing offer, with what this reader may do about it."""
    handover = item.offer
    if handover is None:
        return None
    decides = may_decide(actor, handover)
    return Offer(
        id=handover.id,
        to=chip(handover.to),
        sender=chip(handover.sender),
        since=words.when(handover.offered_at),
        note=handover.note,
        may_decide=decides,
        may_choose=decides and handover.to_unit_id in actor.headed,
        may_take_back=may_take_back(actor, handover),
    )


def returned_of(actor: Actor, item: Item, words: Words, *, hands_over: bool) -> Returned | None:
    """That the last offer came back, for whoever made it or may hand over again."""
    last = came_back(item)
    if last is None or last.decided_at is None or not (hands_over or last.offered_by == actor.person_id):
        return None
    return Returned(
        by=(last.decider or last.to).name,
        reason=last.reason or "",
        when=words.when(last.decided_at),
        again=f"/work-items/{item.reference}/handovers/new" if hands_over else "",
    )


def came_back(item: Item) -> HandoverLine | None:
    """The last offer, where it was returned and nothing followed: no other offer, holder or state, nobody asked."""
    last = max(item.handovers, key=lambda each: each.id, default=None)
    if last is None or last.state != "returned" or last.decided_at is None or not item.is_open:
        return None
    return None if _followed(item, last) else last


def _followed(item: Item, last: HandoverLine) -> bool:
    assert last.decided_at is not None
    turned = any(each.from_at > last.decided_at for each in item.intervals)
    # The superior who is asked after the third return is asked in the same moment.
    return turned or any(each.since > last.decided_at and each.sense != "task" for each in item.waits)
