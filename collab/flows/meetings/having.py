"""The rows of a meeting inside a command: locked, in a stage in which the verb makes sense, by somebody who may."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Final

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.errors import Conflict, Forbidden, NotFound
from collab.core.i18n import N_, _
from collab.work.models import WorkItem

from .models import Meeting, MeetingPerson, MeetingPoint
from .policy import leads

NOT_NOW: Final = {
    "planned": N_("The meeting has not begun."),
    "running": N_("The meeting is under way."),
    "minutes": N_("The meeting is over; only its minutes can be changed."),
    "closed": N_("The minutes are approved: nothing changes any more."),
    "cancelled": N_("The meeting was cancelled."),
}


def locked(item: WorkItem) -> Meeting:
    """The meeting, locked, in whatever stage it is. Raises NotFound."""
    query = select(Meeting).where(Meeting.item_id == item.id).with_for_update()
    found = session().scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def standing(row: Meeting, stages: Sequence[str]) -> Meeting:
    """The meeting, if it is in one of these stages. Raises Conflict with the reason otherwise."""
    if row.stage not in stages:
        raise Conflict(_(NOT_NOW[row.stage]))
    return row


def meeting_of(item: WorkItem, stages: Sequence[str]) -> Meeting:
    """The meeting, locked, in one of these stages. Raises Conflict with the reason otherwise."""
    return standing(locked(item), stages)


def both(item: WorkItem, row: Meeting) -> SimpleNamespace:
    """What the rules look at: of the item its unit and author, of the meeting chair and secretary."""
    return SimpleNamespace(
        unit_id=item.unit_id, created_by=item.created_by, chair_id=row.chair_id, secretary_id=row.secretary_id
    )


def led(actor: Actor, item: WorkItem, stages: Sequence[str]) -> Meeting:
    """The same, for whoever runs it. Raises Forbidden for everybody else."""
    row = locked(item)
    if not leads(actor, both(item, row)):
        raise Forbidden
    return standing(row, stages)


def point_of(item: WorkItem, point_id: int) -> MeetingPoint:
    query = select(MeetingPoint).where(MeetingPoint.id == point_id, MeetingPoint.item_id == item.id)
    found = session().scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def points_of(item_id: int) -> list[MeetingPoint]:
    query = select(MeetingPoint).where(MeetingPoint.item_id == item_id)
    return list(session().scalars(query.order_by(MeetingPoint.position, MeetingPoint.id)))


def invited(item_id: int, person_id: int) -> MeetingPerson | None:
    return session().get(MeetingPerson, (item_id, person_id), with_for_update=True, populate_existing=True)
