"""What time sets off in conversations: reminders, and messages that were written to be sent later."""

import logging
import time
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.errors import Busy, TooMany

from . import commands
from .models import MessageReminder
from .queries.later import Due, due_later

log = logging.getLogger(__name__)

A_TURN: Final = 3.0
"""Seconds: others are told and served by the same process."""
SOON: Final = 60


def sweep_reminders() -> None:
    """Every so often: has the time of some reminder of a message come? Batch by batch, each a transaction of its own;
    what a turn does not come to, the next one does."""
    due = select(MessageReminder.message_id).where(MessageReminder.due_at <= clock.now()).limit(1)
    found = db.session().scalar(due)
    db.session().rollback()
    ends = time.monotonic() + A_TURN
    while found is not None and time.monotonic() < ends:
        if not commands.tell_reminders(SYSTEM):
            break


def sweep_later() -> None:
    """Every so often: has the time of some message come? One that is held back goes behind the others; one that cannot
    be said waits for its author. Either way it stands in front of nobody's."""
    ends = time.monotonic() + A_TURN
    while time.monotonic() < ends:
        due = due_later()
        db.session().rollback()
        held: set[tuple[int, int]] = set()
        moved = sum([_sent(one, held) for one in due if (one.author, one.talk) not in held])
        if not moved:
            break


def _sent(one: Due, held: set[tuple[int, int]]) -> bool:
    """Whether it is out of the way: said, left to its author, or behind the others. `held`: whose further ones in which
    talk moved along with one."""
    try:
        try:
            commands.send_due(one.id, one.author)
        except TooMany as problem:
            commands.hold_back_later(SYSTEM, one.id, problem.retry_after, "flood")
            held.add((one.author, one.talk))
        except (Busy, OperationalError, NoConnection) as problem:
            log.info("message %s waits longer: %s", one.id, type(problem).__name__)
            commands.hold_back_later(SYSTEM, one.id, SOON, "busy")
            held.add((one.author, one.talk))
        except Exception:  # what nobody foresaw will be so the next time
            log.exception("message %s could not be sent", one.id)
            commands.refuse_later(SYSTEM, one.id)
    except Exception:  # not even that: the next round finds it again
        log.exception("message %s stays where it is", one.id)
        return False
    return True
