"""Rules of retention and legal holds, and what is removed by a rule: a bounded batch at a time."""

from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, bindparam, delete, func, null, select, text, true, update
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import Reach, command, open_command, record, session, system
from collab.core.errors import Conflict
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.files.models import Attachment
from collab.people.models import Unit
from collab.people.queries.today import today

from ..events import (
    ConversationHeld,
    ConversationHoldLifted,
    MessagesRemoved,
    RetentionRuleLifted,
    RetentionRuleSet,
    UnitHeld,
    UnitHoldLifted,
)
from ..forms import NewHold, RetentionForm
from ..keeping_models import LegalHold, RetentionRule
from ..models import Conversation, Message, MessageFormer, MessageMention, MessageReaction, MessageReminder
from ..owners import MESSAGE
from ..policy import conversations, may_decide_keeping
from ..queries.keeping import held, instant, old
from ..retention import begins, oldest_kept

BATCH: Final = 200
ORGANISATION: Final = 1
NO_SUCH_TALK: Final = N_("There is no conversation of this number.")
NO_SUCH_UNIT: Final = N_("There is no such unit.")
ONE_OF_BOTH: Final = N_("Name a conversation or a unit, one of both.")
IS_HELD: Final = N_("This conversation is under a legal hold: nothing in it can be deleted.")

# What the ledger kept of the words of these messages; the facts themselves stay, and their seal holds.
_FORGET_WORDS: Final = text(
    """
    delete from fact_text t using facts f
    where f.subject_kind = 'conversation' and f.subject_id = :talk and f.text_hash is not null
      and (f.payload ->> 'message')::bigint = any(:ids) and t.fact_id = f.id
    """
).bindparams(bindparam("ids", type_=ARRAY(BigInteger)))

legal_holds: Reach[LegalHold] = Reach(
    LegalHold, lambda actor: true() if may_decide_keeping(actor) else LegalHold.id.is_(None)
)


@open_command(may_decide_keeping)
def set_rule(actor: Actor, kind: str, form: RetentionForm) -> None:
    """Decide how long messages of a kind of conversation are kept; without a number for ever. A rule that is stricter
    than before removes nothing in the first seven days."""
    rule = session().get(RetentionRule, kind, with_for_update=True)
    was = rule.months if rule is not None else None
    if form.months == was:
        return
    if form.months is None:
        session().delete(rule)
        record(RetentionRuleLifted(subject=ORGANISATION, talk=kind, was=was or 0))
        return
    known = (rule.months, rule.begins_on) if rule is not None else None
    row: dict[str, Any] = {
        "kind": kind, "months": form.months, "begins_on": begins(today(), form.months, known),
        "set_by": actor.person_id, "set_at": clock.now(),
    }  # fmt: skip
    session().execute(insert(RetentionRule).values(row).on_conflict_do_update(index_elements=["kind"], set_=row))
    begin = row["begins_on"].isoformat()
    record(RetentionRuleSet(subject=ORGANISATION, talk=kind, months=form.months, was=was, begins=begin))


@open_command(may_decide_keeping)
def place_hold(actor: Actor, form: NewHold) -> int:
    """Place a legal hold: nothing is removed from this conversation, or from those of this unit and all below it."""
    if (form.conversation is None) == (form.unit is None):
        raise wrong("conversation", _(ONE_OF_BOTH))
    if form.conversation is not None:
        # Whatever is being removed there now is finished first, or finds the hold.
        found = select(Conversation.id).where(Conversation.id == form.conversation).with_for_update(key_share=True)
        if session().scalar(found) is None:
            raise wrong("conversation", _(NO_SUCH_TALK))
    elif session().scalar(select(Unit.id).where(Unit.id == form.unit)) is None:
        raise wrong("unit", _(NO_SUCH_UNIT))
    hold = LegalHold(
        conversation_id=form.conversation, unit_id=form.unit, reason=form.reason, placed_by=actor.person_id,
        placed_at=clock.now(),
    )  # fmt: skip
    session().add(hold)
    session().flush()
    if form.conversation is not None:
        record(ConversationHeld(subject=form.conversation, hold=hold.id, reason=form.reason))
    else:
        record(UnitHeld(subject=form.unit or 0, hold=hold.id, reason=form.reason))
    return hold.id


@command(may_decide_keeping, on=legal_holds)
def lift_hold(actor: Actor, hold: LegalHold) -> None:
    """Lift a legal hold; the rules of retention take what is due."""
    if hold.lifted_at is not None:
        return
    hold.lifted_at, hold.lifted_by = clock.now(), actor.person_id
    if hold.conversation_id is not None:
        record(ConversationHoldLifted(subject=hold.conversation_id, hold=hold.id))
    else:
        record(UnitHoldLifted(subject=hold.unit_id or 0, hold=hold.id))


@command(system, on=conversations)
def remove_old(_actor: Actor, talk: Conversation) -> int:
    """Remove the next old messages of a conversation by the rule of its kind, as it stands now. Gives how many.

    Their texts, files, former texts, calls, words and signs go, and what the ledger kept of their words; their places
    stay, with who said something there and when.
    """
    rule = session().get(RetentionRule, talk.kind, with_for_update={"read": True})
    day = today()
    if rule is None or rule.begins_on > day or is_held(talk.id):
        return 0
    before = oldest_kept(day, rule.months)
    ids = session().scalars(
        select(Message.id)
        .where(Message.conversation_id == talk.id, *old(instant(before)))
        .order_by(Message.created_at)
        .limit(BATCH)
    ).all()  # fmt: skip
    if not ids:
        return 0
    files = _strip(talk.id, list(ids))
    record(
        MessagesRemoved(
            subject=talk.id, number=len(ids), before=before.isoformat(), months=rule.months, messages=sorted(ids),
            files=sorted(files),
        )
    )  # fmt: skip
    return len(ids)


def _strip(talk_id: int, ids: list[int]) -> list[int]:
    current, at = session(), clock.now()
    for told in (MessageMention, MessageFormer, MessageReaction, MessageReminder):
        current.execute(delete(told).where(told.message_id.in_(ids)))
    hanging = delete(Attachment).where(Attachment.owner_kind == MESSAGE, Attachment.owner_id.in_(ids))
    files = list(current.scalars(hanging.returning(Attachment.id)))
    current.execute(
        update(Message)
        .where(Message.id.in_(ids))
        .values(
            text="", vector=null(), meta={}, pinned_at=None, pinned_by=None, hidden_reason=None, hidden_at=None,
            hidden_by=None, removed_at=at, deleted_at=func.coalesce(Message.deleted_at, at),
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    current.execute(_FORGET_WORDS, {"talk": talk_id, "ids": ids})
    return files


def is_held(talk_id: int) -> bool:
    """Whether a conversation is under a legal hold. For commands."""
    return bool(session().scalar(select(held()).where(Conversation.id == talk_id)))


def refuse_when_held(talk_id: int) -> None:
    """Raises Conflict where nothing may be deleted."""
    if is_held(talk_id):
        raise Conflict(_(IS_HELD))
