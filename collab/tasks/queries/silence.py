"""What silence will mean for an item, and for which items its day has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import Date, Integer, and_, case, cast, exists, func, or_, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.people.models import Organisation
from collab.work.models import Wait, WorkItem
from collab.work.queries.plans import IS_OPEN
from collab.work.queries.shapes import Item

from ..models import DeadlineRule, PendingItem
from ..silence import SHORTEST, Silence
from ..silencing import last_day_for
from .details import Details

BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Silent:
    """What silence means for an item. `by`: the last day on which something may still come; None while it does not
    count: `why_not` says whether the clock is standing, there is no-deadline, or the day lies beyond the calendar.
    `state`: counts, held or done."""

    rule: Silence
    state: str
    by: date | None
    why_not: Literal["standing", "no-deadline", "beyond"]


def silence_of(_actor: Actor, item: Item, details: Details) -> Silent | None:
    """What silence means for an item that was found; None where its rule says nothing of it, or it is closed.

    Two queries at most, none without such a rule."""
    rule = details.rule.silence if details.rule is not None else None
    if rule is None or item.kind != "pending" or (not item.is_open and details.silence != "done"):
        return None
    by = None
    if details.silence == "counts" and item.is_open:
        other = details.counterpart.id if details.counterpart is not None else None
        by = last_day_for(db.session(), rule, item.id, item.unit_id, item.due_on, item.state_kind, other)
    return Silent(rule, details.silence, by, _why_not(item))


def _why_not(item: Item) -> Literal["standing", "no-deadline", "beyond"]:
    if item.state_kind == "waiting":
        return "standing"
    return "beyond" if item.due_on is not None else "no-deadline"


def perhaps_silent(after: int = 0) -> Sequence[int]:
    """Open items, by id, whose last day may be over: counted without looking at the calendar, so some are early."""
    today = cast(func.timezone(Organisation.time_zone, clock.now()), Date)
    days: Any = case(
        *(
            (DeadlineRule.silence_measure == measure, DeadlineRule.silence_within * n)
            for measure, n in SHORTEST.items()
        ),
        else_=0,
    )
    latest = today - cast(days, Integer)
    asked = exists().where(
        Wait.item_id == PendingItem.item_id, Wait.ended_at.is_(None), Wait.sense == "answer",
        cast(func.timezone(Organisation.time_zone, Wait.since), Date) < latest,
    )  # fmt: skip
    late = and_(DeadlineRule.silence_after == "deadline", WorkItem.state_kind != "waiting", WorkItem.due_on < latest)
    rows = db.session.scalars(
        select(PendingItem.item_id)
        .join(DeadlineRule, DeadlineRule.id == PendingItem.rule_id)
        .join(WorkItem, WorkItem.id == PendingItem.item_id)
        .join(Organisation, Organisation.id == 1)
        .where(DeadlineRule.silence.is_not(None), PendingItem.silence == "counts", WorkItem.kind == "pending", IS_OPEN)
        .where(PendingItem.item_id > after, or_(late, and_(DeadlineRule.silence_after == "asking", asked)))
        .order_by(PendingItem.item_id)
        .limit(BATCH)
    )
    return rows.all()
