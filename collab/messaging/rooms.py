"""In which rooms of the socket line the readers of a unit's talk and of a group sit. Never wider than who may read.

Rooms are asked anew for each thing that is told, so whoever was put out of a group hears nothing more of it.
"""

from typing import Final

from sqlalchemy import Date, bindparam, text

from collab.core.prepared import Fixed
from collab.people.queries.today import today

_HEADING: Final = "('head', 'deputy', 'acting')"
_UNIT: Final = text(
    """
    with own as (
      select coalesce((select c.into_id from conversation c
        where c.owner_kind = 'unit' and c.owner_id = :unit and c.archived_at is not null), :unit) as id)
    select 'unit:' || own.id as room from own
    union all
    select 'below:' || c.ancestor_id from own join unit_closure c on c.descendant_id = own.id
    """
)
_GROUP: Final = text(
    f"""
    with member as (
      select m.party_id as id, p.kind from conversation_member m join party p on p.id = m.party_id
      where m.conversation_id = :talk)
    select 'self:' || id as room from member where kind = 'person'
    union
    select 'unit:' || id from member where kind = 'unit'
    union
    select 'below:' || c.ancestor_id from member join unit_closure c on c.descendant_id = member.id
    where member.kind = 'unit'
    union
    select 'self:' || m.person_id from member join post on post.id = member.id
    join membership m on (m.post_id = post.id
      or (post.kind = 'head' and m.unit_id = post.unit_id and m.kind in {_HEADING}))
      and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)
    union
    select 'all' from conversation where id = :talk and kind = 'announcement' and audience_id is null
    union
    select 'unit:' || c.descendant_id from conversation a join unit_closure c on c.ancestor_id = a.audience_id
    where a.id = :talk and a.kind = 'announcement'
    union
    select 'below:' || c.ancestor_id from conversation a join unit_closure c on c.descendant_id = a.audience_id
    where a.id = :talk and a.kind = 'announcement'
    """  # noqa: S608 only a constant of this file
).bindparams(bindparam("day", type_=Date))
_OF_UNIT: Final = Fixed(lambda: _UNIT)
_OF_GROUP: Final = Fixed(lambda: _GROUP)


def rooms_of_unit(unit_id: int) -> list[str]:
    """The rooms of a unit's talk: its people and whoever heads it or a unit above; of a closed one, its successor's."""
    return sorted(row.room for row in _OF_UNIT.rows(unit=unit_id))


def rooms_of_group(conversation_id: int) -> list[str]:
    """The rooms of a group, a direct talk or an announcement."""
    return sorted(row.room for row in _OF_GROUP.rows(talk=conversation_id, day=today()))
