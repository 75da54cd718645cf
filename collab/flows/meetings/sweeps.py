"""What time sets off: the next meetings of series are called, invitations of the past lapse, letters fall due."""

import logging
from datetime import timedelta
from typing import Final

from sqlalchemy import Date, and_, cast, func, or_, select

from collab.core import clock, jobs
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.people.models import Organisation
from collab.work.models import Wait

from .commands import lapse_invitations, make_next_meeting, post_invitations, try_series_later
from .models import Meeting, MeetingLetter, MeetingSeries

log = logging.getLogger(__name__)

BATCH: Final = 100
MOST_AT_ONCE: Final = 200
LOOKED_BACK: Final = timedelta(days=14)


def sweep_meetings() -> None:
    """Now and then: has the day come on which the next meeting of some series is called?"""
    reading, now = db.session(), clock.now()
    today = reading.scalar(select(cast(func.timezone(Organisation.time_zone, now), Date)))
    if today is None:  # nobody has founded the organisation yet
        reading.rollback()
        return
    running = and_(
        MeetingSeries.ended_at.is_(None), or_(MeetingSeries.not_before.is_(None), MeetingSeries.not_before <= now)
    )
    due = select(MeetingSeries.id).where(running, MeetingSeries.make_on.is_not(None), MeetingSeries.make_on <= today)
    found = list(reading.scalars(due.order_by(MeetingSeries.make_on).limit(BATCH)))
    open_ = select(Wait.id).where(
        Wait.item_id == Meeting.item_id, Wait.sense == "invitation", Wait.ended_at.is_(None), Wait.until < today
    )
    past = select(Meeting.item_id).where(
        Meeting.starts_at.between(now - LOOKED_BACK, now), Meeting.stage == "planned", open_.exists()
    )
    late = list(reading.scalars(past.limit(BATCH)))
    reading.rollback()
    for series in found:
        try:
            while make_next_meeting(SYSTEM, series) is not None:
                pass
        except Exception:
            log.exception("calling the next meeting of series %s failed", series)
            try_series_later(SYSTEM, series)
    if late:
        lapse_invitations(SYSTEM, late)


def ask_for_letters() -> None:
    """Every few seconds: ask a worker for the letters about meetings of everybody to whom one is due."""
    due = select(MeetingLetter.person_id).where(MeetingLetter.due_at <= clock.now()).distinct().limit(MOST_AT_ONCE)
    for person in db.session.scalars(due).all():
        job = "collab.flows.meetings.sweeps.letters_job"
        if not jobs.enqueue(job, person, job_id=f"meeting-letters-{person}", timeout=60):
            return


def letters_job(person_id: int) -> None:
    """The job that writes the letters of one person about meetings."""
    with jobs.running_app().app_context():
        post_invitations(SYSTEM, person_id)
