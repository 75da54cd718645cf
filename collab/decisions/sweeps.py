"""What time sets off: votes close at their instant, those who have not voted are reminded, a chair who left is followed
by another, key files go."""

import logging
import time
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Date, bindparam, or_, select, text
from sqlalchemy.orm import aliased

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.work.audience import today
from collab.work.models import Wait, WorkItem

from .commands import bring_back, close_vote, end_awaiting, pass_chair_on, remind_voters
from .commands.chairing import SITS
from .envelopes import brought_over, is_old, left_behind, places
from .models import Decision
from .stages import PREPARING, STANDING

log = logging.getLogger(__name__)

BATCH: Final = 20
LONGEST: Final = 3.0
"""Seconds for what many wait for; the rest at the next, so that telling what happened is not held up."""
_closes_tried: dict[int, float] = {}
_reminders_tried: dict[int, float] = {}
_SITS: Final = SITS.format(post="d.chair_post_id", person="d.chair_id", unit="d.chair_unit_id")
# Votes whose chair's word counts, or may come to count, while the chair is no longer where they sat. Those for whom
# nobody was found stand among the others by lot, so that they keep no other waiting.
_CHAIRLESS: Final = text(
    f"""
    select d.item_id from decision d
    join person p on p.id = d.chair_id
    where d.chair_id is not null and d.stage in ('open', 'closed')
      and (d.rule ->> 'ties' = 'chair' or (d.rule ->> 'overruling')::boolean)
      and (d.stage = 'open' or exists (
        select 1 from wait w where w.item_id = d.item_id and w.sense = 'tie' and w.ended_at is null))
      and (not p.active or d.chair_unit_id is not null and not {_SITS})
    order by random() limit :most
    """  # noqa: S608 only constants
).bindparams(bindparam("day", type_=Date))


def sweep_votes() -> None:
    """Every second: has the instant of some vote come? What cannot close yet, its key being away, or fails, lets those
    go first that were not tried."""
    reading = db.session()
    now = clock.of_database(reading)
    over = select(Decision.item_id).where(Decision.stage == "open", Decision.closes_at <= now)
    late = select(Decision.item_id).where(
        Decision.stage == "open", Decision.remind_at.is_not(None), Decision.remind_at <= now
    )
    # Few are due at any instant. All of them are read, lest a batch of what cannot be done be all there is.
    closing = _in_turn(_closes_tried, reading.scalars(over.order_by(Decision.closes_at)).all())
    reminding = _in_turn(_reminders_tried, reading.scalars(late.order_by(Decision.remind_at)).all())
    for item_id in closing:
        _each(close_vote, item_id)
    for item_id in set(reminding) - set(closing):
        _each(remind_voters, item_id)


def _in_turn(tried: dict[int, float], due: Sequence[int]) -> list[int]:
    """A batch of what is due: what was not tried yet, then what was tried longest ago. `tried`: when each was; what is
    due no more is forgotten."""
    for item_id in tried.keys() - set(due):
        del tried[item_id]
    batch = sorted(due, key=lambda item_id: tried.get(item_id, 0.0))[:BATCH]
    tried.update(dict.fromkeys(batch, time.monotonic()))
    return batch


def sweep_chairs() -> None:
    """Every half minute: did somebody leave who chairs a vote that is open, or breaks a tie?"""
    reading = db.session()
    for item_id in list(reading.scalars(_CHAIRLESS, {"day": today(reading), "most": BATCH})):
        _each(pass_chair_on, item_id)


def sweep_awaiting() -> None:
    """Every so often: does something still wait for a vote that closed since? Its close was told, and many waited."""
    begun = time.monotonic()
    still = select(Wait.id).where(
        Wait.for_item_id == Decision.item_id, Wait.ended_at.is_(None), Wait.since <= Decision.closed_at
    )
    query = select(Decision.item_id).where(Decision.stage == "closed", still.exists())
    for item_id in db.session().scalars(query.order_by(Decision.item_id).limit(BATCH)).all():
        while _each(end_awaiting, item_id):
            if time.monotonic() - begun > LONGEST:
                return


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


def _each(act: object, item_id: int) -> int:
    """One that fails holds back no other. Returns what the act did, nothing where it failed."""
    try:
        return int(act(SYSTEM, item_id))  # type: ignore[operator]
    except Exception:
        log.exception("a decision could not be seen to: %s", item_id)
        return 0


def sweep_keys() -> None:
    """At the start and now and then: key files lie where they belong, and those that a crash left behind go: of votes
    that are over, and of openings that did not come about. A vote that is being opened is a draft to everybody else
    until it commits, so a young file of a draft is left alone."""
    found = places()
    try:
        brought_over(found)
    except OSError:
        log.exception("the keys of confidential votes cannot be kept in %s", found.now)
    files = [each for place in found for each in left_behind(place)]
    if not files:
        return
    ids = {item_id for item_id, _path in files}
    rows = db.session.execute(select(Decision.item_id, Decision.stage).where(Decision.item_id.in_(ids)))
    stages = {row.item_id: row.stage for row in rows}
    for item_id, path in files:
        stage = stages.get(item_id, "open")
        if stage != "open" and (stage not in PREPARING or is_old(path)):
            path.unlink(missing_ok=True)
