"""What one person can do, as the reader may know it."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import in_language
from collab.files.queries import File, files_on

from ...certificates import CERTIFIED
from ...models import Party, PersonSkill, Skill
from ...skill_policy import oversees, sees_skill
from ..person import may_speak_for
from ..today import today

SOON = timedelta(days=90)


class Held(NamedTuple):
    """A skill of somebody. Certificate and end are None for who does not oversee it; `ends`: over, soon or ''."""

    id: int
    person_id: int
    skill_id: int
    name: str
    family: str
    level: int
    confirmed: bool
    confirmed_by: str
    open: bool
    since: date | None
    number: str | None
    issuer: str | None
    expires_on: date | None
    ends: str
    version: int


def ending(expires_on: date | None, day: date) -> str:
    """Whether it holds no longer (over) or ends within 90 days (soon)."""
    if expires_on is None:
        return ""
    return "over" if expires_on < day else "soon" if expires_on <= day + SOON else ""


def held_by(actor: Actor, person_id: int) -> list[Held]:
    """The skills of somebody: everybody reads confirmed names and levels, the rest who oversees them."""
    return _held(actor, PersonSkill.person_id == person_id)


def find_held(actor: Actor, held_id: int) -> Held:
    """One skill of somebody. Raises NotFound."""
    found = _held(actor, PersonSkill.id == held_id)
    if not found:
        raise NotFound
    return found[0]


def _held(actor: Actor, which: object) -> list[Held]:
    confirmer, day = aliased(Party), today()
    rows = db.session.execute(
        select(
            PersonSkill.id, PersonSkill.person_id, PersonSkill.skill_id, Skill.label, Skill.names, Skill.family,
            PersonSkill.level, PersonSkill.confirmed_at, confirmer.label.label("by"), confirmer.names.label("by_names"),
            oversees(actor).label("open"), PersonSkill.since, PersonSkill.number, PersonSkill.issuer,
            PersonSkill.expires_on, PersonSkill.version,
        )
        .join(Skill, Skill.id == PersonSkill.skill_id)
        .outerjoin(confirmer, confirmer.id == PersonSkill.confirmed_by)
        .where(which, sees_skill(actor))  # type: ignore[arg-type]
        .order_by(Skill.family, Skill.sort_key, Skill.id)
        .limit(200)
    )  # fmt: skip
    return [
        Held(
            row.id, row.person_id, row.skill_id, in_language(row.names, row.label), row.family, row.level,
            row.confirmed_at is not None, in_language(row.by_names, row.by) if row.by else "", row.open,
            row.since if row.open else None, row.number if row.open else None, row.issuer if row.open else None,
            row.expires_on if row.open else None, ending(row.expires_on, day) if row.open else "", row.version,
        )
        for row in rows
    ]  # fmt: skip


def proofs_of(actor: Actor, held: list[Held]) -> dict[int, list[File]]:
    """The newest files that prove these skills, by skill, where the actor may read them; one query, or none."""
    return files_on(actor, CERTIFIED, [one.id for one in held if one.open])


def may_note_for(actor: Actor, person_id: int) -> bool:
    """Whether the actor may note and correct skills of this person."""
    return may_speak_for(actor, person_id)
