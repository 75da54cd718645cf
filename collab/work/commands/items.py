"""Changing, assigning, finishing and reopening an item."""

from typing import Any

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.envelope import command, open_command, record, session
from collab.core.forms import wrong
from collab.core.i18n import N_, _, ngettext
from collab.people.models import Party

from ..ball import end_waits, give, settle, settle_opened_again
from ..desks import holder_desk, refuse_named_to_unit
from ..events import (
    ItemAssigned,
    ItemBegun,
    ItemCancelled,
    ItemCompleted,
    ItemEdited,
    ItemReadByAuditor,
    ItemReopened,
    ItemTaken,
    ItemUnwatched,
    ItemWatched,
    LedgerRead,
    ListReadByAuditor,
)
from ..forms import Assign, Cancel, Complete, EditItem, LedgerFilter
from ..kinds import never_due
from ..models import Wait, WorkItem
from ..on_behalf import behalf
from ..opening import labels_of, parent_for, set_labels, unseen_parent
from ..policy import (
    heads,
    is_open,
    items,
    may_assign,
    may_begin,
    may_change,
    may_close,
    may_reopen,
    may_take,
    may_take_part,
    visible_to,
)
from ..taking_part import join, leave
from ..undoing import stood
from .handovers import settle_dispute, withdraw_open_offer
from .merging import unmerge
from .named import end_watching

NOT_YOURS = N_("This unit is not yours to assign in; hand the item over instead.")
NOT_TO_NARROW = N_("Only whoever created it, or heads its unit, keeps an item to named people.")
UNIT_IS_ASKED = N_("A unit or a post is asked something on it and would not see it any more. End that question first.")
IS_OPEN: Any = WorkItem.state_kind.in_(("new", "active", "waiting"))
COUNTED = 100
FIELDS = ("title", "body", "priority", "start_on", "due_on", "reach", "effort_minutes", "spent_minutes")


@command(may_change, on=items)
def edit(actor: Actor, item: WorkItem, form: EditItem) -> int:
    """Change what an item says: title, text, priority, dates, labels, parent, who may see it."""
    if form.reach == "named" and item.reach != "named":
        _narrow(actor, item)
    never = never_due([item], form.due_on)
    if never:
        raise wrong("due_on", never[item.id])
    changed = [name for name in FIELDS if getattr(item, name) != getattr(form, name)]
    was, title = stood(item, changed), item.title
    for name in changed:
        setattr(item, name, getattr(form, name))
    parent = parent_for(actor, form.parent, item) if form.parent is not None else unseen_parent(actor, item)
    if parent != item.parent_id:
        item.parent_id = parent
        changed.append("parent")
    labels = labels_of(item)
    if set_labels(item, list(form.labels)):
        changed.append("labels")
        was["labels"] = labels
    if "reach" in changed and item.reach == "named":
        join(item.id, actor.person_id, "named", clock.now())
        end_watching(item)
    if changed:
        settle(item, actor.person_id, clock.now())
        due = item.due_on.isoformat() if item.due_on and "due_on" in changed else None
        titles = (title, item.title) if "title" in changed else ("", "")
        record(
            ItemEdited(
                subject=item.id, fields=",".join(changed), due_on=due, was=was, now=stood(item, changed),
                title_was=titles[0], title_now=titles[1],
            ),
            on_behalf_of=behalf(actor, item.holder_id),
        )  # fmt: skip
    return item.id


def _narrow(actor: Actor, item: WorkItem) -> None:
    """To named people only: not by whoever merely holds it, and not while a unit holds it or is offered it."""
    if not (actor.is_system or item.created_by == actor.person_id or heads(actor, item)):
        raise wrong("reach", _(NOT_TO_NARROW))
    refuse_named_to_unit("named", item.holder_id, "reach")
    if _a_unit_is_asked(item):
        raise wrong("reach", _(UNIT_IS_ASKED))
    withdraw_open_offer(actor, item)


def _a_unit_is_asked(item: WorkItem) -> bool:
    """Whether something is expected of a unit or a post that nobody of them has taken: they would not see it any more,
    and the clock might stand for good."""
    open_ones = (Wait.item_id == item.id, Wait.ended_at.is_(None), Wait.taken_by.is_(None))
    asked = select(Wait.id).join(Party, Party.id == Wait.of_id).where(Party.kind.in_(("unit", "post")), *open_ones)
    return session().scalar(asked.where(Wait.sense.not_in(("task", "handover"))).limit(1)) is not None


@command(may_assign, on=items)
def assign(actor: Actor, item: WorkItem, form: Assign) -> int:
    """Give an item to somebody of one's own units at once; to nobody puts it back into the unit's tray."""
    if not is_open(item):
        raise wrong("holder", _(N_("A finished item has no holder. Open it again first.")))
    refuse_named_to_unit(item.reach, form.holder or item.desk_unit_id, "holder")
    before = item.holder_id
    desk = item.desk_unit_id if form.holder is None else holder_desk(form.holder, prefer=item.desk_unit_id)
    if not actor.is_system and desk not in actor.headed:
        raise wrong("holder", _(NOT_YOURS))
    if form.holder != before or desk != item.desk_unit_id:
        offer = withdraw_open_offer(actor, item)
        left, was = item.desk_unit_id, item.state_kind
        _begin(item)
        decided = settle_dispute(actor, item, clock.now())
        give(item, form.holder, desk, actor.person_id, clock.now())
        record(
            ItemAssigned(
                subject=item.id, holder=form.holder, before=before, unit=desk, left=left, was=was, offer=offer,
                decided=decided,
            )
        )  # fmt: skip
    return item.id


