"""A desk handed over on one guided page."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from flask import Response

from collab.core.dates import digits
from collab.core.errors import Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _, ngettext
from collab.people.queries.person import find_person
from collab.people.queries.unit import find_unit_by_id
from collab.people.views.entry import picked
from collab.people.words import KINDS as MEMBER_KINDS
from collab.people.words import Days, said
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, go, reasons_of, show

from .. import commands
from ..asked_words import asked_words
from ..desk_contents import OWN_TITLES, PARTS, TITLES, OnDesk
from ..desk_forms import HandDesk
from ..queries import desk as desks
from ..queries.parties import names_typed
from . import pages
from .desk_protocols import OUTCOMES, is_signed
from .marks import Words

OWN_CHOICE: Final = 30
"""Lines that may go elsewhere from the page; the rest goes together, or line by line over the API."""
REASONS: Final = {"leaving": N_("They leave the organisation"), "transfer": N_("They go to another unit")}
WHY: Final = N_("Say why: do they leave, or go to another unit?")
WHEN: Final = N_("Say their last day here.")
HANDED: Final = N_("The desk is handed over. Now both sign.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a desk on the page."""

    key: str
    part: str
    href: str
    reference: str
    title: str
    what: str
    other: str
    due: str
    own: bool
    chosen: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    count: str
    lines: list[Shown]


@door(pages, "GET /people/<id:person_id>/desk")
def desk(person_id: int) -> Response:
    """Everything that lies on somebody's desk, with a successor for each line."""
    return _desk(person_id)


@door(pages, "POST /people/<id:person_id>/desk-handovers", takes=HandDesk, page="/people/{person_id}/desk")
def hand_desk(person_id: int) -> Response:
    """Hand a desk over: everything at once, to those chosen."""
    find_person(actor(), person_id)
    typed = entered()
    sure = typed.pop("sure", "")
    try:
        form = _asked_for(typed)
        if sure != "on":
            return _desk(person_id, typed=typed) if sure else _review(person_id, form, typed)
        made = commands.hand_desk(actor(), person_id, form)
    except Invalid as problem:
        return _desk(person_id, problem)
    return go(f"/desk-handovers/{made}", _(HANDED))


def _asked_for(typed: dict[str, Any]) -> HandDesk:
    """What is to happen, with a reason and, of somebody who leaves, a last day. Raises Invalid at the fields."""
    wrong = {}
    if not typed.get("kind"):
        wrong["kind"] = [_(WHY)]
    if typed.get("kind") and not typed.get("last_day"):
        wrong["last_day"] = [_(WHEN)]
    if wrong:
        raise Invalid(fields=wrong)
    given = picked(typed, into="unit")
    if given["kind"] == "leaving":
        given.pop("into", None)
    return parse(HandDesk, given)


def _review(person_id: int, form: HandDesk, typed: dict[str, Any]) -> Response:
    """What would go to whom, by number and line by line. Nothing is changed. Raises Invalid."""
    who, words = actor(), Words(actor())
    planned = commands.rehearse_desk(who, person_id, form)
    found = desks.find_desk(who, person_id)
    names = names_typed(who, {to for _line, to in planned if isinstance(to, int)} | {form.into})
    said_so = {code: _(word) for code, word in OUTCOMES.items()}
    outcomes = {"along": said_so["along"], "withdraw": said_so["withdrawn"]}
    parts = {code: _(word) for code, word in TITLES.items()}
    lines = [
        (
            parts[line.part],
            line.reference if line.seen else "",
            line.title if line.seen else "",
            names.one(to).name if isinstance(to, int) else outcomes[to],
        )
        for line, to in planned
    ]
    number = len(found.lines) - len(planned)
    follows = found.around.watched if form.kind == "leaving" else 0
    return show(
        "work/desk_review.html",
        person=found.person,
        reason=f"{_(REASONS[form.kind])}: {names.one(form.into).name}" if form.into else _(REASONS[form.kind]),
        last_day=words.day(form.last_day) if form.last_day else "",
        verb=ngettext("Hand %(count)s line over", "Hand %(count)s lines over", len(lines), count=digits(len(lines))),
        sums=[(whom, words.number(many)) for whom, many in Counter(each[-1] for each in lines).most_common()],
        watched=ngettext(
            "They stop following %(count)s item.", "They stop following %(count)s items.", follows,
            count=digits(follows),
        ) if follows else "",
        staying=ngettext(
            "%(count)s line stays where it is: it is not yours to hand over.",
            "%(count)s lines stay where they are: they are not yours to hand over.", number, count=digits(number),
        ) if number else "",
        lines=lines,
        typed=typed,
    )  # fmt: skip


