"""Skills: the list of the organisation, what people can do, who confirms it, and what posts require."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session
from collab.core.errors import Forbidden, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.files.placing import take_off

from ..certificates import CERTIFIED
from ..forms.skills import HeldForm, NewHeldForm, RequirementForm, SkillForm
from ..models import Membership, Person, PersonSkill, Post, PostSkill, Skill
from ..organisation import founding
from ..organisation.parties import Naming
from ..policy import may_administer, people, posts
from ..skill_events import (
    PersonSkillAdded,
    PersonSkillChanged,
    PersonSkillConfirmed,
    PersonSkillWithdrawn,
    RequirementRemoved,
    RequirementSet,
    SkillChanged,
    SkillListed,
    SkillRetired,
)
from ..skill_policy import held, may_change_held, may_confirm, may_note, may_require, skills
from ..standing import valid_on


@open_command(may_administer)
def list_skill(_actor: Actor, form: SkillForm) -> int:
    """Put a skill on the list. Returns its id."""
    skill = Skill(**Naming(form.name, form.names()).row(), **_manner(form))
    session().add(skill)
    _flush_named()
    record(SkillListed(subject=skill.id))
    return skill.id


@command(may_administer, on=skills)
def change_skill(_actor: Actor, skill: Skill, form: SkillForm) -> None:
    """Give a skill of the list other names, or another manner."""
    _refuse_retired(skill)
    for name, value in {**Naming(form.name, form.names()).row(), **_manner(form)}.items():
        setattr(skill, name, value)
    _flush_named()
    record(SkillChanged(subject=skill.id))


@command(may_administer, on=skills)
def retire_skill(_actor: Actor, skill: Skill) -> None:
    """Take a skill off the list: nobody can choose it any more, those who have it keep it."""
    _refuse_retired(skill)
    skill.retired_at = clock.now()
    record(SkillRetired(subject=skill.id))


@command(may_note, on=people)
def add_skill(actor: Actor, person: Person, form: NewHeldForm) -> int:
    """Note a skill of somebody. What a head or administrator notes is confirmed by that. Returns its id."""
    refuse_strangers(actor, person.id)
    skill = _chosen(form.skill_id)
    _refuse_incomplete(skill, form)
    known = (PersonSkill.person_id == person.id, PersonSkill.skill_id == skill.id, PersonSkill.withdrawn_at.is_(None))
    if session().scalar(select(PersonSkill.id).where(*known)) is not None:
        raise wrong("skill_id", _(N_("This skill is noted already; change it below.")))
    one = PersonSkill(person_id=person.id, skill_id=skill.id, **form.model_dump(exclude={"skill_id"}))
    stamp(actor, one)
    session().add(one)
    session().flush()
    record(PersonSkillAdded(subject=person.id, person=person.id, skill=skill.id, level=form.level))
    return one.id


@command(may_change_held, on=held)
def change_held(actor: Actor, one: PersonSkill, form: HeldForm) -> None:
    """Correct somebody's skill. Changed by themselves it is to be confirmed anew, by a head it is confirmed."""
    refuse_strangers(actor, one.person_id)
    skill = session().get_one(Skill, one.skill_id)
    _refuse_incomplete(skill, form)
    for name, value in form.model_dump().items():
        setattr(one, name, value)
    stamp(actor, one)
    record(PersonSkillChanged(subject=one.person_id, person=one.person_id, skill=one.skill_id, level=form.level))


@command(may_confirm, on=held)
def confirm_skill(actor: Actor, one: PersonSkill) -> None:
    """Say that it is so."""
    refuse_strangers(actor, one.person_id)
    if one.confirmed_at is None:
        stamp(actor, one)
        record(PersonSkillConfirmed(subject=one.person_id, person=one.person_id, skill=one.skill_id))


@command(may_change_held, on=held)
def withdraw_skill(actor: Actor, one: PersonSkill) -> None:
    """Take somebody's skill away: it was an error, or they can do it no longer."""
    refuse_strangers(actor, one.person_id)
    one.withdrawn_at = clock.now()
    take_off(CERTIFIED, one.id)
    record(PersonSkillWithdrawn(subject=one.person_id, person=one.person_id, skill=one.skill_id))


@command(may_require, on=posts)
def require_skill(_actor: Actor, post: Post, form: RequirementForm) -> None:
    """Say that a post requires a skill at a least level; said again it is corrected."""
    skill = _chosen(form.skill_id)
    session().merge(PostSkill(post_id=post.id, skill_id=skill.id, level=form.level, must=form.must))
    record(RequirementSet(subject=post.id, skill=skill.id, level=form.level))


@command(may_require, on=posts)
def drop_requirement(_actor: Actor, post: Post, skill_id: int) -> None:
    """A post requires a skill no longer. Raises NotFound when it did not."""
    found = session().get(PostSkill, (post.id, skill_id))
    if found is None:
        raise NotFound
    session().delete(found)
    record(RequirementRemoved(subject=post.id, skill=skill_id))


def _manner(form: SkillForm) -> dict[str, object]:
    return {"family": form.family, "expires": form.expires, "evidence": form.evidence}


def _flush_named() -> None:
    try:
        session().flush()
    except IntegrityError as error:
        raise wrong("name", _(N_("A skill of this name is on the list already."))) from error


def _refuse_retired(skill: Skill) -> None:
    if skill.retired_at is not None:
        raise wrong("", _(N_("This skill is no longer on the list.")))


def _chosen(skill_id: int) -> Skill:
    skill = session().get(Skill, skill_id)
    if skill is None or skill.retired_at is not None:
        raise wrong("skill_id", _(N_("Choose one from the list.")))
    return skill


def _refuse_incomplete(skill: Skill, form: HeldForm) -> None:
    """What the list asks of everybody who has this skill."""
    if skill.expires and form.expires_on is None:
        raise wrong("expires_on", _(N_("This skill expires: say until which day it holds.")))
    if skill.evidence and not (form.number and form.issuer):
        raise wrong("issuer" if form.number else "number", _(N_("This skill needs a certificate: number and issuer.")))
    if form.since is not None and form.since > founding.today(session()):
        raise wrong("since", _(N_("This day is yet to come.")))
    if form.since is not None and form.expires_on is not None and form.expires_on < form.since:
        raise wrong("expires_on", _(N_("The last day must not come before the first.")))


def stamp(actor: Actor, one: PersonSkill) -> None:
    """Confirmed by whoever says so, unless it is their own."""
    others = actor.person_id != one.person_id and not actor.is_system
    one.confirmed_by = actor.person_id if others else None
    one.confirmed_at = clock.now() if others else None


def refuse_strangers(actor: Actor, person_id: int) -> None:
    """Heads speak for people of units they head, substitutes never for those they stand in for."""
    if actor.person_id == person_id or may_administer(actor):
        return
    if person_id in actor.substitutes or not _belongs_below(actor, person_id, founding.today(session())):
        raise Forbidden


def _belongs_below(actor: Actor, person_id: int, day: date) -> bool:
    mine = select(Membership.id).where(
        Membership.person_id == person_id, Membership.unit_id.in_(actor.headed), valid_on(Membership, day)
    )
    return session().scalar(mine.limit(1)) is not None
