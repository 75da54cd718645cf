"""Who may see and do what with skills. Truth tables of it: tests/people/test_skills.py."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from collab.core.actor import Actor
from collab.core.envelope import Reach

from .models import Membership, PersonSkill, Skill
from .policy import everyone_sees, may_administer
from .queries.today import today
from .standing import valid_on


def of_my_people(actor: Actor) -> ColumnElement[bool]:
    """Skills of people who belong today to a unit that the actor heads, from wherever above."""
    mine = select(Membership.person_id).where(Membership.unit_id.in_(actor.headed), valid_on(Membership, today()))
    return PersonSkill.person_id.in_(mine)


def oversees(actor: Actor) -> ColumnElement[bool]:
    """Skills whose certificate and end the actor reads: their own, of people below them, all for administrators and
    auditors."""
    if actor.is_administrator or actor.is_auditor or actor.is_system:
        return PersonSkill.id > 0
    own = PersonSkill.person_id == actor.person_id
    return or_(own, of_my_people(actor)) if actor.headed else own


def sees_skill(actor: Actor) -> ColumnElement[bool]:
    """Everybody sees confirmed skills; those not yet confirmed only who oversees them. Withdrawn ones nobody."""
    return PersonSkill.withdrawn_at.is_(None) & or_(PersonSkill.confirmed_at.is_not(None), oversees(actor))


held = Reach(PersonSkill, sees_skill)
skills = Reach(Skill, everyone_sees)


def may_note(actor: Actor, person: Any) -> bool:
    """Their own, those of people in units one heads (the command looks where they are); administrators."""
    return bool(actor.person_id == person.id or actor.headed) or may_administer(actor)


def may_change_held(actor: Actor, one: Any) -> bool:
    """As for noting it; the command looks where the person belongs."""
    return bool(actor.person_id == one.person_id or actor.headed) or may_administer(actor)


def may_confirm(actor: Actor, one: Any) -> bool:
    """A head above or an administrator, and nobody their own."""
    return actor.person_id != one.person_id and (bool(actor.headed) or may_administer(actor))


def may_require(actor: Actor, post: Any) -> bool:
    """Administrators, and whoever heads the unit of the post."""
    return post.unit_id in actor.headed or may_administer(actor)


def may_read_gaps(actor: Actor, unit_id: int) -> bool:
    """Whoever heads the unit, administrators and auditors: the report tells of single people."""
    return unit_id in actor.headed or actor.is_administrator or actor.is_auditor
