"""Whose lists come by mail, and when."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.people.recognise import person_as_actor
from collab.work.models import SavedView
from collab.work.policy import view_visible_to

from .models import ViewLetter


class Subscription(NamedTuple):
    """A view that somebody has by mail. `next_at`: when the next letter is due, `sent_at`: when the last one went."""

    view_id: int
    name: str
    rhythm: str
    hour: int
    empties: bool
    next_at: datetime
    sent_at: datetime | None


class Due(NamedTuple):
    """A letter that is due, with what was in the view at the one before."""

    view_id: int
    person_id: int
    rhythm: str
    hour: int
    empties: bool
    next_at: datetime
    sent_at: datetime | None
    kept: list[int] | None


def subscription_of(actor: Actor, view_id: int) -> Subscription | None:
    """How the actor has this view by mail, None where they do not."""
    return next((one for one in _subscriptions(actor, view_id)), None)


def subscriptions(actor: Actor) -> list[Subscription]:
    """The views that the actor has by mail and may still open, by name; one query."""
    return _subscriptions(actor)


def _subscriptions(actor: Actor, view_id: int | None = None) -> list[Subscription]:
    query = (
        select(
            ViewLetter.view_id, SavedView.name, ViewLetter.rhythm, ViewLetter.hour, ViewLetter.empties,
            ViewLetter.next_at, ViewLetter.sent_at,
        )
        .join(SavedView, SavedView.id == ViewLetter.view_id)
        .where(ViewLetter.person_id == actor.person_id, view_visible_to(actor))
        .order_by(SavedView.name, SavedView.id)
    )  # fmt: skip
    if view_id is not None:
        query = query.where(ViewLetter.view_id == view_id)
    return [Subscription(*row) for row in db.session.execute(query)]


def name_for(view_id: int, person_id: int) -> str | None:
    """The name of a view that this person has by mail and may still open, for the page that ends it without signing
    in; None where they do not: what it was called since is not told to whoever lost it."""
    reader = person_as_actor(person_id)
    found = subscription_of(reader, view_id) if reader else None
    return found.name if found else None


def due(most: int) -> list[tuple[int, int]]:
    """View and person of the letters that are due, the oldest first."""
    query = select(ViewLetter.view_id, ViewLetter.person_id).where(ViewLetter.next_at <= clock.now())
    return [(view, person) for view, person in db.session.execute(query.order_by(ViewLetter.next_at).limit(most))]


def due_one(view_id: int, person_id: int) -> Due | None:
    """One of them, None when it is not due any more."""
    row = db.session.execute(
        select(
            ViewLetter.view_id, ViewLetter.person_id, ViewLetter.rhythm, ViewLetter.hour, ViewLetter.empties,
            ViewLetter.next_at, ViewLetter.sent_at, ViewLetter.kept,
        ).where(ViewLetter.view_id == view_id, ViewLetter.person_id == person_id, ViewLetter.next_at <= clock.now())
    ).one_or_none()  # fmt: skip
    return Due(*row) if row else None
