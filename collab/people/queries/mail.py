"""The outbox of letters, for administrators."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from collab.core.db import db
from collab.core.paging import Key, Keyset, Kind, Page

from ..models import Mail

NEWEST_FIRST = Keyset((Key("id", Mail.id, Kind.INTEGER, descending=True),))


class LetterLine(NamedTuple):
    """A letter. Its text is kept only until a mail server took it."""

    id: int
    to: str
    subject: str
    body: str
    created_at: datetime
    sent_at: datetime | None
    tries: int
    error: str | None


def letters(cursor: str | None = None, limit: int = 30) -> Page[LetterLine]:
    """A page of letters, the newest first. Raises BadCursor."""
    window = NEWEST_FIRST.window(cursor, limit)
    columns: Any = (Mail.id, Mail.to, Mail.subject, Mail.body, Mail.created_at, Mail.sent_at, Mail.tries, Mail.error)
    rows = [LetterLine(*row) for row in db.session.execute(window.applied(select(*columns))).all()]
    return window.page(rows, lambda row: (row.id,))
