"""What posts require, and who of those who hold them lacks what."""

from datetime import date
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import and_, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import Forbidden, NotFound
from collab.core.i18n import in_language

from ...models import Membership, Party, Person, PersonSkill, Post, PostSkill, Skill, Unit, UnitClosure
from ...policy import everyone_sees
from ...skill_policy import may_read_gaps, may_require
from ...standing import valid_on
from ..today import today
from .held import SOON

MOST: Final = 2_000
State = Literal["missing", "over", "low", "unconfirmed", "soon", "vacant", "met"]
"""How somebody stands to what their post requires, the most pressing first."""


class Required(NamedTuple):
    """Something that a post requires."""

    skill_id: int
    name: str
    level: int
    must: bool


class PostCard(NamedTuple):
    """A post with what it requires. `may_require`: the reader may change it."""

    id: int
    name: str
    unit_id: int
    unit: str
    code: str
    valid_from: date
    valid_to: date | None
    required: tuple[Required, ...]
    may_require: bool


class Gap(NamedTuple):
    """What one post requires of whoever holds it (nobody: the post is vacant), and how they stand to it."""

    unit: str
    code: str
    post_id: int
    post: str
    person_id: int | None
    person: str
    skill_id: int
    skill: str
    level: int
    must: bool
    has: int | None
    expires_on: date | None
    state: State


def find_post(actor: Actor, post_id: int) -> PostCard:
    """A post with what it requires. Raises NotFound."""
    unit = Party.__table__.alias("unit_party")
    row = db.session.execute(
        select(Post.id, Party.label, Party.names, Post.unit_id, Unit.code, unit.c.label.label("unit"),
               unit.c.names.label("unit_names"), Post.valid_from, Post.valid_to)
        .join(Party, Party.id == Post.id)
        .join(Unit, Unit.id == Post.unit_id)
        .join(unit, unit.c.id == Post.unit_id)
        .where(Post.id == post_id, everyone_sees(actor))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return PostCard(
        row.id, in_language(row.names, row.label), row.unit_id, in_language(row.unit_names, row.unit), row.code,
        row.valid_from, row.valid_to, required_of(actor, post_id), may_require(actor, row),
    )  # fmt: skip


def required_of(actor: Actor, post_id: int) -> tuple[Required, ...]:
    """What a post requires, musts first; everybody may read it."""
    rows = db.session.execute(
        select(PostSkill.skill_id, Skill.label, Skill.names, PostSkill.level, PostSkill.must)
        .join(Skill, Skill.id == PostSkill.skill_id)
        .where(PostSkill.post_id == post_id, everyone_sees(actor))
        .order_by(PostSkill.must.desc(), Skill.sort_key, Skill.id)
        .limit(200)
    )
    return tuple(Required(row.skill_id, in_language(row.names, row.label), row.level, row.must) for row in rows)


def gaps_in(actor: Actor, unit_id: int, *, met: bool = False) -> list[Gap]:
    """Who lacks what their post in this unit or below requires, whose skill ends within 90 days or ended, and which
    posts with requirements nobody holds; `met`: also what is as it should be. One query.

    Raises Forbidden for who does not head it, audit or administer."""
    if not may_read_gaps(actor, unit_id):
        raise Forbidden
    day = today()
    unit, person = Party.__table__.alias("unit_party"), Party.__table__.alias("person_party")
    here = (Membership.post_id == Post.id) & valid_on(Membership, day)
    own = and_(
        PersonSkill.person_id == Membership.person_id,
        PersonSkill.skill_id == PostSkill.skill_id,
        PersonSkill.withdrawn_at.is_(None),
    )
    rows = db.session.execute(
        select(
            unit.c.label.label("unit"), unit.c.names.label("unit_names"), Unit.code, Post.id.label("post_id"),
            Party.label.label("post"), Party.names.label("post_names"), Membership.person_id,
            person.c.label.label("person"), person.c.names.label("person_names"), Skill.id.label("skill_id"),
            Skill.label.label("skill"), Skill.names.label("skill_names"), PostSkill.level, PostSkill.must,
            PersonSkill.level.label("has"), PersonSkill.expires_on, PersonSkill.confirmed_at,
        )
        .join(Post, Post.id == PostSkill.post_id)
        .join(Skill, Skill.id == PostSkill.skill_id)
        .join(Party, Party.id == Post.id)
        .join(Unit, Unit.id == Post.unit_id)
        .join(unit, unit.c.id == Post.unit_id)
        .join(UnitClosure, UnitClosure.descendant_id == Post.unit_id)
        .outerjoin(Membership, here)
        .outerjoin(Person, (Person.id == Membership.person_id) & Person.active)
        .outerjoin(person, person.c.id == Person.id)
        .outerjoin(PersonSkill, own)
        .where(UnitClosure.ancestor_id == unit_id, valid_on(Post, day))
        .order_by(Unit.code, Party.sort_key, Post.id, person.c.sort_key, PostSkill.must.desc(), Skill.sort_key)
        .limit(MOST)
    )  # fmt: skip
    found = [_gap(row, day) for row in rows]
    return [gap for gap in found if met or gap.state != "met"]


def _gap(row: Any, day: date) -> Gap:
    vacant = row.person_id is None or row.person is None
    confirmed = row.confirmed_at is not None
    state: State = "vacant" if vacant else state_of(row.has, row.level, row.expires_on, confirmed, day)
    return Gap(
        in_language(row.unit_names, row.unit), row.code, row.post_id, in_language(row.post_names, row.post),
        None if vacant else row.person_id, "" if vacant else in_language(row.person_names, row.person), row.skill_id,
        in_language(row.skill_names, row.skill), row.level, row.must, row.has, row.expires_on, state,
    )  # fmt: skip


def state_of(has: int | None, needed: int, expires_on: date | None, confirmed: bool, day: date) -> State:
    """How somebody stands to a requirement: the most pressing thing about it. Pure."""
    if has is None:
        return "missing"
    if expires_on is not None and expires_on < day:
        return "over"
    if has < needed:
        return "low"
    if expires_on is not None and expires_on <= day + SOON:
        return "soon"
    return "met" if confirmed else "unconfirmed"
