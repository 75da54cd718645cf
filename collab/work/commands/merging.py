"""Two items that are the same become one: the older goes on, the other is closed and leads there.

Both numbers stay. Open questions go along, so that what was asked is still awaited; files and talk stay where they were
written, and whoever takes part in the one that is closed follows the other from then on.
"""

from typing import Any

from sqlalchemy import delete, insert, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.forms import wrong
from collab.core.i18n import N_, _

from ..ball import end_waits, settle
from ..events import ItemMerged, ItemMergedHere, ItemParted
from ..forms import Merge
from ..models import Link, Participant, Wait, WorkItem
from ..on_behalf import behalf
from ..policy import is_open, items, may_change, may_close, visible_to
from ..queries.items import named_by
from ..taking_part import join, leave
from .handovers import withdraw_open_offer

MERGED = "merged"
NO_SUCH_ITEM = N_("There is no such item, or it is not for you to see.")
ITSELF = N_("This is the same item. Name the other one.")
NOT_YOURS = N_("Only who may change both merges them; this one is not yours to change.")
FINISHED = N_("That one is finished already. Link the two instead.")
OTHER_READERS = N_("One of the two is for named people only. Open it to the same readers first.")
PART = N_("One is a part of the other; that is no duplicate.")


@command(may_close, on=items)
def merge(actor: Actor, item: WorkItem, form: Merge) -> dict[str, Any]:
    """Make one of two items. Returns the reference of the one that goes on and of the one that is closed."""
    other = _other(actor, item, form.item)
    keep, gone = sorted((item, other), key=lambda each: (each.created_at, each.id))
    at, was, behalf_of = clock.now(), gone.state_kind, behalf(actor, gone.holder_id)
    offer = withdraw_open_offer(actor, gone)
    moved, ending, met = _move_questions(gone.id, keep.id)
    gone.state_kind, gone.closed_at = "cancelled", at
    ended = end_waits(gone, actor.person_id, at, "withdrawn")
    settle(gone, actor.person_id, at)
    role, joined, again = _follow(gone, keep, at)
    session().execute(
        insert(Link).values(
            from_id=gone.id, to_id=keep.id, kind=MERGED, lag_days=0, created_by=actor.person_id, created_at=at
        )
    )
    settle(keep, actor.person_id, at)
    record(ItemMergedHere(subject=keep.id, other=gone.id))
    record(
        ItemMerged(
            subject=gone.id,
            other=keep.id,
            was=was,
            waits=ended,
            offer=offer,
            moved=moved,
            ending=ending,
            met=met,
            joined=joined,
            again=again,
            role=role,
        ),
        on_behalf_of=behalf_of,
    )
    return {"keep": keep.reference, "gone": gone.reference}


def _other(actor: Actor, item: WorkItem, ref: str) -> WorkItem:
    """The other item, locked. Raises Invalid at `item` where the two cannot become one."""
    other = session().scalar(
        select(WorkItem).where(named_by(ref.strip()), visible_to(actor)).with_for_update(key_share=True)
    )
    if other is None:
        raise wrong("item", _(NO_SUCH_ITEM))
    if other.id == item.id:
        raise wrong("item", _(ITSELF))
    if not may_change(actor, other):
        raise wrong("item", _(NOT_YOURS))
    if not is_open(other):
        raise wrong("item", _(FINISHED))
    if (item.reach == "named") != (other.reach == "named"):
        raise wrong("item", _(OTHER_READERS))
    if item.parent_id == other.id or other.parent_id == item.id:
        raise wrong("item", _(PART))
    return other


def _move_questions(gone: int, keep: int) -> tuple[list[int], list[int], list[int]]:
    """Open questions on the one are asked on the other from now on; what waited for its end waits for the other's,
    except the other itself. Which were moved, which wait for another end, and which ended."""
    asked = update(Wait).where(Wait.item_id == gone, Wait.ended_at.is_(None), Wait.sense == "answer")
    moved = session().scalars(asked.values(item_id=keep).returning(Wait.id)).all()
    ending = update(Wait).where(Wait.for_item_id == gone, Wait.ended_at.is_(None))
    ends = ending.where(Wait.item_id.is_distinct_from(keep)).values(for_item_id=keep).returning(Wait.id)
    others = session().scalars(ends).all()
    over = {"ended_at": clock.now(), "ended_how": "answered"}
    met = list(session().scalars(ending.where(Wait.item_id == keep).values(over).returning(Wait.id)))
    circle = update(Wait).where(Wait.item_id == keep, Wait.for_item_id == keep, Wait.ended_at.is_(None))
    met += session().scalars(circle.values(over).returning(Wait.id))
    return sorted(moved), sorted(others), sorted(met)


def _follow(gone: WorkItem, keep: WorkItem, at: Any) -> tuple[str, list[int], list[int]]:
    """Whoever takes part in the one goes on reading in the other. As what, who never did before, and who
    does so again."""
    parties = session().scalars(
        select(Participant.party_id).where(Participant.item_id == gone.id, Participant.until.is_(None)).distinct()
    )
    role = "named" if keep.reach == "named" else "watcher"
    here = select(Participant.party_id).where(Participant.item_id == keep.id, Participant.role == role)
    now = set(session().scalars(here.where(Participant.until.is_(None))))
    once = set(session().scalars(here.where(Participant.until.is_not(None))))
    coming = set(parties) - now
    for party in sorted(coming):
        join(keep.id, party, role, at)
    return role, sorted(coming - once), sorted(coming & once)


def part_again(actor: Actor, gone: WorkItem, act: Any) -> None:
    """The link goes, and what went along comes back: questions, what waits for its end, and who read the other for its
    sake alone reads that no more. For undoing, which opens it again."""
    keep = session().scalar(select(WorkItem).where(WorkItem.id == act.payload["other"]).with_for_update(key_share=True))
    if keep is None:
        return
    kept = {name: act.payload.get(name) or [] for name in ("moved", "ending", "met", "joined", "again")}
    met = update(Wait).where(Wait.id.in_(kept["met"]), Wait.ended_how == "answered", Wait.ended_by.is_(None))
    session().execute(met.values(ended_at=None, ended_how=None))
    for name, back in (("moved", {"item_id": gone.id}), ("ending", {"for_item_id": gone.id})):
        session().execute(update(Wait).where(Wait.id.in_(kept[name]), Wait.ended_at.is_(None)).values(back))
    role = act.payload.get("role", "")
    joined = Participant.party_id.in_(kept["joined"]) & (Participant.role == role)
    session().execute(delete(Participant).where(Participant.item_id == keep.id, joined))
    for party in kept["again"]:
        leave(keep.id, role, clock.now(), party_id=party)
    unmerge(gone.id)
    session().flush()
    settle(gone, actor.person_id, clock.now())
    settle(keep, actor.person_id, clock.now())
    record(ItemParted(subject=keep.id, other=gone.id))


def unmerge(item_id: int) -> None:
    """What was merged into another item leads there no more."""
    session().execute(delete(Link).where(Link.from_id == item_id, Link.kind == MERGED))
