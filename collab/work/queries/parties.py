"""Names of the parties that a page mentions, all in one question."""

from collections.abc import Iterable
from typing import Final

from collab.core.actor import Actor
from collab.core.prepared import run, written
from collab.people.queries.names import names

from .shapes import PartyRef

_NAMES: Final = """
    select p.id, p.kind, coalesce(nullif(p.names ->> %(locale)s, ''), p.label), coalesce(u.code, pu.code)
    from party p left join unit u on u.id = p.id left join post on post.id = p.id
    left join unit pu on pu.id = post.unit_id
    where p.id = any((select %(ids)s::bigint[])::bigint[])
"""


class Names:
    """Parties by id, in the reader's language. An id without a party has a name of its own: Collab itself."""

    def __init__(self, known: dict[int, PartyRef]) -> None:
        self.known = known

    def one(self, id_: int) -> PartyRef:
        return self.known.get(id_) or PartyRef(id_, "person", "Collab" if id_ == 0 else "?")

    def maybe(self, id_: int | None) -> PartyRef | None:
        return self.one(id_) if id_ is not None else None


def names_of(actor: Actor, ids: Iterable[int | None]) -> Names:
    """Kind, name and (of units and posts) unit code of each party in `ids`, in one query."""
    wanted = frozenset(id_ for id_ in ids if id_)
    if not wanted:
        return Names({})
    rows = run(_NAMES, {"ids": written(wanted), "locale": actor.locale})
    return Names({id_: PartyRef(id_, kind, name, code) for id_, kind, name, code in rows})


def names_typed(actor: Actor, ids: Iterable[int | None]) -> Names:
    """The same of ids that came from a form or an address: of those alone whom the actor finds."""
    return Names({id_: PartyRef(*one) for id_, one in names(actor, ids).items()})
