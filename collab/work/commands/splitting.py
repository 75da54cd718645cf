"""When a unit was split its open work follows: in batches, each a transaction of its own, up to where it had come.

What was chosen by itself goes alone: to the tray there, unless whoever holds it goes there too. What somebody or a post
holds goes along with them; what nobody holds, with its label, else with the tray. An item that the unit owns goes where
it lies. Questions and offers to the tray go with the tray, those to a post with the post.
What is finished stays where it was, and whoever goes to a new unit goes on reading it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import select, text

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import hush, open_command, record, session, system, take_long
from collab.core.package import WITH_UNIT
from collab.people.models import Membership, UnitSplit, UnitSplitLine, UnitSplitPart
from collab.people.organisation.splitting import Plan
from collab.people.standing import valid_on

from ..ball import give, settle
from ..desks import organisation_day
from ..events import ExpectedSplitOff, ItemSplitOff
from ..following import Closed, beyond, read_finished
from ..models import OF_EACH, Handover, Label, Wait, WorkItem, WorkItemLabel
from ..policy import is_open
from ..taking_part import join, leave

BATCH: Final = 100

_OWN_LABELS: Final = (
    text(
        """
        insert into label (unit_id, name, folded)
        select :into, l.name, l.folded from label l join work_item_label w on w.label_id = l.id
        where w.item_id = :item and l.unit_id = :unit on conflict do nothing
        """
    ),
    text(
        """
        insert into work_item_label (item_id, label_id)
        select :item, same.id from label l join work_item_label w on w.label_id = l.id
        join label same on same.unit_id = :into and same.folded = l.folded
        where w.item_id = :item and l.unit_id = :unit on conflict do nothing
        """
    ),
    text(
        """
        delete from work_item_label w using label l
        where w.label_id = l.id and w.item_id = :item and l.unit_id = :unit
        """
    ),
)
"""An item that goes takes its labels along: those of the unit go on there under the same name."""


class Parts(NamedTuple):
    """Where things of the unit go: by who holds them, by label, and what lies in the tray."""

    unit: int
    split: int
    begun: datetime
    today: date
    holders: dict[int, int]
    posts: dict[int, int]
    labels: dict[int, int]
    tray: int | None

    @classmethod
    def of(cls, plan: Plan) -> "Parts":
        goes = {thing: part for thing in plan.lines if (part := plan.unit(*thing)) is not None}
        posts = {id_: plan.lines["post", id_].made_id for sort, id_ in goes if sort == "post"}
        return cls(
            plan.split.unit_id,
            plan.split.id,
            plan.split.carried_at or clock.now(),
            organisation_day(),
            {id_: into for (sort, id_), into in goes.items() if sort in ("person", "post")},
            {id_: made for id_, made in posts.items() if made is not None},
            {id_: into for (sort, id_), into in goes.items() if sort == "label"},
            goes.get(("tray", 0)),
        )


@open_command(system)
def follow_split(_actor: Actor, split_id: int) -> bool:
    """Move one batch of what goes to other units. Whether there may be more."""
    take_long()
    hush()
    at = clock.now()
    split = session().get_one(UnitSplit, split_id, with_for_update={"key_share": True}, populate_existing=True)
    if split.carried_at is None or split.followed_at is not None:
        return False
    plan = Plan.of(session(), split)
    parts = Parts.of(plan)
    found = beyond(session(), Closed(parts.unit, frozenset({parts.unit, *parts.posts})), split.followed_to, BATCH)
    alone = _alone(split.id, found)
    locked = select(WorkItem).where(WorkItem.id.in_(found)).order_by(WorkItem.id).with_for_update(key_share=True)
    for item in session().scalars(locked.execution_options(populate_existing=True)):
        if is_open(item) and item.created_at <= parts.begun:
            _follow(item, parts, alone.get(item.id), at)
    session().flush()
    if found:
        split.followed_to = found[-1]
        return True
    new = [part.unit_id for part in plan.parts if part.new and part.unit_id is not None]
    more = [read_finished(session(), parts.unit, into, parts.begun) for into in new]
    if any(more):
        return True
    for (sort, id_), _line in sorted(plan.lines.items()):
        into = plan.unit(sort, id_)
        for each in WITH_UNIT:
            if each.gives is not None and into is not None:
                each.gives(session(), sort, id_, parts.unit, into)
    split.followed_at = at
    return False


def _alone(split: int, items: Sequence[int]) -> dict[int, int]:
    """Of these items those that were chosen by themselves, and the unit to which each goes; one query."""
    query = (
        select(UnitSplitLine.thing_id, UnitSplitPart.unit_id)
        .join(UnitSplitPart, UnitSplitPart.id == UnitSplitLine.part_id)
        .where(UnitSplitLine.split_id == split, UnitSplitLine.sort == "item", UnitSplitLine.thing_id.in_(items))
    )
    return {item: unit for item, unit in session().execute(query) if unit is not None}


def _follow(item: WorkItem, parts: Parts, alone: int | None, at: datetime) -> None:
    """One item, with what is asked on it; `alone`: the unit to which it goes whoever holds it."""
    alone = alone if item.reach != "named" else None  # it may have become so since this was planned
    into = (alone or _where(item, parts)) if item.desk_unit_id == parts.unit else None
    expected = _waits(item, parts, at) + _offer(item, parts, at)
    asked_by = session().scalar(
        select(Wait.by_id).where(Wait.item_id == item.id, Wait.sense == "task", Wait.ended_at.is_(None))
    )
    if into is not None:
        if item.unit_id == parts.unit:
            item.unit_id = into
            for statement in _OWN_LABELS:
                session().execute(statement, {"item": item.id, "unit": parts.unit, "into": into})
        holder = item.holder_id
        if holder == parts.unit or (alone is not None and not _goes_there(holder, into, parts)):
            holder = None
        elif holder in parts.posts:
            holder = parts.posts[holder]
        item.version += 1
        give(item, holder, into, asked_by or item.created_by, at)
        record(ItemSplitOff(subject=item.id, split=parts.unit, unit=into))
    elif expected:
        settle(item, asked_by or item.created_by, at)
        record(ExpectedSplitOff(subject=item.id, split=parts.unit))


def _goes_there(holder: int | None, into: int, parts: Parts) -> bool:
    """Whether whoever holds an item that goes by itself goes along, or belongs there anyway."""
    if holder is None or parts.holders.get(holder) == into:
        return True
    there = (Membership.person_id == holder) & (Membership.unit_id == into) & valid_on(Membership, parts.today)
    return session().scalar(select(Membership.id).where(there).limit(1)) is not None


def _where(item: WorkItem, parts: Parts) -> int | None:
    """To which unit an item goes that lies here; None: it stays."""
    if item.holder_id is not None and item.holder_id != parts.unit:
        return parts.holders.get(item.holder_id)
    if parts.labels:
        mine = select(WorkItemLabel.label_id).join(Label, Label.id == WorkItemLabel.label_id)
        for label in session().scalars(mine.where(WorkItemLabel.item_id == item.id).order_by(Label.name)):
            if label in parts.labels:
                return parts.labels[label]
    return parts.tray


def _waits(item: WorkItem, parts: Parts, at: datetime) -> int:
    """What is asked of the tray or of a post that goes, or was asked by them. Tasks follow the ball, offers the
    handover."""
    moved = 0
    for wait in session().scalars(
        select(Wait)
        .where(Wait.item_id == item.id, Wait.ended_at.is_(None), Wait.sense.not_in(("task", "handover", *OF_EACH)))
        .order_by(Wait.id)
    ):
        before = (wait.of_id, wait.by_id, wait.by_unit_id, wait.tray_unit_id)
        if wait.of_id in parts.posts:
            _asked(item, wait, parts.posts[wait.of_id], at)
        elif wait.of_id == parts.unit and (into := _asked_where(wait, parts)) is not None:
            _asked(item, wait, into, at)
            wait.tray_unit_id = into if wait.taken_by is None else None
        if wait.by_id in parts.posts:
            wait.by_id, wait.by_unit_id = parts.posts[wait.by_id], parts.holders[wait.by_id]
        elif wait.by_id in parts.holders and wait.by_unit_id == parts.unit:
            wait.by_unit_id = parts.holders[wait.by_id]
        if before != (wait.of_id, wait.by_id, wait.by_unit_id, wait.tray_unit_id):
            wait.version += 1
            moved += 1
    session().flush()
    return moved


def _asked_where(wait: Wait, parts: Parts) -> int | None:
    """A question to the unit goes with who took it out of the tray, else with the tray."""
    return parts.holders.get(wait.taken_by) if wait.taken_by is not None else parts.tray


def _asked(item: WorkItem, wait: Wait, of: int, at: datetime) -> None:
    was, wait.of_id = wait.of_id, of
    leave(item.id, "asked", at, party_id=was)
    join(item.id, of, "asked", at)


def _offer(item: WorkItem, parts: Parts, at: datetime) -> int:
    """A standing offer to the unit or from it goes with the post or person it is of, else with the tray."""
    offer = session().scalar(select(Handover).where(Handover.item_id == item.id, Handover.state == "offered"))
    if offer is None or parts.unit not in (offer.to_unit_id, offer.from_unit_id):
        return 0
    wait = session().get_one(Wait, offer.wait_id)
    before = (offer.to_id, offer.to_unit_id, offer.from_unit_id)
    if offer.to_unit_id == parts.unit:
        into = parts.tray if offer.to_id == parts.unit else parts.holders.get(offer.to_id)
        if into is not None:
            to = into if offer.to_id == parts.unit else parts.posts.get(offer.to_id, offer.to_id)
            leave(item.id, "offered", at)
            wait.tray_unit_id = into if to == into else wait.tray_unit_id
            offer.to_id = wait.of_id = to
            offer.to_unit_id = into
            join(item.id, to, "offered", at)
            if item.reach != "named":
                join(item.id, into, "offered", at)
    if offer.from_unit_id == parts.unit and offer.offered_by in parts.holders:
        offer.from_unit_id = parts.holders[offer.offered_by]
    if before == (offer.to_id, offer.to_unit_id, offer.from_unit_id):
        return 0
    wait.version += 1
    session().flush()
    return 1
