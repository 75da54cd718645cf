"""Lists that are due: the sweep asks for them, a worker makes and writes each with the rights its reader has then."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from collab.core import clock, dates, jobs
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.errors import Busy, NotFound, Problem
from collab.core.i18n import speaking
from collab.people.recognise import person_as_actor
from collab.work.commands import note_list_reading
from collab.work.queries.saved import View, find_view

from ..manner import free_from
from ..queries.manner import manner
from ..queries.work_days import works_on
from . import commands, queries
from .gathering import gathered
from .queries import Due
from .rhythm import held_back, next_letter
from .words import letter_of

log = logging.getLogger(__name__)

MOST_AT_ONCE: Final = 200
LATER: Final = timedelta(minutes=10)
JOB: Final = "collab.feed.view_letters.sending.list_job"


def ask_for_lists() -> None:
    """Every few seconds: ask a worker for each list that is due."""
    for view, person in queries.due(MOST_AT_ONCE):
        if not jobs.enqueue(JOB, view, person, job_id=f"list-letter-{view}-{person}", timeout=60):
            return


def list_job(view_id: int, person_id: int) -> None:
    """The job that writes one list to one person."""
    with jobs.running_app().app_context():
        send_list(view_id, person_id)


def send_list(view_id: int, person_id: int) -> str | None:
    """Write one list, if it is due and its reader is to have it now. Gives the key of its effect, None for none."""
    due = queries.due_one(view_id, person_id)
    if due is None:
        return None
    reader = person_as_actor(person_id)
    if reader is None:
        return _end(due)
    with speaking(reader.locale):
        return _send(reader, due)


def _send(reader: Actor, due: Due) -> str | None:
    now, how = clock.now(), manner(reader)
    free = works_on(db.session(), reader.person_id, dates.local_day(now, reader.time_zone))
    calendar: dates.Calendar = reader.calendar  # type: ignore[assignment]
    following = next_letter(due.rhythm, due.hour, now, reader.time_zone, calendar, how, free)
    try:
        view = find_view(reader, due.view_id)
    except NotFound:
        return _end(due)
    if not how.mails:
        return _wait(due, following)
    if free_from(replace(how, working_days=True), now, reader.time_zone, free) > now:
        return _wait(due, held_back(due.hour, now, reader.time_zone, how, free))
    return _write(reader, view, due, following)


def _write(reader: Actor, view: View, due: Due, following: datetime) -> str | None:
    try:
        found = gathered(reader, view, due.kept)
        letter = letter_of(reader, view, found, due.rhythm, due.sent_at)
    except Busy:
        return _wait(due, clock.now() + LATER)
    except Problem:  # what the view asks for is no more, or takes too long
        log.info("view %s cannot be sent to person %s", due.view_id, due.person_id)
        return _wait(due, following)
    db.session.remove()
    if not (found.found or due.empties):
        return _wait(due, following)
    if reader.is_auditor:
        note_list_reading(reader, f"letter of {view.list}", view.query, found.found)
    return commands.post_list(SYSTEM, due, reader.email, letter, following)


def _wait(due: Due, to: datetime) -> str | None:
    """Written later, or not at all."""
    db.session.remove()
    commands.move_list(SYSTEM, due, to)
    return None


def _end(due: Due) -> str | None:
    """Written never again."""
    db.session.remove()
    commands.end_list(SYSTEM, due.view_id, due.person_id)
    return None