def _desk(person_id: int, problem: Invalid | None = None, typed: dict[str, Any] | None = None) -> Response:
    who, words = actor(), Words(actor())
    typed = entered() if problem else typed or {}
    errors = {name: " ".join(each) for name, each in reasons_of(problem).items()} if problem else {}
    found = desks.find_desk(who, person_id)
    options: list[desks.Successor] = []
    proposed = 0
    if found.unit is not None:
        unit = find_unit_by_id(who, found.unit)
        options, proposed = desks.successors(who, unit.id, person_id, unit.name)
    movable = [line for line in found.lines if line.movable]
    own = {line.key for line in movable[:OWN_CHOICE]} if found.unit is not None else set()
    chosen = dict(each.split(":", 1) for each in typed.get("own", []) if ":" in each)
    stuck = [line for line in found.lines if not line.movable] if found.unit is not None else []
    shown = movable if found.unit is not None else found.lines
    to = str(typed.get("to") or proposed)
    titles = {part: _(word) for part, word in (OWN_TITLES if who.person_id == person_id else TITLES).items()}
    return show(
        "work/desk.html",
        status=422 if problem else 200,
        person=found.person,
        now=[place for place in found.places if place.state == "now"],
        kinds=said(MEMBER_KINDS),
        desk=found,
        sections=_sections(shown, found, words, titles, own, chosen),
        more=max(0, len(movable) - OWN_CHOICE),
        named=[_line(line, found, words, False, "") for line in stuck if line.reach == "named"],
        elsewhere=words.number(sum(line.reach != "named" for line in stuck)),
        has_elsewhere=any(line.reach != "named" for line in stuck),
        numbers=[(titles[part], words.number(found.counts[part])) for part in PARTS],
        around=[words.number(number) for number in found.around],
        options=[(str(one.id), _said(one)) for one in options],
        to=to,
        typed=typed,
        errors=errors,
        problems=[said for name, said in errors.items() if name not in ("kind", "into", "last_day")],
        protocols=[_short(one, words) for one in found.handovers],
        in_hand=[
            (one, [(thing, words.when(thing.until) if thing.until else None) for thing in one.things])
            for one in found.in_hand
        ],
        counts_only=not found.lines and found.unit is None and who.person_id != person_id,
        mine=who.person_id == person_id,
        days=Days(who),
    )


def _said(one: desks.Successor) -> str:
    if one.kind == "unit":
        return _("the tray of %(unit)s", unit=one.name)
    return _("%(post)s (post)", post=one.name) if one.kind == "post" else one.name


def _sections(
    lines: list[OnDesk],
    found: desks.Desk,
    words: Words,
    titles: dict[str, str],
    own: set[str],
    chosen: dict[str, str],
) -> list[Section]:
    made = []
    for part in PARTS:
        mine = [line for line in lines if line.part == part]
        if mine:
            shown = [_line(line, found, words, line.key in own, chosen.get(line.key, "")) for line in mine[:200]]
            made.append(Section(titles[part], words.number(len(mine)), shown))
    return made


def _line(line: OnDesk, found: desks.Desk, words: Words, own: bool, chosen: str) -> Shown:
    other = found.names.one(line.other).name if line.other else ""
    return Shown(
        line.key,
        line.part,
        f"/work-items/{line.reference}" if line.seen else "",
        line.reference,
        line.title,
        asked_words(line.sense, line.what) if line.seen else "",
        other,
        words.day(line.due),
        own,
        chosen,
    )


def _short(one: desks.Protocol, words: Words) -> dict[str, Any]:
    return {
        "href": f"/desk-handovers/{one.id}",
        "when": words.when(one.carried_at),
        "whole": is_signed(one),
        "closed": one.closed_at is not None,
    }
