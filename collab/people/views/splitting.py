"""A unit split on one guided page: into what, who and what goes where, what follows; and plans taken back."""

from typing import Any, Final

from flask import Response

from collab.core.actor import Actor
from collab.core.dates.shown import digits
from collab.core.errors import Invalid, NotFound
from collab.core.forms import parse
from collab.core.i18n import N_, _, listed, ngettext
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, go, show

from ..commands import plans as plan_commands
from ..commands import splitting
from ..commands.rehearsing_split import Share, rehearse_split
from ..forms.organisation import Sure
from ..forms.reorganising import SplitForm
from ..queries import plans
from ..queries.today import today
from ..queries.unit import UnitCard, find_unit_by_id, members, posts_of
from ..words import Days
from . import administration_pages
from .entry import Entry, Field, entry, picked, status_of

BASE: Final = "/administration/units"
SHOWN_PARTS: Final = 3
PART_FIELDS: Final = ("unit_id", "code", "name", "name_en", "name_el", "name_fa", "head_id", "items", "query")
PLANNED, SPLIT, BACK = (
    N_("It is planned."),
    N_("The unit is split. Its work follows within seconds."),
    N_("Taken back."),
)


@door(administration_pages, "GET /units/<id:unit_id>/split")
def split(unit_id: int) -> Response:
    """Into what a unit is split, and who and what goes where."""
    return _page(unit_id)


@door(administration_pages, "POST /units/<id:unit_id>/splits", takes=SplitForm)
def split_unit(unit_id: int) -> Response:
    """Show what each part gets, and when that is confirmed plan it, or do it if it is for today."""
    card = find_unit_by_id(actor(), unit_id)
    typed = entered()
    try:
        sure = parse(Sure, {"sure": typed.pop("sure", "")}).sure
        form = _form(typed)
        if not sure:
            return _preview(card, form, typed, rehearse_split(actor(), unit_id, form))
        splitting.plan_split(actor(), unit_id, form)
    except Invalid as problem:
        return _page(unit_id, problem)
    return go(f"{BASE}/{unit_id}", _(PLANNED) if form.on > today() else _(SPLIT))


@door(administration_pages, "DELETE /unit-splits/<id:unit_split_id>")
def take_back_split(unit_split_id: int) -> Response:
    """Take a planned split back before its day."""
    return go(f"{BASE}/{splitting.take_back_split(actor(), unit_split_id)}", _(BACK))


@door(administration_pages, "DELETE /unit-plans/<id:unit_plan_id>")
def take_back_plan(unit_plan_id: int) -> Response:
    """Take a planned closing or move back before its day."""
    return go(f"{BASE}/{plan_commands.take_back_plan(actor(), unit_plan_id)}", _(BACK))


def _form(typed: dict[str, Any]) -> SplitForm:
    """The page's parts and lines as the API has them. Empty parts are left out, and the lines count what is left."""
    used = _used(typed)
    number = {str(place + 1): str(count) for count, place in enumerate(used, start=1)}
    goes = [line for line in typed.get("goes", []) if isinstance(line, str) and line]
    renumbered = [f"{thing}:{number.get(part, part)}" for thing, _sep, part in (line.rpartition(":") for line in goes)]
    try:
        parts = [_part(typed, place) for place in used]
        given = {"on": typed.get("on", ""), "parts": parts or [{}], "goes": renumbered}
        return parse(SplitForm, given)
    except Invalid as problem:
        raise _named(problem, used) from None


def _used(typed: dict[str, Any]) -> list[int]:
    """The places of the page's parts in which something was typed."""
    names_ = (*PART_FIELDS, "unit_id_name", "head_id_name")
    return [
        place
        for place in range(SHOWN_PARTS)
        if any(str(typed.get(f"p{place}_{name}") or "").strip() for name in names_)
    ]


def _part(typed: dict[str, Any], place: int) -> dict[str, Any]:
    start = f"p{place}_"
    given = {name.removeprefix(start): value for name, value in typed.items() if name.startswith(start)}
    return {name: value for name, value in picked(given, unit_id="unit", head_id="person").items() if value}


def _named(problem: Invalid, used: list[int]) -> Invalid:
    """The reasons at the fields of the page: `parts.1.code` stands at `p2_code`."""
    fields: dict[str, list[str]] = {}
    for name, found in problem.fields.items():
        begin, _dot, rest = name.partition(".")
        count, _dot, field = rest.partition(".")
        if begin == "parts" and count.isdigit():
            place = used[int(count)] if int(count) < len(used) else 0
            name = f"p{place}_{field or 'code'}"
        fields.setdefault(name, []).extend(found)
    return Invalid(problem.detail, fields=fields)


