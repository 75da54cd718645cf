"""What people hear of, after commit: notifications, and hints to the pages that show what is expected of them."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ARRAY, BigInteger, cast, func, or_, select, union, update
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.orm import Session

from collab.core import realtime
from collab.core.actor import SYSTEM
from collab.core.envelope import afterwards, session
from collab.core.facts import FactRow
from collab.core.reactions import Told, reacts
from collab.messaging.events import (
    ConversationArchived,
    ConversationReopened,
    MessageDeleted,
    MessageHidden,
    MessagePosted,
    MessageReceiptGiven,
    MessageShownAgain,
)
from collab.messaging.models import Conversation, Message, MessageReceipt
from collab.messaging.owners import Owner, rooms
from collab.people.models import Party, Post
from collab.work import events as work
from collab.work import reading_events as reading
from collab.work.audience import named_rooms
from collab.work.models import Wait
from collab.work.reminder_events import ReminderCame

from .hearing import CONVERSATION, HEARD, WORK_ITEM, Hearing, hearing
from .models import Notification
from .notifying import Recipient, recipients, write
from .putting_off import bring_back_touched

MY_DAY = "my-day"
MINE = "mine"
INBOX = "inbox"


@reacts(*HEARD, notifies=True)
def notify(told: Told) -> None:
    """One line in the inbox of everybody whom the fact concerns and who may see what it is about."""
    heard = hearing(told.fact)
    if heard is not None:
        tell_people(told, heard)


Recipients = dict[int, Recipient]


def tell_people(told: Told, heard: Hearing, apart: Callable[[Recipients], Recipients] | None = None) -> None:
    """Write what was heard into the inboxes it is for. For the packages above, whose facts are not known here. `apart`
    leaves out of it what a letter of their own will tell."""
    current = session()
    found = recipients(current, told, heard)
    people = write(current, told, heard.item_id, apart(found) if apart else found, heard.about)
    if people:
        afterwards(lambda: hint_inboxes(people))  # a page that asks before would see the old state


@reacts(MessageReceiptGiven)
def read_what_was_confirmed(told: Told) -> None:
    """A line that only asks for what its reader confirmed, elsewhere perhaps, is read once nothing that it tells of is
    left to confirm: no letter and no pop-up asks."""
    fact: Any = told.fact
    ends = FactRow.id.in_((Notification.first_fact_id, Notification.last_fact_id))
    # Said to belong to the line that is changed: else they would be the ends of all lines of everybody.
    since = select(func.min(FactRow.at)).where(ends).correlate(Notification).scalar_subquery()
    named = select(FactRow.payload["message"].astext.cast(BigInteger)).where(ends).correlate(Notification)
    given = select(MessageReceipt).where(
        MessageReceipt.message_id == Message.id, MessageReceipt.person_id == told.actor_id
    )
    left = (
        select(Message.id)
        .where(Message.conversation_id == fact.subject, Message.asks_receipt, Message.author_id != told.actor_id)
        .where(Message.deleted_at.is_(None), Message.hidden_reason.is_(None), ~given.exists())
        .where(or_(Message.created_at >= since, Message.id.in_(named)))
    )
    mine = (Notification.person_id == told.actor_id) & Notification.read_at.is_(None)
    talk = (Notification.subject_kind == CONVERSATION) & (Notification.subject_id == fact.subject)
    only = Notification.reasons.contained_by(cast(["to-read", "nudged"], ARRAY(TEXT)))
    read = update(Notification).where(mine, talk, only, ~left.exists()).values(read_at=told.at)
    people = list(session().scalars(read.returning(Notification.person_id)))
    if people:
        afterwards(lambda: hint_inboxes(people))


@reacts(*HEARD, work.ItemEdited, work.ItemKindChanged, work.WaitTaken, work.FileAdded, work.FileReplaced)
def bring_back(told: Told) -> None:
    """What somebody put off until others touch the item stands on their day again. A reminder that went out by itself
    is nobody's touch."""
    if isinstance(told.fact, ReminderCame):
        return
    if isinstance(told.fact, work.WaitNudged) and told.actor_id == SYSTEM.person_id:
        return
    heard = hearing(told.fact)
    if heard is not None and heard.about != WORK_ITEM:
        return
    item = heard.item_id if heard else told.fact.subject if told.fact.subject_kind == WORK_ITEM else 0
    people = bring_back_touched(item, told.actor_id, told.at) if item else []
    if people:
        afterwards(lambda: hint_days(people))


