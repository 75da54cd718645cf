"""What came out of messages, and what messages name: as far as the reader may see it, in one query."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from collab.core import dates
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import N_, _, in_language
from collab.core.package import Card
from collab.messaging.models import Message
from collab.messaging.policy import message_visible_to
from collab.people.models import Party
from collab.work.events import STATES
from collab.work.lines import ICONS
from collab.work.models import Wait, WorkItem
from collab.work.policy import visible_to

from .models import MessageWork

MOST: int = 200
AWAITS = N_("answer wanted from %(name)s")
AWAITS_UNTIL = N_("answer wanted from %(name)s by %(day)s")
CAME_FROM = N_("Came from what %(name)s said")


def unfurl(actor: Actor, references: set[str], message_ids: list[int]) -> tuple[dict[str, Card], dict[int, list[Card]]]:
    """The items behind these references, and those that were made of these messages."""
    if not references and not message_ids:
        return {}, {}
    holder, awaited = aliased(Party), aliased(Party)
    rows = db.session.execute(
        select(
            WorkItem.id, WorkItem.reference, WorkItem.title, WorkItem.state_kind, holder.label, holder.names,
            MessageWork.message_id, Wait.until, awaited.label.label("awaited"), awaited.names.label("awaited_names"),
        )
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
        card = Card(
            reference=row.reference,
            href=f"/work-items/{row.reference}",
            title=row.title,
            icon=ICONS[row.state_kind],
            state=row.state_kind,
            word=_(STATES[row.state_kind]),
            holder=in_language(row.names or {}, row.label or ""),
            subject=f"work-item:{row.id}",
            note=_note(actor, row.awaited, row.awaited_names, row.until),
        )
        named[row.reference] = card
        if row.message_id is not None:
            made.setdefault(row.message_id, []).append(card)
    return named, made


def _note(actor: Actor, label: str | None, names: dict[str, str] | None, until: object) -> str:
    if label is None:
        return ""
    name = in_language(names or {}, label)
    if until is None:
        return _(AWAITS, name=name)
    return _(AWAITS_UNTIL, name=name, day=dates.shown(until, "weekday", calendar=actor.calendar))  # type: ignore[arg-type]


def origins(actor: Actor, item_id: int) -> list[tuple[str, str]]:
    """The messages that an item was made of, as far as the actor may read them."""
    rows = db.session.execute(
        select(Message.id, Party.label, Party.names)
        .join(MessageWork, MessageWork.message_id == Message.id)
        .join(Party, Party.id == Message.author_id)
        .where(MessageWork.item_id == item_id, message_visible_to(actor))
        .order_by(MessageWork.at)
        .limit(5)
    )
    return [(_(CAME_FROM, name=in_language(row.names, row.label)), f"/messages/{row.id}/place") for row in rows]
