"""Votes at a point: the form that begins one, and the lines that an open page asks for again."""

from dataclasses import replace
from typing import Any

from flask import Response

from collab.core.errors import Conflict, Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.decisions.finer import CHOICES, level_typed, without_unfit
from collab.decisions.presets import OF_PRESENT, PRESETS, TIES, Preset
from collab.decisions.views.answers import arrived, reasons
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, show

from .. import commands, queries
from ..forms import OF_PRESENT_ABOUT, VOTE_BASES, VOTE_LEVELS, VOTE_WAYS, NewVote
from ..queries import Found, Point
from ..shown import needed, present
from ..voted import votes_shown
from ..words import QUORUMS
from . import pages
from .points import Errors, Typed, there

BEGUN = N_("The vote is open.")


@door(pages, "GET /meetings/<ref:item>/points/<id:point_id>/votes")
def point_votes(item: str, point_id: int) -> Response:
    """The votes at a point as they stand, for the open page that asks again."""
    found = queries.find_meeting(actor(), item)
    point = there(found, point_id)
    votes = votes_shown(actor(), found).get(point_id, [])
    return show(
        "meetings/votes.html", fragment="meetings/_votes.html", found=found, point=point, votes=votes,
        href=f"/meetings/{found.reference}",
    )  # fmt: skip


@door(pages, "GET /meetings/<ref:item>/points/<id:point_id>/votes/new")
def new_vote(item: str, point_id: int) -> Response:
    """A form for a vote among those who are there."""
    found = queries.find_meeting(actor(), item)
    point = there(found, point_id)
    return _form(found, point, {"title": point.title}, {}, 200)


@door(pages, "POST /meetings/<ref:item>/points/<id:point_id>/votes", takes=NewVote)
def begin_vote(item: str, point_id: int) -> Response:
    """Open a vote at a point among those who are there."""
    found, typed = queries.find_meeting(actor(), item), entered()
    point = there(found, point_id)
    try:
        commands.begin_vote(actor(), found.id, point_id, parse(NewVote, _lines(typed)))
    except (Invalid, Conflict) as problem:
        return _form(found, point, typed, reasons(problem), problem.status)
    return arrived(f"/meetings/{found.reference}#point-{point_id}", _(BEGUN))


def _lines(typed: Typed) -> Typed:
    """Options stand one on a line; what was typed of them before yes or no was chosen is none."""
    given = level_typed({name: value for name, value in typed.items() if name != "option_lines"})
    given = without_unfit(given)
    preset = PRESETS.get(str(typed.get("preset", "")))
    if preset is not None and preset.has_options:
        lines = (line.strip() for line in str(typed.get("option_lines", "")).splitlines())
        given["options"] = [line for line in lines if line]
    return given


def _ways() -> list[Preset]:
    """Here all who are entitled are those noted as present, so the absolute majority is said of them."""
    of_present = replace(PRESETS["absolute"], name=OF_PRESENT, about=OF_PRESENT_ABOUT)
    return [of_present if code == "absolute" else PRESETS[code] for code in VOTE_WAYS]


def _finer() -> dict[str, dict[str, str]]:
    """What a majority that one states oneself is made of; all who are entitled are those present."""
    finer = {name: {code: _(said) for code, said in CHOICES[name].items()} for name in ("share", "base", "strictness")}
    return finer | {"base": {code: finer["base"][code] for code in VOTE_BASES}}


def _form(found: Found, point: Point, typed: Typed, errors: Errors, status: int) -> Response:
    people = queries.people_of(found)
    more: dict[str, Any] = {"present": present(people), "needed": needed(found, people)}
    return show(
        "meetings/vote.html", status=status, found=found, point=point, typed=typed, errors=errors,
        presets=_ways(), levels=[(code, _(label)) for code, label in VOTE_LEVELS.items()],
        ties={code: _(label) for code, label in TIES.items()}, finer=_finer(),
        quorums={code: _(label) for code, label in QUORUMS.items()}, **more,
    )  # fmt: skip
