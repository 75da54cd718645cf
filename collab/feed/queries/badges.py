"""The two numbers that stand in the frame of every page, in one query that stops counting at a hundred."""

from sqlalchemy import func, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.work.models import WorkItem

from ..hearing import WORK_ITEM
from ..models import Notification
from .notifications import mine
from .waits import open_waits

MOST = 100


def badges(actor: Actor) -> dict[str, int]:
    """How much is expected of this person, and how many lines of their inbox are unread; 100 means "or more"."""
    waits = open_waits(actor).limit(MOST).subquery()
    unread = (
        select(Notification.id)
        .join(WorkItem, (Notification.subject_kind == WORK_ITEM) & (WorkItem.id == Notification.subject_id))
        .where(mine(actor), Notification.archived_at.is_(None), Notification.read_at.is_(None))
        .limit(MOST)
        .subquery()
    )
    row = db.session.execute(
        select(
            select(func.count()).select_from(waits).scalar_subquery(),
            select(func.count()).select_from(unread).scalar_subquery(),
        )
    ).one()
    return {"my-day": row[0], "inbox": row[1]}
