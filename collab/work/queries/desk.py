"""Somebody's desk as it stands, who may take it over, and the protocols of desks handed over."""

from datetime import date, datetime
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Date, bindparam, func, or_, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import Forbidden, NotFound
from collab.core.i18n import _
from collab.core.in_hand import IN_HAND, InHand
from collab.core.prepared import Fixed, Prepared
from collab.people.models import Absence, AccessToken, Membership, Person, SignInSession
from collab.people.queries.person import Card, Place, find_person, places
from collab.people.queries.today import today
from collab.people.queries.unit import members, posts_of
from collab.people.standing import valid_on

from ..desk_contents import PARTS, TITLES, OnDesk, handed_by, on_desk
from ..models import DeskHandover, DeskLine, Participant, WorkItem
from ..policy import desk_visible_to, visible_to
from .parties import Names, names_of

MOST_SUCCESSORS = 60


class Around(NamedTuple):
    """What else hangs on the person: things followed, people stood in for, own absences, doors that are open."""

    watched: int
    stands_for: int
    absences: int
    sessions: int
    tokens: int


class Desk(NamedTuple):
    """A desk for one reader. `unit`: in which it is handed over, None where the reader may only look. `whole`: the
    reader headed its person once, and sees what was left lying in their own units alone, when it is not.

    `lines` are empty for whoever sees counts alone; `counts` stand for everybody. `in_hand`: what other packages
    know of (votes, chairs, talks, roles), which is handed on where it stands.
    """

    person: Card
    places: list[Place]
    unit: int | None
    whole: bool
    lines: list[OnDesk]
    counts: dict[str, int]
    around: Around
    names: Names
    handovers: list["Protocol"]
    in_hand: list[InHand]


class Protocol(NamedTuple):
    id: int
    person_id: int
    unit_id: int
    kind: str
    into_id: int | None
    last_day: date | None
    carried_by: int
    carried_at: datetime
    gone: bool
    watched: int
    person_signed_at: datetime | None
    head_signed_by: int | None
    head_signed_at: datetime | None
    closed_at: datetime | None
    starts_on: date | None
    entered_at: datetime | None
    version: int


class Carried(NamedTuple):
    """A line of a protocol; the title only where the reader sees the item."""

    part: str
    reference: str
    title: str
    to_id: int | None
    outcome: str
    seen: bool


class Successor(NamedTuple):
    """Somebody to whom a desk may go."""

    id: int
    name: str
    kind: str


def find_desk(actor: Actor, person_id: int) -> Desk:
    """The desk of a person: for themselves, for heads of a unit of theirs; administrators get counts alone. Whoever
    heads a unit in which they were before sees what was left there.

    Raises NotFound, and Forbidden for everybody else.
    """
    card = find_person(actor, person_id)
    here = places(actor, person_id)
    handed = handed_by(actor, today(), here)
    mine = actor.person_id == person_id
    if actor.is_auditor or not (handed or mine or actor.is_administrator):
        raise Forbidden
    whole = mine or handed is None or handed.whole
    unit = handed.unit if handed is not None else None
    found = [OnDesk(*row) for row in ON_DESK[whole].rows(actor, person=person_id)]
    counts = {part: sum(line.part == part for line in found) for part in PARTS}
    shown = [line.for_reader() for line in found] if unit or mine else []
    protocols = [Protocol(*row) for row in _OF_PERSON.rows(actor, person=person_id)]
    names = names_of(actor, {line.other for line in shown} | {one.carried_by for one in protocols})
    around = Around(*_AROUND.rows(person=person_id, day=today())[0]) if whole else Around(0, 0, 0, 0, 0)
    in_hand = [each for know in IN_HAND for each in know(actor, person_id)] if whole and (unit or mine) else []
    return Desk(card, here, None if mine else unit, whole, shown, counts, around, names, protocols, in_hand)


ON_DESK: Final = {
    whole: Prepared(partial(on_desk, person=bindparam("person", type_=BigInteger), whole=whole))
    for whole in (True, False)
}
"""Everything, or what was left in units that the reader heads."""


def desk_counts(actor: Actor, person_id: int) -> list[tuple[str, int]]:
    """What lies on somebody's desk in numbers, as the page of the desk counts it; nothing but for administrators. One
    statement, or two where the administrator heads units."""
    if actor.is_auditor or not actor.is_administrator:
        return []
    handed = handed_by(actor, today(), places(actor, person_id)) if actor.headed else None
    every = on_desk(actor, person_id, whole=handed is None or handed.whole).subquery()
    counted = select(every.c.part, func.count()).group_by(every.c.part)
    counts: dict[str, int] = {part: int(number) for part, number in db.session.execute(counted)}
    return [(_(TITLES[part]), counts[part]) for part in PARTS if part in counts]


_PERSON: Final[Any] = bindparam("person", type_=BigInteger)
_DAY: Final[Any] = bindparam("day", type_=Date)


