"""The roll: who is entitled by a query of the tree as it stands on a day, with the reason for each person.

A person whom the query finds several times is there once, for the weightiest reason; whom it finds and the house leaves
out is listed too, with the reason against.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, Date, Text, bindparam, text
from sqlalchemy.orm import Session

from .forms import Electorate

KINDS: Final = {
    "everybody": ("head", "acting", "deputy", "member"),
    "heads": ("head", "acting"),
    "leaders": ("head", "acting", "deputy"),
}
ORDER: Final = ("named", "head", "acting", "deputy", "post", "member")
MOST: Final = 5_000

_FOUND: Final = text(
    """
    with held as (
      select m.person_id, m.unit_id, m.post_id, m.kind from membership m
      where m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)),
    found as (
      select held.person_id, held.kind as because, held.unit_id as of_id
      from held join unit_closure c on c.descendant_id = held.unit_id
      where c.ancestor_id = :unit and (:below or c.depth = 0) and held.kind = any(:kinds)
      union
      select p.id, 'named', null from person p where p.id = any(:parties)
      union
      select held.person_id, 'post', post.id
      from post join held on held.post_id = post.id
        or (post.kind = 'head' and held.unit_id = post.unit_id and held.kind in ('head', 'acting'))
      where post.id = any(:parties)
      union
      select held.person_id, held.kind, held.unit_id from held where held.unit_id = any(:parties))
    select found.person_id, found.because, found.of_id, person.active, person.kind, person.roles
    from found join person on person.id = found.person_id
    """
).bindparams(
    bindparam("parties", type_=ARRAY(BigInteger)),
    bindparam("kinds", type_=ARRAY(Text)),
    bindparam("day", type_=Date),
    bindparam("unit", type_=BigInteger),
)


@dataclass(frozen=True, slots=True)
class Elector:
    """Somebody the query finds: why, of which unit or post, and the reason against where there is one."""

    person_id: int
    because: str
    of_id: int | None
    left_out: str | None


def electors(session: Session, query: Electorate, unit_id: int, day: date) -> list[Elector]:
    """Everybody whom the query finds on `day`, once each, in order of their ids; one question to the database."""
    asked = {
        "unit": query.unit or (None if query.people else unit_id),
        "below": query.below,
        "kinds": list(KINDS[query.who]),
        "parties": query.people,
        "day": day,
    }
    best: dict[int, Any] = {}
    for row in session.execute(_FOUND, asked):
        known = best.get(row.person_id)
        if known is None or _weight(row) < _weight(known):
            best[row.person_id] = row
    without = set(query.without)
    return [Elector(row.person_id, row.because, row.of_id, _against(row, without)) for _id, row in sorted(best.items())]


def entitled(found: Iterable[Elector]) -> list[Elector]:
    return [elector for elector in found if elector.left_out is None]


def _weight(row: Any) -> tuple[int, int]:
    return ORDER.index(row.because), row.of_id or 0


def _against(row: Any, without: set[int]) -> str | None:
    if row.person_id in without:
        return "without"
    if row.kind != "person":
        return "bot"
    if not row.active:
        return "inactive"
    return "auditor" if "auditor" in row.roles else None
