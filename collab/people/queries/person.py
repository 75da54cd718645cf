"""One person: card, memberships over time, absences; and what administrators see besides."""

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Date, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import in_language
from collab.core.prepared import Fixed, Prepared

from ..accounts import STANDS_AT
from ..models import Absence, Membership, Party, Person, Unit
from ..policy import everyone_sees
from ..standing import valid_on
from .today import today


class Card(NamedTuple):
    """What colleagues read of a person."""

    id: int
    name: str
    label: str
    names: dict[str, str]
    email: str
    title: str | None
    phone: str | None
    locale: str
    roles: tuple[str, ...]
    active: bool
    invited_at: datetime | None
    has_password: bool
    version: int
    account: str
    bot: bool = False


class Place(NamedTuple):
    """A membership: where, as what, with which post, when (half-open). `state`: now, past or coming."""

    id: int
    unit_id: int
    code: str
    unit: str
    kind: str
    post_id: int | None
    post: str
    main: bool
    valid_from: date
    valid_to: date | None
    state: str


class Away(NamedTuple):
    """An absence with its substitute. `state`: now or coming."""

    id: int
    person_id: int
    first_day: date
    last_day: date
    substitute_id: int | None
    substitute: str
    note: str | None
    state: str


class Today(NamedTuple):
    """An absence of today that concerns the reader: their own, or one in which they stand in. `heads`: the units that
    the absent one heads and the reader does not."""

    id: int
    person_id: int
    person: str
    substitute: str
    last_day: date
    heads: tuple[int, ...]


def _away() -> Any:
    person, other = aliased(Party), aliased(Party)
    me, day = bindparam("me", type_=BigInteger), bindparam("day", type_=Date)
    theirs, own = aliased(Membership), aliased(Membership)
    headed = select(own.unit_id).where(own.person_id == me, own.kind != "member", valid_on(own, day))
    heads = select(func.array_agg(theirs.unit_id)).where(
        theirs.person_id == Absence.person_id, theirs.kind != "member", valid_on(theirs, day),
        theirs.unit_id.not_in(headed),
    )  # fmt: skip
    theirs_alone = heads.correlate(Absence).scalar_subquery()
    return (
        select(
            Absence.id, Absence.person_id, person.label, person.names, other.label.label("other"),
            other.names.label("other_names"), Absence.last_day, theirs_alone.label("heads"),
        )
        .join(person, person.id == Absence.person_id)
        .outerjoin(other, other.id == Absence.substitute_id)
        .where(or_(Absence.person_id == me, Absence.substitute_id == me))
        .where(Absence.cancelled_at.is_(None), Absence.first_day <= day, Absence.last_day >= day)
        .order_by((Absence.person_id == me).desc(), Absence.last_day, Absence.id)
        .limit(10)
    )  # fmt: skip


_AWAY: Final = Fixed(_away)


def away_today(actor: Actor) -> list[Today]:
    """The reader's own absence and those in which they stand in, as of today; one query."""
    return [
        Today(
            row.id, row.person_id, in_language(row.names, row.label),
            in_language(row.other_names, row.other) if row.other else "", row.last_day, tuple(row.heads or ()),
        )
        for row in _AWAY.rows(me=actor.person_id, day=today())
    ]  # fmt: skip


_PERSON: Final[Any] = bindparam("person", type_=BigInteger)
CARD: Final = Prepared(
    lambda actor: (
        select(
            Party.id, Party.label, Party.names, Person.email, Person.title, Person.phone, Person.locale, Person.roles,
            Person.active, Person.invited_at, Person.password_hash.is_not(None).label("has_password"), Person.version,
            Person.kind.label("sort"), STANDS_AT,
        )
        .join(Person, Person.id == Party.id)
        .where(Person.id == _PERSON, everyone_sees(actor))
    )
)  # fmt: skip


def find_person(actor: Actor, person_id: int) -> Card:
    """A person's card. Raises NotFound."""
    rows = CARD.rows(actor, person=person_id)
    if not rows:
        raise NotFound
    [row] = rows
    return Card(
        row.id, in_language(row.names, row.label), row.label, row.names, row.email, row.title, row.phone, row.locale,
        tuple(row.roles), row.active, row.invited_at, row.has_password, row.version,
        row.account, row.sort == "bot",
    )  # fmt: skip


