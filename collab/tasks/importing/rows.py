"""What a row of a list of work may say. Pure: nothing here knows the database."""

import hashlib
import re
from datetime import date, datetime, time
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, field_validator
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

    @field_validator("due")
    @classmethod
    def _after_start(cls, due: date | None, info: ValidationInfo) -> date | None:
        start = info.data.get("start")
        if start and due and due < start:
            raise complaint(_(BEFORE_START))
        return due

    @field_validator("protocol", "source")
    @classmethod
    def _of_pending(cls, given: str | None, info: ValidationInfo) -> str | None:
        if given and info.data.get("kind", "pending") != "pending":
            raise complaint(_(NO_PROTOCOL))
        return given

    @field_validator("closed")
    @classmethod
    def _once_closed(cls, closed: datetime | None, info: ValidationInfo) -> datetime | None:
        if closed and info.data.get("state", CLOSED[0]) not in CLOSED:
            raise complaint(_(NOT_CLOSED))
        return closed


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
