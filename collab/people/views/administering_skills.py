"""The list of skills as administrators keep it."""

from flask import Response

from collab.core.errors import Invalid, Stale
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, filled, go, show

from ..commands import skills as commands
from ..forms.skills import SkillForm, SkillsQuery
from ..queries.skills.listed import find_skill, skills
from ..skill_words import FAMILIES
from ..words import options, said
from . import administration_pages
from .entry import Field, entry, naming_fields, naming_values, seen, sent, status_of

BASE = "/administration/skills"


def _fields() -> list[Field]:
    return [
        *naming_fields(hint=_(N_("In the organisation's own language."))),
        Field("family", _(N_("Kind")), "select", options=options(FAMILIES)),
        Field("expires", _(N_("It expires: holders say until when it holds")), "check"),
        Field("evidence", _(N_("It needs a certificate: holders give number and issuer")), "check"),
    ]


@door(administration_pages, "GET /skills")
def skills_list() -> Response:
    """Every skill of the list, and the form for a new one."""
    return _list_page()


@door(administration_pages, "POST /skills")
def new_skill() -> Response:
    """Put a skill on the list."""
    try:
        commands.list_skill(actor(), filled(SkillForm))
    except Invalid as problem:
        return _list_page(problem)
    return go(BASE, _(N_("The skill is on the list.")))


def _list_page(problem: Invalid | None = None) -> Response:
    text = asked(SkillsQuery).text
    return show(
        "people/administration/skills.html",
        status=status_of(problem),
        skills=skills(actor(), text, retired=True),
        text=text,
        families=said(FAMILIES),
        form=entry(BASE, _(N_("Put on the list")), _fields(), {"family": "training"}, problem=problem, typed=entered()),
    )


@door(administration_pages, "GET /skills/<id:skill_id>")
def skill(skill_id: int) -> Response:
    """One skill of the list with what can be changed about it."""
    return _skill_page(skill_id)


@door(administration_pages, "PUT /skills/<id:skill_id>")
def change_skill(skill_id: int) -> Response:
    """Change names or manner of a skill."""
    try:
        commands.change_skill(actor(), seen(skill_id), sent(SkillForm))
    except (Invalid, Stale) as problem:
        return _skill_page(skill_id, problem)
    return go(f"{BASE}/{skill_id}", _(N_("The skill is changed.")))


@door(administration_pages, "POST /skills/<id:skill_id>/retirement")
def retire_skill(skill_id: int) -> Response:
    """Take a skill off the list."""
    try:
        commands.retire_skill(actor(), skill_id)
    except Invalid as problem:
        return _skill_page(skill_id, problem)
    return go(BASE, _(N_("The skill is off the list.")))


def _skill_page(skill_id: int, problem: Invalid | Stale | None = None) -> Response:
    found = find_skill(actor(), skill_id)
    values = {
        **naming_values(found.label, found.names), "family": found.family, "expires": found.expires,
        "evidence": found.evidence,
    }  # fmt: skip
    change = entry(
        f"{BASE}/{skill_id}?_method=PUT", _(N_("Save")), _fields(), values, problem=problem, typed=entered(),
        version=found.version,
    )  # fmt: skip
    retire = entry(f"{BASE}/{skill_id}/retirement", _(N_("Take off the list")), [], key="retire-", danger=True)
    return show(
        "people/administration/skill.html",
        status=status_of(problem),
        skill=found,
        change_form=change,
        retire_form=None if found.retired else retire,
    )