@command(may_take, on=items)
def take(actor: Actor, item: WorkItem) -> int:
    """Take an item out of one's unit's tray."""
    before, was = item.holder_id, item.state_kind
    _begin(item)
    give(item, actor.person_id, item.desk_unit_id, actor.person_id, clock.now())
    record(ItemTaken(subject=item.id, before=before, unit=item.desk_unit_id, was=was))
    return item.id


@command(may_begin, on=items)
def begin(actor: Actor, item: WorkItem) -> int:
    """Begin to work on a new item: it is in progress."""
    was = item.state_kind
    if was == "new":
        _begin(item)
        settle(item, actor.person_id, clock.now())
        record(ItemBegun(subject=item.id, was=was), on_behalf_of=behalf(actor, item.holder_id))
    return item.id


def _begin(item: WorkItem) -> None:
    if item.state_kind == "new":
        item.state_kind = "active"


@command(may_close, on=items)
def complete(actor: Actor, item: WorkItem, form: Complete) -> int:
    """Finish an item. Every open question on it ends with it. Raises Invalid at `parts_stay` while parts of it that the
    actor sees are still open, unless they stay so."""
    if not form.parts_stay:
        _refuse_open_parts(actor, item)
    ended = _close(actor, item, "done")
    record(ItemCompleted(subject=item.id, outcome=form.outcome, **ended), on_behalf_of=behalf(actor, item.holder_id))
    return item.id


def _refuse_open_parts(actor: Actor, item: WorkItem) -> None:
    some = select(WorkItem.id).where(WorkItem.parent_id == item.id, IS_OPEN, visible_to(actor)).limit(COUNTED)
    left = session().scalar(select(func.count()).select_from(some.subquery())) or 0
    if left:
        raise wrong("parts_stay", open_parts(left))


def open_parts(left: int) -> str:
    """What becomes of parts that are still open when the whole is finished."""
    return ngettext(
        "%(count)s part of it is still open and stays open.",
        "%(count)s parts of it are still open and stay open.",
        left,
        count=digits(left),
    )


@command(may_close, on=items)
def cancel(actor: Actor, item: WorkItem, form: Cancel) -> int:
    """Give an item up, with the reason."""
    ended = _close(actor, item, "cancelled")
    record(ItemCancelled(subject=item.id, reason=form.reason, **ended), on_behalf_of=behalf(actor, item.holder_id))
    return item.id


def _close(actor: Actor, item: WorkItem, state_kind: str) -> dict[str, Any]:
    """Close it; what the fact keeps of how it stood, so that it can be undone."""
    at, was = clock.now(), item.state_kind
    offer = withdraw_open_offer(actor, item)
    item.state_kind, item.closed_at = state_kind, at
    waits = end_waits(item, actor.person_id or None, at, "withdrawn")
    settle(item, actor.person_id or item.created_by, at)
    return {"was": was, "waits": waits, "offer": offer}


@command(may_reopen, on=items)
def reopen(actor: Actor, item: WorkItem) -> int:
    """Open a finished item again, with the holder it had where they still work here."""
    item.state_kind, item.closed_at = "active", None
    unmerge(item.id)
    held, lay = item.holder_id, item.desk_unit_id
    moved = settle_opened_again(item, actor.person_id, clock.now())
    went = {"holder": item.holder_id, "before": held, "unit": item.desk_unit_id, "left": lay} if moved else {}
    record(ItemReopened(subject=item.id, **went))
    return item.id


@command(may_take_part, on=items)
def watch(actor: Actor, item: WorkItem) -> int:
    """Follow an item: hear of what happens to it."""
    join(item.id, actor.person_id, "watcher", clock.now())
    record(ItemWatched(subject=item.id), quiet=True)
    return item.id


@command(may_take_part, on=items)
def unwatch(actor: Actor, item: WorkItem) -> int:
    """Stop following an item."""
    leave(item.id, "watcher", clock.now(), party_id=actor.person_id)
    record(ItemUnwatched(subject=item.id), quiet=True)
    return item.id


def _is_auditor(actor: Actor, _thing: None) -> bool:
    return actor.is_auditor


@open_command(_is_auditor)
def note_auditor_reading(_actor: Actor, item_ids: list[int]) -> None:
    """Write into the ledger that an auditor read these items, which were found within their sight."""
    for item_id in item_ids:
        record(ItemReadByAuditor(subject=item_id), quiet=True)


@open_command(_is_auditor)
def note_list_reading(_actor: Actor, door: str, asked: str, count: int) -> None:
    """Write into the ledger that an auditor was shown a list, what they asked for, and how many lines it had."""
    record(ListReadByAuditor(subject=1, door=door, asked=asked, number=count), quiet=True)


@open_command(_is_auditor)
def note_ledger_reading(_actor: Actor, asked: LedgerFilter) -> None:
    """Write into the ledger that an auditor read it, and what they asked for."""
    record(
        LedgerRead(
            subject=1,
            person=asked.person,
            of_kind=asked.kind or "",
            item=asked.item or "",
            since=asked.since.isoformat() if asked.since else None,
            until=asked.until.isoformat() if asked.until else None,
        ),
        quiet=True,
    )