def hint_days(people: Iterable[int]) -> None:
    for person in people:
        realtime.hint([f"self:{person}"], MY_DAY, MINE)


def hint_inboxes(people: Iterable[int]) -> None:
    for person in people:
        realtime.hint([f"self:{person}"], INBOX, person)


@reacts(
    work.ItemOpened, work.ItemAssigned, work.ItemTaken, work.ItemCompleted, work.ItemCancelled, work.ItemMerged,
    work.ItemMergedHere, work.ItemParted, work.ItemReopened,
    work.ItemEdited, work.WaitOpened, work.WaitAnswered, work.WaitWithdrawn, work.WaitTaken, work.HandoverOffered,
    work.HandoverAccepted, work.HandoverReturned, work.HandoverWithdrawn, work.ItemUndone, work.WaitDayCame,
    work.WaitLapsed, work.WaitEscalated, reading.AcknowledgementAsked, reading.ItemAcknowledged,
)  # fmt: skip
def hint_my_day(told: Told) -> None:
    """What is expected changed for those of whom and by whom something was or is awaited on this item.

    Units that ask or are asked need not see the item, so the hint does not say which it was; and what is for named
    people only is said to nobody else.
    """
    if told.fact.subject:
        closed = named_rooms(session(), told.fact.subject)
        realtime.hint(_rooms_around(session(), told) if closed is None else closed, MY_DAY, MINE)


@reacts(MessageReceiptGiven)
def hint_own_day(told: Told) -> None:
    """What somebody confirmed is expected of them no more, on each page that they have open."""
    hint_days([told.actor_id])


@reacts(MessagePosted, MessageDeleted, MessageHidden, MessageShownAgain, ConversationArchived, ConversationReopened)
def hint_days_of_asked(told: Told) -> None:
    """A message that asks to be confirmed stands on the days of those who read it, or does so no more."""
    fact: Any = told.fact
    if isinstance(fact, MessagePosted) and not fact.asks_receipt:
        return
    asks = select(Message.id).where(Message.conversation_id == Conversation.id, Message.asks_receipt)
    if hasattr(fact, "message"):
        asks = asks.where(Message.id == fact.message)
    talk = (Conversation.id == fact.subject) & (Conversation.kind == "announcement") & asks.exists()
    owner = session().execute(select(Conversation.owner_kind, Conversation.owner_id).where(talk)).one_or_none()
    if owner is not None:
        realtime.hint(rooms(Owner(owner.owner_kind or "", owner.owner_id or 0)), MY_DAY, MINE)


def _rooms_around(current: Session, told: Told) -> list[str]:
    """Rooms of the people and units between whom something was or is awaited, as it stood around this fact."""
    concerned = (Wait.item_id == told.fact.subject) & or_(Wait.ended_at.is_(None), Wait.ended_at >= told.at)
    columns = (Wait.of_id, Wait.by_id, Wait.by_unit_id, Wait.tray_unit_id, Wait.taken_by)
    parties = union(
        *(select(column.label("id")).where(concerned, column.is_not(None)) for column in columns)
    ).subquery()
    rows = current.execute(
        select(Party.id, Party.kind, Post.unit_id)
        .join(parties, parties.c.id == Party.id)
        .outerjoin(Post, Post.id == Party.id)
    )
    rooms = {
        "person": lambda row: f"person:{row.id}",
        "unit": lambda row: f"unit:{row.id}",
        "post": lambda row: f"unit:{row.unit_id}",
    }
    return sorted(rooms[row.kind](row) for row in rows if row.kind in rooms)
