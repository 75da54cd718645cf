"""Whether people are here now: at an open page, absent with who stands in, or neither. One statement, one question to
Redis, whatever their number."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import ARRAY, BigInteger, Date, bindparam, text

from collab.core import presence
from collab.core.actor import Actor
from collab.core.errors import NotFound
from collab.core.i18n import in_language
from collab.core.prepared import Fixed

from .today import today


class Presence(NamedTuple):
    """`state`: here (a page is open), absent (noted as away today), away (neither, or not shown), unknown (Redis cannot
    be asked). `until` is the last day of an absence, `substitute` who stands in."""

    state: str
    until: date | None = None
    substitute_id: int | None = None
    substitute: str = ""


def _people() -> Any:
    return text(
        """
        select p.id, p.shows_presence as shows, a.last_day, a.substitute_id, s.label, s.names
        from person p
        left join lateral (
          select b.last_day, b.substitute_id from absence b
          where b.person_id = p.id and b.cancelled_at is null and b.first_day <= :day and b.last_day >= :day
          order by b.substitute_id is null, b.last_day desc, b.id limit 1) a on true
        left join party s on s.id = a.substitute_id
        where p.id = any(:people) and p.active and p.kind = 'person'
        """
    ).bindparams(bindparam("day", type_=Date), bindparam("people", type_=ARRAY(BigInteger)))


_PEOPLE: Final = Fixed(_people)


def presences(actor: Actor, people: Iterable[int]) -> dict[int, Presence]:
    """Person → their presence, for those who have an account; programs are never present. The directory is open to
    every person, and so is this, and closed to programs; who does not want to be seen is not looked for."""
    if actor.bot:
        return {}
    asked = sorted(set(people))
    rows = _PEOPLE.rows(day=today(), people=asked) if asked else []
    here = presence.among(row.id for row in rows if row.shows and row.last_day is None)
    found = {}
    for row in rows:
        if row.last_day is not None:
            name = in_language(row.names or {}, row.label) if row.label else ""
            found[row.id] = Presence("absent", row.last_day, row.substitute_id, name)
        else:
            found[row.id] = Presence(_state(row, here))
    return found


def _state(row: Any, here: frozenset[int] | None) -> str:
    if not row.shows:
        return "away"
    return "unknown" if here is None else "here" if row.id in here else "away"


def presence_of(actor: Actor, person_id: int) -> Presence:
    """The presence of one person. Raises NotFound for those without an account, and for programs."""
    found = presences(actor, [person_id]).get(person_id)
    if found is None:
        raise NotFound
    return found
