"""Whose inbox it is."""

from sqlalchemy import ColumnElement, true

from collab.core.actor import Actor
from collab.core.envelope import Reach

from .models import Notification


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """A line of an inbox exists for its owner alone."""
    return true() if actor.is_system else Notification.person_id == actor.person_id


notifications: Reach[Notification] = Reach(Notification, visible_to)


def may_mark(actor: Actor, notification: Notification) -> bool:
    return notification.person_id == actor.person_id
