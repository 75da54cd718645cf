"""Series, questions and public minutes over the API."""

from typing import Any

from collab.core.dates import local_day
from collab.core.errors import NotFound
from collab.tasks.recurring import to_text
from collab.tasks.recurring_words import sentence
from collab.web.actors import actor
from collab.web.api import Answer, endpoint

from . import commands, further, queries
from .api import api
from .forms import AnswerQuestion, DeclineQuestion, NewQuestion, PlaceQuestion, SeriesForm
from .further import Question
from .policy import leads
from .public import public_of
from .queries import Found
from .voted import public_votes


@endpoint(api, "GET /meetings/<ref:item>/series", gives="MeetingSeries")
def series(item: str) -> Answer:
    """When a meeting comes again: the rule as RFC 5545 writes it, in words, and the meetings of the series."""
    return _series(queries.find_meeting(actor(), item))


@endpoint(api, "PUT /meetings/<ref:item>/series", takes=SeriesForm, gives="MeetingSeries")
def put_series(item: str, form: SeriesForm) -> Answer:
    """Let a meeting come again, or change from here on when it does."""
    found = queries.find_meeting(actor(), item)
    commands.set_series(actor(), found.id, form)
    return _series(queries.find_meeting(actor(), item))


@endpoint(api, "POST /meetings/<ref:item>/series/preview", takes=SeriesForm, gives="RecurrencePreview")
def preview_series(item: str, form: SeriesForm) -> Answer:
    """The next days on which the meeting would be held by this rule. Nothing is kept."""
    found = queries.find_meeting(actor(), item)
    known = further.series_of(actor(), found)
    day = found.series_on or local_day(found.starts_at, actor().time_zone)
    return {
        "rrule": to_text(form.rule()),
        "sentence": sentence(actor(), form.rule(), form.mode, form.roll, form.times),
        "days": [one.isoformat() for one in further.coming(found, day, form, known)],
    }


@endpoint(api, "DELETE /meetings/<ref:item>/series")
def end_series(item: str) -> Answer:
    """Let a meeting come no more. What was called already stays."""
    commands.stop_series(actor(), queries.find_meeting(actor(), item).id)
    return None, 204


@endpoint(api, "GET /meetings/<ref:item>/questions", gives="MeetingQuestions")
def questions(item: str) -> Answer:
    """The questions taken in; who asks is told to those alone who run the meeting."""
    return _questions(queries.find_meeting(actor(), item))


@endpoint(api, "POST /meetings/<ref:item>/questions", takes=NewQuestion, gives="Created")
def take_question(item: str, form: NewQuestion) -> Answer:
    """Take in a question; whoever does not run the meeting asks in their own name."""
    found = queries.find_meeting(actor(), item)
    return {"id": commands.take_question(actor(), found.id, form), "reference": found.reference}, 201


@endpoint(
    api, "PUT /meetings/<ref:item>/questions/<id:question_id>/place", takes=PlaceQuestion, gives="MeetingQuestions"
)
def place_question(item: str, question_id: int, form: PlaceQuestion) -> Answer:
    """Put a question on the agenda: under a point, or as one of its own."""
    found = queries.find_meeting(actor(), item)
    commands.place_question(actor(), found.id, question_id, form)
    return _questions(found)


@endpoint(
    api, "PUT /meetings/<ref:item>/questions/<id:question_id>/answer", takes=AnswerQuestion, gives="MeetingQuestions"
)
def answer_question(item: str, question_id: int, form: AnswerQuestion) -> Answer:
    """Write down the answer to a question; 412 when somebody wrote since `version` was read."""
    found = queries.find_meeting(actor(), item)
    commands.answer_question(actor(), found.id, question_id, form)
    return _questions(found)


@endpoint(
    api,
    "PUT /meetings/<ref:item>/questions/<id:question_id>/declining",
    takes=DeclineQuestion,
    gives="MeetingQuestions",
)
def decline_question(item: str, question_id: int, form: DeclineQuestion) -> Answer:
    """Set a question aside, with the reason."""
    found = queries.find_meeting(actor(), item)
    commands.decline_question(actor(), found.id, question_id, form)
    return _questions(found)


@endpoint(api, "GET /meetings/<ref:item>/public", gives="PublicMinutes")
def public_minutes(item: str) -> Answer:
    """What will be public of the minutes, or is: without internal points, tasks, references and who was invited."""
    return _public(queries.find_meeting(actor(), item))


@endpoint(api, "PUT /meetings/<ref:item>/publication", gives="PublicMinutes")
def publish_minutes(item: str) -> Answer:
    """Publish the minutes of an open meeting, as its chair, once they are approved."""
    commands.publish_minutes(actor(), queries.find_meeting(actor(), item).id)
    return _public(queries.find_meeting(actor(), item))


def _series(found: Found) -> Any:
    known = further.series_of(actor(), found)
    if known is None:
        raise NotFound
    return {
        "rrule": to_text(known.rule), "roll": known.roll, "ahead": known.ahead, "ended": known.ended_how,
        "sentence": sentence(actor(), known.rule, "on-date", known.roll, known.times_left),
        "next_on": known.next_on.isoformat() if known.next_on else None,
        "on": found.series_on.isoformat(),
        "others": [
            {"reference": one.reference, "title": one.title, "starts_at": one.starts_at.isoformat(), "stage": one.stage}
            for one in known.others
        ],
    }  # fmt: skip


def _questions(found: Found) -> Any:
    it: Any = found
    runs = leads(actor(), it)
    return {"items": [_question(one, runs) for one in further.questions_of(found)], "next": None}


def _question(one: Question, runs: bool) -> dict[str, Any]:
    return {
        "id": one.id, "question": one.question, "asker": one.asker if runs else None, "asker_kind": one.asker_kind,
        "named": one.named, "channel": one.channel, "received_on": one.received_on.isoformat(), "state": one.state,
        "point": one.point_id, "answer": one.answer, "reason": one.reason, "version": one.version,
    }  # fmt: skip


def _public(found: Found) -> Any:
    points, questions, people = queries.points_of(actor(), found), further.questions_of(found), queries.people_of(found)
    minutes = public_of(points, questions, people, public_votes(found))

    def asked(every: Any) -> list[dict[str, Any]]:
        return [
            {"question": one.question, "asker": one.asker or None, "asker_kind": one.asker_kind, "state": one.state,
             "answer": one.answer, "reason": one.reason}
            for one in every
        ]  # fmt: skip

    return {
        "reference": found.reference, "title": found.title, "starts_at": found.starts_at.isoformat(),
        "place": found.place, "published_at": found.published_at.isoformat() if found.published_at else None,
        "present": minutes.present,
        "points": [
            {"number": one.number, "title": one.title, "notes": one.notes, "outcome": one.outcome,
             "votes": one.votes, "closed": one.closed, "questions": asked(one.questions)}
            for one in minutes.points
        ],
        "questions": asked(minutes.questions),
    }  # fmt: skip
