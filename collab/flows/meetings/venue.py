"""Where a vote was held: the meeting and the point of its agenda, for the page of the vote and its commands."""

from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, false, literal, select, true, union_all

from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.prepared import Prepared
from collab.core.venue import Venue
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from .models import Meeting, MeetingPoint, MeetingVote
from .policy import leads

_VOTE: Final[Any] = bindparam("vote", type_=BigInteger)


def _venue(actor: Actor) -> Any:
    """The point at which the vote was begun, whether or not the actor sees the meeting; else the newest seen that is
    about it."""
    point = MeetingPoint
    here = union_all(
        select(MeetingVote.point_id, true().label("begun")).where(MeetingVote.decision_id == _VOTE),
        select(point.id, false().label("begun")).where(point.about_id == _VOTE),
    ).subquery("here")
    seen = select(literal(1)).where(visible_to(actor)).correlate(WorkItem).exists().label("seen")
    return (
        select(
            WorkItem.reference, WorkItem.title, WorkItem.unit_id, WorkItem.created_by, Meeting.chair_id,
            Meeting.secretary_id, Meeting.stage, point.id.label("point_id"), point.title.label("place"), here.c.begun,
            seen,
        )
        .join(Meeting, Meeting.item_id == WorkItem.id)
        .join(point, point.item_id == WorkItem.id)
        .join(here, here.c.point_id == point.id)
        .order_by(here.c.begun.desc(), seen.desc(), Meeting.starts_at.desc())
        .limit(1)
    )  # fmt: skip


VENUE: Final = Prepared(_venue)


def venue(actor: Actor, vote: int, hold: bool = False) -> Venue | None:
    """Where a vote was begun, or on which agenda it stands; one query, and one before it to `hold` that meeting."""
    if hold:
        _hold(vote)
    rows = VENUE.rows(actor, vote=vote)
    if not rows or not (rows[0].begun or rows[0].seen):
        return None
    row: Any = rows[0]
    keeps, settled = row.begun and leads(actor, row), row.begun and row.stage == "closed"
    if not row.seen:
        return Venue("", "", "", "", row.begun, keeps, settled)
    href = f"/meetings/{row.reference}#point-{row.point_id}"
    return Venue(row.reference, row.title, row.place, href, row.begun, keeps, settled)


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
