"""The agenda: points added or proposed, accepted or put off, put in order."""

from sqlalchemy import select, update

from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, Forbidden, Stale
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Person
from collab.work.models import WorkItem
from collab.work.policy import items, visible_to
from collab.work.queries.items import named_by

from ..events import PointAdded, PointChanged, PointProposed, PointRemoved, PointStood
from ..forms import EditPoint, PlacePoint, PointForm, PointStanding
from ..having import both, invited, led, meeting_of, point_of, points_of
from ..models import MeetingPoint, MeetingQuestion, MeetingTask, MeetingVote
from ..policy import leads, may_take_part
from ..words import HELD

NO_SUCH = N_("Choose one from the list.")
NO_ITEM = N_("There is no such item, or it is not for you to see.")
MOST = 100
TOO_MANY = N_("An agenda has at most %(most)s points.")
IN_MINUTES = N_("Something stands in the minutes of this point: put it off instead.")


@command(may_take_part, on=items)
def add_point(actor: Actor, item: WorkItem, form: PointForm) -> int:
    """Put a point at the end of the agenda; whoever is invited and does not run the meeting proposes one."""
    row = meeting_of(item, HELD)
    runs = leads(actor, both(item, row))
    if not runs and invited(item.id, actor.person_id) is None:
        raise Forbidden
    known = points_of(item.id)
    if len(known) >= MOST:
        raise wrong("title", _(TOO_MANY, most=MOST))
    point = MeetingPoint(
        item_id=item.id,
        position=len(known) + 1,
        state="accepted" if runs else "proposed",
        added_by=actor.person_id,
        **_said(actor, form, None),
    )
    session().add(point)
    session().flush()
    happened = PointAdded if runs else PointProposed
    record(happened(subject=item.id, point=point.id, title=point.title))
    return point.id


@command(may_take_part, on=items)
def change_point(actor: Actor, item: WorkItem, point_id: int, form: EditPoint) -> int:
    """Word a point otherwise, or give it another time or owner. Raises Stale when somebody did since it was read."""
    led(actor, item, HELD)
    point = point_of(item, point_id)
    if point.edition != form.edition:
        raise Stale
    said = _said(actor, form, point)
    if any(getattr(point, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(point, name, value)
        point.edition += 1
        session().flush()
        record(PointChanged(subject=item.id, point=point.id, title=point.title))
    return point.id


@command(may_take_part, on=items)
def place_point(actor: Actor, item: WorkItem, point_id: int, form: PlacePoint) -> int:
    """Move a point to another place; the others close up."""
    led(actor, item, HELD)
    moved, order = point_of(item, point_id), points_of(item.id)
    order.remove(moved)
    order.insert(form.position - 1, moved)
    before = moved.position
    for place, each in enumerate(order, start=1):
        each.position = place
    session().flush()
    if moved.position != before:
        record(PointChanged(subject=item.id, point=moved.id, title=moved.title))
    return moved.id


@command(may_take_part, on=items)
def stand_point(actor: Actor, item: WorkItem, point_id: int, form: PointStanding) -> int:
    """Take a point onto the agenda, or put it off."""
    led(actor, item, HELD)
    point = point_of(item, point_id)
    if point.state != form.state:
        point.state = form.state
        session().flush()
        record(PointStood(subject=item.id, point=point.id, title=point.title, state=form.state))
    return point.id


@command(may_take_part, on=items)
def remove_point(actor: Actor, item: WorkItem, point_id: int) -> int:
    """Take a point off the agenda, while nothing came of it."""
    led(actor, item, HELD)
    point = point_of(item, point_id)
    task = select(MeetingTask.task_id).where(MeetingTask.point_id == point.id)
    vote = select(MeetingVote.decision_id).where(MeetingVote.point_id == point.id)
    made = any(session().scalar(one.limit(1)) is not None for one in (task, vote))
    if made or point.notes or point.outcome:
        raise Conflict(_(IN_MINUTES))
    placed = select(MeetingQuestion).where(MeetingQuestion.point_id == point.id)
    for question in session().scalars(placed):
        question.point_id, question.state = None, "received" if question.state == "agenda" else question.state
    session().execute(update(MeetingPoint).where(MeetingPoint.carried_from == point.id).values(carried_from=None))
    record(PointRemoved(subject=item.id, point=point.id, title=point.title))
    session().delete(point)
    session().flush()
    for place, each in enumerate(points_of(item.id), start=1):
        each.position = place
    return item.id


def _said(actor: Actor, form: PointForm, point: MeetingPoint | None) -> dict[str, object]:
    """The columns of a point. An item that whoever changes the point does not see stays when they name none."""
    if form.owner is not None and session().get(Person, form.owner) is None:
        raise wrong("owner", _(NO_SUCH))
    about = None
    if form.about is not None:
        about = session().scalar(select(WorkItem.id).where(named_by(form.about.upper()), visible_to(actor)))
        if about is None:
            raise wrong("about", _(NO_ITEM))
    elif point is not None and point.about_id is not None:
        seen = session().scalar(select(WorkItem.id).where(WorkItem.id == point.about_id, visible_to(actor)))
        about = point.about_id if seen is None else None
    return {"title": form.title, "minutes": form.minutes, "owner_id": form.owner, "about_id": about,
            "internal": form.internal, "standing": form.standing}  # fmt: skip
