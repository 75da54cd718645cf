"""Where a vote was held, and who is there: the meeting and the point of its agenda, for the page of the vote and its
commands."""

from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SQLColumnExpression,
    bindparam,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.prepared import Prepared
from collab.core.venue import Attendance, Venue, Venues
from collab.people.recognise import people_as_actors
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from .models import Meeting, MeetingPerson, MeetingPoint, MeetingVote
from .policy import leads

_VOTE: Final[Any] = bindparam("vote", type_=BigInteger)


def _is_there(vote: SQLColumnExpression[int]) -> ColumnElement[bool]:
    begun = exists(select(MeetingVote.point_id).where(MeetingVote.decision_id == vote))
    return or_(begun, exists(select(MeetingPoint.id).where(MeetingPoint.about_id == vote)))


def _seen(actor: Actor, vote: SQLColumnExpression[int]) -> ColumnElement[Any]:
    """The point at which the vote was begun, whether or not the actor sees the meeting; else the newest seen that is
    about it."""
    point = MeetingPoint
    here = union_all(
        select(MeetingVote.point_id, true().label("begun")).where(MeetingVote.decision_id == vote),
        select(point.id, false().label("begun")).where(point.about_id == vote),
    ).subquery("here")
    seen = select(literal(1)).where(visible_to(actor)).correlate(WorkItem).exists().label("seen")
    place = (
        select(
            WorkItem.reference, WorkItem.title, WorkItem.unit_id, WorkItem.created_by, Meeting.chair_id,
            Meeting.secretary_id, Meeting.stage, point.id.label("point_id"), point.title.label("place"), here.c.begun,
            point.outcome, seen,
        )
        .join(Meeting, Meeting.item_id == WorkItem.id)
        .join(point, point.item_id == WorkItem.id)
        .join(here, here.c.point_id == point.id)
        .order_by(here.c.begun.desc(), seen.desc(), Meeting.starts_at.desc())
        .limit(1)
        .subquery("venue")
    )  # fmt: skip
    return select(func.to_jsonb(place.table_valued())).scalar_subquery()


def _said(actor: Actor, place: dict[str, Any]) -> Venue | None:
    row = SimpleNamespace(**place)
    if not (row.begun or row.seen):
        return None
    keeps, settled = row.begun and leads(actor, row), row.begun and row.stage == "closed"
    if not row.seen:
        return Venue("", "", "", "", row.begun, keeps, settled)
    href = f"/meetings/{row.reference}#point-{row.point_id}"
    outcome = row.outcome if row.stage == "closed" else ""
    return Venue(row.reference, row.title, row.place, href, row.begun, keeps, settled, outcome)


def _hold(vote: int) -> None:
    """Nobody approves the minutes of the meeting in which the vote was begun until this transaction ends. Votes of
    one meeting do not wait for one another."""
    session().execute(
        select(Meeting.item_id)
        .join(MeetingPoint, MeetingPoint.item_id == Meeting.item_id)
        .join(MeetingVote, MeetingVote.point_id == MeetingPoint.id)
        .where(MeetingVote.decision_id == vote)
        .with_for_update(read=True, of=Meeting)
    )


venue: Final = Venues(there=_is_there, seen=_seen, said=_said, hold=_hold)


def _there(actor: Actor) -> Any:
    """Meetings that run: in which the vote was begun, or that the actor sees and on whose agenda it is accepted;
    with the unit of the vote."""
    point, person = MeetingPoint, MeetingPerson
    here = union_all(
        select(point.item_id, true().label("begun"))
        .join(MeetingVote, MeetingVote.point_id == point.id)
        .where(MeetingVote.decision_id == _VOTE),
        select(point.item_id, false().label("begun")).where(point.about_id == _VOTE, point.state == "accepted"),
    ).subquery("here")
    noted = or_(person.presence == "present", person.presence == "remote")
    there = select(func.array_agg(person.person_id)).where(person.item_id == Meeting.item_id, noted).scalar_subquery()
    seen = select(literal(1)).where(visible_to(actor)).correlate(WorkItem).exists()
    voted = aliased(WorkItem)
    of_vote = select(voted.unit_id).where(voted.id == _VOTE).scalar_subquery().label("of_vote")
    return (
        select(
            WorkItem.reference, WorkItem.title, WorkItem.unit_id, WorkItem.created_by, Meeting.chair_id,
            Meeting.secretary_id, here.c.begun, there.label("people"), of_vote,
        )
        .join(Meeting, Meeting.item_id == WorkItem.id)
        .join(here, here.c.item_id == WorkItem.id)
        .where(Meeting.stage == "running", or_(here.c.begun, seen))
        .distinct()
    )  # fmt: skip


THERE: Final = Prepared(_there)


def attendance(actor: Actor, vote: int, hold: bool = False) -> list[Attendance]:
    """Who is noted as present in the meetings that run and to which the vote belongs; where it was begun in one, in
    that one. One query, one before it to `hold` those meetings as they are, and what is asked of all together who
    called them.

    Anybody may call a meeting and note who is there: that decides nothing of who votes, unless they could open the vote
    themselves."""
    if hold:
        _hold_running(vote)
    rows = THERE.rows(actor, vote=vote)
    begun = [row for row in rows if row.begun]
    callers = (
        {}
        if begun
        else {actor.person_id: actor} | people_as_actors({row.created_by for row in rows} - {actor.person_id})
    )
    known = [(row, bool(row.begun) or _opens(callers.get(row.created_by), row.of_vote)) for row in begun or rows]
    return [
        Attendance(
            row.reference, row.title, f"/meetings/{row.reference}", frozenset(row.people or ()), row.created_by, counts
        )
        for row, counts in known
        if counts or leads(actor, row)
    ]


def _opens(caller: Actor | None, unit_id: int) -> bool:
    """Whether whoever called a meeting, who may have left, may open votes of the unit today."""
    return caller is not None and unit_id in caller.headed


def _hold_running(vote: int) -> None:
    """Nobody is noted otherwise until this transaction ends. Votes of one meeting do not wait for one another."""
    point = MeetingPoint
    begun = select(MeetingVote.point_id).where(MeetingVote.decision_id == vote)
    meetings = select(point.item_id).where(or_(point.about_id == vote, point.id.in_(begun)))
    query = select(Meeting.item_id).where(Meeting.item_id.in_(meetings), Meeting.stage == "running")
    session().execute(query.order_by(Meeting.item_id).with_for_update(read=True, of=Meeting))
