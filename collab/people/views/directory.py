"""The directory, a person's card, and choosing a party by typing."""

from typing import Annotated
from urllib.parse import urlencode

from flask import Response, jsonify
from pydantic import Field as Within

from collab.core.actor import Actor
from collab.core.errors import Invalid, NotFound
from collab.core.forms import MOST_ID, Code, Form, PartyId, Search, parse
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, back, entered, go, show
from collab.web.shell import initials

from ..commands.absences import cancel_absence, record_absence
from ..forms.people import AbsenceForm
from ..presence_shown import shown
from ..queries import person as cards
from ..queries.directory import colleagues
from ..queries.parties import KINDS, offer_parties
from ..queries.person import Place, absences, find_person, may_speak_for, places
from ..queries.skills.held import held_by, proofs_of
from ..queries.today import today
from ..queries.tree import tree
from ..skill_words import LEVELS as SKILL_LEVELS
from ..words import KINDS as MEMBER_KINDS
from ..words import ROLES, Days, hue, said
from . import people_pages
from .entry import Entry, Field, entry, picked


class DirectoryForm(Form):
    """What is looked for in the directory."""

    text: Search = ""
    unit: Code | None = None
    after: str | None = None


class PartiesForm(Form):
    """What was typed into a field that chooses a party. `near`: the unit in whose talk it stands, or 0."""

    q: Search = ""
    kinds: Search = ""
    mine: Search = ""
    without: PartyId | None = None
    near: Annotated[int, Within(ge=0, le=MOST_ID)] | None = None


@door(people_pages, "GET /people")
def directory() -> Response:
    """The directory: people by name, the tree beside."""
    who, form, here = actor(), asked(DirectoryForm), tree()
    unit_id = here.by_code.get(form.unit) if form.unit else None
    if form.unit and unit_id is None:
        raise NotFound
    page = colleagues(who, form.text, unit_id, form.after)
    kept = {name: value for name, value in (("text", form.text), ("unit", form.unit)) if value}
    lines = [(person, initials(person.name), hue(person.id)) for person in page.items]
    return show(
        "people/directory.html",
        fragment="people/_directory.html",
        lines=lines,
        text=form.text,
        unit=here.nodes[unit_id] if unit_id else None,
        nodes=[(node, node.name()) for node in here.walk()],
        kinds=said(MEMBER_KINDS),
        days=Days(who),
        previous_href=_page(kept, page.previous),
        next_href=_page(kept, page.next),
    )


def _page(kept: dict[str, str], cursor: str | None) -> str | None:
    return f"/people?{urlencode({**kept, 'after': cursor})}" if cursor else None


@door(people_pages, "GET /people/<id:person_id>")
def person(person_id: int) -> Response:
    """A person's card: where they belong, whether they are here, how to reach them."""
    return _card(person_id)


def _card(person_id: int, problem: Invalid | None = None) -> Response:
    who = actor()
    card = find_person(who, person_id)
    found = places(who, person_id)
    away = absences(who, person_id)
    speaks = card.active and may_speak_for(who, person_id)
    form = _absence_form(person_id, problem) if speaks else None
    return show(
        "people/person.html",
        status=422 if problem else 200,
        person=card,
        initials=initials(card.name),
        hue=hue(card.id),
        now=[place for place in found if place.state == "now"],
        coming=[place for place in found if place.state == "coming"],
        past=[place for place in found if place.state == "past"],
        away=away,
        here_today=not any(one.state == "now" for one in away),
        absence_form=form,
        today=today().isoformat(),
        may_see_desk=_may_see_desk(who, person_id, found),
        kinds=said(MEMBER_KINDS),
        roles=said(ROLES),
        held=(can := held_by(who, person_id)),
        proofs=proofs_of(who, can),
        skill_levels=said(SKILL_LEVELS),
        may_note_skills=speaks,
        days=Days(who),
        mine=who.person_id == person_id,
        present=shown(who, [person_id]).get(person_id),
    )


def _may_see_desk(who: Actor, person_id: int, found: list[Place]) -> bool:
    """Whose desk it is, administrators, and whoever heads a unit in which they are or were."""
    heads = any(place.unit_id in who.headed for place in found if place.state != "coming")
    return not who.is_auditor and (who.person_id == person_id or who.is_administrator or heads)


def _absence_form(person_id: int, problem: Invalid | None) -> Entry:
    return entry(
        f"/people/{person_id}/absences",
        _(N_("Note absence")),
        [
            Field("first_day", _(N_("First day away")), "date", required=True),
            Field("last_day", _(N_("Last day away")), "date", required=True),
            Field(
                "substitute_id",
                _(N_("Who stands in")),
                "party",
                hint=_(N_("They reach what the absent one reaches, except named-only items.")),
            ),
            Field("note", _(N_("Note")), "textarea", hint=_(N_("Read by the absent one and administrators alone."))),
        ],
        problem=problem,
        typed=entered(),
    )


@door(people_pages, "POST /people/<id:person_id>/absences")
def note_absence(person_id: int) -> Response:
    """Note that somebody is away, and who stands in."""
    try:
        record_absence(actor(), person_id, parse(AbsenceForm, picked(entered(), substitute_id="person")))
    except Invalid as problem:
        return _card(person_id, problem)
    return go(f"/people/{person_id}", _(N_("The absence is noted.")))


@door(people_pages, "DELETE /absences/<id:absence_id>")
def take_back_absence(absence_id: int) -> Response:
    """Take an absence back, or end it today."""
    whose = cards.owner_of_absence(actor(), absence_id)
    try:
        cancel_absence(actor(), absence_id)
    except Invalid as problem:
        return _card(whose, problem)
    return back(f"/people/{whose}", _(N_("The absence is taken back.")))


@door(people_pages, "GET /parties")
def parties() -> Response:
    """People, units, posts and outsiders called as was typed, slips forgiven; answers JSON to the choosing field.
    `mine`: those alone to whom the reader may assign; `near`: first those of this unit and of the reader's own."""
    form = asked(PartiesForm)
    kinds = [kind for kind in form.kinds.split(",") if kind in KINDS] or list(KINDS)
    who = actor()
    near = [unit for unit in (form.near, *sorted(who.units)) if unit] if form.near is not None else []
    found = offer_parties(who, form.q, kinds, mine=bool(form.mine), near=near)
    return jsonify(
        items=[
            {"id": one.id, "name": one.name, "hint": one.hint, "kind": one.kind, "away": one.away}
            for one in found
            if one.id != form.without
        ]
    )