def _around() -> Any:
    absence = (Absence.cancelled_at.is_(None), Absence.last_day >= _DAY)
    follows = (Participant.party_id == _PERSON, Participant.role == "watcher", Participant.until.is_(None))
    token = (AccessToken.person_id == _PERSON, AccessToken.revoked_at.is_(None))
    return select(
        _count(Participant.item_id, *follows),
        _count(Absence.id, Absence.substitute_id == _PERSON, *absence),
        _count(Absence.id, Absence.person_id == _PERSON, *absence),
        _count(
            SignInSession.id,
            SignInSession.person_id == _PERSON,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > func.now(),
        ),
        _count(AccessToken.id, *token, or_(AccessToken.expires_at.is_(None), AccessToken.expires_at > func.now())),
    )


def _count(column: Any, *which: Any) -> Any:
    return select(func.count(column)).where(*which).scalar_subquery()


_AROUND: Final = Fixed(_around)


def successors(actor: Actor, unit_id: int, person_id: int, tray: str) -> tuple[list[Successor], int]:
    """Who may take the desk over, and who is proposed: whoever holds or will hold the person's post, the deputy, or
    the unit's tray."""
    day = today()
    people = [each for each in members(actor, unit_id, day) if each.person_id != person_id]
    posts = posts_of(actor, unit_id, day)
    found = [Successor(unit_id, tray, "unit")]
    found += [Successor(each.person_id, each.name, "person") for each in people[:MOST_SUCCESSORS]]
    found += [Successor(each.id, each.name, "post") for each in posts[:MOST_SUCCESSORS]]
    known = {each.id for each in found}
    return list(dict.fromkeys(found)), _proposal(unit_id, person_id, day, people, known)


_POST: Final = Fixed(
    lambda: (
        select(Membership.post_id)
        .where(Membership.person_id == _PERSON, Membership.unit_id == bindparam("unit", type_=BigInteger))
        .where(Membership.post_id.is_not(None))
        .order_by(Membership.valid_from.desc())
        .limit(1)
    )
)
_FOLLOWS: Final = Fixed(
    lambda: (
        select(Membership.person_id, valid_on(Membership, _DAY).label("now"))
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.post_id == bindparam("post", type_=BigInteger), Membership.person_id != _PERSON)
        .where(Person.active, or_(Membership.valid_to.is_(None), Membership.valid_to > _DAY))
        .order_by(Membership.valid_from, Membership.id)
        .limit(1)
    )
)


def _proposal(unit_id: int, person_id: int, day: date, people: list[Any], known: set[int]) -> int:
    for held in _POST.rows(person=person_id, unit=unit_id):
        for follows in _FOLLOWS.rows(person=person_id, post=held.post_id, day=day):
            if follows.now and follows.person_id in known:
                return int(follows.person_id)
            if held.post_id in known:
                return int(held.post_id)
    deputy = next((each.person_id for each in people if each.kind == "deputy"), None)
    return deputy or unit_id


def _protocols(actor: Actor, which: Any) -> list[Protocol]:
    return [Protocol(*row) for row in db.session.execute(_newest(actor, which))]


def _newest(actor: Actor, which: Any) -> Any:
    columns = [getattr(DeskHandover, name) for name in Protocol._fields]
    return select(*columns).where(which, desk_visible_to(actor)).order_by(DeskHandover.id.desc()).limit(20)


_OF_PERSON: Final = Prepared(
    lambda actor: _newest(actor, DeskHandover.person_id == bindparam("person", type_=BigInteger))
)


def find_protocol(actor: Actor, protocol_id: int) -> Protocol:
    """A desk handed over. Raises NotFound where it is not for the actor to see."""
    found = _protocols(actor, DeskHandover.id == protocol_id)
    if not found:
        raise NotFound
    return found[0]


def may_read_lines(actor: Actor, one: Protocol) -> bool:
    """Administrators see that a desk was handed over, not what was on it."""
    return actor.person_id in (one.person_id, one.carried_by) or one.unit_id in actor.headed


def lines_of_protocol(actor: Actor, one: Protocol) -> list[Carried]:
    """What was on the desk and where it went; titles as far as the reader may see them today."""
    if not may_read_lines(actor, one):
        return []
    seen = visible_to(actor).label("seen")
    rows = db.session.execute(
        select(DeskLine.part, WorkItem.reference, WorkItem.title, DeskLine.to_id, DeskLine.outcome, seen)
        .join(WorkItem, WorkItem.id == DeskLine.item_id)
        .where(DeskLine.handover_id == one.id)
        .order_by(DeskLine.position)
    )
    return [
        Carried(
            row.part,
            row.reference if row.seen else "",
            row.title if row.seen else "",
            row.to_id,
            row.outcome,
            row.seen,
        )
        for row in rows
    ]


def count_lines(actor: Actor, one: Protocol) -> int:
    """How many lines a protocol has, whoever asks who may see that it is there."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(DeskLine)
            .join(DeskHandover, DeskHandover.id == DeskLine.handover_id)
            .where(DeskLine.handover_id == one.id, desk_visible_to(actor))
        )
        or 0
    )
