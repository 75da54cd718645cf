"""A request sent again after a cut is answered with what is, instead of a refusal.

RFC 9110, 13.1.1: a change that appears to have been made already by the same user is a success, whatever the condition.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from collab.core.actor import Actor
from collab.core.errors import Forbidden, NotFound, Over

from ..queries.handovers import find_handover
from ..queries.items import find_item
from ..queries.repeated import done_already


@contextmanager
def calmly(who: Actor, item_id: int, *kinds: str) -> Iterator[None]:
    """Around an act: its refusal goes by where the last act of its sort on the item was the same, by the same person,
    and still stands. Whatever anybody else did, or was done since, stays a refusal."""
    try:
        yield
    except (Forbidden, Over):
        if not who.may_scope("write") or not _did(who, item_id, kinds):
            raise


@contextmanager
def repeated(who: Actor, how: str) -> Iterator[None]:
    """Around an act that leaves nothing to be told: whoever did just that before hears that it is done."""
    try:
        yield
    except Over as over:
        if (over.how, over.by) != (how, who.person_id):
            raise


def decided_already(who: Actor, handover_id: int, state: str, refusal: Forbidden | Over) -> int:
    """The item of an offer that this person decided just so before; raises the refusal otherwise."""
    found = find_handover(who, handover_id).handover
    if not who.may_scope("write") or (found.state, found.decided_by) != (state, who.person_id):
        raise refusal
    return found.item_id


def _did(who: Actor, item_id: int, kinds: tuple[str, ...]) -> bool:
    try:
        told = done_already(find_item(who, item_id), *kinds)
    except NotFound:
        return False
    return told is not None and told.actor_id == who.person_id
