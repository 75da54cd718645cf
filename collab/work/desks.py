"""Where a party sits: the unit in which the ball lies when they hold it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ARRAY, BigInteger, Date, DateTime, bindparam, case, cast, func, or_, select, text

from collab.core import clock
from collab.core.envelope import session
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.prepared import Fixed
from collab.people.models import Bot, Membership, Organisation, Party, Person, Post, Unit, UnitClosure

CLOSED_UNIT = N_("This unit is closed.")
NO_POST = N_("This post is no longer there.")
BOT_HOLDS_NOT = N_("This is a bot that holds no work. Choose a person, a post or a unit.")
GONE = N_("This person no longer works here.")
HOLDS_NOTHING = N_("Somebody outside cannot hold an item; await them instead.")
NOWHERE = N_("This person belongs to no unit today.")
NAMED_TO_PERSON = N_("An item for named people only is held by a person.")
NAMED_ASKS_PERSON = N_("It is for named people only: ask a person, not a unit or a post.")
UNKNOWN = N_("Choose one from the list.")


def organisation_zone() -> ZoneInfo:
    """The time zone in which the organisation counts its days."""
    return ZoneInfo(session().scalar(select(Organisation.time_zone)) or "UTC")


def organisation_day(at: datetime | None = None) -> date:
    """The day that it is in the organisation at an instant, now where none is given."""
    return (at or clock.now()).astimezone(organisation_zone()).date()


def desk_of(party_id: int | None, *, prefer: int | None = None) -> int | None:
    """The unit of a party today: the unit itself, a post's, a person's (`prefer` if they belong to it, else their
    main one). None for outsiders and people without a unit."""
    if party_id is None:
        return None
    party = session().execute(_PARTY, {"party": party_id}).first()
    return _desk(party, party_id, prefer) if party is not None else None


# (kind, whether an active person, unit of a post and its end, person or bot, whether it may hold work)
_PARTY = (
    select(Party.kind, Person.active, Post.unit_id, Post.valid_to, Person.kind.label("sort"), Bot.holds)
    .outerjoin(Person, Person.id == Party.id)
    .outerjoin(Bot, Bot.id == Party.id)
    .outerjoin(Post, Post.id == Party.id)
    .where(Party.id == bindparam("party"))
)
_TODAY = cast(func.timezone(Organisation.time_zone, bindparam("now", type_=DateTime(timezone=True))), Date)
_ALL_MEMBER_OF = (
    select(Membership.unit_id)
    .join(Organisation, Organisation.id == 1)
    .where(
        Membership.person_id == bindparam("person"),
        Membership.valid_from <= _TODAY,
        or_(Membership.valid_to.is_(None), Membership.valid_to > _TODAY),
    )
)
_MEMBER_OF = _ALL_MEMBER_OF.order_by(
    case((Membership.unit_id == bindparam("prefer", type_=BigInteger), 0), else_=1),
    Membership.main.desc(),
    Membership.id,
).limit(1)
_UNIT = Fixed(
    lambda: (
        select((Unit.valid_to <= _TODAY).label("closed"))
        .join(Organisation, Organisation.id == 1)
        .where(Unit.id == bindparam("unit", type_=BigInteger))
    )
)


_EACH = text(
    """
    select p.id, case p.kind when 'unit' then p.id when 'post' then post.unit_id else (
      select unit_id from membership m where m.person_id = p.id and m.valid_from <= :day
        and (m.valid_to is null or m.valid_to > :day) order by m.main desc, m.id limit 1) end as unit
    from party p left join post on post.id = p.id
    where p.id = any(:parties) and p.kind <> 'outsider'
    """
).bindparams(bindparam("day", type_=Date), bindparam("parties", type_=ARRAY(BigInteger)))


def desks_of(parties: Iterable[int], day: date) -> dict[int, int]:
    """`desk_of` for many at once, on a day: those who have one."""
    rows = session().execute(_EACH, {"day": day, "parties": sorted(set(parties))})
    return {party: unit for party, unit in rows if unit}


def _desk(party: Any, party_id: int, prefer: int | None) -> int | None:
    if party.kind == "unit":
        return party_id
    if party.kind == "post":
        return int(party.unit_id)
    if party.kind != "person":
        return None
    return session().scalar(_MEMBER_OF, {"person": party_id, "prefer": prefer or 0, "now": clock.now()})


def holder_desk(party_id: int, *, field: str = "holder", prefer: int | None = None) -> int:
    """The unit in which `party_id` would hold an item. Raises Invalid at `field` when they cannot hold anything."""
    party = _able(party_id, field)
    desk = _desk(party, party_id, prefer)
    if desk is None:
        raise wrong(field, _(NOWHERE))
    refuse_closed_unit(desk, field)
    return desk


def holder_desks(party_id: int, units: Iterable[int]) -> dict[int, int]:
    """`holder_desk` for items that lie in several units: for each of these, the unit in which it would lie then."""
    party = _able(party_id, "holder")
    usual = _desk(party, party_id, None)
    if usual is None:
        raise wrong("holder", _(NOWHERE))
    wanted = set(units)
    own = set(session().scalars(_ALL_MEMBER_OF, {"person": party_id, "now": clock.now()})) & wanted
    own = own if party.kind == "person" else set()
    for desk in {usual} | own if wanted - own else own:
        refuse_closed_unit(desk, "holder")
    return {unit: unit if unit in own else usual for unit in wanted}


def _able(party_id: int, field: str) -> Any:
    """A party that can hold items. Raises Invalid at `field`."""
    party = session().execute(_PARTY, {"party": party_id}).first()
    if party is None:
        raise wrong(field, _(UNKNOWN))
    if party.kind == "outsider":
        raise wrong(field, _(HOLDS_NOTHING))
    _refuse_gone(party, party_id, field)
    return party


def refuse_gone(party_id: int, field: str) -> None:
    """Raise Invalid at `field` when nothing can be expected of a party any more: a person who left, a post that ended,
    a unit that is closed, or no party at all."""
    party = session().execute(_PARTY, {"party": party_id}).first()
    if party is None:
        raise wrong(field, _(UNKNOWN))
    _refuse_gone(party, party_id, field)


def _refuse_gone(party: Any, party_id: int, field: str) -> None:
    if party.kind == "person" and not party.active:
        raise wrong(field, _(GONE))
    if party.sort == "bot" and not party.holds:
        raise wrong(field, _(BOT_HOLDS_NOT))
    if party.kind == "post" and party.valid_to is not None and party.valid_to <= organisation_day():
        raise wrong(field, _(NO_POST))
    if party.kind in ("unit", "post"):
        refuse_closed_unit(party_id if party.kind == "unit" else party.unit_id, field)


def refuse_closed_unit(unit_id: int, field: str) -> None:
    """Raise Invalid at `field` when the unit does not exist or is closed today."""
    found = _UNIT.rows(unit=unit_id, now=clock.now())
    if not found:
        raise wrong(field, _(UNKNOWN))
    if found[0].closed:
        raise wrong(field, _(CLOSED_UNIT))


def refuse_named_to_unit(reach: str, holder_id: int | None, field: str) -> None:
    """An item for named people only is held by a person: nobody else could see it. Raises Invalid at `field`."""
    if reach != "named" or holder_id is None:
        return
    if session().scalar(select(Party.kind).where(Party.id == holder_id)) != "person":
        raise wrong(field, _(NAMED_TO_PERSON))


def refuse_unit_asked_on_named(reach: str, party_id: int | None, field: str) -> None:
    """On an item for named people only a unit or a post could not see what it is asked. Raises Invalid at `field`."""
    kind = select(Party.kind).where(Party.id == party_id)
    if reach == "named" and party_id is not None and session().scalar(kind) in ("unit", "post"):
        raise wrong(field, _(NAMED_ASKS_PERSON))


def common_superior(one: int, other: int) -> int | None:
    """The lowest unit above both (or one of them), on today's tree; None when nothing joins them."""
    first, second = (
        select(UnitClosure.ancestor_id, UnitClosure.depth).where(UnitClosure.descendant_id == unit).subquery()
        for unit in (one, other)
    )
    return session().scalar(
        select(first.c.ancestor_id)
        .join(second, second.c.ancestor_id == first.c.ancestor_id)
        .order_by(first.c.depth + second.c.depth)
        .limit(1)
    )


def head_post(unit_id: int) -> int | None:
    """The open head post of a unit."""
    return session().scalar(
        select(Post.id).where(Post.unit_id == unit_id, Post.kind == "head", Post.valid_to.is_(None))
    )
