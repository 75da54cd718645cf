"""What hangs on a meeting that was found: its questions, and the series it belongs to."""

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db
from collab.people.queries.today import today
from collab.tasks.falling import falling_from, roller
from collab.tasks.recurring import Rule, from_text
from collab.tasks.recurring_forms import RecurrenceForm
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from .models import Meeting, MeetingQuestion, MeetingSeries
from .queries import Found

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Question:
    id: int
    asker: str
    asker_kind: str
    named: bool
    channel: str
    question: str
    received_on: date
    state: str
    point_id: int | None
    answer: str
    reason: str
    version: int


@dataclass(frozen=True, slots=True)
class Series:
    """A series as it stands; `others`: the meetings of it that the reader sees, the newest first."""

    id: int
    rule: Rule
    roll: str
    ahead: int
    times_left: int | None
    last_on: date
    next_on: date | None
    ended_how: str | None
    others: list[Any]


_QUESTION = tuple(getattr(MeetingQuestion, name) for name in Question.__dataclass_fields__)


def questions_of(found: Found) -> list[Question]:
    """The questions of a meeting that was found, in the order in which they came; one query."""
    query = select(*_QUESTION).where(MeetingQuestion.item_id == found.id).order_by(MeetingQuestion.id)
    return [Question(*row) for row in db.session.execute(query)]


def series_of(actor: Actor, found: Found) -> Series | None:
    """The series of a meeting that was found; two queries, none where it has none."""
    if found.series_id is None:
        return None
    it = MeetingSeries
    row = db.session.execute(
        select(it.id, it.rule, it.roll, it.ahead, it.times_left, it.last_on, it.next_on, it.ended_how).where(
            it.id == found.series_id
        )
    ).one()
    others = (
        select(WorkItem.reference, WorkItem.title, Meeting.starts_at, Meeting.stage)
        .join(Meeting, Meeting.item_id == WorkItem.id)
        .where(Meeting.series_id == found.series_id, WorkItem.id != found.id, visible_to(actor))
        .order_by(Meeting.series_on.desc())
        .limit(SHOWN)
    )
    return Series(
        row.id, from_text(row.rule), row.roll, row.ahead, row.times_left, row.last_on, row.next_on, row.ended_how,
        list(db.session.execute(others)),
    )  # fmt: skip


def coming(found: Found, starts: date, form: RecurrenceForm, series: Series | None) -> list[date]:
    """The next days on which the meeting would be held by this rule, five at most."""
    begin = series.last_on if series is not None and series.ended_how is None else starts
    roll = roller(db.session(), found.unit_id, form.roll)
    return list(islice(falling_from(form.rule(), begin, begin, today(), roll), SHOWN))
