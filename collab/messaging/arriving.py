"""Where somebody reads on from who comes into a conversation: what was said before is there to be read, and is not
counted as unread.

Whoever could read there already keeps their place: they may have a right to what they have not read yet.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import ARRAY, BigInteger, Date, DateTime, bindparam, select, text
from sqlalchemy.orm import aliased

from collab.core import clock
from collab.core.db import long_statements
from collab.core.envelope import session
from collab.core.reactions import Told, reacts
from collab.people.events import MembershipBegan, PeopleBroughtIn, UnitClosed
from collab.people.models import Membership
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
    others as (
      select party_id as id from conversation_member where conversation_id = :talk and party_id <> all(:parties)
      union
      select u.descendant_id from conversation a join unit_closure u on u.ancestor_id = a.audience_id
      where a.id = :talk and a.kind = 'announcement'),
    coming as ({_PEOPLE.format(parties="new")}),
    there as ({_PEOPLE.format(parties="others")})
    insert into read_state (conversation_id, person_id, read_seq, at)
    select c.id, coming.id, c.last_seq, :at from coming, conversation c
    where c.id = :talk and c.last_seq > 0 and (c.kind <> 'announcement' or c.audience_id is not null)
      and coming.id not in (select id from there)
    on conflict (conversation_id, person_id)
      do update set read_seq = greatest(read_state.read_seq, excluded.read_seq), at = excluded.at
    """  # noqa: S608 only constants of this file
).bindparams(
    bindparam("parties", type_=ARRAY(BigInteger)), bindparam("day", type_=Date),
    bindparam("at", type_=DateTime(timezone=True)),
)  # fmt: skip

# What somebody stands for by memberships: the units in which they belong, those below where they head one, their posts.
_UNITS: Final = f"""
    select m.person_id, c.descendant_id as id, true as unit from {{memberships}} m
    join unit_closure c on c.ancestor_id = m.unit_id and (c.descendant_id = m.unit_id or m.kind in {_HEADING})
"""  # noqa: S608 only a constant of this file
_STANDING: Final = f"""{_UNITS}
    union
    select m.person_id, post.id, false from {{memberships}} m
    join post on post.id = m.post_id or (post.kind = 'head' and post.unit_id = m.unit_id and m.kind in {_HEADING})
"""  # noqa: S608 only a constant of this file

# Whoever was something there until this very day was there before.
_ARRIVED: Final = text(
    f"""
    with came as (select * from membership where id = any(:memberships)),
    had as (
      select * from membership m where m.person_id in (select person_id from came) and m.id <> all(:memberships)
        and m.valid_from <= :day and (m.valid_to is null or m.valid_to >= :day)),
    now as ({_STANDING.format(memberships="came")}),
    known as ({_STANDING.format(memberships="had")}),
    new as (select * from now except select * from known),
    reads as (
      select new.person_id, c.id from new join conversation c on c.owner_kind = 'unit' and c.owner_id = new.id
      where new.unit
      union
      select new.person_id, l.conversation_id from new join conversation_member l on l.party_id = new.id
      union
      select now.person_id, c.id from now join unit_closure u on u.descendant_id = now.id
      join conversation c on c.kind = 'announcement' and c.audience_id = u.ancestor_id where now.unit
      union
      select came.person_id, c.id from came join conversation c on c.kind = 'announcement' and c.audience_id is null),
    before as (
      select l.party_id as person_id, l.conversation_id as id from conversation_member l
      where l.party_id in (select person_id from came)
      union
      select known.person_id, l.conversation_id from known join conversation_member l on l.party_id = known.id
      union
      select known.person_id, c.id from known join unit_closure u on u.descendant_id = known.id
      join conversation c on c.kind = 'announcement' and c.audience_id = u.ancestor_id where known.unit
      union
      select had.person_id, c.id from had join conversation c on c.kind = 'announcement' and c.audience_id is null),
    talk as (select * from reads except select * from before)
    insert into read_state (conversation_id, person_id, read_seq, at)
    select talk.id, talk.person_id, c.last_seq, :at from talk join conversation c on c.id = talk.id
    where c.last_seq > 0
    on conflict (conversation_id, person_id)
      do update set read_seq = greatest(read_state.read_seq, excluded.read_seq), at = excluded.at
    """  # noqa: S608 only constants of this file
).bindparams(
    bindparam("memberships", type_=ARRAY(BigInteger)), bindparam("day", type_=Date),
    bindparam("at", type_=DateTime(timezone=True)),
)  # fmt: skip


def begin_reading(talk_id: int, parties: list[int]) -> None:
    """Those who come into a group with these read on from here. For commands."""
    session().execute(_LET_IN, {"talk": talk_id, "parties": parties, "day": today(), "at": clock.now()})


@reacts(MembershipBegan)
def read_on_in_the_unit(told: Told) -> None:
    """Whoever comes into a unit, or to a post, reads on in its conversations from here, and in what is announced there;
    whoever comes to the organisation, also in what is announced to all."""
    began = told.fact
    assert isinstance(began, MembershipBegan)
    since = date.fromisoformat(began.since) if began.since else today()
    made = select(Membership.id).where(
        Membership.person_id == began.person,
        Membership.unit_id == began.unit,
        Membership.kind == began.role,
        Membership.valid_from == since,
    )
    _read_on(session().scalars(made).all(), max(today(), since))


@reacts(UnitClosed)
def read_on_where_they_go_along(told: Told) -> None:
    """The people of a unit that was closed read on in the one that took over."""
    closed = told.fact
    assert isinstance(closed, UnitClosed)
    if closed.into is None or closed.on is None:
        return
    on, left = date.fromisoformat(closed.on), aliased(Membership)
    came = (
        select(Membership.id)
        .join(left, left.person_id == Membership.person_id)
        .where(left.unit_id == closed.subject, left.valid_to == on)
        .where(Membership.unit_id == closed.into, Membership.valid_from == on)
    )
    _read_on(session().scalars(came).all(), max(today(), on))


@reacts(PeopleBroughtIn)
def read_on_in_their_units(told: Told) -> None:
    """The same for a whole list of people, at once."""
    brought = told.fact
    assert isinstance(brought, PeopleBroughtIn)
    long_statements(session())
    _read_on(brought.memberships or [], today())


def _read_on(memberships: Sequence[int], day: date) -> None:
    session().execute(_ARRIVED, {"memberships": list(memberships), "day": day, "at": clock.now()})
