"""Saying that one has read, passing a message on, and wanting to hear of it again."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import instant_of, local_day
from collab.core.envelope import command, open_command, record, session, system
from collab.core.forms import wrong
from collab.core.i18n import _

from ..events import MessageReceiptGiven, MessageReminderCame
from ..forms import Forward, Remind, Say
from ..mentions import FORWARDED
from ..models import Conversation, Message, MessageReceipt, MessageReminder
from ..policy import may_confirm, may_follow, may_pass_on, messages
from .calling import MOST, TOO_LONG
from .changing import owner_of
from .saying import Sent, post

MORNING = time(8)
A_BATCH = 200
MONDAY = 0


@command(may_confirm, on=messages, lock=False)
def confirm(actor: Actor, message: Message) -> int:
    """Say that one has read a message that asks for it; once is enough."""
    row = {"message_id": message.id, "person_id": actor.person_id, "at": clock.now()}
    made = session().scalar(
        insert(MessageReceipt).values(row).on_conflict_do_nothing().returning(MessageReceipt.person_id)
    )
    if made:
        owner = owner_of(message.conversation_id)
        record(
            MessageReceiptGiven(
                subject=message.conversation_id, message=message.id, owner_kind=owner.kind, owner=owner.id
            )
        )
    return message.id


@command(may_pass_on, on=messages, lock=False)
def forward(actor: Actor, message: Message, form: Forward, nonce: str) -> Sent:
    """Pass a message on into another talk. What it says is shown there to those alone who may read it where it stands.

    Raises NotFound where the other talk is not the actor's to read, Forbidden where they may not write.
    """
    link = f"[{_(FORWARDED)}](/messages/{message.id}/place)"
    text = f"{form.note}\n\n{link}" if form.note else link
    if len(text) > MOST:
        raise wrong("note", _(TOO_LONG, limit=MOST - len(link) - 2))
    return post(actor, form.talk, Say(text=text, nonce=nonce), aside=True)


@command(may_pass_on, on=messages, lock=False)
def remind_me(actor: Actor, message: Message, form: Remind) -> int:
    """Hear of a message again at a time of one's choice; the last choice counts."""
    row = {"message_id": message.id, "person_id": actor.person_id, "due_at": moment(actor.time_zone, form.when)}
    session().execute(
        insert(MessageReminder)
        .values(row)
        .on_conflict_do_update(index_elements=["message_id", "person_id"], set_={"due_at": row["due_at"]})
    )
    return message.id


@command(may_follow, on=messages, lock=False)
def forget_reminder(actor: Actor, message: Message) -> int:
    """Not hear of a message again after all; who wanted no such thing changes nothing. It may be gone meanwhile."""
    mine = (MessageReminder.message_id == message.id) & (MessageReminder.person_id == actor.person_id)
    session().execute(delete(MessageReminder).where(mine))
    return message.id


def moment(zone: str, when: str) -> datetime:
    """The instant that somebody chose, by the clock on their wall."""
    now = clock.now()
    if when == "hour":
        return now + timedelta(hours=1)
    day = local_day(now, zone) + timedelta(days=1)
    while when == "monday" and day.weekday() != MONDAY:
        day += timedelta(days=1)
    return instant_of(day, MORNING, str(ZoneInfo(zone)))


@open_command(system)
def tell_reminders(_actor: Actor) -> int:
    """Tell people of the messages whose time has come, the next few hundred. Gives how many reminders are gone."""
    due = (
        select(MessageReminder.message_id, MessageReminder.person_id)
        .where(MessageReminder.due_at <= clock.now())
        .order_by(MessageReminder.due_at)
        .limit(A_BATCH)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    mine = (MessageReminder.message_id == due.c.message_id) & (MessageReminder.person_id == due.c.person_id)
    gone = (
        delete(MessageReminder)
        .where(mine)
        .returning(MessageReminder.message_id, MessageReminder.person_id, MessageReminder.due_at)
        .cte("gone")
    )
    rows = (
        session()
        .execute(
            select(gone.c.message_id, gone.c.person_id, Message.deleted_at, Message.conversation_id)
            .add_columns(Conversation.owner_kind, Conversation.owner_id)
            .join(Message, Message.id == gone.c.message_id)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .order_by(gone.c.due_at, gone.c.message_id, gone.c.person_id)
        )
        .all()
    )
    for row in rows:
        if row.deleted_at is None:
            record(
                MessageReminderCame(
                    subject=row.conversation_id, message=row.message_id, owner_kind=row.owner_kind,
                    owner=row.owner_id, person=row.person_id,
                )
            )  # fmt: skip
    return len(rows)


__all__ = ["confirm", "forget_reminder", "forward", "remind_me", "tell_reminders"]
