"""What time itself sets off here: what was put off comes back, letters fall due."""

from typing import Final

from sqlalchemy import select

from collab.core import clock, jobs
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.work.models import Snooze

from .commands import post, wake_snoozed
from .models import Notification
from .putting_off import wake_waits
from .reactions import hint_days, hint_inboxes

MOST_AT_ONCE: Final = 200


def wake() -> None:
    """Every few seconds: has the moment come for some line of an inbox, or for something on a day?"""
    now = clock.now()
    if db.session.scalar(select(Notification.id).where(Notification.snoozed_until <= now).limit(1)) is not None:
        hint_inboxes(wake_snoozed(SYSTEM, now))
    if db.session.scalar(select(Snooze.wait_id).where(Snooze.until <= now).limit(1)) is not None:
        hint_days(wake_waits(SYSTEM, now))


def ask_for_letters() -> None:
    """Every few seconds: ask a worker for the letter of everybody to whom one is due."""
    due = select(Notification.person_id).where(Notification.mail_at <= clock.now()).distinct().limit(MOST_AT_ONCE)
    for person in db.session.scalars(due).all():
        if not jobs.enqueue("collab.feed.sweeps.letter_job", person, job_id=f"letter-{person}", timeout=60):
            return


def letter_job(person_id: int) -> None:
    """The job that writes the letter of one person."""
    with jobs.running_app().app_context():
        post(SYSTEM, person_id)
