"""Questions about incoming webhooks."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from collab.core.db import db
from collab.people.models import Party
from collab.people.secrets import digest

from ..hook_models import Webhook


class Hook(NamedTuple):
    """An address as those who keep the conversation see it: never with its secret."""

    id: int
    name: str
    hint: str
    created_at: datetime


def hooks_of(conversation_id: int) -> list[Hook]:
    """The addresses of a conversation that was asked for by whoever may make them, the newest first."""
    rows = db.session.execute(
        select(Webhook.id, Party.label, Webhook.hint, Webhook.created_at)
        .join(Party, Party.id == Webhook.bot_id)
        .where(Webhook.conversation_id == conversation_id, Webhook.ended_at.is_(None))
        .order_by(Webhook.id.desc())
    )
    return [Hook(*row) for row in rows]


def hook_by(secret: str) -> tuple[int, int] | None:
    """The address with this secret and its bot; None where there is none, or none any more."""
    row = db.session.execute(
        select(Webhook.id, Webhook.bot_id).where(Webhook.secret_hash == digest(secret), Webhook.ended_at.is_(None))
    ).one_or_none()
    return (row.id, row.bot_id) if row else None
