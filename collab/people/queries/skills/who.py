"""Who can do it and is free: people with these skills, whether they are here today, and how much lies on them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import exists, func, or_, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language
from collab.core.package import LOADS

from ...models import Absence, Membership, Party, Person, PersonSkill, Skill, UnitClosure
from ...skill_policy import sees_skill
from ...standing import valid_on
from ..today import today
from ..tree import tree

MOST = 100


class Sought(NamedTuple):
    """Any of these skills, at this level at least."""

    skills: tuple[int, ...]
    level: int


class Can(NamedTuple):
    """What makes somebody fit."""

    name: str
    level: int
    confirmed: bool


class Able(NamedTuple):
    """Somebody who can do all that is sought. `open_items` is None for who may not read figures of single people."""

    id: int
    name: str
    title: str | None
    unit: str
    code: str
    away_until: date | None
    skills: tuple[Can, ...]
    open_items: int | None


def who_can(actor: Actor, sought: Sequence[Sought], unit_id: int | None = None) -> list[Able]:
    """People of today who can do all of it and whose skills hold today: those here first, the ablest first."""
    day = today()
    home = _home(day)
    away = (
        select(func.max(Absence.last_day))
        .where(Absence.person_id == Person.id, Absence.cancelled_at.is_(None))
        .where(Absence.first_day <= day, Absence.last_day >= day)
        .scalar_subquery()
    )
    every = [id_ for one in sought for id_ in one.skills]
    ability = select(func.sum(PersonSkill.level)).where(
        PersonSkill.person_id == Person.id, PersonSkill.skill_id.in_(every), *_holds(actor, day)
    )
    query = (
        select(Person.id, Party.label, Party.names, Person.title, home.label("home"), away.label("away"))
        .join(Party, Party.id == Person.id)
        .where(Person.active, Person.kind == "person")
        .where(*(exists().where(PersonSkill.person_id == Person.id, *_meets(actor, one, day)) for one in sought))
        .order_by(away.is_not(None), ability.scalar_subquery().desc(), Party.sort_key, Person.id)
        .limit(MOST)
    )
    if unit_id is not None:
        within = select(UnitClosure.descendant_id).where(UnitClosure.ancestor_id == unit_id)
        query = query.where(
            exists().where(Membership.person_id == Person.id, Membership.unit_id.in_(within), valid_on(Membership, day))
        )
    rows = db.session.execute(query).all()
    ids = [row.id for row in rows]
    abilities, loads, nodes = _abilities(actor, ids, sought, day), _loads(actor, ids, day), tree().nodes
    return [
        Able(
            row.id, in_language(row.names, row.label), row.title, nodes[row.home].name() if row.home in nodes else "",
            nodes[row.home].code if row.home in nodes else "", row.away, tuple(abilities[row.id]), loads.get(row.id),
        )
        for row in rows
    ]  # fmt: skip


def _home(day: date) -> Any:
    return (
        select(Membership.unit_id)
        .where(Membership.person_id == Person.id, valid_on(Membership, day))
        .order_by(Membership.main.desc(), Membership.id)
        .limit(1)
        .scalar_subquery()
    )


def _holds(actor: Actor, day: date) -> tuple[Any, ...]:
    return (sees_skill(actor), or_(PersonSkill.expires_on.is_(None), PersonSkill.expires_on >= day))


def _meets(actor: Actor, one: Sought, day: date) -> tuple[Any, ...]:
    return (PersonSkill.skill_id.in_(one.skills), PersonSkill.level >= one.level, *_holds(actor, day))


def _abilities(actor: Actor, ids: list[int], sought: Sequence[Sought], day: date) -> dict[int, list[Can]]:
    found: dict[int, list[Can]] = defaultdict(list)
    if not ids:
        return found
    fits = or_(*(PersonSkill.skill_id.in_(one.skills) & (PersonSkill.level >= one.level) for one in sought))
    rows = db.session.execute(
        select(PersonSkill.person_id, Skill.label, Skill.names, PersonSkill.level, PersonSkill.confirmed_at)
        .join(Skill, Skill.id == PersonSkill.skill_id)
        .where(PersonSkill.person_id.in_(ids), fits, *_holds(actor, day))
        .order_by(Skill.sort_key, Skill.id)
    )
    for row in rows:
        can = Can(in_language(row.names, row.label), row.level, row.confirmed_at is not None)
        found[row.person_id].append(can)
    return found


def _loads(actor: Actor, ids: list[int], day: date) -> dict[int, int]:
    """How many open items people hold, of those alone whose figures the actor may read: their own, and of people in
    units they head."""
    readable = {actor.person_id} & set(ids)
    if actor.headed and ids:
        mine = select(Membership.person_id).where(
            Membership.person_id.in_(ids), Membership.unit_id.in_(actor.headed), valid_on(Membership, day)
        )
        readable |= set(db.session.scalars(mine))
    counted = dict.fromkeys(readable, 0)
    for load in LOADS if readable else ():
        counted |= load(sorted(readable))
    return counted
