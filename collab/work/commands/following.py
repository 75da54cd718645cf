"""What lay in a unit that is closed goes to the unit that takes over: in batches, each a transaction of its own.

Open items with owner, desk and holder, what is expected of the unit or its posts or was asked by them, offers that
stand. References keep their number; what is finished stays where it was, and the people who take over may read it.
Each batch asks anew what still lies there, so that being told twice, or killed half-way, does nothing twice.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import hush, open_command, record, session, system, take_long
from collab.core.package import WITH_UNIT
from collab.people.models import Membership, Party, Person, Unit
from collab.people.organisation import following
from collab.people.standing import valid_on

from ..ball import give, settle
from ..desks import desk_of, head_post, organisation_day
from ..events import ExpectedFollowed, HandoverWithdrawn, ItemFollowed
from ..following import Closed, read_on, still_there
from ..models import Handover, Wait, WorkItem
from ..policy import is_open
from ..taking_part import join, leave

BATCH: Final = 100
"""Items at once: each transaction must be over before the telling of other things waits for it."""


@open_command(system)
def follow_closed_unit(_actor: Actor, unit_id: int) -> bool:
    """Move one batch of what lies in a closed unit to the unit that takes over. Whether there may be more."""
    take_long()
    hush()
    at = clock.now()
    today = organisation_day(at)
    # One at a time; and nobody closes the unit that takes over in the meantime.
    unit = session().scalars(select(Unit).where(Unit.id == unit_id).with_for_update(key_share=True)).one()
    into = following.successor(session(), unit_id, today)
    if unit.valid_to is None or unit.valid_to > today or into is None:
        return False
    session().execute(select(Unit.id).where(Unit.id == into).with_for_update(key_share=True))
    closed = Closed.of(session(), unit_id)
    found = still_there(session(), closed, BATCH)
    locked = select(WorkItem).where(WorkItem.id.in_(found)).order_by(WorkItem.id).with_for_update(key_share=True)
    for item in session().scalars(locked.execution_options(populate_existing=True)):
        if is_open(item):
            _follow(item, closed, into, at)
    session().flush()
    if found or (unit.into_id is not None and read_on(session(), closed, into, at)):
        return True
    if unit.followed_at is None and unit.into_id is not None:
        for each in WITH_UNIT:
            if each.goes is not None:
                each.goes(session(), unit_id, into)
        unit.followed_at = at
    return False


def _follow(item: WorkItem, closed: Closed, into: int, at: datetime) -> None:
    """One item, with all that is expected on it."""
    holder, desk, moves = item.holder_id, item.desk_unit_id, item.unit_id == closed.unit
    if moves:
        item.unit_id = into
    if desk == closed.unit or holder in closed.parties:
        moves = True
        holder, desk = _new_holder(item, closed, into)
    expected = _waits(item, closed, into, at)
    expected += _offer(item, closed, into, at)
    asked_by = session().scalar(
        select(Wait.by_id).where(Wait.item_id == item.id, Wait.sense == "task", Wait.ended_at.is_(None))
    )
    if moves:
        item.version += 1
        give(item, holder, desk, asked_by or item.created_by, at)
        record(ItemFollowed(subject=item.id, closed=closed.unit, unit=into, holder=holder))
    else:
        settle(item, asked_by or item.created_by, at)
        if expected:
            record(ExpectedFollowed(subject=item.id, closed=closed.unit, unit=into))


def _new_holder(item: WorkItem, closed: Closed, into: int) -> tuple[int | None, int]:
    """Who has the ball now, and in which unit: people who go along keep it, everything else lies in the tray."""
    holder = item.holder_id
    if holder is None or holder in closed.parties:
        return None, into
    if item.reach == "named":
        return holder, desk_of(holder, prefer=into) or into
    return (holder, into) if _belongs(holder, into) else (None, into)


def _belongs(party: int, unit: int) -> bool:
    today = organisation_day()
    member = (
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.person_id == party, Membership.unit_id == unit, valid_on(Membership, today), Person.active)
    )
    return session().scalar(select(member.exists())) or False


def _waits(item: WorkItem, closed: Closed, into: int, at: datetime) -> int:
    """What is expected on an item of the closed unit or by it. Tasks follow the ball, offers the handover."""
    waits = session().scalars(select(Wait).where(Wait.item_id == item.id, Wait.ended_at.is_(None)).order_by(Wait.id))
    moved = 0
    for wait in waits:
        before = (wait.of_id, wait.by_id, wait.by_unit_id, wait.tray_unit_id, wait.level_unit_id)
        if wait.of_id in closed.parties and wait.sense not in ("task", "handover"):
            _awaited(item, wait, into, at)
        if wait.by_id in closed.parties:
            wait.by_id = into
        if wait.by_unit_id == closed.unit:
            wait.by_unit_id = into
        if wait.tray_unit_id == closed.unit and wait.sense != "task":
            wait.tray_unit_id = into
        if wait.level_unit_id == closed.unit:
            wait.level_unit_id = into
        if before != (wait.of_id, wait.by_id, wait.by_unit_id, wait.tray_unit_id, wait.level_unit_id):
            wait.version += 1
            moved += wait.sense != "task"
    session().flush()
    return moved


def _awaited(item: WorkItem, wait: Wait, into: int, at: datetime) -> None:
    """Who took a question out of the tray keeps it if they go along. What went up lies on the new head's day."""
    was = wait.of_id
    head = head_post(into) if wait.sense == "lapse" else None
    wait.of_id = head or into
    if wait.taken_by is not None and not _belongs(wait.taken_by, into):
        wait.taken_by = None
    wait.tray_unit_id = into if head is None and wait.taken_by is None else None
    if wait.sense == "lapse" and wait.by_id == was:
        wait.by_id = wait.of_id  # one that was not sent up by hand: see lapsing
    leave(item.id, "asked", at, party_id=was)
    join(item.id, wait.of_id, "asked", at)


def _offer(item: WorkItem, closed: Closed, into: int, at: datetime) -> int:
    """A standing offer to the closed unit, or from it, follows; one that came to be within a single unit ends."""
    offer = session().scalar(select(Handover).where(Handover.item_id == item.id, Handover.state == "offered"))
    if offer is None or closed.unit not in (offer.to_unit_id, offer.from_unit_id):
        return 0
    wait = session().get_one(Wait, offer.wait_id)
    if offer.from_unit_id == closed.unit:
        offer.from_unit_id = into
        offer.from_id = None if offer.from_id in closed.parties else offer.from_id
    if offer.to_unit_id == closed.unit:
        kind = session().scalar(select(Party.kind).where(Party.id == offer.to_id))
        leave(item.id, "offered", at)
        if kind != "person" or not _belongs(offer.to_id, into):
            offer.to_id = wait.of_id = wait.tray_unit_id = into
        offer.to_unit_id = into
        join(item.id, offer.to_id, "offered", at)
        if item.reach != "named":
            join(item.id, into, "offered", at)
    wait.version += 1
    if offer.from_unit_id == offer.to_unit_id:
        offer.state, offer.decided_at = "withdrawn", at
        wait.ended_at, wait.ended_how, wait.ended_by = at, "withdrawn", offer.offered_by
        leave(item.id, "offered", at)
        record(HandoverWithdrawn(subject=item.id, handover=offer.id, to_unit=into))
    session().flush()
    return 1
