"""Units as administrators change them."""

from typing import Any, TypeVar

from flask import Response

from collab.core.actor import Actor
from collab.core.dates.shown import digits
from collab.core.errors import Invalid, Stale
from collab.core.forms import Form, parse
from collab.core.i18n import N_, _
from collab.core.package import Lying
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, go, show

from ..commands import rehearsing, units
from ..forms.organisation import (
    CloseUnitForm,
    MergeForm,
    MoveForm,
    NewUnitForm,
    Sure,
    UnitForm,
)
from ..queries import lists
from ..queries.calendars import all_calendars
from ..queries.names import names
from ..queries.today import today
from ..queries.tree import tree, units_stand
from ..queries.unit import UnitCard, find_unit_by_id, posts_of, stays
from ..words import LEVELS, SORTS, Days, options
from . import administration_pages
from .entry import Entry, Field, entry, naming_fields, naming_values, picked, seen, sent, status_of
from .listing import ListForm, next_page
from .splitting import plan_lines

BASE = "/administration/units"
AT_THE_TOP = N_("Left empty, the unit stands at the top of the tree.")


@door(administration_pages, "GET /units")
def units_list() -> Response:
    """Every unit, closed ones too, and the form for a new one."""
    return _units_page()


@door(administration_pages, "POST /units")
def new_unit() -> Response:
    """Make a unit."""
    try:
        unit_id = units.create_unit(actor(), parse(NewUnitForm, picked(entered(), parent_id="unit")))
    except Invalid as problem:
        return _units_page(problem)
    return go(f"{BASE}/{unit_id}", _(N_("The unit is made.")))


def _units_page(problem: Invalid | None = None, merging: Invalid | None = None) -> Response:
    who = actor()
    form = asked(ListForm)
    page = lists.units(who, form.text, form.after)
    fields = [
        *_unit_fields(who, top=not units_stand()),
        Field(
            "parent_id",
            _(N_("Under")),
            "party",
            kinds="unit",
            hint=_(AT_THE_TOP),
        ),
        Field("valid_from", _(N_("First day")), "date", required=True),
    ]
    level = "department" if units_stand() else "organisation"  # the first one is the organisation itself
    new = entry(BASE, _(N_("Make unit")), fields, {"valid_from": today(), "level": level}, problem=problem,
                typed=entered())  # fmt: skip
    return show(
        "people/administration/units.html",
        status=422 if problem or merging else 200,
        merge_form=_merge_form(merging) if merging or units_stand(2) else None,
        merging=merging is not None,
        units=page.items,
        above=names(who, (unit.parent_id for unit in page.items)),
        text=form.text,
        form=new,
        days=Days(who),
        previous_href=next_page(BASE, form, page.previous),
        next_href=next_page(BASE, form, page.next),
    )


def _merge_form(problem: Invalid | None) -> Entry:
    fields = [
        Field(
            "codes",
            _(N_("Codes of the units that are merged")),
            required=True,
            hint=_(N_("With commas, such as PARKS, ROADS. They are closed on that day.")),
        ),
        Field("into_id", _(N_("Into")), "party", kinds="unit"),
        Field("on", _(N_("From")), "date", required=True),
    ]
    return entry(
        "/administration/unit-merges",
        _(N_("See what goes along")),
        fields,
        {"on": today()},
        problem=problem,
        typed=entered(),
        key="merge-",
        quiet=True,
    )


def _unit_fields(who: Actor, *, top: bool) -> list[Field]:
    """`top`: no unit stands above it, whose calendar it would follow."""
    usual = (("", _(N_("The organisation’s own")) if top else _(N_("As the unit above"))),)
    calendars = usual + tuple((str(one.id), one.name) for one in all_calendars(who))
    return [
        Field("code", _(N_("Code")), required=True, hint=_(N_("Short; references begin with it, such as PARKS-214."))),
        *naming_fields(hint=_(N_("In the organisation's own language."))),
        Field("level", _(N_("Level")), "select", options=options(LEVELS)),
        Field("calendar_id", _(N_("Working calendar")), "select", options=calendars),
    ]


@door(administration_pages, "GET /units/<id:unit_id>")
def unit(unit_id: int) -> Response:
    """One unit with everything that can be changed about it."""
    return unit_page(unit_id)


@door(administration_pages, "PUT /units/<id:unit_id>")
def change_unit(unit_id: int) -> Response:
    """Change names, code, level or calendar."""
    try:
        units.change_unit(actor(), seen(unit_id), sent(UnitForm))
    except (Invalid, Stale) as problem:
        return unit_page(unit_id, "change", problem)
    return go(f"{BASE}/{unit_id}", _(N_("The unit is changed.")))


@door(administration_pages, "POST /units/<id:unit_id>/moves")
def move_unit(unit_id: int) -> Response:
    """Show what goes along, and when that is confirmed put the unit under another one from a day on."""
    try:
        form, sure = _asked_twice(MoveForm)
        if not sure:
            return _preview(find_unit_by_id(actor(), unit_id).name, "move", f"{BASE}/{unit_id}/moves", form,
                            rehearsing.rehearse_moving(actor(), unit_id, form))  # fmt: skip
        units.move_unit(actor(), unit_id, form)
    except Invalid as problem:
        return unit_page(unit_id, "move", problem)
    return go(f"{BASE}/{unit_id}", _(N_("The unit is moved.")))


