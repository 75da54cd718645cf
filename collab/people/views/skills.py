"""Skills: who can do it and is free, and what somebody can do."""

from flask import Response, jsonify

from collab.core.actor import Actor
from collab.core.dates.shown import digits
from collab.core.errors import Invalid, NotFound, Stale
from collab.core.forms import Form, Search
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, filled, go, show
from collab.web.shell import initials

from ..commands import skills as commands
from ..forms.skills import HeldForm, NewHeldForm, WhoForm
from ..queries.person import find_person
from ..queries.skills.held import Held, find_held, held_by, may_note_for, proofs_of
from ..queries.skills.listed import skills, skills_by_id
from ..queries.skills.who import MOST, Sought, who_can
from ..queries.tree import tree
from ..skill_words import FAMILIES, LEVELS
from ..words import Days, hue, options, said
from . import people_pages
from .certificates import proof_of
from .entry import Entry, Field, entry, seen, sent, status_of

CHOSEN = 3


class ChoosingForm(Form):
    """What was typed into a field that chooses a skill."""

    q: Search = ""


@door(people_pages, "GET /skills")
def who() -> Response:
    """Who can do it and is free today."""
    reader, form, here = actor(), asked(WhoForm), tree()
    unit_id = here.by_code.get(form.unit) if form.unit else None
    if form.unit and unit_id is None:
        raise NotFound
    lines, sought, unknown = _sought(reader, form)
    found = who_can(reader, sought, unit_id) if sought and not unknown else []
    return show(
        "people/skills.html",
        lines=lines,
        asked_for=bool(sought) or bool(unknown),
        unknown=unknown,
        found=[(one, initials(one.name), hue(one.id)) for one in found],
        most=len(found) == MOST,
        listed=skills(reader) if not sought and not unknown else [],
        levels=said(LEVELS),
        families=said(FAMILIES),
        unit=here.nodes[unit_id] if unit_id else None,
        nodes=[(node, node.name()) for node in here.walk()],
        days=Days(reader),
        digits=digits,
    )


def _sought(reader: Actor, form: WhoForm) -> tuple[list[dict[str, object]], list[Sought], list[str]]:
    """The lines of the form as they stand, what they ask for, and words that are the name of no skill."""
    given = [
        (getattr(form, f"skill_{n}"), getattr(form, f"text_{n}"), getattr(form, f"level_{n}"))
        for n in range(1, CHOSEN + 1)
    ]
    known = skills_by_id(reader, [id_ for id_, _text, _level in given if id_])
    lines, sought, unknown = [], [], []
    for number, (id_, text, level) in enumerate(given, start=1):
        ids: tuple[int, ...] = ()
        if id_ in known:
            ids, text = (id_,), known[id_].name
        elif text:
            ids = tuple(one.id for one in skills(reader, text, limit=50))
            unknown += [] if ids else [text]
        if ids:
            sought.append(Sought(ids, level))
        lines.append(
            {"number": number, "id": id_ if id_ in known else "", "text": text, "level": str(level), "used": bool(text)}
        )
    return lines, sought, unknown


@door(people_pages, "GET /skills/choices")
def choices() -> Response:
    """Skills with a name, in whatever language, of which a word begins as typed; JSON to the choosing field."""
    found = skills(actor(), asked(ChoosingForm).q, limit=20)
    return jsonify(items=[{"id": one.id, "name": one.name, "hint": one.also, "kind": "skill"} for one in found])


@door(people_pages, "GET /people/<id:person_id>/skills")
def of_person(person_id: int) -> Response:
    """What somebody can do, with what one may know of it, and the form for another skill."""
    return _skills_page(person_id)


@door(people_pages, "POST /people/<id:person_id>/skills")
def note(person_id: int) -> Response:
    """Note a skill of somebody."""
    try:
        commands.add_skill(actor(), person_id, filled(NewHeldForm))
    except Invalid as problem:
        return _skills_page(person_id, problem)
    mine = actor().person_id == person_id
    return go(
        f"/people/{person_id}/skills",
        _(N_("The skill is noted; somebody who heads you confirms it.")) if mine else _(N_("The skill is noted.")),
    )


