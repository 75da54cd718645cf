"""What follows from what happened to a meeting: open pages ask again, and those invited hear of it."""

from typing import Any, Final

from collab.core.envelope import session
from collab.core.reactions import Told, reacts
from collab.core.realtime import hint
from collab.feed.hearing import Hearing
from collab.feed.reactions import MINE, MY_DAY, tell_people
from collab.work.audience import rooms_of
from collab.work.reactions import ITEM

from . import events
from .awaiting_letters import awaited, invited


@reacts(
    events.MeetingCalled, events.MeetingChanged, events.PointAdded, events.PointProposed, events.PointChanged,
    events.PointStood, events.PointRemoved, events.AttendanceNoted, events.InvitationAnswered,
    events.MeetingStaged, events.MinutesWritten, events.MinutesApproved, events.MeetingCancelled, events.ActionMade,
    events.SeriesSet, events.SeriesEnded, events.SeriesFailed, events.PointsCarried, events.QuestionReceived,
    events.QuestionPlaced, events.QuestionAnswered, events.QuestionDeclined, events.MinutesPublished, events.VoteBegun,
)  # fmt: skip
def hint_readers(told: Told) -> None:
    """Whoever has the meeting on the screen asks again."""
    hint(rooms_of(session(), told.fact.subject), ITEM, told.fact.subject)


@reacts(events.MeetingCalled, events.MeetingChanged, events.MeetingCancelled, events.MeetingStaged)
def hint_days(told: Told) -> None:
    """What is expected of those invited changed."""
    hint([f"self:{person}" for person in _invited(told.fact.subject)], MY_DAY, MINE)


@reacts(events.InvitationAnswered)
def hint_own_day(told: Told) -> None:
    """The invitation is off the day of whoever answered it."""
    hint([f"self:{told.actor_id}"], MY_DAY, MINE)


@reacts(events.MeetingCalled, events.MeetingChanged, events.MeetingCancelled, events.MinutesApproved,
        events.SeriesFailed, notifies=True)  # fmt: skip
def tell_invited(told: Told) -> None:
    """Those invited hear of the invitation, of changes, that it is off, and that the minutes are there; whoever looks
    after a series hears that it could not go on. Those who hear by mail are sent a letter with an entry for their
    calendar instead of a line in the usual one."""
    fact: Any = told.fact
    if isinstance(fact, events.MeetingCalled):
        people, reason = tuple(fact.people), "invited"
    elif isinstance(fact, events.SeriesFailed):
        people, reason = tuple(fact.of), "series-failed"
    else:
        people = _invited(fact.subject)
        reason = {"meeting-changed": "meeting-changed", "meeting-cancelled": "cancelled"}.get(
            fact.kind, "minutes-ready"
        )
    heard = Hearing(fact.subject, tuple((person, reason) for person in people))
    tell_people(told, heard, awaited(session(), told))


def _invited(item_id: int) -> tuple[int, ...]:
    return tuple(sorted(invited(session(), item_id)))


reactions: Final = (hint_readers, hint_days, hint_own_day, tell_invited)
