"""The outbox of letters, for administrators."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.paging import Key, Keyset, Kind, Page

from ..mailing import MOST_TRIES
from ..models import Mail

NEWEST_FIRST = Keyset((Key("id", Mail.id, Kind.INTEGER, descending=True),))


class LetterLine(NamedTuple):
    """A letter without its text. `readable`: the text is still kept, as it is until a mail server took it."""

    id: int
    to: str
    subject: str
    readable: bool
    created_at: datetime
    sent_at: datetime | None
    tries: int
    error: str | None
    given_up: bool


_COLUMNS: Any = (
    Mail.id, Mail.to, Mail.subject, (Mail.body != "").label("readable"), Mail.created_at, Mail.sent_at, Mail.tries,
    Mail.error, (Mail.sent_at.is_(None) & (Mail.tries >= MOST_TRIES)).label("given_up"),
)  # fmt: skip


def letters(cursor: str | None = None, limit: int = 30) -> Page[LetterLine]:
    """A page of letters, the newest first. Raises BadCursor."""
    window = NEWEST_FIRST.window(cursor, limit)
    rows = [LetterLine(*row) for row in db.session.execute(window.applied(select(*_COLUMNS))).all()]
    return window.page(rows, lambda row: (row.id,))


def letter(mail_id: int) -> LetterLine:
    """One letter. Raises NotFound."""
    row = db.session.execute(select(*_COLUMNS).where(Mail.id == mail_id)).first()
    if row is None:
        raise NotFound
    return LetterLine(*row)
