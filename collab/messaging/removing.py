"""What is older than its rule of retention goes: the sweep finds of which kind, a job removes it batch by batch.

Nothing is remembered between batches but what was removed, so a job that is killed is simply asked for again, and one
that is asked for twice finds nothing the second time.
"""

import logging
import time
from typing import Final

from collab.core import jobs
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.errors import Busy
from collab.people.queries.today import today

from . import commands
from .queries.keeping import instant, is_due, standing_rules
from .retention import oldest_kept

log = logging.getLogger(__name__)

A_TURN: Final = 120.0
"""Seconds of one job: other jobs wait for this one, and the sweep asks again soon."""


def sweep_old() -> None:
    """Every few minutes: of which kind of conversations is there something to remove?"""
    day = today()
    for kind, months in standing_rules(day):
        if is_due(kind, instant(oldest_kept(day, months))):
            asked = jobs.enqueue(
                "collab.messaging.removing.remove_job", kind, job_id=f"remove-{kind}", timeout=int(A_TURN) * 5
            )
            if not asked:
                break  # the queue does not answer: it is asked again at the next round
    db.session.rollback()


def remove_job(kind: str) -> None:
    """The job: what is old in conversations of one kind."""
    with jobs.running_app().app_context():
        remove_all(kind)


def remove_all(kind: str) -> int:
    """Remove batch by batch what is due in conversations of a kind, for one turn. Gives how many messages."""
    removed, ends, behind = 0, time.monotonic() + A_TURN, 0
    try:
        while time.monotonic() < ends:
            found = commands.remove_old(SYSTEM, kind, behind)
            removed += found.messages
            if found.behind is None:
                break
            behind = found.behind
    except Busy:
        log.info("%s: removal waits", kind)  # the sweep asks again
    return removed
