"""Units and posts as administrators change them."""

from typing import Any

from flask import Response

from collab.core.actor import Actor
from collab.core.errors import Invalid, Stale
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, filled, go, show

from ..commands import posts, units
from ..forms.organisation import CloseForm, CloseUnitForm, MoveForm, Named, NewPostForm, NewUnitForm, UnitForm
from ..queries import lists
from ..queries.calendars import all_calendars
from ..queries.today import today
from ..queries.unit import UnitCard, find_unit_by_id, posts_of, stays
from ..words import LEVELS, Days, options
from . import administration_pages
from .entry import Entry, Field, entry, naming_fields, naming_values, parse_id, seen, sent, status_of
from .listing import ListForm, next_page

BASE = "/administration/units"


@door(administration_pages, "GET /units")
def units_list() -> Response:
    """Every unit, closed ones too, and the form for a new one."""
    return _units_page()


@door(administration_pages, "POST /units")
def new_unit() -> Response:
    """Make a unit."""
    try:
        unit_id = units.create_unit(actor(), filled(NewUnitForm))
    except Invalid as problem:
        return _units_page(problem)
    return go(f"{BASE}/{unit_id}", _(N_("The unit is made.")))


def _units_page(problem: Invalid | None = None) -> Response:
    who = actor()
    form = asked(ListForm)
    page = lists.units(who, form.text, form.after)
    fields = [
        *_unit_fields(who),
        Field("parent_id", _(N_("Under")), "party", kinds="unit", hint=_(N_("Nothing: at the top."))),
        Field("valid_from", _(N_("First day")), "date", required=True),
    ]
    new = entry(BASE, _(N_("Make unit")), fields, {"valid_from": today(), "level": "department"}, problem=problem,
                typed=entered())  # fmt: skip
    return show(
        "people/administration/units.html",
        status=422 if problem else 200,
        units=page.items,
        text=form.text,
        form=new,
        days=Days(who),
        previous_href=next_page(BASE, form, page.previous),
        next_href=next_page(BASE, form, page.next),
    )


def _unit_fields(who: Actor) -> list[Field]:
    usual = (("", _(N_("As the unit above"))),)
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
    return _unit_page(unit_id)


@door(administration_pages, "PUT /units/<id:unit_id>")
def change_unit(unit_id: int) -> Response:
    """Change names, code, level or calendar."""
    try:
        units.change_unit(actor(), seen(unit_id), sent(UnitForm))
    except (Invalid, Stale) as problem:
        return _unit_page(unit_id, "change", problem)
    return go(f"{BASE}/{unit_id}", _(N_("The unit is changed.")))


@door(administration_pages, "POST /units/<id:unit_id>/moves")
def move_unit(unit_id: int) -> Response:
    """Put the unit under another one from a day on."""
    try:
        units.move_unit(actor(), unit_id, filled(MoveForm))
    except Invalid as problem:
        return _unit_page(unit_id, "move", problem)
    return go(f"{BASE}/{unit_id}", _(N_("The unit is moved.")))


@door(administration_pages, "POST /units/<id:unit_id>/closure")
def close_unit(unit_id: int) -> Response:
    """Close the unit on a day."""
    try:
        units.close_unit(actor(), unit_id, filled(CloseUnitForm))
    except Invalid as problem:
        return _unit_page(unit_id, "close", problem)
    return go(f"{BASE}/{unit_id}", _(N_("The unit is closed from that day on.")))


@door(administration_pages, "POST /posts")
def new_post() -> Response:
    """Make a post in a unit."""
    try:
        form = filled(NewPostForm)
        posts.create_post(actor(), form)
    except Invalid as problem:
        return _unit_page(parse_id(entered().get("unit_id")), "post", problem)
    return go(f"{BASE}/{form.unit_id}", _(N_("The post is made.")))


@door(administration_pages, "GET /posts")
def posts_list() -> Response:
    """Every post of today, by name."""
    who, form = actor(), asked(ListForm)
    page = lists.posts(who, form.text, None, form.after)
    return show(
        "people/administration/posts.html",
        posts=page.items,
        text=form.text,
        days=Days(who),
        previous_href=next_page("/administration/posts", form, page.previous),
        next_href=next_page("/administration/posts", form, page.next),
    )


@door(administration_pages, "GET /posts/<id:post_id>")
def post(post_id: int) -> Response:
    """One post: its names, and the day it ends."""
    return _post_page(post_id)


@door(administration_pages, "PUT /posts/<id:post_id>")
def change_post(post_id: int) -> Response:
    """Give a post other names."""
    try:
        posts.change_post(actor(), seen(post_id), sent(Named))
    except (Invalid, Stale) as problem:
        return _post_page(post_id, "change", problem)
    return go(f"/administration/posts/{post_id}", _(N_("The post is changed.")))


@door(administration_pages, "POST /posts/<id:post_id>/closure")
def close_post(post_id: int) -> Response:
    """End a post on a day."""
    try:
        posts.close_post(actor(), post_id, filled(CloseForm))
    except Invalid as problem:
        return _post_page(post_id, "close", problem)
    return go(f"/administration/posts/{post_id}", _(N_("The post ends on that day.")))


def _unit_page(unit_id: int, failed: str = "", problem: Invalid | Stale | None = None) -> Response:
    who = actor()
    card = find_unit_by_id(who, unit_id)
    return show(
        "people/administration/unit.html",
        status=status_of(problem),
        unit=card,
        posts=posts_of(who, unit_id, today()),
        stays=stays(who, unit_id),
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
    into = _(N_("Takes over the units below and the people"))
    return {
        "change_form": made("change", "?_method=PUT", _(N_("Save")), _unit_fields(who), values, version=card.version),
        "move_form": made(
            "move", "/moves", _(N_("Move")),
            [Field("parent_id", _(N_("Under")), "party", kinds="unit", hint=_(N_("Nothing: at the top."))), on],
            {"on": today()},
        ),
        "close_form": made(
            "close", "/closure", _(N_("Close unit")),
            [Field("on", _(N_("First day without it")), "date", required=True),
             Field("into_id", into, "party", kinds="unit")],
            {},
            danger=True,
        ),
        "post_form": made(
            "post", "/administration/posts", _(N_("Make post")), post_fields,
            {"unit_id": card.id, "valid_from": today()},
        ),
    }  # fmt: skip


def _post_page(post_id: int, failed: str = "", problem: Invalid | Stale | None = None) -> Response:
    who = actor()
    found = lists.find_post(who, post_id)
    base = f"/administration/posts/{post_id}"
    label = lists.post_label(post_id)
    change = entry(
        f"{base}?_method=PUT", _(N_("Save")), naming_fields(), naming_values(label, found.names),
        problem=problem if failed == "change" else None, typed=entered(), version=found.version,
    )  # fmt: skip
    close = entry(
        f"{base}/closure", _(N_("Close post")), [Field("on", _(N_("First day without it")), "date", required=True)],
        problem=problem if failed == "close" else None, typed=entered(), key="close-", danger=True,
    )  # fmt: skip
    return show(
        "people/administration/post.html",
        status=status_of(problem),
        post=found,
        change_form=change,
        close_form=close if found.kind != "head" else None,
        days=Days(who),
    )
