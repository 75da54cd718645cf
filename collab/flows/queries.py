"""What came out of messages, and what messages name: as far as the reader may see it, in one query."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, func, or_, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import N_, _, in_language
from collab.core.origins import Origins
from collab.core.package import Card
from collab.decisions import words as decision_words
from collab.decisions.models import Decision
from collab.messaging.models import Message
from collab.messaging.policy import message_visible_to
from collab.people.models import Party
from collab.work.events import STATES
from collab.work.lines import ICONS
from collab.work.models import Wait, WorkItem
from collab.work.policy import visible_to

from .for_named import kind_of_talk, named_item_of
from .meetings import words as meeting_words
from .meetings.models import Meeting, MeetingPerson
from .meetings.policy import leads
from .meetings.words import HELD
from .models import MessageWork

MOST: int = 200
AWAITS = N_("answer wanted from %(name)s")
AWAITS_UNTIL = N_("answer wanted from %(name)s by %(day)s")
LATE = timedelta(hours=12)
"""A meeting that did not begin so long after its time is not the next one."""
CAME_FROM = N_("Came from what %(name)s said")


def unfurl(actor: Actor, names: set[str], message_ids: list[int]) -> tuple[dict[str, Card], dict[int, list[Card]]]:
    """The items behind these references, and those that were made of these messages."""
    references = {name for name in names if not name.startswith("/")}
    if not references and not message_ids:
        return {}, {}
    holder, awaited = aliased(Party), aliased(Party)
    rows = db.session.execute(
        select(
            WorkItem.id, WorkItem.reference, WorkItem.title, WorkItem.state_kind, holder.label, holder.names,
            MessageWork.message_id, Wait.until, awaited.label.label("awaited"), awaited.names.label("awaited_names"),
            Decision.stage.label("decides"), Decision.unopened, Meeting.stage.label("meets"),
        )
        .outerjoin(Decision, Decision.item_id == WorkItem.id)
        .outerjoin(Meeting, Meeting.item_id == WorkItem.id)
        .outerjoin(
            MessageWork, and_(MessageWork.item_id == WorkItem.id, MessageWork.message_id.in_(message_ids or [0]))
        )
        .outerjoin(Wait, and_(Wait.id == MessageWork.wait_id, Wait.ended_at.is_(None)))
        .outerjoin(awaited, awaited.id == Wait.of_id)
        .outerjoin(holder, holder.id == WorkItem.holder_id)
        .where(
            or_(
                WorkItem.reference.in_(sorted(references)[:MOST]),
                WorkItem.id.in_(select(MessageWork.item_id).where(MessageWork.message_id.in_(message_ids or [0]))),
            ),
            visible_to(actor),
        )
    )  # fmt: skip
    named: dict[str, Card] = {}
    made: dict[int, list[Card]] = {}
    for row in rows:
        icon, state, word = _standing(row)
        card = Card(
            reference=row.reference,
            href=f"/work-items/{row.reference}",
            title=row.title,
            icon=icon,
            state=state,
            word=word,
            holder=in_language(row.names or {}, row.label or ""),
            subject=f"work-item:{row.id}",
            note=_note(actor, row.awaited, row.awaited_names, row.until),
        )
        named[row.reference] = card
        if row.message_id is not None:
            made.setdefault(row.message_id, []).append(card)
    return named, made


def _standing(row: Any) -> tuple[str, str, str]:
    """Icon, state and word of how an item stands, by its own stages where its kind has such."""
    if row.decides is not None:
        stage = row.decides
        word = decision_words.stage_word(stage, row.unopened)
        return decision_words.STAGE_ICONS[stage], decision_words.STAGE_STATES[stage], _(word)
    if row.meets is not None:
        return (
            meeting_words.STAGE_ICONS[row.meets],
            meeting_words.STAGE_STATES[row.meets],
            _(meeting_words.STAGES[row.meets]),
        )
    return ICONS[row.state_kind], row.state_kind, _(STATES[row.state_kind])


def _note(actor: Actor, label: str | None, names: dict[str, str] | None, until: object) -> str:
    if label is None:
        return ""
    name = in_language(names or {}, label)
    if until is None:
        return _(AWAITS, name=name)
    return _(AWAITS_UNTIL, name=name, day=dates.shown(until, "weekday", calendar=actor.calendar))  # type: ignore[arg-type]


def _messages_of(actor: Actor, item_id: SQLColumnExpression[int]) -> ColumnElement[Any]:
    """The messages that an item was made of, as far as the actor may read them: id and author of each."""
    made = (
        select(Message.id, Party.label, Party.names, MessageWork.at)
        .join(MessageWork, MessageWork.message_id == Message.id)
        .join(Party, Party.id == Message.author_id)
        .where(MessageWork.item_id == item_id, message_visible_to(actor))
        .order_by(MessageWork.at)
        .limit(5)
        .subquery("made_of")
    )
    entry = func.jsonb_build_array(made.c.id, made.c.label, made.c.names)
    return select(func.jsonb_agg(aggregate_order_by(entry, made.c.at))).scalar_subquery()


def _came_from(entry: Any) -> tuple[str, str]:
    message, label, names = entry
    return _(CAME_FROM, name=in_language(names, label)), f"/messages/{message}/place"


origins: Final = Origins(
    there=lambda item_id: exists(select(MessageWork.message_id).where(MessageWork.item_id == item_id)),
    seen=_messages_of,
    said=_came_from,
)


def said_of_points(actor: Actor, item_id: int) -> dict[int, tuple[str, str]]:
    """Point of a meeting → the message it was made of and where that stands, as far as the actor may read it."""
    rows = db.session.execute(
        select(MessageWork.point_id, Message.id, Party.label, Party.names)
        .join(Message, Message.id == MessageWork.message_id)
        .join(Party, Party.id == Message.author_id)
        .where(MessageWork.item_id == item_id, MessageWork.point_id.is_not(None), message_visible_to(actor))
    )
    return {
        row.point_id: (_(CAME_FROM, name=in_language(row.names, row.label)), f"/messages/{row.id}/place")
        for row in rows
        if row.point_id is not None
    }


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting on whose agenda the actor may put a point, or propose one."""

    reference: str
    title: str
    starts_at: datetime