def _page(unit_id: int, problem: Invalid | None = None) -> Response:
    who, day = actor(), today()
    card = find_unit_by_id(who, unit_id)
    if card.valid_to is not None:
        raise NotFound
    typed = entered() if problem is not None else {}
    if problem is not None:
        problem = _named(problem, _used(typed))
    held = plans.held(who, unit_id)
    chosen = dict(line.rpartition(":")[::2] for line in typed.get("goes", []) if isinstance(line, str) and line)
    return show(
        "people/administration/split.html",
        status=status_of(problem),
        unit=card,
        problems=_problems(problem),
        on=entry("", "", [Field("on", _(N_("First day of the new order")), "date", required=True)], {"on": day},
                 problem=problem, typed=typed),
        parts=[_part_entry(card, place, problem, typed) for place in range(SHOWN_PARTS)],
        used=_used(typed),
        people=[(f"person-{one.person_id}", one.name, one.title or "", _items(held.get(one.person_id, 0)))
                for one in members(who, unit_id, day)],
        posts=[(f"post-{one.id}", one.name, listed(name for _id, name in one.holders), _items(held.get(one.id, 0)))
               for one in posts_of(who, unit_id, day) if one.kind != "head"],
        things=[(f"{one.sort}-{one.id}", one.name, one.word, "") for one in plans.set_up(who, unit_id)],
        tray=_items(held.get(None, 0)),
        chosen=chosen,
        options=[(str(place + 1), _part_name(typed, place)) for place in range(SHOWN_PARTS)],
        digits=digits,
    )  # fmt: skip


def _problems(problem: Invalid | None) -> list[str]:
    """What is wrong with the lines or as a whole; the rest stands at its field."""
    if problem is None:
        return []
    others = [reason for name, found in problem.fields.items() for reason in found if not name.startswith(("p", "on"))]
    return others or [problem.sentence()]


def _items(number: int) -> str:
    return ngettext("%(count)s open item", "%(count)s open items", number, count=digits(number)) if number else ""


def _part_name(typed: dict[str, Any], place: int) -> str:
    called = str(typed.get(f"p{place}_name") or typed.get(f"p{place}_unit_id_name") or "").strip()
    return called[:60] or _(N_("Part %(number)s"), number=digits(place + 1))


def _part_entry(card: UnitCard, place: int, problem: Invalid | None, typed: dict[str, Any]) -> dict[str, Entry]:
    def made(*fields: Field) -> Entry:
        return entry("", "", fields, {}, problem=problem, typed=typed)

    at = f"p{place}_"
    return {
        "alone": made(
            Field(f"{at}items", _(N_("Open items by their numbers")), "textarea",
                  hint=_(N_("As whoever leads the unit gives them to you, one after the other: PARKS-214 PARKS-230."))),
            Field(f"{at}query", _(N_("And all open items that this finds")), "query",
                  hint=_(N_("For example label:storm due>+30d. Who holds it, its label, state, kind, priority and "
                            "dates can be asked; not what is written in it."))),
        ),
        "new": made(
            Field(f"{at}name", _(N_("Name of the new unit"))),
            Field(f"{at}code", _(N_("Its code")), hint=_(N_("Short; references begin with it, such as PARKS-214."))),
            Field(f"{at}head_id", _(N_("Who leads it")), "party", kinds="person",
                  hint=_(N_("Somebody who goes there. Nothing: nobody yet."))),
        ),
        "languages": made(
            Field(f"{at}name_en", _(N_("Name in English"))),
            Field(f"{at}name_el", _(N_("Name in Greek"))),
            Field(f"{at}name_fa", _(N_("Name in Persian"))),
        ),
        "known": made(
            Field(f"{at}unit_id", _(N_("A unit there is")), "party", kinds=f"unit&without={card.id}"),
        ),
    }  # fmt: skip


def _preview(card: UnitCard, form: SplitForm, typed: dict[str, Any], shares: list[Share]) -> Response:
    """What each part gets; work by number only: administrators have no contents by that role."""
    values = [(f"{name}[]" if isinstance(value, list) else name, each)
              for name, value in typed.items() if name not in ("sure", "csrf_token", "once")
              for each in (value if isinstance(value, list) else [value]) if each]  # fmt: skip
    return show(
        "people/administration/split_preview.html",
        unit=card,
        on=form.on,
        now=form.on <= today(),
        shares=[(one, _items(one.items), _items(one.alone), _items(one.tray) if one.tray else "") for one in shares],
        values=values,
        digits=digits,
        days=Days(actor()),
    )


def plan_lines(who: Actor, unit_id: int) -> list[dict[str, Any]]:
    """What is planned for a unit, and what became of it, ready to be shown."""
    days, found = Days(who), []
    for one in plans.planned(who, unit_id, today()):
        others = listed(one.others)
        here = one.unit_id == unit_id
        found.append(
            {
                "says": _says(one.kind, here, carried=one.carried),
                "on": days(one.on),
                "unit": "" if here else one.unit,
                "others": others if here else "",
                "refused": _(splitting.REFUSED[one.refused]) if one.refused in splitting.REFUSED else "",
                "carried": one.carried,
                "back": "" if one.carried else
                f"/administration/unit-{'splits' if one.kind == 'split' else 'plans'}/{one.id}?_method=DELETE",
            }
        )  # fmt: skip
    return found


def _says(kind: str, here: bool, *, carried: bool) -> str:
    if kind == "split":
        if carried:
            return _(N_("Split")) if here else _(N_("Came out of"))
        return _(N_("Is split")) if here else _(N_("Takes over a part of"))
    if kind == "close":
        return _(N_("Is closed")) if here else _(N_("Takes over all of"))
    return _(N_("Moves")) if here else _(N_("Gets below it"))
