"""The numbers that stand in the frame of every page, in one query that stops counting at a hundred."""

from typing import Any, Final

from sqlalchemy import Select, and_, func, or_, select

from collab.core.actor import Actor
from collab.messaging.models import Message
from collab.messaging.queries import to_confirm
from collab.work.models import Wait, WorkItem
from collab.work.policy import among

from ..models import Notification
from ..prepared import Asked, Prepared
from .notifications import mine, with_subjects
from .waits import DAY, in_order, of_me, sight

MOST = 100


def _count(actor: Actor, asking: Asked) -> Select[Any]:
    wait = in_order(DAY.window(), of_me(actor, asking))
    waits = (
        select(wait.id)
        .outerjoin(WorkItem, WorkItem.id == wait.item_id)
        .where(sight(actor, wait))
        .limit(MOST)
        .subquery()
    )
    unread = (
        with_subjects(select(Notification.id))
        .where(
            mine(actor),
            Notification.archived_at.is_(None),
            Notification.read_at.is_(None),
            Notification.snoozed_until.is_(None),
        )
        .limit(MOST)
        .subquery()
    )
    votes = (
        select(Wait.id)
        .where(
            or_(Wait.sense == "vote", Wait.sense == "advice"),
            Wait.ended_at.is_(None),
            or_(
                and_(Wait.of_id == among(asking.own), Wait.taken_by.is_(None)),
                Wait.taken_by == actor.person_id,
                and_(Wait.tray_unit_id == among(actor.heads), Wait.sense == "advice"),
            ),
        )
        .limit(MOST)
        .subquery()
    )
    asking_to_confirm = to_confirm(actor, asking.today, Message.id).limit(MOST).subquery()
    return select(
        select(func.count()).select_from(waits).scalar_subquery(),
        select(func.count()).select_from(unread).scalar_subquery(),
        select(func.count()).select_from(votes).scalar_subquery(),
        select(func.count()).select_from(asking_to_confirm).scalar_subquery(),
    )


COUNT: Final = Prepared(_count)


def badges(actor: Actor) -> dict[str, int]:
    """How much is expected of this person, messages to confirm among it, how much of it are votes and advice on
    decisions, and how many lines of their inbox are unread; 100 means "or more"."""
    [(expected, unread, votes, confirming)] = COUNT.rows(actor)
    return {"my-day": min(MOST, expected + confirming), "inbox": unread, "decisions": votes}
