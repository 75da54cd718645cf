"""Around looking at a decision again: what it waits for, of whom it is asked, what is drafted in its place."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db
from collab.work.models import Wait, WorkItem
from collab.work.policy import visible_to

from ..models import Decision
from ..stages import PREPARING
from .page import Found


@dataclass(frozen=True, slots=True)
class Around:
    """References, empty where there is none or the reader does not see it; `asked`: who is to look at it again."""

    after: str = ""
    revised: str = ""
    asked: int | None = None


def around(actor: Actor, found: Found) -> Around:
    """Around a decision that was found and is in force; one query."""
    after = select(WorkItem.reference).where(WorkItem.id == found.revisit_after_id, visible_to(actor)).limit(1)
    revised: Any = (
        select(WorkItem.reference)
        .join(Decision, Decision.item_id == WorkItem.id)
        .where(Decision.revises_id == found.id, Decision.stage.in_(PREPARING), visible_to(actor))
        .order_by(WorkItem.id.desc())
        .limit(1)
    )
    asked = select(Wait.of_id).where(Wait.id == found.revisit_wait_id)
    row = db.session.execute(select(after.scalar_subquery(), revised.scalar_subquery(), asked.scalar_subquery())).one()
    return Around(row[0] or "", row[1] or "", row[2])


def revised_by(actor: Actor, found: Found) -> str:
    """The reference of the decision whose place this one is to take, where the reader sees it; no query without one."""
    if found.revises_id is None:
        return ""
    query = select(WorkItem.reference).where(WorkItem.id == found.revises_id, visible_to(actor))
    return db.session.scalar(query) or ""
