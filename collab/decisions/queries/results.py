"""What is read beside a result: open ballots by name, dissent, what follows, what took its place."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language
from collab.people.models import Party
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from ..models import FollowUp, Roll
from .page import Found


@dataclass(frozen=True, slots=True)
class Successor:
    """Another item that hangs on this decision, where the reader may see it."""

    reference: str
    title: str
    state_kind: str
    due_on: Any = None
    holder: str = ""


def named_ballots(_actor: Actor, found: Found) -> list[tuple[str, dict[str, Any]]]:
    """(name, choice) of the ballots of an open vote that was found and has closed; one query."""
    query = select(Party.label, Party.names, Roll.choice).join(Roll, Roll.person_id == Party.id)
    rows = db.session.execute(
        query.where(Roll.item_id == found.id, Roll.choice.is_not(None)).order_by(Party.sort_key, Party.id).limit(500)
    )
    return [(in_language(row.names, row.label), row.choice) for row in rows]


def dissents_of(_actor: Actor, found: Found) -> list[tuple[str, str]]:
    """(name, reasons) of those who voted otherwise and said why; one query."""
    query = select(Party.label, Party.names, Roll.dissent).join(Roll, Roll.person_id == Party.id)
    rows = db.session.execute(
        query.where(Roll.item_id == found.id, Roll.dissent.is_not(None)).order_by(Party.sort_key, Party.id).limit(200)
    )
    return [(in_language(row.names, row.label), row.dissent) for row in rows]


def follow_ups_of(actor: Actor, found: Found) -> list[Successor]:
    """The tasks that were made to carry it out, as far as the reader sees them; one query."""
    query = (
        select(WorkItem.reference, WorkItem.title, WorkItem.state_kind, WorkItem.due_on, Party.label, Party.names)
        .join(FollowUp, FollowUp.task_id == WorkItem.id)
        .outerjoin(Party, Party.id == WorkItem.holder_id)
        .where(FollowUp.item_id == found.id, visible_to(actor))
        .order_by(WorkItem.id)
    )
    return [
        Successor(
            row.reference, row.title, row.state_kind, row.due_on, in_language(row.names, row.label) if row.label else ""
        )
        for row in db.session.execute(query)
    ]


def successor_of(actor: Actor, found: Found) -> Successor | None:
    """The decision that took its place; no query where none did."""
    if found.superseded_by is None:
        return None
    query = select(WorkItem.reference, WorkItem.title, WorkItem.state_kind)
    row = db.session.execute(query.where(WorkItem.id == found.superseded_by, visible_to(actor))).first()
    return Successor(*row) if row else None
