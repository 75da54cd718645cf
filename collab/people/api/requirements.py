"""What posts require, and the gap report of a unit, over the API."""

from typing import Any

from collab.web.actors import actor
from collab.web.api import endpoint, listed

from ..commands import skills as commands
from ..forms.skills import RequirementForm
from ..queries.skills.required import Gap, find_post, gaps_in
from ..queries.unit import find_unit_by_id
from . import api


@endpoint(api, "GET /posts/<id:post_id>/requirements", gives="Requirements")
def list_requirements(post_id: int) -> Any:
    """What a post requires, musts first."""
    return listed([one._asdict() for one in find_post(actor(), post_id).required], None)


@endpoint(api, "POST /posts/<id:post_id>/requirements", takes=RequirementForm, gives="Requirements")
def require(form: RequirementForm, post_id: int) -> Any:
    """Say that a post requires a skill at a least level; said again it is corrected. Heads of its unit."""
    commands.require_skill(actor(), post_id, form)
    return list_requirements(post_id), 201


@endpoint(api, "DELETE /posts/<id:post_id>/requirements/<id:skill_id>")
def drop(post_id: int, skill_id: int) -> Any:
    """A post requires a skill no longer."""
    commands.drop_requirement(actor(), post_id, skill_id)
    return None, 204


@endpoint(api, "GET /units/<id:unit_id>/skill-gaps", gives="SkillGaps")
def gaps(unit_id: int) -> Any:
    """Who in a unit and below lacks what their post requires, or whose skill ends; posts that nobody holds. For whoever
    heads it, auditors and administrators."""
    found = find_unit_by_id(actor(), unit_id)
    return listed([_gap(one) for one in gaps_in(actor(), found.id)], None)


def _gap(one: Gap) -> dict[str, Any]:
    person = {"id": one.person_id, "name": one.person} if one.person_id is not None else None
    return {
        "unit": one.code,
        "post": {"id": one.post_id, "name": one.post},
        "person": person,
        "skill": {"id": one.skill_id, "name": one.skill},
        "level": one.level,
        "must": one.must,
        "has": one.has,
        "expires_on": one.expires_on.isoformat() if one.expires_on else None,
        "state": one.state,
    }
