"""Skills over the API."""

from typing import Any

from collab.core.errors import NotFound
from collab.web.actors import actor
from collab.web.api import endpoint, listed, seen

from ..commands import skills as commands
from ..forms.skills import HeldForm, NewHeldForm, SkillForm, SkillsQuery, WhoForm
from ..queries.person import find_person
from ..queries.skills.held import Held, find_held, held_by
from ..queries.skills.listed import SkillLine, find_skill, skills
from ..queries.skills.who import Sought, who_can
from ..queries.tree import tree
from . import api


def _skill(one: SkillLine) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "names": one.names,
        "family": one.family,
        "expires": one.expires,
        "evidence": one.evidence,
        "retired": one.retired,
        "version": one.version,
    }


def _held(one: Held) -> dict[str, Any]:
    """A skill of somebody; who may not read its certificate gets no such fields filled."""
    return {
        "id": one.id,
        "person_id": one.person_id,
        "skill_id": one.skill_id,
        "name": one.name,
        "level": one.level,
        "confirmed": one.confirmed,
        "since": one.since.isoformat() if one.since else None,
        "number": one.number,
        "issuer": one.issuer,
        "expires_on": one.expires_on.isoformat() if one.expires_on else None,
        "version": one.version,
    }


@endpoint(api, "GET /skills", query=SkillsQuery, gives="SkillList")
def list_skills(query: SkillsQuery) -> Any:
    """The skills of the list, found by words of any of their names."""
    return listed([_skill(one) for one in skills(actor(), query.text)], None)


@endpoint(api, "POST /skills", takes=SkillForm, gives="Skill")
def add_to_list(form: SkillForm) -> Any:
    """Put a skill on the list. Administrators only."""
    id_ = commands.list_skill(actor(), form)
    return _skill(find_skill(actor(), id_)), 201, {"Location": f"/api/v1/skills/{id_}"}


@endpoint(api, "GET /skills/<id:skill_id>", gives="Skill")
def get_skill(skill_id: int) -> Any:
    """One skill of the list."""
    return _skill(find_skill(actor(), skill_id))


@endpoint(api, "PUT /skills/<id:skill_id>", takes=SkillForm, gives="Skill")
def change_skill(form: SkillForm, skill_id: int) -> Any:
    """Change names or manner of a skill. Administrators only."""
    commands.change_skill(actor(), seen(skill_id), form)
    return _skill(find_skill(actor(), skill_id))


@endpoint(api, "POST /skills/<id:skill_id>/retirement", gives="Skill")
def retire_skill(skill_id: int) -> Any:
    """Take a skill off the list. Administrators only."""
    commands.retire_skill(actor(), skill_id)
    return _skill(find_skill(actor(), skill_id)), 201


@endpoint(api, "GET /able-people", query=WhoForm, gives="AblePeople")
def list_able(query: WhoForm) -> Any:
    """Who can do it and is free: people with up to three skills at least levels, in a unit and below."""
    who, unit_id = actor(), tree().by_code.get(query.unit) if query.unit else None
    if query.unit and unit_id is None:
        raise NotFound
    sought = []
    for n in (1, 2, 3):
        id_, text, level = (getattr(query, f"{part}_{n}") for part in ("skill", "text", "level"))
        if id_ or text:
            ids = (id_,) if id_ else tuple(one.id for one in skills(who, text, limit=50))
            sought.append(Sought(ids, level))
    found = who_can(who, sought, unit_id) if sought else []
    items = [
        {
            "person_id": one.id,
            "name": one.name,
            "unit": one.code or None,
            "away_until": one.away_until.isoformat() if one.away_until else None,
            "skills": [can._asdict() for can in one.skills],
            "open_items": one.open_items,
        }
        for one in found
    ]
    return listed(items, None)


@endpoint(api, "GET /people/<id:person_id>/skills", gives="PersonSkillList")
def list_held(person_id: int) -> Any:
    """What somebody can do, with what the reader may know of it."""
    find_person(actor(), person_id)
    return listed([_held(one) for one in held_by(actor(), person_id)], None)


@endpoint(api, "POST /people/<id:person_id>/skills", takes=NewHeldForm, gives="PersonSkill")
def add_held(form: NewHeldForm, person_id: int) -> Any:
    """Note a skill of somebody: oneself, or people of units one heads."""
    id_ = commands.add_skill(actor(), person_id, form)
    return _held(find_held(actor(), id_)), 201, {"Location": f"/api/v1/person-skills/{id_}"}


@endpoint(api, "GET /person-skills/<id:held_id>", gives="PersonSkill")
def get_held(held_id: int) -> Any:
    """One skill of somebody."""
    return _held(find_held(actor(), held_id))


@endpoint(api, "PUT /person-skills/<id:held_id>", takes=HeldForm, gives="PersonSkill")
def change_held(form: HeldForm, held_id: int) -> Any:
    """Correct somebody's skill."""
    commands.change_held(actor(), seen(held_id), form)
    return _held(find_held(actor(), held_id))


@endpoint(api, "POST /person-skills/<id:held_id>/confirmation", gives="PersonSkill")
def confirm_held(held_id: int) -> Any:
    """Say that it is so: a head above or an administrator."""
    commands.confirm_skill(actor(), held_id)
    return _held(find_held(actor(), held_id)), 201


@endpoint(api, "DELETE /person-skills/<id:held_id>")
def withdraw_held(held_id: int) -> Any:
    """Take somebody's skill away."""
    commands.withdraw_skill(actor(), held_id)
    return None, 204
