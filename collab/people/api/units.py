"""Units and posts over the API."""

from datetime import date
from typing import Any

from collab.web.actors import actor
from collab.web.api import endpoint, listed, seen

from ..commands import plans as plan_commands
from ..commands import posts, rehearsing, splitting, units
from ..commands.rehearsing_split import rehearse_split
from ..forms.asking import DayQuery, PostsQuery, UnitsQuery
from ..forms.organisation import (
    CloseForm,
    CloseUnitForm,
    MergeForm,
    MoveForm,
    Named,
    NewPostForm,
    NewUnitForm,
    UnitForm,
)
from ..forms.reorganising import SplitForm
from ..queries import lists, plans
from ..queries.calendars import all_calendars
from ..queries.today import today
from ..queries.unit import UnitCard, find_unit_by_id, holders_of, members, tree_on
from . import api


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def unit_line(one: lists.UnitLine) -> dict[str, Any]:
    """A unit in a list."""
    return {
        "id": one.id,
        "code": one.code,
        "name": one.name,
        "names": one.names,
        "level": one.level,
        "parent_id": one.parent_id,
        "calendar_id": one.calendar_id,
        "valid_from": _day(one.valid_from),
        "valid_to": _day(one.valid_to),
        "version": one.version,
    }


def _unit(card: UnitCard, on: date | None = None) -> dict[str, Any]:
    who, day = actor(), on or today()
    standing = tree_on(who, day).get(card.id)
    return {
        "id": card.id,
        "code": card.code,
        "name": card.name,
        "names": card.names,
        "level": card.level,
        "parent_id": standing.parent if standing else None,
        "calendar_id": card.calendar_id,
        "valid_from": _day(card.valid_from),
        "valid_to": _day(card.valid_to),
        "into_id": card.into_id,
        "members": [
            {"person_id": one.person_id, "name": one.name, "kind": one.kind, "post_id": one.post_id}
            for one in members(who, card.id, day)
        ],
        "version": card.version,
    }


@endpoint(api, "GET /units", query=UnitsQuery, gives="UnitList")
def list_units(query: UnitsQuery) -> Any:
    """Units by name, closed ones too; with `on` those that stood in the tree on that day, each under its unit then."""
    page = lists.units(actor(), query.text, query.after, query.limit, on=query.on)
    return listed([unit_line(one) for one in page.items], page.next)


@endpoint(api, "POST /units", takes=NewUnitForm, gives="Unit")
def create_unit(form: NewUnitForm) -> Any:
    """Make a unit. Administrators only."""
    unit_id = units.create_unit(actor(), form)
    return _unit(find_unit_by_id(actor(), unit_id)), 201, {"Location": f"/api/v1/units/{unit_id}"}


@endpoint(api, "GET /units/<id:unit_id>", query=DayQuery, gives="Unit")
def get_unit(query: DayQuery, unit_id: int) -> Any:
    """One unit with those who belong to it and the unit above, today or on the day asked for."""
    return _unit(find_unit_by_id(actor(), unit_id), query.on)


@endpoint(api, "PUT /units/<id:unit_id>", takes=UnitForm, gives="Unit")
def change_unit(form: UnitForm, unit_id: int) -> Any:
    """Change names, code, level or calendar of a unit."""
    units.change_unit(actor(), seen(unit_id), form)
    return _unit(find_unit_by_id(actor(), unit_id))


@endpoint(api, "POST /units/<id:unit_id>/moves", takes=MoveForm, gives="Unit")
def move_unit(form: MoveForm, unit_id: int) -> Any:
    """Put a unit under another one from a day on."""
    units.move_unit(actor(), seen(unit_id), form)
    return _unit(find_unit_by_id(actor(), unit_id)), 201


@endpoint(api, "POST /units/<id:unit_id>/closure", takes=CloseUnitForm, gives="Unit")
def close_unit(form: CloseUnitForm, unit_id: int) -> Any:
    """Close a unit on a day."""
    units.close_unit(actor(), seen(unit_id), form)
    return _unit(find_unit_by_id(actor(), unit_id)), 201


@endpoint(api, "POST /units/<id:unit_id>/closure-preview", takes=CloseUnitForm)
def preview_closure(form: CloseUnitForm, unit_id: int) -> Any:
    """What would go along if the unit were closed like this, by number. Nothing is changed."""
    return {each.sort: each.number for each in rehearsing.rehearse_closing(actor(), unit_id, form)}


@endpoint(api, "POST /units/<id:unit_id>/move-preview", takes=MoveForm)
def preview_move(form: MoveForm, unit_id: int) -> Any:
    """What would go along if the unit were moved like this, by number. Nothing is changed."""
    return {each.sort: each.number for each in rehearsing.rehearse_moving(actor(), unit_id, form)}


@endpoint(api, "POST /unit-merges", takes=MergeForm)
def merge_units(form: MergeForm) -> Any:
    """Make several units part of another one on a day: all of them, or none."""
    return {"merged": units.merge_units(actor(), form), "into_id": form.into_id, "on": form.on.isoformat()}, 201


