"""What goes over to the next meeting of a series: points that stand on every agenda, those that were not dealt with,
and questions that nobody answered. Called by commands."""

from sqlalchemy import func, select

from collab.core.envelope import record, session

from ..events import PointsCarried
from ..models import MeetingPoint, MeetingQuestion, MeetingTask, MeetingVote

OVER = ("minutes", "closed")


def stand_again(from_id: int, to_id: int) -> None:
    """Points that stand on every agenda."""
    query = select(MeetingPoint).where(MeetingPoint.item_id == from_id, MeetingPoint.standing)
    for point in list(session().scalars(query.order_by(MeetingPoint.position, MeetingPoint.id))):
        _copied(point, to_id, "accepted", standing=True)


def carry(from_id: int, to_id: int, stage: str) -> None:
    """Points put off; of a meeting that is over also those of which nothing came, of one that is off every one."""
    query = select(MeetingPoint).where(MeetingPoint.item_id == from_id, ~MeetingPoint.standing)
    moved: dict[int, int] = {}
    for point in list(session().scalars(query.order_by(MeetingPoint.position, MeetingPoint.id))):
        if _left(point, stage) and not _carried(point):
            moved[point.id] = _copied(point, to_id, "proposed" if point.state == "proposed" else "accepted").id
    if stage in (*OVER, "cancelled"):
        waiting = select(MeetingQuestion).where(
            MeetingQuestion.item_id == from_id, MeetingQuestion.state.in_(("received", "agenda"))
        )
        for one in list(session().scalars(waiting)):
            if stage == "closed":  # approved minutes, published ones before all, stay as they are
                one = _asked_again(one)
                session().add(one)
            one.item_id, one.point_id, one.version = to_id, moved.get(one.point_id or 0), one.version + 1
            one.state = "agenda" if one.point_id else "received"
    session().flush()
    if moved:
        record(PointsCarried(subject=to_id, before=from_id, points=len(moved)))


def _asked_again(one: MeetingQuestion) -> MeetingQuestion:
    return MeetingQuestion(
        asker=one.asker, asker_kind=one.asker_kind, named=one.named, channel=one.channel, question=one.question,
        received_on=one.received_on, entered_by=one.entered_by, point_id=one.point_id, version=0,
    )  # fmt: skip


def _left(point: MeetingPoint, stage: str) -> bool:
    if point.state == "put-off" or stage == "cancelled":
        return True
    if stage not in OVER or point.notes or point.outcome:
        return False
    asked = select(MeetingQuestion.id).where(MeetingQuestion.point_id == point.id, MeetingQuestion.state == "answered")
    task = select(MeetingTask.task_id).where(MeetingTask.point_id == point.id)
    vote = select(MeetingVote.decision_id).where(MeetingVote.point_id == point.id)
    return all(session().scalar(done.limit(1)) is None for done in (task, asked, vote))


def _carried(point: MeetingPoint) -> bool:
    return session().scalar(select(MeetingPoint.id).where(MeetingPoint.carried_from == point.id).limit(1)) is not None


def _copied(point: MeetingPoint, to_id: int, state: str, *, standing: bool = False) -> MeetingPoint:
    last = session().scalar(select(func.max(MeetingPoint.position)).where(MeetingPoint.item_id == to_id)) or 0
    made = MeetingPoint(
        item_id=to_id, position=last + 1, title=point.title, about_id=point.about_id, owner_id=point.owner_id,
        minutes=point.minutes, state=state, added_by=point.added_by, internal=point.internal, standing=standing,
        carried_from=None if standing else point.id,
    )  # fmt: skip
    session().add(made)
    session().flush()
    return made
