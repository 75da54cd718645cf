"""One unit: what it is, who leads it and belongs to it, its posts, and the tree as it stood on any day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import ARRAY, BigInteger, Date, Text, any_, bindparam, or_, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import _, in_language
from collab.core.prepared import Fixed, Prepared

from ..models import Absence, Calendar, Membership, Party, Person, Post, Unit, UnitEdge
from ..policy import everyone_sees
from ..standing import valid_on
from .parties import BOT


class UnitCard(NamedTuple):
    """A unit with its dates (half-open), its own calendar, if it has one, and the unit that takes over from it."""

    id: int
    code: str
    name: str
    label: str
    names: dict[str, str]
    level: str
    calendar_id: int | None
    calendar: str | None
    valid_from: date
    valid_to: date | None
    version: int
    into_id: int | None
    into: str
    into_code: str


class Member(NamedTuple):
    """Somebody in a unit on a day."""

    person_id: int
    name: str
    title: str | None
    kind: str
    post_id: int | None
    away_until: date | None
    substitute: str


class PostLine(NamedTuple):
    """A post of a unit on a day, with who holds it."""

    id: int
    name: str
    label: str
    names: dict[str, str]
    kind: str
    valid_from: date
    valid_to: date | None
    version: int
    holders: tuple[tuple[int, str], ...]


class Standing(NamedTuple):
    """A unit in the tree of some day."""

    id: int
    code: str
    name: str
    parent: int | None


class Stay(NamedTuple):
    """Under which unit a unit stood, from when to when (half-open)."""

    parent_id: int | None
    parent: str
    code: str
    valid_from: date
    valid_to: date | None


def find_unit(actor: Actor, code: str) -> UnitCard:
    """A unit by its code, closed ones too. Raises NotFound."""
    return _unit(BY_CODE.rows(actor, code=code))


def find_unit_by_id(actor: Actor, unit_id: int) -> UnitCard:
    """A unit by its id. Raises NotFound."""
    return _unit(BY_ID.rows(actor, unit=unit_id))


_INTO: Final = aliased(Party)
_INTO_UNIT: Final = aliased(Unit)


def _card(actor: Actor, which: Any) -> Any:
    return (
        select(
            Unit.id, Unit.code, Party.label, Party.names, Unit.level, Unit.calendar_id, Calendar.name.label("calendar"),
            Unit.valid_from, Unit.valid_to, Unit.version, Unit.into_id, _INTO.label.label("into"),
            _INTO.names.label("into_names"), _INTO_UNIT.code.label("into_code"),
        )
        .join(Party, Party.id == Unit.id)
        .outerjoin(_INTO, _INTO.id == Unit.into_id)
        .outerjoin(_INTO_UNIT, _INTO_UNIT.id == Unit.into_id)
        .outerjoin(Calendar, Calendar.id == Unit.calendar_id)
        .where(which, everyone_sees(actor))
    )  # fmt: skip


BY_CODE: Final = Prepared(lambda actor: _card(actor, Unit.code == bindparam("code", type_=Text)))
BY_ID: Final = Prepared(lambda actor: _card(actor, Unit.id == bindparam("unit", type_=BigInteger)))


def _unit(rows: Sequence[Any]) -> UnitCard:
    if not rows:
        raise NotFound
    [row] = rows
    return UnitCard(
        row.id, row.code, in_language(row.names, row.label), row.label, row.names, row.level, row.calendar_id,
        row.calendar, row.valid_from, row.valid_to, row.version, row.into_id,
        in_language(row.into_names, row.into) if row.into_id else "", row.into_code or "",
    )  # fmt: skip


_UNIT: Final[Any] = bindparam("unit", type_=BigInteger)
_DAY: Final[Any] = bindparam("day", type_=Date)


def _members() -> Any:
    substitute = aliased(Party)
    away = (
        (Absence.person_id == Membership.person_id)
        & Absence.cancelled_at.is_(None)
        & (Absence.first_day <= _DAY)
        & (Absence.last_day >= _DAY)
    )
    return (
        select(
            Membership.person_id, Party.label, Party.names, Person.title, Membership.kind, Membership.post_id,
            Person.kind.label("sort"), Absence.last_day, substitute.label.label("other"),
            substitute.names.label("other_names"),
        )
        .join(Person, Person.id == Membership.person_id)
        .join(Party, Party.id == Membership.person_id)
        .outerjoin(Absence, away)
        .outerjoin(substitute, substitute.id == Absence.substitute_id)
        .where(Membership.unit_id == _UNIT, valid_on(Membership, _DAY))
        .where(or_(Person.active, Person.deactivated_at > _DAY))
        .order_by(Party.sort_key, Party.id)
        .limit(1_000)
    )  # fmt: skip


MEMBERS: Final = Fixed(_members)


def members(_actor: Actor, unit_id: int, day: date) -> list[Member]:
    """Who belonged to a unit on `day`: head, acting heads, deputies, then members by name."""
    found = [
        Member(
            row.person_id, in_language(row.names, row.label), _(BOT) if row.sort == "bot" else row.title, row.kind,
            row.post_id, row.last_day,
            in_language(row.other_names, row.other) if row.other else "",
        )
        for row in MEMBERS.rows(unit=unit_id, day=day)
    ]  # fmt: skip
    order = {"head": 0, "acting": 1, "deputy": 2, "member": 3}
    return sorted(found, key=lambda member: order[member.kind])


POSTS: Final = Fixed(
    lambda: (
        select(Post.id, Party.label, Party.names, Post.kind, Post.valid_from, Post.valid_to, Post.version)
        .join(Party, Party.id == Post.id)
        .where(Post.unit_id == _UNIT, valid_on(Post, _DAY))
        .order_by((Post.kind == "head").desc(), (Post.kind == "deputy").desc(), Party.sort_key, Post.id)
        .limit(500)
    )
)
HOLDERS: Final = Fixed(
    lambda: (
        select(Membership.post_id, Party.id, Party.label, Party.names)
        .join(Party, Party.id == Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.post_id == any_(bindparam("posts", type_=ARRAY(BigInteger))), valid_on(Membership, _DAY))
        .where(Person.active)
        .order_by(Party.sort_key)
    )
)


def posts_of(_actor: Actor, unit_id: int, day: date) -> list[PostLine]:
    """The posts of a unit on `day`, the head's first, with their holders. Two queries."""
    rows = POSTS.rows(unit=unit_id, day=day)
    holders = holders_of([row.id for row in rows], day)
    return [
        PostLine(
            row.id, in_language(row.names, row.label), row.label, row.names, row.kind, row.valid_from, row.valid_to,
            row.version, tuple(holders.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


def holders_of(posts: list[int], day: date) -> dict[int, list[tuple[int, str]]]:
    """Post → (id, name) of who holds it on `day`."""
    if not posts:
        return {}
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in HOLDERS.rows(posts=posts, day=day):
        found[row.post_id].append((row.id, in_language(row.names, row.label)))
    return found


def tree_on(_actor: Actor, day: date) -> dict[int, Standing]:
    """The whole tree as it stood on `day`: unit → its line, in order of names. One query."""
    rows = db.session.execute(
        select(Unit.id, Unit.code, Party.label, Party.names, UnitEdge.parent_id)
        .join(Party, Party.id == Unit.id)
        .join(UnitEdge, (UnitEdge.unit_id == Unit.id) & valid_on(UnitEdge, day))
        .where(valid_on(Unit, day))
        .order_by(Party.sort_key, Unit.id)
    )
    return {row.id: Standing(row.id, row.code, in_language(row.names, row.label), row.parent_id) for row in rows}


def stays(_actor: Actor, unit_id: int) -> list[Stay]:
    """Under which units a unit stood and will stand, the newest first."""
    parent_unit = aliased(Unit)
    rows = db.session.execute(
        select(UnitEdge.parent_id, Party.label, Party.names, parent_unit.code, UnitEdge.valid_from, UnitEdge.valid_to)
        .outerjoin(Party, Party.id == UnitEdge.parent_id)
        .outerjoin(parent_unit, parent_unit.id == UnitEdge.parent_id)
        .where(UnitEdge.unit_id == unit_id)
        .order_by(UnitEdge.valid_from.desc())
        .limit(100)
    )
    return [
        Stay(
            row.parent_id,
            in_language(row.names, row.label) if row.label else "",
            row.code or "",
            row.valid_from,
            row.valid_to,
        )
        for row in rows
    ]
