"""Whose browser it is."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import Reach
from collab.people.models import AccessToken, SignInSession
from collab.people.still_open import IDLE, session_is_open, token_is_good

from .models import PushSubscription


def holds() -> ColumnElement[bool]:
    """What a subscription was made with still opens the door."""
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
    return PushSubscription.person_id == actor.person_id


subscriptions: Reach[PushSubscription] = Reach(PushSubscription, visible_to)


def is_own(actor: Actor, one: PushSubscription) -> bool:
    return one.person_id == actor.person_id
