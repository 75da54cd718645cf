"""Whose browser it is."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import Reach
from collab.people.models import AccessToken, SignInSession
from collab.people.still_open import IDLE, session_is_open, token_is_good

from .models import PushSubscription

OFF_FOR: Final = timedelta(days=365)
"""How long it is remembered that a browser was turned off."""


def holds() -> ColumnElement[bool]:
    """Nobody turned it off, and what it was made with still opens the door."""
    return and_(PushSubscription.off_at.is_(None), _is_open())


def ended() -> ColumnElement[bool]:
    """It may be forgotten: its session or token is over, or it was turned off long ago."""
    off = PushSubscription.off_at
    return or_(and_(off.is_(None), ~_is_open()), off < clock.now() - OFF_FOR)


def _is_open() -> ColumnElement[bool]:
    now, signed_in, token = clock.now(), aliased(SignInSession), aliased(AccessToken)
    open_session = exists().where(
        signed_in.id == PushSubscription.session_id,
        signed_in.person_id == PushSubscription.person_id,
        session_is_open(now, now - IDLE, signed_in),
    )
    good_token = exists().where(
        token.id == PushSubscription.token_id,
        token.person_id == PushSubscription.person_id,
        token_is_good(now, token),
    )
    return or_(open_session.correlate(PushSubscription), good_token.correlate(PushSubscription))


def with_browsers(reading: Session, people: Iterable[int]) -> set[int]:
    """Those of these people to whom something can pop up now."""
    found = select(PushSubscription.person_id).where(PushSubscription.person_id.in_(sorted(people)), holds())
    return set(reading.scalars(found))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """A browser's subscription exists for its person alone."""
    return and_(PushSubscription.person_id == actor.person_id, PushSubscription.off_at.is_(None))


subscriptions: Reach[PushSubscription] = Reach(PushSubscription, visible_to)


def is_own(actor: Actor, one: PushSubscription) -> bool:
    return one.person_id == actor.person_id
