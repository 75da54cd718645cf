"""Questions of citizens and staff: taken in, put on the agenda, answered, set aside."""

from typing import Any

from flask import Response

from collab.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.decisions.views.answers import arrived, reasons, version_again
from collab.people.queries.today import today
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, show

from .. import commands, further, queries
from ..forms import AnswerQuestion, DeclineQuestion, NewQuestion, PlaceQuestion
from ..further import Question
from ..policy import leads
from ..queries import Found
from ..words import ASKERS, CHANNELS, HELD, NOTED
from . import pages

TAKEN, PLACED = N_("The question is taken in."), N_("The question is on the agenda.")
ANSWERED, DECLINED = N_("The answer is written down."), N_("The question is set aside.")
OWN_POINT = N_("A point of its own")

Typed = dict[str, Any]
Errors = dict[str, list[str]]


@door(pages, "GET /meetings/<ref:item>/questions/new")
def new_question(item: str) -> Response:
    """A form for a question taken in beforehand."""
    found = queries.find_meeting(actor(), item)
    return _new(found, {"received_on": today().isoformat()}, {}, 200)


@door(pages, "POST /meetings/<ref:item>/questions", takes=NewQuestion)
def take_question(item: str) -> Response:
    """Take in a question."""
    found, typed = queries.find_meeting(actor(), item), entered()
    try:
        commands.take_question(actor(), found.id, parse(NewQuestion, typed))
    except (Invalid, Conflict) as problem:
        return _new(found, typed, reasons(problem), problem.status)
    return arrived(f"/meetings/{found.reference}?tab=questions", _(TAKEN))


@door(pages, "GET /meetings/<ref:item>/questions/<id:question_id>")
def question_page(item: str, question_id: int) -> Response:
    """A question with what may be done with it."""
    found = queries.find_meeting(actor(), item)
    one = _there(found, question_id)
    return _one(found, one, {"answer": one.answer}, {}, 200)


@door(pages, "PUT /meetings/<ref:item>/questions/<id:question_id>/place", takes=PlaceQuestion)
def place_question(item: str, question_id: int) -> Response:
    """Put a question on the agenda."""
    return _done(
        item,
        question_id,
        lambda id_, typed: commands.place_question(actor(), id_, question_id, parse(PlaceQuestion, typed)),
        _(PLACED),
    )


@door(pages, "PUT /meetings/<ref:item>/questions/<id:question_id>/answer", takes=AnswerQuestion)
def answer_question(item: str, question_id: int) -> Response:
    """Write down the answer to a question."""
    return _done(
        item,
        question_id,
        lambda id_, typed: commands.answer_question(actor(), id_, question_id, parse(AnswerQuestion, typed)),
        _(ANSWERED),
    )


@door(pages, "PUT /meetings/<ref:item>/questions/<id:question_id>/declining", takes=DeclineQuestion)
def decline_question(item: str, question_id: int) -> Response:
    """Set a question aside, with the reason."""
    return _done(
        item,
        question_id,
        lambda id_, typed: commands.decline_question(actor(), id_, question_id, parse(DeclineQuestion, typed)),
        _(DECLINED),
    )


def _done(item: str, question_id: int, act: Any, said: str) -> Response:
    found, typed = queries.find_meeting(actor(), item), entered()
    one = _there(found, question_id)
    try:
        act(found.id, {name: value for name, value in typed.items() if value != "" or name == "answer"})
    except (Invalid, Conflict, Stale, Forbidden) as problem:
        now = _there(found, question_id)
        again = version_again(problem, typed.get("version"), now.version)
        return _one(found, now, {"answer": now.answer} | typed, reasons(problem), problem.status, again)
    return arrived(f"/meetings/{found.reference}?tab=questions#question-{one.id}", said)


def _there(found: Found, question_id: int) -> Question:
    known = next((one for one in further.questions_of(found) if one.id == question_id), None)
    if known is None:
        raise NotFound
    return known


def _new(found: Found, typed: Typed, errors: Errors, status: int) -> Response:
    it: Any = found
    return show(
        "meetings/new_question.html",
        status=status,
        found=found,
        typed=typed,
        errors=errors,
        runs=leads(actor(), it),
        channels={code: _(label) for code, label in CHANNELS.items()},
        askers={code: _(label) for code, label in ASKERS.items()},
    )


def _one(
    found: Found, one: Question, typed: Typed, errors: Errors, status: int, version: int | None = None
) -> Response:
    it: Any = found
    runs, waits = leads(actor(), it), one.state in ("received", "agenda")
    points = {str(point.id): point.title for point in queries.points_of(actor(), found) if point.state == "accepted"}
    own = {} if str(one.point_id) in points else {"": _(OWN_POINT)}
    may_answer = runs and one.state != "declined" and found.stage in NOTED
    may_decline = runs and waits and found.stage in (*HELD, "minutes")
    written = "" if may_answer else typed.get("answer", "")
    if not may_decline and typed.get("reason"):
        written = typed["reason"]
    return show(
        "meetings/question.html",
        status=status,
        found=found,
        one=one,
        version=version or one.version,
        typed=typed,
        errors=errors,
        runs=runs,
        points=own | points,
        asker=one.asker if runs else _(ASKERS[one.asker_kind]),
        channel=_(CHANNELS[one.channel]),
        may_place=runs and waits and found.stage in HELD,
        may_answer=may_answer,
        may_decline=may_decline,
        written=written if written not in (one.answer, one.reason) else "",
    )
