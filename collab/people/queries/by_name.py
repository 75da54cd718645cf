"""Pages of parties in the order of the names that the reader reads.

Somebody who reads English looks for Works under W, where the organisation's own word begins with another letter.
"""

from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Select

from collab.core.db import db
from collab.core.i18n import in_language, locale
from collab.core.paging import Key, Keyset, Kind, Page
from collab.core.text.sort import sort_key

from ..models import Party
from .tree import tree

BY_NAME: Final = Keyset((Key("name", Party.sort_key, Kind.TEXT), Key("id", Party.id, Kind.INTEGER)))
MOST: Final = 500
"""Parties that are put into the reader's order; of more, all stand in the order of the organisation's own names."""

key_of = lru_cache(maxsize=20_000)(sort_key)


def page_by_name(query: Select[Any], cursor: str | None, limit: int) -> Page[Any]:
    """A page of rows with `id`, `label`, `names` and `sort_key`. One query, seldom two. Raises BadCursor."""
    window = BY_NAME.window(cursor, limit)
    rows = [] if locale() == tree().locale else db.session.execute(query.order_by(None).limit(MOST + 1)).all()
    if not rows or len(rows) > MOST:
        own = db.session.execute(window.applied(query)).all()
        return window.page(own, lambda row: (row.sort_key, row.id))

    def place(row: Any) -> tuple[str, int]:
        return key_of(in_language(row.names, row.label)), row.id

    ordered = sorted(rows, key=place, reverse=window.backward)
    at = window.position
    if at is not None:
        ordered = [row for row in ordered if (place(row) < at if window.backward else place(row) > at)]
    return window.page(ordered[: window.limit + 1], place)
