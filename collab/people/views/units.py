"""The tree of units and the page of one, today and on any past day."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from flask import Response

from collab.core.actor import Actor
from collab.core.dates.shown import digits
from collab.core.forms import Day, Form
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, show
from collab.web.shell import initials

from ..queries.today import today
from ..queries.unit import Standing, find_unit, members, posts_of, stays, tree_on
from ..skill_policy import may_read_gaps
from ..unit_tabs import unit_tabs
from ..words import KINDS, LEVELS, Days, hue, said
from . import people_pages
from .entry import Field, entry
from .splitting import plan_lines


class OnForm(Form):
    """The day the tree is looked at."""

    on: Day | None = None


@door(people_pages, "GET /units")
def units() -> Response:
    """The tree of units, today or on a past day."""
    who, day = actor(), asked(OnForm).on
    standing = tree_on(who, day or today())
    return show(
        "people/units.html",
        branches=_branches(standing, None),
        on=day,
        days=Days(who),
        digits=digits,
        mine=who.units,
        date_field=_on_field(day),
    )


@door(people_pages, "GET /units/<code>")
def unit(code: str) -> Response:
    """A unit: who leads it, who belongs to it, its posts, the units below; today or on a past day."""
    who, on = actor(), asked(OnForm).on
    card = find_unit(who, code)
    day = on or today()
    standing = tree_on(who, day)
    people_of = members(who, card.id, day)
    here = standing.get(card.id)
    return show(
        "people/unit.html",
        unit=card,
        on=on,
        day=day,
        open_then=here is not None,
        above=_above(standing, card.id),
        leading=[(one, initials(one.name), hue(one.person_id)) for one in people_of if one.kind != "member"],
        members=[(one, initials(one.name), hue(one.person_id)) for one in people_of if one.kind == "member"],
        posts=posts_of(who, card.id, day),
        below=_branches(standing, card.id),
        stays=stays(who, card.id),
        plans=plan_lines(who, card.id),
        kinds=said(KINDS),
        level=_(LEVELS.get(card.level, card.level)),
        days=Days(who),
        digits=digits,
        tabs=unit_tabs(who, card, ""),
        date_field=_on_field(on),
        may_change=_may_change(who),
        reads_gaps=may_read_gaps(who, card.id),
    )


def _may_change(who: Actor) -> bool:
    return who.is_administrator


def _on_field(day: date | None) -> Field:
    return entry("", "", [Field("on", _(N_("As on")), "date")], {"on": day}).fields[0]


class Branch(NamedTuple):
    """A unit of a drawn tree with those under it."""

    unit: Standing
    below: "list[Branch]"


def _branches(standing: Mapping[int, Standing], top: int | None) -> "list[Branch]":
    """The units directly under `top` (None: at the top of the tree), each with all below it."""
    branches = {one.id: Branch(one, []) for one in standing.values()}
    found: list[Branch] = []
    for branch in branches.values():
        parent = branch.unit.parent if branch.unit.parent in branches else None
        if parent == top:
            found.append(branch)
        elif parent is not None:
            branches[parent].below.append(branch)
    return found


def _above(standing: Mapping[int, Standing], unit_id: int) -> list[Standing]:
    path: list[Standing] = []
    one = standing.get(unit_id)
    while one is not None and one.parent is not None and len(path) < len(standing):
        one = standing.get(one.parent)
        if one is not None:
            path.insert(0, one)
    return path
