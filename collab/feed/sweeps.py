"""What time itself sets off here: lines that were put off come back."""

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db

from .commands import wake_snoozed
from .models import Notification
from .reactions import hint_inboxes


def wake() -> None:
    """Every few seconds: has the moment come for some line?"""
    now = clock.now()
    if db.session.scalar(select(Notification.id).where(Notification.snoozed_until <= now).limit(1)) is not None:
        hint_inboxes(wake_snoozed(SYSTEM, now))
