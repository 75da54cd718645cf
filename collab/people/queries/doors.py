"""One's own sessions and tokens."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db

from ..models import AccessToken, SignInSession
from ..policy import own_sessions, own_tokens
from ..still_open import IDLE, session_is_open, token_is_good

_PARENT = aliased(AccessToken)


class Session(NamedTuple):
    """A signed-in browser."""

    id: int
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    agent: str
    here: bool


class Token(NamedTuple):
    """An access token, without its secret."""

    id: int
    name: str
    hint: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    made_with: str | None = None  # the name of the token that made it
    parent_id: int | None = None


def open_sessions(actor: Actor) -> list[Session]:
    """The browsers one is signed in with, the latest used first."""
    now = clock.now()
    rows = db.session.execute(
        select(
            SignInSession.id, SignInSession.created_at, SignInSession.seen_at, SignInSession.expires_at,
            SignInSession.address, SignInSession.agent,
        )
        .where(own_sessions(actor), session_is_open(now, now - IDLE))
        .order_by(SignInSession.seen_at.desc(), SignInSession.id.desc())
        .limit(100)
    )  # fmt: skip
    return [Session(*row, row.id == actor.session_id) for row in rows]


def open_tokens(actor: Actor) -> list[Token]:
    """The tokens that still open something, the newest first."""
    rows = db.session.execute(
        select(
            AccessToken.id, AccessToken.name, AccessToken.hint, AccessToken.scopes, AccessToken.created_at,
            AccessToken.expires_at, AccessToken.used_at, _PARENT.name.label("made_with"), AccessToken.parent_id,
        )
        .outerjoin(_PARENT, _PARENT.id == AccessToken.parent_id)
        .where(own_tokens(actor), token_is_good(clock.now()))
        .order_by(AccessToken.id.desc())
        .limit(200)
    )  # fmt: skip
    return [Token(row.id, row.name, row.hint, tuple(row.scopes), *row[4:]) for row in rows]


def secret_is(actor: Actor, token_id: int, secret_hash: bytes) -> bool:
    """Whether this is the secret of that token of one's own."""
    mine = select(AccessToken.id).where(own_tokens(actor), AccessToken.id == token_id)
    return db.session.scalar(mine.where(AccessToken.secret_hash == secret_hash)) is not None