def _places() -> Any:
    unit, post = aliased(Party), aliased(Party)
    return (
        select(
            Membership.id, Membership.unit_id, Unit.code, unit.label, unit.names, Membership.kind, Membership.post_id,
            post.label.label("post_label"), post.names.label("post_names"), Membership.main, Membership.valid_from,
            Membership.valid_to,
        )
        .join(Unit, Unit.id == Membership.unit_id)
        .join(unit, unit.id == Membership.unit_id)
        .outerjoin(post, post.id == Membership.post_id)
        .where(Membership.person_id == _PERSON)
        .order_by(Membership.main.desc(), Membership.valid_from.desc(), Membership.id.desc())
        .limit(100)
    )  # fmt: skip


PLACES: Final = Fixed(_places)


def places(_actor: Actor, person_id: int) -> list[Place]:
    """Where a person belongs, belonged and will belong: present ones first, then coming, then past."""
    day = today()
    found = [
        Place(
            row.id, row.unit_id, row.code, in_language(row.names, row.label), row.kind, row.post_id,
            in_language(row.post_names, row.post_label) if row.post_label else "", row.main, row.valid_from,
            row.valid_to, state_on(day, row.valid_from, row.valid_to),
        )
        for row in PLACES.rows(person=person_id)
    ]  # fmt: skip
    order = {"now": 0, "coming": 1, "past": 2}
    return sorted(found, key=lambda place: order[place.state])


def state_on(day: date, valid_from: date, valid_to: date | None) -> str:
    """Whether a half-open period holds on `day`: now, past or coming."""
    if valid_from > day:
        return "coming"
    return "past" if valid_to is not None and valid_to <= day else "now"


def absences(actor: Actor, person_id: int) -> list[Away]:
    """Present and coming absences of a person. Why they are away is read by them and administrators alone."""
    return _absences(actor, Absence.person_id == person_id)


def stood_in_for(actor: Actor) -> list[Away]:
    """Present and coming absences in which the actor stands in for somebody."""
    return _absences(actor, Absence.substitute_id == actor.person_id)


def _absences(actor: Actor, which: object) -> list[Away]:
    day, other = today(), aliased(Party)
    rows = db.session.execute(
        select(
            Absence.id, Absence.person_id, Absence.first_day, Absence.last_day, Absence.substitute_id, other.label,
            other.names, Absence.note,
        )
        .outerjoin(other, other.id == Absence.substitute_id)
        .where(which, Absence.cancelled_at.is_(None), Absence.last_day >= day)  # type: ignore[arg-type]
        .order_by(Absence.first_day)
        .limit(50)
    )  # fmt: skip
    return [
        Away(
            row.id,
            row.person_id,
            row.first_day,
            row.last_day,
            row.substitute_id,
            in_language(row.names, row.label) if row.label else "",
            row.note if actor.person_id == row.person_id or actor.is_administrator else None,
            "now" if row.first_day <= day else "coming",
        )
        for row in rows
    ]


def may_speak_for(actor: Actor, person_id: int) -> bool:
    """Whether an actor may record an absence of this person: their own, as administrator, or as a head above."""
    if actor.person_id == person_id:
        return True
    if actor.is_auditor or actor.is_administrator:
        return actor.is_administrator and not actor.is_auditor
    if not actor.own_headed or person_id in actor.substitutes:
        return False
    day = today()
    mine = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.unit_id.in_(actor.own_headed),
        Membership.valid_from <= day,
        or_(Membership.valid_to.is_(None), Membership.valid_to > day),
    )
    return db.session.scalar(mine.limit(1)) is not None


def owner_of_absence(_actor: Actor, absence_id: int) -> int:
    """Whose absence it is. Raises NotFound."""
    found = db.session.scalar(select(Absence.person_id).where(Absence.id == absence_id))
    if found is None:
        raise NotFound
    return found


def whose_membership(_actor: Actor, membership_id: int) -> int:
    """Whose membership it is. Raises NotFound."""
    found = db.session.scalar(select(Membership.person_id).where(Membership.id == membership_id))
    if found is None:
        raise NotFound
    return found