@endpoint(api, "POST /unit-merges/preview", takes=MergeForm)
def preview_merge(form: MergeForm) -> Any:
    """What would go along if these units were merged, by number. Nothing is changed."""
    return {each.sort: each.number for each in rehearsing.rehearse_merging(actor(), form)}


@endpoint(api, "GET /units/<id:unit_id>/plans")
def list_plans(unit_id: int) -> Any:
    """What is planned for a unit or for others that go into it, and into what it was split."""
    found = find_unit_by_id(actor(), unit_id)
    lines = plans.planned(actor(), found.id, today())
    return listed(
        [
            {
                "kind": one.kind,
                "id": one.id,
                "unit_id": one.unit_id,
                "on": _day(one.on),
                "into": list(one.others),
                "refused": one.refused or None,
                "carried": one.carried,
            }
            for one in lines
        ],
        None,
    )


@endpoint(api, "POST /units/<id:unit_id>/splits", takes=SplitForm)
def split_unit(form: SplitForm, unit_id: int) -> Any:
    """Plan that a unit becomes several from a day on; one of today is done at once, its work follows."""
    split = plans.find_split(actor(), splitting.plan_split(actor(), seen(unit_id), form))
    return {"id": split.id, "unit_id": unit_id, "on": _day(split.on_day), "carried": split.carried_at is not None}, 201


@endpoint(api, "POST /units/<id:unit_id>/split-preview", takes=SplitForm)
def preview_split(form: SplitForm, unit_id: int) -> Any:
    """What each part would get (number 0: what stays). Nothing is changed."""
    return [
        {
            "number": one.number,
            "unit": one.unit,
            "new": one.new,
            "people": one.people,
            "posts": one.posts,
            "things": [{"sort": each.sort, "id": each.id, "name": each.name} for each in one.things],
            "open_items": one.items,
            "single_items": one.alone,
            "tray": one.tray,
        }
        for one in rehearse_split(actor(), unit_id, form)
    ]


@endpoint(api, "DELETE /unit-splits/<id:unit_split_id>")
def take_back_split(unit_split_id: int) -> Any:
    """Take a planned split back before its day."""
    splitting.take_back_split(actor(), unit_split_id)
    return "", 204


@endpoint(api, "DELETE /unit-plans/<id:unit_plan_id>")
def take_back_plan(unit_plan_id: int) -> Any:
    """Take a planned closing or move back before its day."""
    plan_commands.take_back_plan(actor(), unit_plan_id)
    return "", 204


def post_line(one: lists.PostLine) -> dict[str, Any]:
    """A post in a list."""
    return {
        "id": one.id,
        "name": one.name,
        "names": one.names,
        "kind": one.kind,
        "unit_id": one.unit_id,
        "valid_from": _day(one.valid_from),
        "valid_to": _day(one.valid_to),
        "version": one.version,
    }


def _post(post_id: int) -> dict[str, Any]:
    found = lists.find_post(actor(), post_id)
    holders = holders_of([post_id], today()).get(post_id, [])
    return {**post_line(found), "holders": [{"person_id": id_, "name": name} for id_, name in holders]}


@endpoint(api, "GET /posts", query=PostsQuery, gives="PostList")
def list_posts(query: PostsQuery) -> Any:
    """Posts by name, of one unit when given."""
    page = lists.posts(actor(), query.text, query.unit_id, query.after, query.limit)
    return listed([post_line(one) for one in page.items], page.next)


@endpoint(api, "POST /posts", takes=NewPostForm, gives="Post")
def create_post(form: NewPostForm) -> Any:
    """Make a post in a unit. Administrators only."""
    post_id = posts.create_post(actor(), form)
    return _post(post_id), 201, {"Location": f"/api/v1/posts/{post_id}"}


@endpoint(api, "GET /posts/<id:post_id>", gives="Post")
def get_post(post_id: int) -> Any:
    """One post with who holds it today."""
    return _post(post_id)


@endpoint(api, "PUT /posts/<id:post_id>", takes=Named, gives="Post")
def change_post(form: Named, post_id: int) -> Any:
    """Give a post other names."""
    posts.change_post(actor(), seen(post_id), form)
    return _post(post_id)


@endpoint(api, "POST /posts/<id:post_id>/closure", takes=CloseForm, gives="Post")
def close_post(form: CloseForm, post_id: int) -> Any:
    """End a post on a day."""
    posts.close_post(actor(), seen(post_id), form)
    return _post(post_id), 201


@endpoint(api, "GET /calendars", gives="CalendarList")
def list_calendars() -> Any:
    """The working calendars."""
    return listed(
        [
            {
                "id": one.id,
                "name": one.name,
                "country": one.country,
                "weekend": list(one.weekend),
                "version": one.version,
            }
            for one in all_calendars(actor())
        ],
        None,
    )
