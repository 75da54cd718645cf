"""Addresses under which calendar programs read views."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db
from collab.people.secrets import LONGEST, digest

from ..models import ViewFeed


class Feed(NamedTuple):
    """Since when somebody has an address for a view, and when it was last read."""

    created_at: datetime
    read_at: datetime | None


class Holder(NamedTuple):
    """Whose address of which view it is."""

    view_id: int
    person_id: int
    read_at: datetime | None


def feed_of(actor: Actor, view_id: int) -> Feed | None:
    """The actor's own address of a view, if there is one."""
    row = db.session.execute(
        select(ViewFeed.created_at, ViewFeed.read_at).where(
            ViewFeed.view_id == view_id, ViewFeed.person_id == actor.person_id
        )
    ).one_or_none()
    return Feed(*row) if row else None


def holder_of(secret: str) -> Holder | None:
    """Whose address this is; None where nobody's."""
    if not secret or len(secret) > LONGEST:
        return None
    row = db.session.execute(
        select(ViewFeed.view_id, ViewFeed.person_id, ViewFeed.read_at).where(ViewFeed.secret_hash == digest(secret))
    ).one_or_none()
    return Holder(*row) if row else None
