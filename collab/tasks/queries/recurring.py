"""The series that a task belongs to, and the days on which it falls."""

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, select

from collab.core.db import db
from collab.core.prepared import Fixed
from collab.people.queries.today import today
from collab.work.queries.shapes import Item

from ..falling import falling, roller
from ..recurring import Rule, from_text
from ..recurring_forms import RecurrenceForm, entered_as
from ..recurring_models import Recurrence, RecurrenceItem

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Series:
    """A series as it stands. `next_on` None: counted from when the last one is finished, or ended."""

    id: int
    rule: Rule
    mode: str
    roll: str
    ahead: int
    times_left: int | None
    begin_on: date
    last_on: date
    next_on: date | None
    ended_how: str | None


def _series() -> Any:
    return (
        select(
            Recurrence.id, Recurrence.rule, Recurrence.mode, Recurrence.roll, Recurrence.ahead, Recurrence.times_left,
            Recurrence.begin_on, Recurrence.last_on, Recurrence.next_on, Recurrence.ended_how,
        )
        .join(RecurrenceItem, RecurrenceItem.recurrence_id == Recurrence.id)
        .where(RecurrenceItem.item_id == bindparam("item", type_=BigInteger))
        .order_by(Recurrence.id.desc())
        .limit(1)
    )  # fmt: skip


_SERIES: Final = Fixed(_series)


def series_of(item_id: int) -> Series | None:
    """The newest series of an item that the reader was found to see; one query."""
    for row in _SERIES.rows(item=item_id):
        return Series(
            row.id, from_text(row.rule), row.mode, row.roll, row.ahead, row.times_left, row.begin_on, row.last_on,
            row.next_on, row.ended_how,
        )  # fmt: skip
    return None


def coming(item: Item, form: RecurrenceForm, series: Series | None = None) -> list[date]:
    """The next days on which a task would come by this rule, five at most. Counted from its end: as if each were
    finished on its day, the one that is there today."""
    now = today()
    roll = roller(db.session(), item.unit_id, form.roll)
    begin = series.last_on if series is not None and series.ended_how is None else item.due_on or now
    if form.mode == "on-done":
        begin = now
    most = min(SHOWN, form.times or SHOWN)
    if form.mode == "on-date":
        return list(islice(falling(form.rule(), begin, begin, roll), most))
    days: list[date] = []
    while len(days) < most:
        day = next(falling(form.rule(), begin, begin, roll), None)
        if day is None:
            break
        days.append(day)
        begin = day
    return days


def as_form(series: Series) -> RecurrenceForm:
    """A series as it was entered."""
    return entered_as(series.rule, series.mode, series.roll, series.ahead, series.times_left)  # type: ignore[arg-type]
