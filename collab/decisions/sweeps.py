"""What time sets off: votes close at their instant, those who have not voted are reminded, key files go."""

import logging
from collections.abc import Sequence
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.work.audience import today
from collab.work.models import WorkItem

from .commands import bring_back, close_vote, remind_voters
from .envelopes import data_folder, left_behind
from .models import Decision
from .stages import PREPARING, STANDING

log = logging.getLogger(__name__)

BATCH: Final = 20


def sweep_votes() -> None:
    """Every second: has the instant of some vote come?"""
    reading = db.session()
    now = clock.of_database(reading)
    over = select(Decision.item_id).where(Decision.stage == "open", Decision.closes_at <= now)
    late = select(Decision.item_id).where(
        Decision.stage == "open", Decision.remind_at.is_not(None), Decision.remind_at <= now
    )
    closing: Sequence[int] = reading.scalars(over.order_by(Decision.closes_at).limit(BATCH)).all()
    reminding: Sequence[int] = reading.scalars(late.order_by(Decision.remind_at).limit(BATCH)).all()
    for item_id in closing:
        _each(close_vote, item_id)
    for item_id in set(reminding) - set(closing):
        _each(remind_voters, item_id)


def sweep_revisits() -> None:
    """Every ten minutes: has the time come to look at some decision again?"""
    reading = db.session()
    after = aliased(WorkItem)
    due = or_(Decision.revisit_on <= today(reading), after.closed_at.is_not(None))
    query = select(Decision.item_id).outerjoin(after, after.id == Decision.revisit_after_id)
    other = aliased(Decision)
    revised = select(other.item_id).where(other.revises_id == Decision.item_id, other.stage.in_(PREPARING)).exists()
    standing = (Decision.stage.in_(STANDING), Decision.revisit_wait_id.is_(None), ~revised)
    set_ = or_(Decision.revisit_on.is_not(None), Decision.revisit_after_id.is_not(None))
    for item_id in reading.scalars(query.where(*standing, set_, due).order_by(Decision.item_id).limit(BATCH)).all():
        _each(bring_back, item_id)


def _each(act: object, item_id: int) -> None:
    """One that fails holds back no other."""
    try:
        act(SYSTEM, item_id)  # type: ignore[operator]
    except Exception:
        log.exception("a decision could not be seen to: %s", item_id)


def sweep_keys() -> None:
    """Now and then: key files of votes that are over, which a crash left behind, go."""
    files = left_behind(data_folder())
    if not files:
        return
    ids = {item_id for item_id, _path in files}
    over = set(db.session.scalars(select(Decision.item_id).where(Decision.item_id.in_(ids), Decision.stage != "open")))
    for item_id, path in files:
        if item_id in over:
            path.unlink(missing_ok=True)
