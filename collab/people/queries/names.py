"""Names of parties by their ids, in the language being spoken."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from collab.core.db import db
from collab.core.i18n import in_language

from ..models import Party


class Named(NamedTuple):
    """A party as it is shown small."""

    id: int
    kind: str
    name: str


def names(ids: Iterable[int | None]) -> dict[int, Named]:
    """The parties with these ids, in one query (none for none)."""
    wanted = sorted({id_ for id_ in ids if id_ is not None})
    if not wanted:
        return {}
    rows = db.session.execute(select(Party.id, Party.kind, Party.label, Party.names).where(Party.id.in_(wanted)))
    return {row.id: Named(row.id, row.kind, in_language(row.names, row.label)) for row in rows}
