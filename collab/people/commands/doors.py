"""That a session or a token was used: written down every few minutes, not at every request."""

from datetime import datetime

from sqlalchemy import update

from collab.core.actor import Actor
from collab.core.envelope import anonymous, open_command, session

from ..models import AccessToken, SignInSession


@open_command(anonymous)
def note_use(_actor: Actor, session_id: int | None, token_id: int | None, at: datetime) -> None:
    """Note when a session or a token was last used."""
    if session_id is not None:
        mine = (SignInSession.id == session_id) & (SignInSession.seen_at < at)
        session().execute(update(SignInSession).where(mine).values(seen_at=at))
    if token_id is not None:
        session().execute(update(AccessToken).where(AccessToken.id == token_id).values(used_at=at))
