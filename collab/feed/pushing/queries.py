"""The browsers in which somebody turned pop-ups on."""

from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db
from collab.people.models import AccessToken, SignInSession

from .models import PushSubscription
from .policy import holds, visible_to


class Browser(NamedTuple):
    """One of them. `agent` is what the browser says of itself, or the name of the token; `here`: it is this one."""

    id: int
    agent: str
    service: str
    created_at: datetime
    here: bool


def browsers(actor: Actor) -> list[Browser]:
    """One's own, the newest first, as long as what they were turned on with is good."""
    columns = (
        PushSubscription.id, SignInSession.agent, AccessToken.name, PushSubscription.endpoint,
        PushSubscription.created_at, PushSubscription.session_id, PushSubscription.token_id,
    )  # fmt: skip
    mine = (
        select(*columns)
        .outerjoin(SignInSession, SignInSession.id == PushSubscription.session_id)
        .outerjoin(AccessToken, AccessToken.id == PushSubscription.token_id)
        .where(visible_to(actor), holds())
        .order_by(PushSubscription.created_at.desc(), PushSubscription.id.desc())
    )
    return [
        Browser(
            row.id,
            row.agent or row.name or "",
            urlsplit(row.endpoint).hostname or "",
            row.created_at,
            (row.session_id, row.token_id) == (None if actor.token_id else actor.session_id, actor.token_id),
        )
        for row in db.session.execute(mine)
    ]
