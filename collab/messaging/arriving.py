"""Where somebody reads on from who comes into a conversation: what was said before is there to be read, and is not
counted as unread.

Whoever could read there already keeps their place: they may have a right to what they have not read yet.
"""

from datetime import date
from typing import Final

from sqlalchemy import ARRAY, BigInteger, Date, DateTime, Text, bindparam, text

from collab.core import clock
from collab.core.envelope import session
from collab.core.reactions import Told, reacts
from collab.people.events import MembershipBegan
from collab.people.queries.today import today

_HEADING: Final = "('head', 'deputy', 'acting')"
_VALID: Final = "m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)"

# The people whom parties stand for: themselves, who belongs to a unit or heads it or one above, who holds a post.
_PEOPLE: Final = f"""
    select p.id from person p where p.id in (select id from {{parties}})
    union
    select m.person_id from {{parties}} u join unit_closure c on c.descendant_id = u.id
    join membership m on m.unit_id = c.ancestor_id and (c.ancestor_id = u.id or m.kind in {_HEADING}) and {_VALID}
    union
    select m.person_id from {{parties}} u join post on post.id = u.id
    join membership m on (m.post_id = post.id
      or (post.kind = 'head' and m.unit_id = post.unit_id and m.kind in {_HEADING})) and {_VALID}
"""  # noqa: S608 only constants of this file

_LET_IN: Final = text(
    f"""
    with new as (select unnest(:parties) as id),
    others as (select party_id as id from conversation_member
      where conversation_id = :talk and party_id <> all(:parties)),
    coming as ({_PEOPLE.format(parties="new")}),
    there as ({_PEOPLE.format(parties="others")})
    insert into read_state (conversation_id, person_id, read_seq, at)
    select c.id, coming.id, c.last_seq, :at from coming, conversation c
    where c.id = :talk and c.last_seq > 0 and c.kind <> 'announcement' and coming.id not in (select id from there)
    on conflict (conversation_id, person_id)
      do update set read_seq = greatest(read_state.read_seq, excluded.read_seq), at = excluded.at
    """  # noqa: S608 only constants of this file
).bindparams(
    bindparam("parties", type_=ARRAY(BigInteger)), bindparam("day", type_=Date),
    bindparam("at", type_=DateTime(timezone=True)),
)  # fmt: skip

_ARRIVED: Final = text(
    f"""
    with place as (
      select descendant_id as unit from unit_closure
      where ancestor_id = :unit and (descendant_id = :unit or :role in {_HEADING})),
    known as (
      select c.descendant_id as unit from membership m join unit_closure c on c.ancestor_id = m.unit_id
        and (c.descendant_id = m.unit_id or m.kind in {_HEADING})
      where m.person_id = :person and {_VALID}
        and not (m.unit_id = :unit and m.kind = :role and m.valid_from = :since)),
    new as (select unit from place except select unit from known),
    named as (
      select unit as id from new union select cast(:post as bigint)
      union select id from post where kind = 'head' and unit_id = :unit and :role in {_HEADING}),
    talk as (
      select c.id, c.last_seq from conversation c where c.owner_kind = 'unit' and c.owner_id in (select unit from new)
      union
      select c.id, c.last_seq from conversation_member l join conversation c on c.id = l.conversation_id
      where l.party_id in (select id from named) and c.kind <> 'announcement' and not exists (
        select from conversation_member o where o.conversation_id = c.id
          and (o.party_id = :person or o.party_id in (select unit from known)))
      union
      select c.id, c.last_seq from conversation c where c.kind = 'announcement' and not exists (select from known)
        and (c.audience_id is null or c.audience_id in (
          select ancestor_id from unit_closure where descendant_id in (select unit from place))))
    insert into read_state (conversation_id, person_id, read_seq, at)
    select id, :person, last_seq, :at from talk where last_seq > 0 on conflict do nothing
    """  # noqa: S608 only constants of this file
).bindparams(
    bindparam("day", type_=Date), bindparam("since", type_=Date), bindparam("role", type_=Text),
    bindparam("at", type_=DateTime(timezone=True)), bindparam("post", type_=BigInteger),
    bindparam("person", type_=BigInteger), bindparam("unit", type_=BigInteger),
)  # fmt: skip


def begin_reading(talk_id: int, parties: list[int]) -> None:
    """Those who come into a group with these read on from here. For commands."""
    session().execute(_LET_IN, {"talk": talk_id, "parties": parties, "day": today(), "at": clock.now()})


@reacts(MembershipBegan)
def read_on_in_the_unit(told: Told) -> None:
    """Whoever comes into a unit, or to a post, reads on in its conversations from here; whoever comes to the
    organisation, also in what is announced to them."""
    began = told.fact
    assert isinstance(began, MembershipBegan)
    since = date.fromisoformat(began.since) if began.since else today()
    session().execute(
        _ARRIVED,
        {
            "person": began.person, "unit": began.unit, "role": began.role, "post": began.post, "since": since,
            "day": max(today(), since), "at": clock.now(),
        },
    )  # fmt: skip
