"""What follows from what happened to a meeting: open pages ask again, and those invited hear of it."""

from typing import Any, Final

from sqlalchemy import select

from collab.core.envelope import session
from collab.core.reactions import Told, reacts
from collab.core.realtime import hint
from collab.feed.hearing import Hearing
from collab.feed.reactions import tell_people
from collab.work.audience import rooms_of
from collab.work.reactions import ITEM

from . import events
from .models import MeetingPerson


@reacts(
    events.MeetingCalled, events.MeetingChanged, events.PointAdded, events.PointProposed, events.PointChanged,
    events.PointStood, events.PointRemoved, events.AttendanceNoted, events.MeetingStaged, events.MinutesWritten,
    events.MinutesApproved, events.MeetingCancelled, events.ActionMade,
)  # fmt: skip
def hint_readers(told: Told) -> None:
    """Whoever has the meeting on the screen asks again."""
    hint(rooms_of(session(), told.fact.subject), ITEM, told.fact.subject)


@reacts(events.MeetingCalled, events.MeetingChanged, events.MeetingCancelled, events.MinutesApproved, notifies=True)
def tell_invited(told: Told) -> None:
    """Those invited hear of the invitation, of changes, that it is off, and that the minutes are there."""
    fact: Any = told.fact
    if isinstance(fact, events.MeetingCalled):
        people, reason = tuple(fact.people), "invited"
    else:
        query = select(MeetingPerson.person_id).where(MeetingPerson.item_id == fact.subject)
        people = tuple(session().scalars(query.order_by(MeetingPerson.person_id)))
        reason = {"meeting-changed": "meeting-changed", "meeting-cancelled": "cancelled"}.get(
            fact.kind, "minutes-ready"
        )
    tell_people(told, Hearing(fact.subject, tuple((person, reason) for person in people)))


reactions: Final = (hint_readers, tell_invited)
