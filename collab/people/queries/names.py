"""Names of parties by their ids, in the language being spoken."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from sqlalchemy import ARRAY, BigInteger, any_, bindparam, func, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.i18n import in_language
from collab.core.prepared import Prepared

from ..models import Outsider, Party, Post, Unit
from ..policy import finds_outsider


class Named(NamedTuple):
    """A party as it is shown small. `code` is a unit's (a post's unit's)."""

    id: int
    kind: str
    name: str
    code: str | None = None


def _named(actor: Actor) -> Any:
    around = aliased(Unit)
    return (
        select(Party.id, Party.kind, Party.label, Party.names, func.coalesce(Unit.code, around.code).label("code"))
        .outerjoin(Unit, Unit.id == Party.id)
        .outerjoin(Post, Post.id == Party.id)
        .outerjoin(around, around.id == Post.unit_id)
        .outerjoin(Outsider, Outsider.id == Party.id)
        .where(Party.id == any_(bindparam("ids", type_=ARRAY(BigInteger))), finds_outsider(actor))
    )


NAMED: Final = Prepared(_named)


def names(actor: Actor, ids: Iterable[int | None]) -> dict[int, Named]:
    """The parties with these ids, in one query (none for none). The ids may come from a form or an address: nobody
    outside whom the actor does not find is named by their number."""
    wanted = frozenset(id_ for id_ in ids if id_)
    if not wanted:
        return {}
    rows = NAMED.rows(actor, ids=sorted(wanted))
    return {row.id: Named(row.id, row.kind, in_language(row.names, row.label), row.code) for row in rows}
