"""Questions of citizens and staff: taken in beforehand, put on the agenda, answered in the meeting, or set aside."""

from typing import Final

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import local_day
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, NotFound, Stale
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.work.desks import organisation_zone
from collab.work.models import WorkItem
from collab.work.policy import items

from ..events import QuestionAnswered, QuestionDeclined, QuestionPlaced, QuestionReceived
from ..forms import AnswerQuestion, DeclineQuestion, NewQuestion, PlaceQuestion
from ..having import both, led, meeting_of, points_of
from ..models import MeetingPoint, MeetingQuestion
from ..policy import leads, may_take_part
from ..words import HELD, NOTED

MOST: Final = 500
TOO_MANY: Final = N_("A meeting takes at most %(most)s questions.")
NOT_YET: Final = N_("That day is still to come.")
WHO: Final = N_("Say who asks.")
NOT_THERE: Final = N_("This point does not stand on the agenda. Choose one that does.")
SETTLED: Final = N_("This question is answered or set aside already.")


@command(may_take_part, on=items)
def take_question(actor: Actor, item: WorkItem, form: NewQuestion) -> int:
    """Take in a question. Whoever runs the meeting writes it down for others; everybody else asks themselves."""
    row = meeting_of(item, HELD)
    runs = leads(actor, both(item, row))
    today = local_day(clock.now(), str(organisation_zone()))
    if (form.received_on or today) > today:
        raise wrong("received_on", _(NOT_YET))
    asker = form.asker if runs else actor.name
    if not asker:
        raise wrong("asker", _(WHO))
    known = session().scalar(select(func.count()).where(MeetingQuestion.item_id == item.id)) or 0
    if known >= MOST:
        raise wrong("question", _(TOO_MANY, most=MOST))
    made = MeetingQuestion(
        item_id=item.id, question=form.question, asker=asker, named=form.named, received_on=form.received_on or today,
        asker_kind=form.asker_kind if runs else "staff", channel=form.channel if runs else "staff",
        entered_by=actor.person_id, state="received", version=1,
    )  # fmt: skip
    session().add(made)
    session().flush()
    record(QuestionReceived(subject=item.id, question=made.id))
    return made.id


@command(may_take_part, on=items)
def place_question(actor: Actor, item: WorkItem, question_id: int, form: PlaceQuestion) -> int:
    """Put a question on the agenda: under a point that stands there, or, where none is named, as a point of its own.
    One that is there already stays where it is unless another point is named. Raises Invalid at `point`."""
    led(actor, item, HELD)
    one = _open(item, question_id)
    known = points_of(item.id)
    wanted = form.point if form.point is not None else one.point_id
    point = next((each for each in known if each.id == wanted and each.state == "accepted"), None)
    if point is None and form.point is not None:
        raise wrong("point", _(NOT_THERE))
    if point is not None and point.id == one.point_id:
        return point.id
    if point is None:
        point = MeetingPoint(
            item_id=item.id, position=len(known) + 1, state="accepted", added_by=actor.person_id, minutes=5,
            title=" ".join(one.question.split())[:200],
        )  # fmt: skip
        session().add(point)
        session().flush()
    one.point_id, one.state, one.version = point.id, "agenda", one.version + 1
    session().flush()
    record(QuestionPlaced(subject=item.id, question=one.id, point=point.id))
    return point.id


@command(may_take_part, on=items)
def answer_question(actor: Actor, item: WorkItem, question_id: int, form: AnswerQuestion) -> int:
    """Write down what was answered, until the minutes are approved. Raises Stale when somebody wrote since."""
    led(actor, item, NOTED)
    one = _question(item, question_id)
    if one.version != form.version:
        raise Stale
    if one.state == "declined":
        raise Conflict(_(SETTLED))
    if one.answer != form.answer:
        one.answer, one.answered_by, one.answered_at = form.answer, actor.person_id, clock.now()
        one.state, one.version = "answered", one.version + 1
        session().flush()
        record(QuestionAnswered(subject=item.id, question=one.id))
    return one.id


@command(may_take_part, on=items)
def decline_question(actor: Actor, item: WorkItem, question_id: int, form: DeclineQuestion) -> int:
    """Set a question aside, with the reason, which stands in the public minutes."""
    led(actor, item, (*HELD, "minutes"))
    one = _open(item, question_id)
    one.state, one.reason, one.version = "declined", form.reason, one.version + 1
    session().flush()
    record(QuestionDeclined(subject=item.id, question=one.id, reason=form.reason))
    return one.id


def _open(item: WorkItem, question_id: int) -> MeetingQuestion:
    one = _question(item, question_id)
    if one.state not in ("received", "agenda"):
        raise Conflict(_(SETTLED))
    return one


def _question(item: WorkItem, question_id: int) -> MeetingQuestion:
    query = select(MeetingQuestion).where(MeetingQuestion.id == question_id, MeetingQuestion.item_id == item.id)
    found = session().scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found
