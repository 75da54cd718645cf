"""The way up from a unit as it stands today, and of whom something is expected on an item. Read inside commands."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, Date, bindparam, text

from collab.core.envelope import session

from .ladder import Office, Seat

# One row for each head, deputy and acting head of each unit on the way; a unit with none has one row.
_WAY: Final = text(
    """
    select c.descendant_id as start, c.ancestor_id as unit, post.id as post, m.person_id as person, m.kind,
      case when m.away is null then m.person_id else m.stands_in end as answers
    from unit_closure c
    left join post on post.unit_id = c.ancestor_id and post.kind = 'head' and post.valid_from <= :day
      and (post.valid_to is null or post.valid_to > :day)
    left join lateral (
      select m.person_id, m.kind, a.id as away, s.id as stands_in
      from membership m
      join person p on p.id = m.person_id and p.active
      left join lateral (
        select id, substitute_id from absence
        where person_id = m.person_id and cancelled_at is null and first_day <= :day and last_day >= :day
        order by substitute_id is null, id desc limit 1) a on true
      left join person s on s.id = a.substitute_id and s.active and not exists (
        select 1 from absence b where b.person_id = s.id and b.cancelled_at is null
          and b.first_day <= :day and b.last_day >= :day)
      where m.unit_id = c.ancestor_id and m.kind in ('head', 'deputy', 'acting') and m.valid_from <= :day
        and (m.valid_to is null or m.valid_to > :day)) m on true
    where c.descendant_id = any(:units)
    order by c.descendant_id, c.depth, m.person_id
    """
).bindparams(bindparam("day", type_=Date), bindparam("units", type_=ARRAY(BigInteger)))

# People and posts of whom something is expected, and whoever holds those posts. What lies in a tray awaits nobody yet.
_AWAITED: Final = text(
    """
    with party as (
      select item_id, of_id as id from wait
      where item_id = any(:items) and ended_at is null and sense <> 'lapse' and taken_by is null
      union
      select item_id, taken_by from wait where item_id = any(:items) and ended_at is null and taken_by is not null)
    select item_id, id from party where id is not null
    union
    select party.item_id, m.person_id from party join membership m on m.post_id = party.id
      and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)
    """
).bindparams(bindparam("day", type_=Date), bindparam("items", type_=ARRAY(BigInteger)))


def way_up(unit_id: int, day: date) -> list[Office]:
    """The unit and every unit above it, to the top, with whoever heads each on `day`; one query."""
    return ways_up([unit_id], day).get(unit_id, [])


def ways_up(units: Iterable[int], day: date) -> dict[int, list[Office]]:
    """The same for many units; one query."""
    rows: list[Any] = list(session().execute(_WAY, {"units": sorted(set(units)), "day": day}))
    ways: dict[int, list[Office]] = {}
    for (start, unit, post), found in groupby(rows, lambda row: (row.start, row.unit, row.post)):
        seats = tuple(Seat(row.person, row.kind, row.answers) for row in found if row.person is not None)
        ways.setdefault(start, []).append(Office(unit, post, seats))
    return ways


def awaited_on(item_id: int, day: date) -> frozenset[int]:
    """People and posts of whom something is expected on an item; one query."""
    return frozenset(awaited_on_each([item_id], day).get(item_id, ()))


def awaited_on_each(items: Iterable[int], day: date) -> dict[int, set[int]]:
    """The same for many items; one query."""
    found: dict[int, set[int]] = {}
    for item, party in session().execute(_AWAITED, {"items": sorted(set(items)), "day": day}):
        found.setdefault(item, set()).add(party)
    return found
