"""What time sets off here: reminders, lapses, days that came; and what lay in units whose last day is over."""

import logging
import time
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.people.models import Organisation, UnitSplit
from collab.people.organisation import founding

from .commands.following import follow_closed_unit
from .commands.splitting import follow_split
from .commands.turning import put_off, take_turns
from .commands.waits import end_more_for
from .following import closed_units
from .models import Wait, WorkItem

log = logging.getLogger(__name__)

BATCH: Final = 100
TURNS: Final = 500
"""Waits that have their turn in one transaction: each reads calendars, rules and ways up once."""
LONGEST: Final = 3.0
"""Seconds in one go; the rest at the next, so that telling what happened is not held up."""


def due_waits(at: Any) -> Any:
    """The waits whose moment has come, the oldest first: a stretch of `ix_wait_next`."""
    return (
        select(Wait.id)
        .where(Wait.ended_at.is_(None), Wait.next_action_at.is_not(None), Wait.next_action_at <= at)
        .order_by(Wait.next_action_at)
        .limit(TURNS)
    )


def sweep_waits() -> None:
    """Every so often: whose moment has come?"""
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST:
        reading = db.session()
        if reading.scalar(select(Organisation.id)) is None:
            return
        ids = list(reading.scalars(due_waits(clock.now())))
        if not ids:
            return
        _turns(ids, begun)


def _turns(ids: Sequence[int], begun: float) -> None:
    """All together; if that fails one half after the other, so that one that cannot be decided holds back no other.
    When the time is over, what is left has its turn in the next sweep, which finds fewer: something came of the first
    half."""
    try:
        take_turns(SYSTEM, ids)
    except Exception:
        log.exception("looking at what is awaited failed for %s waits", len(ids))
        if len(ids) == 1:
            put_off(SYSTEM, ids[0])
            return
        middle = len(ids) // 2
        _turns(ids[:middle], begun)
        if time.monotonic() - begun < LONGEST:
            _turns(ids[middle:], begun)


def sweep_awaited() -> None:
    """Every so often: does something still wait for an item that is finished? Its end was told, and many waited."""
    begun = time.monotonic()
    still = select(Wait.id).where(Wait.for_item_id == WorkItem.id, Wait.ended_at.is_(None)).exists()
    left = select(WorkItem.id).where(WorkItem.closed_at.is_not(None), still)
    for item in list(db.session().scalars(left.order_by(WorkItem.id).limit(BATCH))):
        try:
            while end_more_for(SYSTEM, item):
                if time.monotonic() - begun > LONGEST:
                    return
        except Exception:
            log.exception("what waited for the end of the item %s waits on", item)


def sweep_closed_units() -> None:
    """Every few seconds: does something lie in a unit that is closed, today or by a plan whose day has come?"""
    begun = time.monotonic()
    reading = db.session()
    if reading.scalar(select(Organisation.id)) is None:
        return
    for unit in closed_units(reading, founding.today(reading)):
        try:
            while follow_closed_unit(SYSTEM, unit):
                if time.monotonic() - begun > LONGEST:
                    return
        except Exception:
            log.exception("what lay in the closed unit %s did not follow", unit)


def sweep_split_units() -> None:
    """Every few seconds: does something still lie in a unit that was split, though it goes to a part?"""
    begun = time.monotonic()
    waiting = select(UnitSplit.id).where(
        UnitSplit.carried_at.is_not(None), UnitSplit.followed_at.is_(None), UnitSplit.taken_back_at.is_(None)
    )
    for split in list(db.session().scalars(waiting.order_by(UnitSplit.id).limit(BATCH))):
        try:
            while follow_split(SYSTEM, split):
                if time.monotonic() - begun > LONGEST:
                    return
        except Exception:
            log.exception("what lay in a unit that was split (%s) did not follow", split)
