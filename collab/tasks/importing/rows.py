"""What a row of a list of work may say. Pure: nothing here knows the database."""

import hashlib
import re
from datetime import date, datetime, time
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from collab.core.forms import Code, Day, Email, Form, Line, Prose, Short, complaint
from collab.core.i18n import N_, _
from collab.work.forms import BEFORE_START, KindCode, Priority, StateKind

from ..forms import Source

NOT_A_MOMENT: Final = N_("A date or time is expected here, such as 2026-11-23 or 2026-11-23T14:05.")
NO_PROTOCOL: Final = N_("Only a pending item has a protocol number or a source.")
NOT_CLOSED: Final = N_("Only a finished or cancelled item has the day on which it was closed.")
CLOSED: Final = ("done", "cancelled")
_BETWEEN_LABELS: Final = re.compile(r"[,;|،]")


def _tidy(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _words(value: object) -> object:
    """`red, blue` as a list; labels are parted by comma, semicolon or bar."""
    return [word for word in _BETWEEN_LABELS.split(value) if word.strip()] if isinstance(value, str) else value


def _moment(value: object) -> datetime:
    """ISO 8601; a day alone means its beginning. Without an offset it is the organisation's own time."""
    try:
        if not isinstance(value, str) or len(value) > 40:
            raise ValueError
        found = datetime.fromisoformat(value.strip())
        if not 1900 <= found.year <= 2200:
            raise ValueError
    except ValueError as error:
        raise PydanticCustomError("said", "{sentence}", {"sentence": _(NOT_A_MOMENT)}) from error
    return found


Moment = Annotated[datetime, PlainValidator(_moment)]


class WorkRow(Form):
    """A task or pending item. `external_id` is what the other system calls it; `parent_external_id` may come later."""

    kind: Annotated[KindCode, BeforeValidator(_tidy)]
    external_id: Line
    title: Line
    body: Prose = ""
    unit_code: Code
    holder_email: Email | None = None
    state: Annotated[StateKind, BeforeValidator(_tidy)] = "new"
    priority: Priority = 0
    created: Moment | None = None
    start: Day | None = None
    due: Day | None = None
    labels: Annotated[list[Short], BeforeValidator(_words), Field(max_length=20)] = []
    parent_external_id: Line | None = None
    protocol: Short | None = None
    source: Annotated[Source, BeforeValidator(_tidy)] | None = None
    closed: Moment | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.start and self.due and self.due < self.start:
            raise complaint(_(BEFORE_START))
        if self.kind != "pending" and (self.protocol or self.source):
            raise complaint(_(NO_PROTOCOL))
        if self.closed and self.state not in CLOSED:
            raise complaint(_(NOT_CLOSED))
        return self


def instant(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment as an aware instant."""
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def digests(row: WorkRow) -> dict[str, str]:
    """A short hash of each cell, so that a later run can tell what the other system changed since.

    Keyed by the row's own id and the column: equal cells of different rows do not look equal.
    """
    return {name: _digest(row.external_id, name, getattr(row, name)) for name in WorkRow.model_fields}


def _digest(key: str, name: str, value: object) -> str:
    said = value.isoformat() if isinstance(value, date | datetime | time) else repr(value)
    return hashlib.blake2s(f"{key}\0{name}\0{said}".encode(), digest_size=6).hexdigest()


def columns_changed(before: dict[str, str], now: dict[str, str]) -> frozenset[str]:
    """The columns whose cell is another than at the last run."""
    return frozenset(name for name, hashed in now.items() if before.get(name) != hashed)
