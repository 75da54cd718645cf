"""What is written now and said later, as if its author said it then."""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.dates import instant_of
from collab.core.envelope import Reach, command, open_command, session, system
from collab.core.errors import Conflict, Forbidden, Invalid, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.recognise import person_as_actor

from ..forms import Later, Say
from ..models import Conversation, MessageDraft, MessageToSend
from ..owners import Owner, writes
from ..policy import conversations, may_read
from .calling import addressed
from .drafting import drop_draft
from .receiving import moment
from .saying import CLOSED, post, root_of

FARTHEST: Final = timedelta(days=366)
MOST: Final = 100
PAST: Final = N_("This time has passed. Choose one that is still to come.")
TOO_FAR: Final = N_("Choose a day within the next year.")
TOO_MANY: Final = N_("%(limit)s of your messages wait here already. Take some back first.")

waiting: Reach[MessageToSend] = Reach(MessageToSend, lambda actor: MessageToSend.person_id == actor.person_id)


def may_take_back(actor: Actor, later: MessageToSend) -> bool:
    """Only what one wrote oneself."""
    return later.person_id == actor.person_id


@command(may_read, on=conversations, lock=False)
def send_later(actor: Actor, talk: Conversation, form: Later) -> datetime:
    """Keep a message until its time; asked for twice it is kept once. Gives when it is sent.

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
    mine = [MessageToSend.person_id == actor.person_id, MessageToSend.conversation_id == talk.id]
    same = select(MessageToSend.id).where(
        *mine, MessageToSend.text == text, MessageToSend.due_at == due,
        MessageToSend.reply_to_id.is_not_distinct_from(form.reply_to),
    )  # fmt: skip
    if session().scalar(same.limit(1)) is None:
        if (session().scalar(select(func.count()).where(*mine)) or 0) >= MOST:
            raise wrong("text", _(TOO_MANY, limit=MOST))
        session().execute(insert(MessageToSend).values(row))
    drop_draft(actor, owner)
    return due


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
    """Not send it after all: its text becomes the draft of that talk, unless another one stands there. Gives the
    talk."""
    owner_kind, owner_id = (
        session()
        .execute(select(Conversation.owner_kind, Conversation.owner_id).where(Conversation.id == later.conversation_id))
        .one()
    )
    row = {
        "person_id": actor.person_id, "owner_kind": owner_kind, "owner_id": owner_id, "text": later.text,
        "at": clock.now(),
    }  # fmt: skip
    session().execute(insert(MessageDraft).values(row).on_conflict_do_nothing())
    session().delete(later)
    return later.conversation_id


def send_due(later_id: int) -> bool:
    """Say one whose time has come, as its author; under a nonce of its own, so that a process killed in between says
    it once. False when it could not be said: it waits for its author then. For the sweep."""
    found = _asked(SYSTEM, later_id)
    if found is None:
        return False
    author, talk, form = found
    try:
        who = person_as_actor(author)
        if who is None:
            raise NotFound
        post(who, talk, form)
    except (NotFound, Forbidden, Conflict, Invalid):
        _refuse(SYSTEM, later_id)
        return False
    _sent(SYSTEM, later_id)
    return True


@open_command(system)
def _asked(_actor: Actor, later_id: int) -> tuple[int, int, Say] | None:
    """Who wants to say what where, unless it was taken back."""
    row = session().execute(
        select(
            MessageToSend.person_id, MessageToSend.conversation_id, MessageToSend.text, MessageToSend.reply_to_id
        ).where(MessageToSend.id == later_id, MessageToSend.refused_at.is_(None))
    )
    found = row.one_or_none()
    if found is None:
        return None
    say = Say(text=found.text, nonce=f"later-{later_id}", reply_to=found.reply_to_id)
    return found.person_id, found.conversation_id, say


@open_command(system)
def _sent(_actor: Actor, later_id: int) -> None:
    """It was said: nothing waits any more."""
    session().execute(delete(MessageToSend).where(MessageToSend.id == later_id))


@open_command(system)
def _refuse(_actor: Actor, later_id: int) -> None:
    """It could not be said: it waits for its author."""
    session().execute(update(MessageToSend).where(MessageToSend.id == later_id).values(refused_at=clock.now()))