def _skills_page(person_id: int, problem: Invalid | None = None) -> Response:
    reader = actor()
    card = find_person(reader, person_id)
    may_note = card.active and may_note_for(reader, person_id)
    return show(
        "people/person_skills.html",
        status=status_of(problem),
        person=card,
        mine=reader.person_id == person_id,
        held=(found := held_by(reader, person_id)),
        proofs=proofs_of(reader, found),
        may_note=may_note,
        may_confirm=may_note and reader.person_id != person_id,
        levels=said(LEVELS),
        families=said(FAMILIES),
        days=Days(reader),
        form=_new_form(reader, person_id, problem) if may_note else None,
    )


def _new_form(reader: Actor, person_id: int, problem: Invalid | None) -> Entry:
    listed = skills(reader)
    chosen = (("", _(N_("Choose …"))), *((str(one.id), one.name) for one in listed))
    skill = Field("skill_id", _(N_("Skill")), "select", options=chosen)
    return entry(
        f"/people/{person_id}/skills", _(N_("Note skill")), [skill, *_held_fields()], {"level": 2}, problem=problem,
        typed=entered(),
    )  # fmt: skip


def _held_fields() -> list[Field]:
    return [
        Field("level", _(N_("Level")), "select", options=options(LEVELS)),
        Field("since", _(N_("Since")), "date"),
        Field("number", _(N_("Number of the certificate"))),
        Field("issuer", _(N_("Issued by"))),
        Field("expires_on", _(N_("Holds until")), "date", hint=_(N_("The last day. Leave empty if it does not end."))),
    ]


@door(people_pages, "GET /person-skills/<id:held_id>")
def held(held_id: int) -> Response:
    """One skill of somebody, to be corrected."""
    return _held_page(held_id)


@door(people_pages, "PUT /person-skills/<id:held_id>")
def change(held_id: int) -> Response:
    """Correct somebody's skill."""
    one = find_held(actor(), held_id)
    try:
        commands.change_held(actor(), seen(held_id), sent(HeldForm))
    except (Invalid, Stale) as problem:
        return _held_page(held_id, problem)
    return go(f"/people/{one.person_id}/skills", _(N_("The skill is changed.")))


def _held_page(held_id: int, problem: Invalid | Stale | None = None) -> Response:
    reader = actor()
    one = find_held(reader, held_id)
    may_note = may_note_for(reader, one.person_id)
    return show(
        "people/person_skill.html",
        status=status_of(problem),
        one=one,
        person=find_person(reader, one.person_id),
        levels=said(LEVELS),
        days=Days(reader),
        mine=reader.person_id == one.person_id,
        form=_change_form(one, problem) if may_note else None,
        files=proof_of(reader, one),
    )


def _change_form(one: Held, problem: Invalid | Stale | None) -> Entry:
    return entry(
        f"/person-skills/{one.id}?_method=PUT", _(N_("Save")), _held_fields(), one._asdict(), problem=problem,
        typed=entered(), version=one.version,
    )  # fmt: skip


@door(people_pages, "POST /person-skills/<id:held_id>/confirmation")
def confirm(held_id: int) -> Response:
    """Say that it is so."""
    one = find_held(actor(), held_id)
    commands.confirm_skill(actor(), held_id)
    return go(f"/people/{one.person_id}/skills", _(N_("The skill is confirmed.")))


@door(people_pages, "DELETE /person-skills/<id:held_id>")
def withdraw(held_id: int) -> Response:
    """Take somebody's skill away."""
    one = find_held(actor(), held_id)
    commands.withdraw_skill(actor(), held_id)
    return go(f"/people/{one.person_id}/skills", _(N_("The skill is withdrawn.")))
