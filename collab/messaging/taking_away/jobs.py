"""Making copies: the row says what is due, a job is a nudge, the zip lies in the data folder for two days."""

import logging
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from flask import current_app
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from collab.core import clock, jobs
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.errors import Busy
from collab.core.i18n import speaking
from collab.people.recognise import person_as_actor

from .. import commands, queries
from ..queries.copies import due_copies, due_copy, may_copy
from .writing import write

log = logging.getLogger(__name__)

KEPT_FOR: Final = timedelta(days=2)
SECONDS: Final = 1800
A_TURN: Final = 20
GIVEN_UP: Final = timedelta(hours=2)
"""A few times as long as one may take, for workers that were killed or away."""


def ask(copy_id: int) -> bool:
    """Nudge a worker; whatever becomes of the nudge, the sweep asks again. False where the queue does not answer."""
    return jobs.enqueue(
        "collab.messaging.taking_away.jobs.copy_job", copy_id, job_id=f"copy-{copy_id}", timeout=SECONDS
    )


def sweep_copies() -> None:
    """Every few seconds: ask for what is still due. What nobody could make in time is given up: whoever asked for it
    hears so, and may ask anew."""
    due, given_up = due_copies(A_TURN), clock.now() - GIVEN_UP
    db.session.rollback()
    for copy_id, wanted_at in due:
        if wanted_at < given_up:
            log.error("copy %s was not made within %s", copy_id, GIVEN_UP)
            commands.end_copy(SYSTEM, copy_id, None)
        elif not ask(copy_id):
            break


def sweep_old_copies() -> None:
    """Every hour: forget what was made long ago, with its zip, and what a killed worker left half written."""
    for copy_id in commands.forget_copies(SYSTEM, clock.now() - KEPT_FOR):
        path_of(copy_id).unlink(missing_ok=True)
    before = clock.now().timestamp() - (KEPT_FOR + timedelta(hours=1)).total_seconds()
    for left in folder().iterdir():
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < before:
                left.unlink()


def copy_job(copy_id: int) -> None:
    """The job."""
    with jobs.running_app().app_context():
        make(copy_id)


def make(copy_id: int) -> None:
    """Make a copy that is still due, within what its asker may read at this moment. Where the database does not answer
    it stays due; what fails otherwise would fail again, and whoever asked for it hears so."""
    copy = due_copy(copy_id)
    db.session.remove()
    if copy is None:
        return None
    actor = person_as_actor(copy.wanted_by)
    beside = folder() / f"{copy_id}.{os.getpid()}"
    try:
        if actor is None or not may_copy(actor, queries.about(actor, copy.conversation_id)):
            return commands.end_copy(SYSTEM, copy_id, None)
        with speaking(actor.locale):
            write(actor, copy.conversation_id, copy.upto, beside)
    except (Busy, OperationalError, NoConnection):
        beside.unlink(missing_ok=True)
        raise
    except Exception:
        db.session.remove()
        log.exception("copy %s of conversation %s cannot be made", copy_id, copy.conversation_id)
        beside.unlink(missing_ok=True)
        return commands.end_copy(SYSTEM, copy_id, None)
    size = beside.stat().st_size
    beside.replace(path_of(copy_id))
    db.session.remove()
    commands.end_copy(SYSTEM, copy_id, size)
    return None


def path_of(copy_id: int) -> Path:
    return folder() / f"{copy_id}.zip"


def folder() -> Path:
    """Where copies lie until they are fetched."""
    found = Path(current_app.config["COLLAB_DATA_DIR"]) / "copies"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found
