"""What posts require, and the gap report of a unit: who lacks what, what ends soon, which posts stand empty."""

from collections import Counter

from flask import Response, make_response

from collab.core.dates.shown import digits
from collab.core.errors import Invalid
from collab.core.i18n import N_, _
from collab.core.text.sheet import as_csv
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, filled, go, show
from collab.web.shell import initials

from ..commands import skills as commands
from ..forms.skills import RequirementForm
from ..queries.skills.listed import skills
from ..queries.skills.required import Gap, find_post, gaps_in
from ..queries.today import today
from ..queries.unit import find_unit
from ..skill_words import GAPS, LEVELS
from ..words import Days, hue, options, said
from . import people_pages
from .entry import Entry, Field, entry, status_of

HEAD = (
    N_("Unit"), N_("Post"), N_("Person"), N_("Skill"), N_("Required level"), N_("Must"), N_("Own level"),
    N_("Holds until"), N_("State"),
)  # fmt: skip


@door(people_pages, "GET /posts/<id:post_id>/requirements")
def requirements(post_id: int) -> Response:
    """What a post requires of whoever holds it."""
    return _page(post_id)


@door(people_pages, "POST /posts/<id:post_id>/requirements", takes=RequirementForm)
def require(post_id: int) -> Response:
    """Say that a post requires a skill; said again it is corrected."""
    find_post(actor(), post_id)
    try:
        commands.require_skill(actor(), post_id, filled(RequirementForm))
    except Invalid as problem:
        return _page(post_id, problem)
    return go(f"/posts/{post_id}/requirements", _(N_("The post requires it.")))


@door(people_pages, "DELETE /posts/<id:post_id>/requirements/<id:skill_id>")
def drop(post_id: int, skill_id: int) -> Response:
    """A post requires a skill no longer."""
    find_post(actor(), post_id)
    commands.drop_requirement(actor(), post_id, skill_id)
    return go(f"/posts/{post_id}/requirements", _(N_("The post requires it no longer.")))


def _page(post_id: int, problem: Invalid | None = None) -> Response:
    who = actor()
    found = find_post(who, post_id)
    return show(
        "people/post_requirements.html",
        status=status_of(problem),
        post=found,
        levels=said(LEVELS),
        form=_form(post_id, problem) if found.may_require else None,
    )


def _form(post_id: int, problem: Invalid | None) -> Entry:
    chosen = (("", _(N_("Choose …"))), *((str(one.id), one.name) for one in skills(actor())))
    fields = [
        Field("skill_id", _(N_("Skill")), "select", options=chosen),
        Field("level", _(N_("Least level")), "select", options=options(LEVELS)),
        Field("must", _(N_("It is a must, not merely good to have")), "check"),
    ]
    return entry(
        f"/posts/{post_id}/requirements", _(N_("Require it")), fields, {"level": 2, "must": True}, problem=problem,
        typed=entered(),
    )  # fmt: skip


@door(people_pages, "GET /units/<code>/skills")
def gaps(code: str) -> Response:
    """Who in a unit and below lacks what their post requires, and what ends soon; only musts are counted."""
    who = actor()
    unit = find_unit(who, code)
    found = gaps_in(who, unit.id)
    count: Counter[str] = Counter(one.state for one in found if one.must)
    return show(
        "people/unit_skills.html",
        unit=unit,
        found=[(one, initials(one.person), hue(one.person_id or 0)) for one in found],
        sums=[(_(word), digits(count[state]), state) for state, word in GAPS.items() if count[state]],
        words=said(GAPS),
        levels=said(LEVELS),
        days=Days(who),
    )


@door(people_pages, "GET /units/<code>/skills/sheet")
def sheet(code: str) -> Response:
    """The whole of it as CSV, with what is as it should be."""
    who = actor()
    unit = find_unit(who, code)
    rows = [_line(one) for one in gaps_in(who, unit.id, met=True)]
    answer = make_response(as_csv([_(word) for word in HEAD], rows, locale=who.locale))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="skills-{today().isoformat()}.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _line(one: Gap) -> list[str]:
    return [
        one.code, one.post, one.person, one.skill, str(one.level), _(N_("yes")) if one.must else _(N_("no")),
        str(one.has or ""), one.expires_on.isoformat() if one.expires_on else "", _(GAPS[one.state]),
    ]  # fmt: skip