def only_for_named(message_id: int) -> int | None:
    """The item for named people only in whose talk a message stands: what is made of it stays with them."""
    return db.session.scalar(named_item_of(message_id))


def talk_kind(message_id: int) -> str:
    """Of which kind the talk is in which a message stands."""
    return db.session.scalars(kind_of_talk(message_id)).one()


def agendas(actor: Actor, only: int | None = None) -> list[Agenda]:
    """The meetings planned or under way that the actor runs or is invited to, the next one first; one query. With
    `only` that one alone."""
    mine = aliased(MeetingPerson)
    rows = db.session.execute(
        select(
            WorkItem.reference, WorkItem.title, WorkItem.unit_id, WorkItem.created_by, Meeting.stage,
            Meeting.starts_at, Meeting.chair_id, Meeting.secretary_id, mine.person_id,
        )
        .join(Meeting, Meeting.item_id == WorkItem.id)
        .outerjoin(mine, and_(mine.item_id == WorkItem.id, mine.person_id == actor.person_id))
        .where(visible_to(actor), Meeting.stage.in_(HELD), true() if only is None else WorkItem.id == only)
        .order_by(Meeting.starts_at, WorkItem.id)
        .limit(MOST)
    ).all()  # fmt: skip
    past = clock.now() - LATE
    open_to = [row for row in rows if row.person_id is not None or leads(actor, row)]
    open_to.sort(key=lambda row: row.stage == "planned" and row.starts_at < past)
    return [Agenda(row.reference, row.title, row.starts_at) for row in open_to]
