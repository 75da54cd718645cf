"""Who of a person and their substitute is there today. Read inside commands."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import ARRAY, BigInteger, Date, bindparam, text

from collab.core.envelope import session

_ABSENT: Final = text(
    """
    select distinct on (a.person_id) a.person_id, a.last_day, s.id as stands_in
    from absence a
    left join person s on s.id = a.substitute_id and s.active and not exists (
      select 1 from absence b where b.person_id = s.id and b.cancelled_at is null
        and b.first_day <= :day and b.last_day >= :day)
    where a.person_id = any(:people) and a.cancelled_at is null and a.first_day <= :day and a.last_day >= :day
    order by a.person_id, s.id is null, a.last_day desc
    """
).bindparams(bindparam("day", type_=Date), bindparam("people", type_=ARRAY(BigInteger)))


class Absent(NamedTuple):
    """Somebody is away until `last_day`; `stands_in` is there for them, None where nobody is."""

    person: int
    last_day: date
    stands_in: int | None


def absence_of(party_id: int | None, day: date) -> Absent | None:
    """The absence of a person on `day`; None for whoever is there, and for units, posts and outsiders."""
    return absences_of([party_id or 0], day).get(party_id or 0)


def absences_of(parties: Iterable[int], day: date) -> dict[int, Absent]:
    """The same for many; one query."""
    rows = session().execute(_ABSENT, {"people": sorted(set(parties)), "day": day})
    return {row.person_id: Absent(*row) for row in rows}
