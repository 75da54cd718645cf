"""What is older than its rule of retention goes: the sweep finds where, a job removes it batch by batch.

Nothing is remembered between batches but what was removed, so a job that is killed is simply asked for again, and one
that is asked for twice finds nothing the second time.
"""

import logging
from typing import Final

from collab.core import jobs
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.errors import Busy, NotFound
from collab.people.queries.today import today

from . import commands
from .queries.keeping import due_talks, instant, standing_rules
from .retention import oldest_kept

log = logging.getLogger(__name__)

A_TURN: Final = 200
SECONDS: Final = 900


def sweep_old() -> None:
    """Every few minutes: in which conversations is there something to remove?"""
    day = today()
    for kind, months in standing_rules(day):
        for talk in due_talks(kind, instant(oldest_kept(day, months)), A_TURN):
            jobs.enqueue("collab.messaging.removing.remove_job", talk, job_id=f"remove-{talk}", timeout=SECONDS)
    db.session.rollback()


def remove_job(talk_id: int) -> None:
    """The job: everything old of one conversation."""
    with jobs.running_app().app_context():
        remove_all(talk_id)


def remove_all(talk_id: int) -> int:
    """Remove batch by batch what is due in one conversation. Gives how many messages."""
    removed = 0
    try:
        while found := commands.remove_old(SYSTEM, talk_id):
            removed += found
    except (Busy, NotFound):
        log.info("conversation %s waits with its removal", talk_id)  # the sweep asks again
    return removed
