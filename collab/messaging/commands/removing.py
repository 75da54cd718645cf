"""What a rule of retention removes: a bounded batch at a time, over many conversations at once."""

from itertools import groupby
from typing import Any, Final, NamedTuple

from sqlalchemy import ARRAY, BigInteger, bindparam, delete, func, null, select, text, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import open_command, record, session, system
from collab.core.turns import beside
from collab.files.models import Attachment
from collab.people.queries.today import today

from ..events import MessagesRemoved
from ..keeping_models import RetentionRule
from ..models import Conversation, Message, MessageFormer, MessageMention, MessageReaction, MessageReminder
from ..owners import MESSAGE
from ..queries.keeping import due, held, instant, old
from ..readers import among
from ..retention import oldest_kept
from .keeping import HOLDS

TALKS: Final = 500
MESSAGES: Final = 2_000

# What the ledger kept of the words of these messages; the facts themselves stay, and their seal holds.
_FORGET_WORDS: Final = text(
    """
    delete from fact_text t using facts f
    where f.subject_kind = 'conversation' and f.subject_id = any(:talks) and f.text_hash is not null
      and (f.payload ->> 'message')::bigint = any(:ids) and t.fact_id = f.id
    """
).bindparams(bindparam("talks", type_=ARRAY(BigInteger)), bindparam("ids", type_=ARRAY(BigInteger)))


class Removed(NamedTuple):
    """How many messages went, and behind which conversation the next batch begins; None when nothing is left."""

    messages: int
    behind: int | None


@open_command(system)
def remove_old(_actor: Actor, kind: str, behind: int = 0) -> Removed:
    """Remove the next old messages in conversations of a kind, by its rule as it stands now.

    Their texts, files, former texts, calls, words and signs go, and what the ledger kept of their words; their places
    stay, with who said something there and when. A conversation in which somebody writes just now is left to the next
    round.
    """
    beside(HOLDS, 0)
    rule = session().get(RetentionRule, kind, with_for_update={"read": True})
    day = today()
    if rule is None or rule.begins_on > day:
        return Removed(0, None)
    before = oldest_kept(day, rule.months)
    found = due(kind, instant(before)).where(Conversation.id > behind).limit(TALKS)
    talks: list[int] = list(session().scalars(found.with_for_update(key_share=True, skip_locked=True)))
    if not talks:
        return Removed(0, None)
    # Asked after their locks were taken: a hold that was placed meanwhile is found.
    rows = session().execute(
        select(Message.conversation_id, Message.id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.id == among(frozenset(talks)), ~held(), *old(instant(before)))
        .order_by(Message.conversation_id, Message.created_at)
        .limit(MESSAGES)
    ).all()  # fmt: skip
    gone = {talk: [row.id for row in some] for talk, some in groupby(rows, key=lambda row: row.conversation_id)}
    files = _strip(list(gone), [row.id for row in rows])
    for talk, ids in gone.items():
        record(
            MessagesRemoved(
                subject=talk, number=len(ids), before=before.isoformat(), months=rule.months, messages=sorted(ids),
                files=sorted(file for id_ in ids for file in files.get(id_, ())),
            )
        )  # fmt: skip
    return Removed(len(rows), max(gone) - 1 if len(rows) == MESSAGES else talks[-1])


def _strip(talks: list[int], ids: list[int]) -> dict[int, list[int]]:
    """Take everything off these messages. Gives the files that hung on each."""
    if not ids:
        return {}
    current, at, these = session(), clock.now(), among(frozenset(ids))
    for told in (MessageMention, MessageFormer, MessageReaction, MessageReminder):
        current.execute(delete(told).where(told.message_id == these))
    hanging = delete(Attachment).where(Attachment.owner_kind == MESSAGE, Attachment.owner_id == these)
    files: dict[int, list[int]] = {}
    for owner, file in current.execute(hanging.returning(Attachment.owner_id, Attachment.id)):
        files.setdefault(owner, []).append(file)
    values: dict[str, Any] = {
        "text": "", "vector": null(), "meta": {}, "pinned_at": None, "pinned_by": None, "hidden_reason": None,
        "hidden_at": None, "hidden_by": None, "removed_at": at, "deleted_at": func.coalesce(Message.deleted_at, at),
    }  # fmt: skip
    going = update(Message).where(Message.id == these).values(values)
    current.execute(going.execution_options(synchronize_session=False))
    current.execute(_FORGET_WORDS, {"talks": talks, "ids": ids})
    return files
