"""Who confirmed having read an announcement, and who is missing."""

from typing import NamedTuple

from sqlalchemy import and_, func, or_, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import Forbidden, NotFound
from collab.core.i18n import in_language
from collab.people.models import Membership, Party, Person, UnitClosure
from collab.people.queries.today import today
from collab.people.standing import valid_on

from ..models import Conversation, Message, MessageReceipt
from ..owners import visible_to
from ..readers import is_member

MOST = 2_000


class Receipts(NamedTuple):
    """Names in the order of the directory."""

    given: list[str]
    missing: list[str]


def receipts(actor: Actor, message_id: int) -> Receipts:
    """Who confirmed a message of an announcement and who is missing, for those who write there.

    Raises NotFound where it is not theirs to read or asks for nothing, Forbidden for whoever only reads there.
    """
    row = db.session.execute(
        select(
            Message.author_id, Conversation.audience_id, Message.asks_receipt,
            is_member(actor, Message.conversation_id).label("writes"),
        )
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.id == message_id, visible_to(actor))
        .where(Message.deleted_at.is_(None), Message.hidden_reason.is_(None))
    ).one_or_none()  # fmt: skip
    if row is None or not row.asks_receipt:
        raise NotFound
    if not row.writes:
        raise Forbidden
    given = MessageReceipt.message_id == message_id
    wanted = Person.active & (Person.kind == "person") & (Person.id != row.author_id)
    if row.audience_id is not None:
        below = select(UnitClosure.descendant_id).where(UnitClosure.ancestor_id == row.audience_id)
        of = select(Membership.person_id).where(Membership.unit_id.in_(below), valid_on(Membership, today()))
        wanted &= Person.id.in_(of)
    rows = db.session.execute(
        select(Party.label, Party.names, MessageReceipt.at)
        .join(Person, Person.id == Party.id)
        .outerjoin(MessageReceipt, and_(given, MessageReceipt.person_id == Person.id))
        .where(or_(wanted, MessageReceipt.at.is_not(None)))
        .order_by(Party.sort_key, Party.id)
        .limit(MOST)
    ).all()
    names = [(in_language(one.names, one.label), one.at is not None) for one in rows]
    return Receipts([name for name, read in names if read], [name for name, read in names if not read])


def confirmed(actor: Actor, message_ids: list[int]) -> dict[int, tuple[int, bool]]:
    """Message id → how many confirmed it, and whether the actor did, of messages that ask for it."""
    if not message_ids:
        return {}
    mine = func.bool_or(MessageReceipt.person_id == actor.person_id)
    rows = db.session.execute(
        select(MessageReceipt.message_id, func.count(), mine)
        .where(MessageReceipt.message_id.in_(message_ids))
        .group_by(MessageReceipt.message_id)
    )
    return {id_: (count, bool(me)) for id_, count, me in rows}
