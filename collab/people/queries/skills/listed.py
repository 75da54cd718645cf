"""The list of skills, found by words of any of their names in any language."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import in_language

from ...models import Skill
from ...policy import everyone_sees
from ..parties import folded_words

MOST = 500


class SkillLine(NamedTuple):
    """A skill of the list. `also` are its names in the other languages."""

    id: int
    name: str
    label: str
    names: dict[str, str]
    family: str
    expires: bool
    evidence: bool
    retired: bool
    version: int

    @property
    def also(self) -> str:
        others = (self.label, *self.names.values())
        return " · ".join(dict.fromkeys(name for name in others if name != self.name))


def skills(actor: Actor, text: str = "", *, retired: bool = False, limit: int = MOST) -> list[SkillLine]:
    """The skills whose names hold words that begin as those typed, by family and name."""
    query = _lines(actor).where(*_matching(text)).order_by(Skill.family, Skill.sort_key, Skill.id).limit(limit)
    if not retired:
        query = query.where(Skill.retired_at.is_(None))
    return [_line(row) for row in db.session.execute(query)]


def find_skill(actor: Actor, skill_id: int) -> SkillLine:
    """One skill, retired ones too. Raises NotFound."""
    row = db.session.execute(_lines(actor).where(Skill.id == skill_id)).one_or_none()
    if row is None:
        raise NotFound
    return _line(row)


def skills_by_id(actor: Actor, ids: Iterable[int]) -> dict[int, SkillLine]:
    """The skills with these ids."""
    wanted = sorted(set(ids))
    rows: Any = db.session.execute(_lines(actor).where(Skill.id.in_(wanted))) if wanted else ()
    return {row.id: _line(row) for row in rows}


def _lines(actor: Actor) -> Any:
    return select(
        Skill.id, Skill.label, Skill.names, Skill.family, Skill.expires, Skill.evidence, Skill.retired_at, Skill.version
    ).where(everyone_sees(actor))


def _line(row: Any) -> SkillLine:
    return SkillLine(
        row.id, in_language(row.names, row.label), row.label, row.names, row.family, row.expires, row.evidence,
        row.retired_at is not None, row.version,
    )  # fmt: skip


def _matching(text: str) -> list[Any]:
    tests = []
    for word in folded_words(text):
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        tests.append(or_(Skill.folded.like(f"{escaped}%"), Skill.folded.like(f"% {escaped}%")))
    return [and_(*tests)] if tests else []
