"""What follows for pending items from what happens to work items."""

from collab.core.actor import SYSTEM
from collab.core.envelope import session
from collab.core.reactions import Told, reacts
from collab.core.realtime import hint
from collab.work.audience import rooms_of
from collab.work.events import ClockResumed

from .commands import move_deadline
from .events import DeadlineMoved, DeadlineReckoned, PendingItemEdited


@reacts(ClockResumed)
def clock_resumed(told: Told) -> None:
    """The clock runs again: the deadline moves by what stood still."""
    move_deadline(SYSTEM, told.fact.subject, told.at)


@reacts(DeadlineMoved, DeadlineReckoned, PendingItemEdited)
def hint_readers(told: Told) -> None:
    """Whoever has the item on the screen asks again."""
    hint(rooms_of(session(), told.fact.subject), "work-item", told.fact.subject)


reactions = (clock_resumed, hint_readers)
