"""How somebody wants to hear."""

from typing import Final

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db

from ..manner import Manner
from ..models import HearingManner

COLUMNS: Final = (
    HearingManner.mails, HearingManner.digest_hour, HearingManner.quiet_from, HearingManner.quiet_until,
    HearingManner.working_days, HearingManner.inbox_by,
)  # fmt: skip


def manner(actor: Actor) -> Manner:
    """When letters may come to this person, and how their inbox stands."""
    row = db.session.execute(select(*COLUMNS).where(HearingManner.person_id == actor.person_id)).one_or_none()
    return Manner(*row) if row else Manner()
