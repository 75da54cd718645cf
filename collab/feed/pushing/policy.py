"""Whose browser it is."""

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import Reach
from collab.people.models import AccessToken, SignInSession

from .models import PushSubscription


def holds() -> ColumnElement[bool]:
    """What a subscription was made with is still good: nobody signed out, no token was ended."""
    now, signed_in, token = clock.now(), aliased(SignInSession), aliased(AccessToken)
    open_session = exists().where(
        signed_in.id == PushSubscription.session_id,
        signed_in.person_id == PushSubscription.person_id,
        signed_in.ended_at.is_(None),
        signed_in.expires_at > now,
    )
    good_token = exists().where(
        token.id == PushSubscription.token_id,
        token.person_id == PushSubscription.person_id,
        token.revoked_at.is_(None),
        or_(token.expires_at.is_(None), token.expires_at > now),
    )
    return or_(open_session.correlate(PushSubscription), good_token.correlate(PushSubscription))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """A browser's subscription exists for its person alone."""
    return PushSubscription.person_id == actor.person_id


subscriptions: Reach[PushSubscription] = Reach(PushSubscription, visible_to)


def is_own(actor: Actor, one: PushSubscription) -> bool:
    return one.person_id == actor.person_id
