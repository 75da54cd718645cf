"""What follows for pending items from what happens to work items."""

from collab.core.actor import SYSTEM
from collab.core.reactions import Told, reacts
from collab.work.events import ClockResumed

from .commands import move_deadline


@reacts(ClockResumed)
def clock_resumed(told: Told) -> None:
    """The clock runs again: the deadline moves by what stood still."""
    move_deadline(SYSTEM, told.fact.subject, told.at)
