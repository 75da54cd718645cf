"""Who is knocking. `people` says how a cookie or token becomes an actor; this is where it is asked, once a request."""

from collections.abc import Callable

from flask import Flask, Request, g
from flask_login import LoginManager, UserMixin, current_user

from collab.core.actor import Actor
from collab.core.errors import SignInNeeded

Recognise = Callable[[Request], Actor | None]


class SignedIn(UserMixin):  # type: ignore[misc]
    """Flask-Login's idea of a user, around our actor."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get_id(self) -> str:
        return str(self.actor.person_id)


def install(app: Flask, recognise: Recognise) -> None:
    """Let `recognise` turn each request into an actor or None."""
    manager = LoginManager()
    manager.session_protection = None  # sessions are rows in PostgreSQL, not cookies to be fingerprinted
    manager.init_app(app, add_context_processor=False)

    @manager.request_loader  # type: ignore[untyped-decorator]
    def load(request: Request) -> SignedIn | None:
        found = recognise(request)
        return SignedIn(found) if found else None


def actor_or_none() -> Actor | None:
    """The actor of this request, or None for a stranger."""
    if "actor" not in g:
        g.actor = current_user.actor if current_user.is_authenticated else None
    found: Actor | None = g.actor
    return found


def actor() -> Actor:
    """The actor of this request. Raises SignInNeeded for a stranger."""
    found = actor_or_none()
    if found is None:
        raise SignInNeeded
    return found
