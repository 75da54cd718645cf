"""What is written now and said later, as if its author said it then."""

from datetime import datetime, time, timedelta
from typing import Final

from pydantic import ValidationError
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.dates import digits, instant_of
from collab.core.envelope import Reach, command, open_command, record, session, system
from collab.core.errors import Conflict, Forbidden, Invalid, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.turns import one_by_one
from collab.people.recognise import person_as_actor

from ..events import MessageHeldBack, MessageNotSent
from ..forms import Later, Say
from ..models import Conversation, MessageDraft, MessageToSend
from ..owners import Owner, writes
from ..policy import conversations, may_read
from .calling import MOST as LONGEST
from .calling import addressed
from .drafting import drop_draft
from .receiving import moment
from .saying import CLOSED, post, root_of

FARTHEST: Final = timedelta(days=366)
MOST: Final = 100
PAST: Final = N_("This time has passed. Choose one that is still to come.")
TOO_FAR: Final = N_("Choose a day within the next year.")
TOO_MANY: Final = N_("%(limit)s of your messages wait here already. Take some back first.")
TOO_LONG_A_DRAFT: Final = N_(
    "With the draft in that conversation this is longer than %(limit)s characters. Send or shorten the draft first; "
    "this message stays here meanwhile."
)

waiting: Reach[MessageToSend] = Reach(MessageToSend, lambda actor: MessageToSend.person_id == actor.person_id)


def may_take_back(actor: Actor, later: MessageToSend) -> bool:
    """Only what one wrote oneself."""
    return later.person_id == actor.person_id


@command(may_read, on=conversations, lock=False)
def send_later(actor: Actor, talk: Conversation, form: Later) -> str:
    """Keep a message until its time; asked for twice it is kept once. Gives when it is sent (ISO 8601).

    What is wrong with it is said now: who is called must exist, the talk must be open and the actor write in it.
    """
    owner = Owner(talk.owner_kind or "", talk.owner_id or 0)
    if not session().scalar(select(writes(actor, owner))):
        raise Forbidden
    if talk.archived_at is not None:
        raise Conflict(_(CLOSED))
    text, _called = addressed(form.text)
    if form.reply_to is not None:
        root_of(talk.id, form.reply_to)
    due = _due(actor, form)
    row = {
        "conversation_id": talk.id, "person_id": actor.person_id, "text": text, "reply_to_id": form.reply_to,
        "due_at": due,
    }  # fmt: skip
    one_by_one("messages-to-send", actor.person_id)
    mine = [MessageToSend.person_id == actor.person_id, MessageToSend.conversation_id == talk.id]
    same = select(MessageToSend.id).where(
        *mine, MessageToSend.text == text, MessageToSend.due_at == due,
        MessageToSend.reply_to_id.is_not_distinct_from(form.reply_to),
    )  # fmt: skip
    if session().scalar(same.limit(1)) is None:
        if (session().scalar(select(func.count()).where(*mine)) or 0) >= MOST:
            raise wrong("text", _(TOO_MANY, limit=digits(MOST)))
        session().execute(insert(MessageToSend).values(row))
    drop_draft(actor, owner)
    return due.isoformat()


def _due(actor: Actor, form: Later) -> datetime:
    """The instant, on the whole minute after it."""
    now = clock.now()
    if form.when != "day":
        due = moment(actor.time_zone, form.when)
    else:
        assert form.day is not None
        due = instant_of(form.day, time(form.hour), actor.time_zone)
        if due <= now:
            raise wrong("day", _(PAST))
        if due > now + FARTHEST:
            raise wrong("day", _(TOO_FAR))
    whole = due.replace(second=0, microsecond=0)
    return whole if whole == due else whole + timedelta(minutes=1)


@command(may_take_back, on=waiting)
def take_back(actor: Actor, later: MessageToSend) -> int:
    """Not send it after all: its text becomes the draft of that talk, below what is written there already.

    Gives the talk. Raises Conflict where the two are longer than one message may be.
    """
    owner_kind, owner_id = (
        session()
        .execute(select(Conversation.owner_kind, Conversation.owner_id).where(Conversation.id == later.conversation_id))
        .one()
    )
    row = {
        "person_id": actor.person_id, "owner_kind": owner_kind, "owner_id": owner_id, "text": later.text,
        "at": clock.now(),
    }  # fmt: skip
    kept = insert(MessageDraft).values(row)
    both = MessageDraft.text + "\n\n" + kept.excluded.text
    one = kept.on_conflict_do_update(
        index_elements=["person_id", "owner_kind", "owner_id"], set_={"text": both, "at": row["at"]},
        where=func.char_length(both) <= LONGEST,
    )  # fmt: skip
    if session().scalar(one.returning(MessageDraft.owner_id)) is None:
        raise Conflict(_(TOO_LONG_A_DRAFT, limit=digits(LONGEST)))
    session().delete(later)
    return later.conversation_id


def send_due(later_id: int, author_id: int) -> bool:
    """Say one whose time has come, as its author. False when it could not be said: it waits for its author then, who
    hears of it. For the sweep. Raises TooMany or Busy where it may be said a little later."""
    try:
        who = person_as_actor(author_id)
        if who is None:
            raise NotFound
        return send(who, later_id)
    except (NotFound, Forbidden, Conflict, Invalid, ValidationError):
        refuse_later(SYSTEM, later_id)
        return False


def may_send(actor: Actor, later: MessageToSend) -> bool:
    """Its author alone, once its time has come, unless it was refused before."""
    return later.person_id == actor.person_id and later.refused_at is None and later.due_at <= clock.now()


@command(may_send, on=waiting)
def send(actor: Actor, later: MessageToSend) -> bool:
    """Say what waits and let it wait no longer: both or neither, under the lock that taking it back wants too.

    Its own nonce says it once even if it should be kept in two places.
    """
    form = Say(text=later.text, nonce=f"later-{later.id}", reply_to=later.reply_to_id)
    post(actor, later.conversation_id, form, aside=True)
    session().delete(later)
    return True


@open_command(system)
def refuse_later(_actor: Actor, later_id: int) -> None:
    """It could not be said: it waits for its author, unless they took it back by now."""
    mine = (MessageToSend.id == later_id) & MessageToSend.refused_at.is_(None)
    refused = update(MessageToSend).where(mine).values(refused_at=clock.now())
    row = session().execute(refused.returning(MessageToSend.person_id, MessageToSend.conversation_id)).one_or_none()
    if row is not None:
        record(MessageNotSent(subject=row.conversation_id, later=later_id, person=row.person_id))


@open_command(system)
def hold_back_later(_actor: Actor, later_id: int, seconds: int, why: str) -> None:
    """It cannot be said just yet: it goes behind what is due by now, so that others' are sent in their time.

    What its author has due in the same talk after it moves along, so that their order stays.
    """
    found = select(MessageToSend.person_id, MessageToSend.conversation_id, MessageToSend.due_at)
    one = session().execute(found.where(MessageToSend.id == later_id, MessageToSend.refused_at.is_(None))).one_or_none()
    if one is None:
        return
    now = clock.now()
    until = now + timedelta(seconds=seconds)
    session().execute(
        update(MessageToSend)
        .where(
            MessageToSend.person_id == one.person_id, MessageToSend.conversation_id == one.conversation_id,
            MessageToSend.refused_at.is_(None), MessageToSend.due_at <= now,
        )
        .values(due_at=MessageToSend.due_at + (until - one.due_at))
    )  # fmt: skip
    record(
        MessageHeldBack(
            subject=one.conversation_id, later=later_id, person=one.person_id, why=why, until=until.isoformat()
        )
    )