@door(administration_pages, "POST /units/<id:unit_id>/closure")
def close_unit(unit_id: int) -> Response:
    """Show what goes along, and when that is confirmed close the unit on a day."""
    try:
        form, sure = _asked_twice(CloseUnitForm)
        if not sure:
            return _preview(find_unit_by_id(actor(), unit_id).name, "close", f"{BASE}/{unit_id}/closure", form,
                            rehearsing.rehearse_closing(actor(), unit_id, form))  # fmt: skip
        units.close_unit(actor(), unit_id, form)
    except Invalid as problem:
        return unit_page(unit_id, "close", problem)
    return go(f"{BASE}/{unit_id}", _(N_("The unit is closed from that day on.")))


@door(administration_pages, "POST /unit-merges")
def merge_units() -> Response:
    """Show what goes along, and when that is confirmed make several units part of another one."""
    try:
        form, sure = _asked_twice(MergeForm)
        if not sure:
            return _preview(form.codes, "merge", "/administration/unit-merges", form,
                            rehearsing.rehearse_merging(actor(), form))  # fmt: skip
        units.merge_units(actor(), form)
    except Invalid as problem:
        return _units_page(merging=problem)
    return go(f"{BASE}/{form.into_id}", _(N_("The units are merged from that day on.")))


F = TypeVar("F", bound=Form)
HEADINGS = {"close": N_("Close %(unit)s?"), "move": N_("Move %(unit)s?"), "merge": N_("Merge %(unit)s?")}
ACTS = {"close": N_("Close unit"), "move": N_("Move"), "merge": N_("Merge")}


def _asked_twice(form: type[F]) -> tuple[F, bool]:
    """What is asked for, and whether its numbers were shown before."""
    given = picked(entered(), **{name: "unit" for name in ("parent_id", "into_id") if name in form.model_fields})
    sure = parse(Sure, {"sure": given.pop("sure", "")}).sure
    return parse(form, given), sure


def _preview(unit: str, what: str, action: str, form: Form, found: list[Lying]) -> Response:
    """What goes along, by number only: administrators have no contents by that role."""
    values = {**form.model_dump(), "sure": "on"}
    fields = [Field(name, "", "hidden") for name in values]
    whom = values.get("into_id") or values.get("parent_id")
    who = actor()
    return show(
        "people/administration/preview.html",
        heading=_(HEADINGS[what], unit=unit),
        what=what,
        to=names(who, [whom])[whom].name if whom else "",
        on=values["on"],
        now=values["on"] <= today(),
        numbers=[(_(SORTS[each.sort]), digits(each.number)) for each in found if each.number],
        form=entry(action, _(ACTS[what]), fields, values, danger=what != "move"),
        back=action.rsplit("/", 1)[0] if what != "merge" else BASE,
        days=Days(who),
    )


def unit_page(unit_id: int, failed: str = "", problem: Invalid | Stale | None = None) -> Response:
    """A unit with its forms; the one that `failed` says what the `problem` is."""
    who = actor()
    card = find_unit_by_id(who, unit_id)
    return show(
        "people/administration/unit.html",
        status=status_of(problem),
        unit=card,
        posts=posts_of(who, unit_id, today()),
        stays=stays(who, unit_id),
        plans=plan_lines(who, unit_id),
        failed=failed,
        days=Days(who),
        forms=_unit_forms(who, card, failed, problem),
    )


def _unit_forms(who: Actor, card: UnitCard, failed: str, problem: Invalid | Stale | None) -> dict[str, Entry]:
    def made(key: str, action: str, act: str, fields: list[Field], values: dict[str, object], **look: Any) -> Entry:
        wrong = problem if key == failed else None
        return entry(f"{BASE}/{card.id}{action}" if not action.startswith("/adm") else action, act, fields, values,
                     problem=wrong, typed=entered(), key=f"{key}-", **look)  # fmt: skip

    on = Field("on", _(N_("From")), "date", required=True)
    values: dict[str, object] = {
        "code": card.code,
        "level": card.level,
        "calendar_id": card.calendar_id,
        **naming_values(card.label, card.names),
    }
    kinds = (("member", _(N_("Member"))), ("deputy", _(N_("Deputy head"))))
    post_fields = [
        Field("unit_id", "", "hidden"),
        *naming_fields(),
        Field("kind", _(N_("Kind")), "select", options=kinds),
        Field("valid_from", _(N_("First day")), "date", required=True),
    ]
    into = _(N_("Takes over the work, the people and the units below"))
    return {
        "change_form": made(
            "change", "?_method=PUT", _(N_("Save")), _unit_fields(who, top=card.id in tree().tops), values,
            version=card.version,
        ),
        "move_form": made(
            "move", "/moves", _(N_("See what goes along")),
            [Field("parent_id", _(N_("Under")), "party", kinds="unit", hint=_(AT_THE_TOP)), on],
            {"on": today()},
        ),
        "close_form": made(
            "close", "/closure", _(N_("See what goes along")),
            [Field("on", _(N_("First day without it")), "date", required=True),
             Field("into_id", into, "party", kinds=f"unit&without={card.id}")],
            {},
        ),
        "post_form": made(
            "post", "/administration/posts", _(N_("Make post")), post_fields,
            {"unit_id": card.id, "valid_from": today()},
        ),
    }  # fmt: skip
