"""Who hears of an item: rooms for hints, people for notifications. Never wider than who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ARRAY, BigInteger, Date, bindparam, text
from sqlalchemy.orm import Session

from collab.core import clock

# Rights stand in collab.people.standing and collab.work.policy; these statements say the same in sets, and a law
# test holds them to it: for every person, `readers_among` equals `visible_to`.
_HEADING: Final = "('head', 'deputy', 'acting')"
_IN_FORCE: Final = "m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)"
_READERS: Final = text(
    f"""
    with item as (select id, unit_id, reach from work_item where id = :item),
    part as (select party_id, until from participant where item_id = :item),
    who as (select id, roles from person where id = any(:people) and active),
    stood as (
      select id as person_id, id as other_id from who
      union
      select who.id, a.person_id from absence a join who on who.id = a.substitute_id
      where a.cancelled_at is null and a.first_day <= :day and a.last_day >= :day),
    held as (
      select stood.person_id, m.unit_id, m.post_id, m.kind in {_HEADING} as heads
      from stood join membership m on m.person_id = stood.other_id and {_IN_FORCE}),
    reach as (
      select person_id, unit_id from held
      union
      select held.person_id, c.descendant_id from held join unit_closure c on c.ancestor_id = held.unit_id
      where held.heads),
    acted as (
      select person_id, other_id as party_id from stood
      union select person_id, unit_id from reach
      union select person_id, post_id from held where post_id is not null
      union select held.person_id, p.id from held join post p on p.unit_id = held.unit_id and p.kind = 'head'
        and p.valid_from <= :day and (p.valid_to is null or p.valid_to > :day)
        where held.heads)
    select who.id from who, item
    where item.reach = 'all'
       or (item.reach <> 'named' and 'auditor' = any(who.roles))
       or (item.reach = 'unit'
           and exists (select 1 from reach r where r.person_id = who.id and r.unit_id = item.unit_id))
       or (item.reach <> 'named'
           and exists (select 1 from acted a join part on part.party_id = a.party_id where a.person_id = who.id))
       or exists (select 1 from part where part.party_id = who.id and part.until is null)
    """  # noqa: S608 only constants of this file
).bindparams(bindparam("people", type_=ARRAY(BigInteger)), bindparam("day", type_=Date))

# Everybody with a part of their own: people; who holds a post; who heads a unit that holds it or is asked.
_INTERESTED: Final = text(
    f"""
    with part as (
      select party_id, role from participant where item_id = :item and until is null
      union
      select w.of_id, 'asked' from wait w where w.item_id = :item and w.ended_at is null and w.of_id is not null
        and w.sense <> 'task'
      union
      select w.taken_by, 'asked' from wait w where w.item_id = :item and w.ended_at is null and w.taken_by is not null
      union
      select w.by_id, 'asker' from wait w where w.item_id = :item and w.ended_at is null and w.sense <> 'task')
    select p.id as person_id, part.role from part join person p on p.id = part.party_id where p.active
    union
    select m.person_id, part.role
    from part join membership m on m.post_id = part.party_id and {_IN_FORCE}
    join person p on p.id = m.person_id and p.active
    union
    select m.person_id, part.role
    from part
    left join post on post.id = part.party_id and post.kind = 'head'
    join membership m on m.unit_id = coalesce(post.unit_id, part.party_id) and m.kind in {_HEADING} and {_IN_FORCE}
    join person p on p.id = m.person_id and p.active
    """  # noqa: S608 only constants of this file
).bindparams(bindparam("day", type_=Date))

_ROOMS: Final = text(
    f"""
    select i.id, i.reach, i.unit_id,
      (select array_agg(ancestor_id order by depth) from unit_closure where descendant_id = i.unit_id) as above,
      (select json_agg(json_build_array(p.party_id, party.kind, p.until is null))
       from participant p join party on party.id = p.party_id where p.item_id = i.id) as parts,
      (select array_agg(distinct c.ancestor_id) from participant p
       join unit_closure c on c.descendant_id = p.party_id where p.item_id = i.id) as above_parts,
      (select array_agg(distinct m.person_id) from participant p
       join post on post.id = p.party_id
       join membership m on (m.post_id = post.id
         or (post.kind = 'head' and m.unit_id = post.unit_id and m.kind in {_HEADING})) and {_IN_FORCE}
       where p.item_id = i.id) as of_posts
    from work_item i where i.id = any(:items)
    """  # noqa: S608 only constants of this file
).bindparams(bindparam("items", type_=ARRAY(BigInteger)), bindparam("day", type_=Date))


@dataclass(frozen=True, slots=True)
class Sight:
    """What the rooms of an item follow from. `above` and `above_parts`: the owning unit, and the units that take
    part, with all above them; `people`, `units`: who takes or took part; `still`: the people who still do;
    `of_posts`: who holds the posts that take part."""

    reach: str
    unit_id: int
    above: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    still: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    above_parts: tuple[int, ...] = ()
    of_posts: tuple[int, ...] = ()


def rooms(sight: Sight) -> list[str]:
    """The rooms of the socket line in which those sit who may see an item. Auditors sit in none: they ask again.

    What is for named people only stays closed to those who stand in for them, so it is said to each in their own room.
    """
    if sight.reach == "named":
        return [f"self:{person}" for person in sight.still]
    if sight.reach == "all":
        return ["all"]
    units = dict.fromkeys((sight.unit_id, *sight.units))
    above = dict.fromkeys((*sight.above, *sight.above_parts))
    people = dict.fromkeys((*sight.people, *sight.of_posts))
    return [
        *(f"unit:{unit}" for unit in units),
        *(f"below:{unit}" for unit in above),
        *(f"person:{person}" for person in people),
    ]


def sight_of(session: Session, item_id: int) -> Sight | None:
    """What the rooms of an item follow from, in one query; None when there is no such item."""
    return _sights(session, [item_id]).get(item_id)


def _sights(session: Session, items: Iterable[int]) -> dict[int, Sight]:
    asked = {"items": sorted(items), "day": today(session)}
    return {row.id: _sight(row) for row in session.execute(_ROOMS, asked)}


def _sight(row: Any) -> Sight:
    parts: list[Any] = row.parts or []
    return Sight(
        reach=row.reach,
        unit_id=row.unit_id,
        above=tuple(row.above or ()),
        people=tuple(id_ for id_, kind, _still in parts if kind == "person"),
        still=tuple(id_ for id_, kind, still in parts if kind == "person" and still),
        units=tuple(id_ for id_, kind, _still in parts if kind == "unit"),
        above_parts=tuple(row.above_parts or ()),
        of_posts=tuple(row.of_posts or ()),
    )


def named_rooms(session: Session, item_id: int) -> list[str] | None:
    """The only rooms in which anything about an item for named people may be said; None for every other item."""
    sight = sight_of(session, item_id)
    return rooms(sight) if sight and sight.reach == "named" else None


def rooms_of(session: Session, item_id: int) -> list[str]:
    """The rooms of an item by its id; none when there is no such item."""
    sight = sight_of(session, item_id)
    return rooms(sight) if sight else []


def rooms_of_many(session: Session, items: Iterable[int]) -> dict[int, list[str]]:
    """The rooms of many items by their ids, in one query whatever their number."""
    return {id_: rooms(sight) for id_, sight in _sights(session, items).items()}


def readers_among(session: Session, item_id: int, person_ids: Iterable[int]) -> set[int]:
    """Who of these people may see the item now; one query whatever their number."""
    people = sorted(set(person_ids))
    if not people:
        return set()
    return set(session.scalars(_READERS, {"item": item_id, "people": people, "day": today(session)}))


def interested(session: Session, item_id: int) -> dict[int, set[str]]:
    """Person → reasons (creator, holder, asked, asker, offered, watcher, mentioned, named) for everybody who has a
    part in an item now, posts and units by those who hold or head them. Whether they may see it is asked apart."""
    found: dict[int, set[str]] = {}
    for person, role in session.execute(_INTERESTED, {"item": item_id, "day": today(session)}):
        found.setdefault(person, set()).add(role)
    return found


def today(session: Session) -> date:
    """The organisation's calendar day."""
    zone = session.scalar(text("select time_zone from organisation")) or "UTC"
    return clock.now().astimezone(ZoneInfo(zone)).date()
