"""Notices that a skill ends: to whoever has it and to those who head them, by mail, each once.

Ninety, thirty and seven days before, and when it is over. A notice that was missed is not made up for: of several that
are due only the newest goes out. `person_skill.told` says which went out last; a new end begins anew.
"""

import logging
from datetime import date, timedelta
from typing import Any, Final

from flask import current_app
from sqlalchemy import select

from collab.core.actor import SYSTEM, Actor
from collab.core.dates.shown import shown
from collab.core.db import db
from collab.core.envelope import open_command, record, session, system
from collab.core.i18n import N_, _, in_language, speaking

from .mailing import write_mail
from .models import Membership, Organisation, Party, Person, PersonSkill, Skill
from .organisation import founding
from .skill_events import PersonSkillEnds
from .standing import valid_on

log = logging.getLogger(__name__)

BEFORE: Final = (90, 30, 7, -1)
"""Days before the last day on which a notice goes out; -1: the day after it."""
BATCH: Final = 100
LEADING: Final = ("head", "acting")
SUBJECT: Final = N_("%(skill)s: holds until %(day)s")
OVER_SUBJECT: Final = N_("%(skill)s: ended on %(day)s")
YOURS: Final = N_(
    "Hello %(name)s,\n\n%(skill)s, which you have, holds until %(day)s. Renew it and note it here:\n\n%(link)s\n"
)
YOURS_OVER: Final = N_(
    "Hello %(name)s,\n\n%(skill)s, which you had, ended on %(day)s. Once renewed, note it here:\n\n%(link)s\n"
)
THEIRS: Final = N_("Hello %(name)s,\n\n%(skill)s of %(person)s holds until %(day)s.\n\n%(link)s\n")
THEIRS_OVER: Final = N_("Hello %(name)s,\n\n%(skill)s of %(person)s ended on %(day)s.\n\n%(link)s\n")


def step_on(expires_on: date, day: date) -> int | None:
    """The notice whose turn it is on `day`: how many days before; None while it is too early. Pure."""
    left = (expires_on - day).days
    return min((before for before in BEFORE if left <= before), default=None)


def sweep_notices() -> None:
    """Every hour: which skills come to one of their days?"""
    reading = db.session()
    if reading.scalar(select(Organisation.id)) is None:
        return
    day = founding.today(reading)
    rows = reading.execute(
        select(PersonSkill.id, PersonSkill.expires_on, PersonSkill.told)
        .join(Person, (Person.id == PersonSkill.person_id) & Person.active)
        .where(PersonSkill.withdrawn_at.is_(None), PersonSkill.expires_on.is_not(None))
        .where(PersonSkill.expires_on.between(day - timedelta(days=30), day + timedelta(days=max(BEFORE))))
        .order_by(PersonSkill.expires_on, PersonSkill.id)
    ).all()
    reading.rollback()
    due = [id_ for id_, ends, told in rows if ends is not None and told != told_as(ends, step_on(ends, day))]
    for id_ in due[:BATCH]:
        try:
            tell_end(SYSTEM, id_, day)
        except Exception:
            log.exception("telling of the end of skill %s failed", id_)


def told_as(ends: date, step: int | None) -> str:
    """A notice as the row remembers it."""
    return f"{ends.isoformat()}/{step}"


@open_command(system)
def tell_end(_actor: Actor, held_id: int, day: date) -> int:
    """Write to whoever has the skill and to those who head them, once. Returns how many letters."""
    one = session().scalar(select(PersonSkill).where(PersonSkill.id == held_id).with_for_update())
    if one is None or one.expires_on is None or one.withdrawn_at is not None:
        return 0
    step = step_on(one.expires_on, day)
    mark = told_as(one.expires_on, step)
    if step is None or one.told == mark:
        return 0
    one.told = mark
    skill = session().get_one(Skill, one.skill_id)
    owner = _reader(one.person_id)
    count = 0
    for reader in [owner, *(_reader(id_) for id_ in sorted(_heads_of(one.person_id, day)))]:
        if reader is not None and owner is not None and reader.email:
            _write(one, one.expires_on, skill, owner, reader, step < 0, mark)
            count += 1
    record(PersonSkillEnds(subject=one.person_id, person=one.person_id, skill=skill.id, on=one.expires_on.isoformat()))
    return count


def _write(one: PersonSkill, ends: date, skill: Skill, owner: Any, reader: Any, over: bool, mark: str) -> None:
    own = reader.id == owner.id
    body = (YOURS_OVER if over else YOURS) if own else (THEIRS_OVER if over else THEIRS)
    with speaking(reader.locale):
        day = shown(ends, "long", calendar=reader.calendar, locale=reader.locale)
        named = in_language(skill.names, skill.label)
        link = f"{current_app.config['COLLAB_URL']}/people/{owner.id}/skills"
        said = {"name": reader.label, "skill": named, "day": day, "link": link}
        said |= {} if own else {"person": in_language(owner.names, owner.label)}
        subject = _(OVER_SUBJECT if over else SUBJECT, skill=named, day=day)
        write_mail(session(), f"skill-{one.id}-{mark}-{reader.id}", reader.email, subject, _(body, **said))


def _reader(person_id: int) -> Any:
    return session().execute(
        select(Person.id, Person.email, Person.locale, Person.calendar, Party.label, Party.names)
        .join(Party, Party.id == Person.id)
        .where(Person.id == person_id, Person.active)
    ).one_or_none()  # fmt: skip


def _heads_of(person_id: int, day: date) -> set[int]:
    """Who heads, or acts as head of, the units to which somebody belongs."""
    units = select(Membership.unit_id).where(Membership.person_id == person_id, valid_on(Membership, day))
    heads = select(Membership.person_id).where(
        Membership.unit_id.in_(units), Membership.kind.in_(LEADING), valid_on(Membership, day)
    )
    return set(session().scalars(heads)) - {person_id}
