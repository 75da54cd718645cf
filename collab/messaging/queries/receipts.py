"""Who confirmed having read an announcement, and who is missing: counted by unit, and named page by page."""

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import Forbidden, NotFound
from collab.core.i18n import in_language
from collab.people.models import Absence, Membership, Party, Person
from collab.people.once_a_day import next_reminder
from collab.people.queries.today import today
from collab.people.standing import valid_on

from ..models import Conversation, Message, MessageReceipt
from ..owners import visible_to
from ..readers import is_member
from .asked_of import is_asked

A_PAGE: Final = 500


class OfUnit(NamedTuple):
    """How many of a unit confirmed and how many are missing; people stand under their main unit, `id` None without."""

    id: int | None
    name: str
    given: int
    missing: int


class Receipts(NamedTuple):
    """Whole numbers, by unit in the order of the directory; and of one page the names, in the same order.

    `next`: the person after whom the next page begins, None on the last. `nudged_at`: when those who were missing were
    last reminded; `nudge_on`: on which day that can be done again, None where it can be done now.
    """

    given_count: int
    missing_count: int
    units: list[OfUnit]
    given: list[str]
    missing: list[str]
    next: int | None
    nudged_at: datetime | None
    may_nudge: bool
    nudge_on: date | None


_UNIT: Final = aliased(Party)


def receipts(actor: Actor, message_id: int, unit: int | None = None, after: int | None = None) -> Receipts:
    """Who confirmed a message of an announcement and who is missing, for those who write there; names of one unit
    alone, and from somebody on, where that is asked for. Three queries, and those of the calendar once they were
    reminded.

    Raises NotFound where it is not theirs to read or asks for nothing, Forbidden for whoever only reads there.
    """
    row = db.session.execute(
        select(
            Message.author_id, Message.created_at, Conversation.audience_id, Message.asks_receipt, Message.nudged_at,
            Conversation.archived_at,
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
    asked = _asked(message_id, row)
    units = _by_unit(asked)
    found = _named(asked, unit, after)
    names = [(in_language(one.names, one.label), one.at is not None) for one in found[:A_PAGE]]
    return Receipts(
        sum(one.given for one in units), sum(one.missing for one in units), units,
        [name for name, read in names if read], [name for name, read in names if not read],
        found[A_PAGE - 1].id if len(found) > A_PAGE else None, row.nudged_at,
        row.archived_at is None and not actor.is_auditor and any(one.missing for one in units),
        next_reminder(row.nudged_at, clock.now(), row.audience_id),
    )  # fmt: skip


def _asked(message_id: int, said: Any) -> Any:
    """Everybody who is asked or has confirmed: `id`, `unit_id` (their main one) and `at`. `said`: by whom, when and for
    whom."""
    wanted = Person.active & (Person.kind == "person") & (Person.id != said.author_id)
    wanted &= is_asked(Person.id, said.audience_id, said.created_at, today())
    main = aliased(Membership)
    return (
        select(Person.id, func.min(main.unit_id).label("unit_id"), MessageReceipt.at)
        .outerjoin(MessageReceipt, and_(MessageReceipt.message_id == message_id, MessageReceipt.person_id == Person.id))
        .outerjoin(main, and_(main.person_id == Person.id, main.main, valid_on(main, today())))
        .where(or_(wanted, MessageReceipt.at.is_not(None)))
        .group_by(Person.id, MessageReceipt.at)
        .subquery()
    )


def still_asked(reading: Session, message_id: int, *, present: bool = False) -> frozenset[int]:
    """Who is asked to confirm a message that stands and has not done so; `present`: without those who are away today.
    They read it, since it is for them: nobody needs to be asked that of each. Two queries."""
    columns = (Message.author_id, Message.created_at, Conversation.audience_id)
    row = reading.execute(
        select(*columns)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.id == message_id, Message.asks_receipt)
        .where(Message.deleted_at.is_(None), Message.hidden_reason.is_(None))
    ).one_or_none()
    if row is None:
        return frozenset()
    asked = _asked(message_id, row)
    missing = select(asked.c.id).where(asked.c.at.is_(None))
    if present:
        day = today()
        away = (Absence.first_day <= day) & (Absence.last_day >= day) & Absence.cancelled_at.is_(None)
        missing = missing.where(~exists(select(Absence.id).where(Absence.person_id == asked.c.id, away)))
    return frozenset(reading.scalars(missing))


def _by_unit(asked: Any) -> list[OfUnit]:
    read = func.count(asked.c.at)
    rows = db.session.execute(
        select(asked.c.unit_id, _UNIT.names, _UNIT.label, read.label("given"), (func.count() - read).label("missing"))
        .outerjoin(_UNIT, _UNIT.id == asked.c.unit_id)
        .group_by(asked.c.unit_id, _UNIT.id)
        .order_by(_UNIT.sort_key, _UNIT.id)
    )
    return [OfUnit(row.unit_id, in_language(row.names, row.label or ""), row.given, row.missing) for row in rows]


def _named(asked: Any, unit: int | None, after: int | None) -> list[Any]:
    """The people of a page, and one more where there are more."""
    query = select(Party.id, Party.label, Party.names, asked.c.at).join(asked, asked.c.id == Party.id)
    if unit is not None:
        query = query.where(asked.c.unit_id == unit)
    if after is not None:
        last = aliased(Party)
        place = select(last.sort_key).where(last.id == after).scalar_subquery()
        query = query.where(tuple_(Party.sort_key, Party.id) > tuple_(place, after))
    return list(db.session.execute(query.order_by(Party.sort_key, Party.id).limit(A_PAGE + 1)))


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
