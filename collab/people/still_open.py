"""Which sessions and tokens still open a door. Whoever comes in, a list of one's own doors and everything that holds
only as long as a door does (pop-ups) ask these, so that none outlives another."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_

from .models import AccessToken, SignInSession

IDLE: Final = timedelta(days=7)
"""A session that nobody used for so long is over."""


def session_is_open(now: Any, idle_since: Any, of: Any = SignInSession) -> ColumnElement[bool]:
    """Nobody signed out, its time is not over, and it was used since `idle_since` (IDLE before `now`)."""
    return and_(of.ended_at.is_(None), of.expires_at > now, of.seen_at > idle_since)


def token_is_good(now: Any, of: Any = AccessToken) -> ColumnElement[bool]:
    """Nobody ended it, and its time is not over."""
    return and_(of.revoked_at.is_(None), or_(of.expires_at.is_(None), of.expires_at > now))
