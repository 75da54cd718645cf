"""What follows for pending items from what happens to work items."""

from collab.core.actor import SYSTEM
from collab.core.envelope import session
from collab.core.reactions import Told, reacts
from collab.core.realtime import hint
from collab.people.events import CalendarChanged
from collab.work.audience import rooms_of
from collab.work.events import ClockResumed

from .commands import follow_calendar, follow_rule, move_deadline
from .events import (
    CalendarFollowed,
    DeadlineMoved,
    DeadlineReckoned,
    DeadlineRuleChanged,
    DeadlineRuleFollowed,
    ElectronicFirst,
    PendingItemEdited,
    SilenceHeld,
    SilenceLet,
)
from .letters.events import LetterDiscarded, LetterDrafted, LetterSent
from .link_events import ItemLinked, ItemUnlinked
from .recurring_events import RecurrenceChanged, RecurrenceOver, RecurrenceSet, RecurrenceStopped
from .step_events import (
    ChecklistOrdered,
    LineBecameTask,
    LineRemoved,
    LinesAdded,
    LineTicked,
    LineUnticked,
    LineWorded,
)


@reacts(ClockResumed)
def clock_resumed(told: Told) -> None:
    """The clock runs again: the deadline moves by what stood still."""
    move_deadline(SYSTEM, told.fact.subject, told.at)


@reacts(
    DeadlineMoved, DeadlineReckoned, PendingItemEdited, LinesAdded, LineTicked, LineUnticked, LineWorded, LineRemoved,
    LineBecameTask, ChecklistOrdered, ItemLinked, ItemUnlinked, RecurrenceSet, RecurrenceChanged, RecurrenceStopped,
    RecurrenceOver, SilenceHeld, SilenceLet, ElectronicFirst, LetterDrafted, LetterDiscarded, LetterSent,
)  # fmt: skip
def hint_readers(told: Told) -> None:
    """Whoever has the item on the screen asks again."""
    hint(rooms_of(session(), told.fact.subject), "work-item", told.fact.subject)


@reacts(DeadlineRuleChanged, lane="queue")
def rule_changed(told: Told) -> None:
    """The law gives another term now: what is open follows."""
    if set(told.fact.fields.split(",")) - {"", "silence", "electronic_priority"}:  # type: ignore[attr-defined]
        follow_rule(SYSTEM, told.fact.subject)


@reacts(DeadlineRuleFollowed, lane="queue")
def rule_followed(told: Told) -> None:
    """So far: the next batch."""
    follow_rule(SYSTEM, told.fact.subject, told.fact.reached)  # type: ignore[attr-defined]


@reacts(CalendarFollowed, lane="queue")
def calendar_followed(told: Told) -> None:
    """So far: the next batch."""
    follow_calendar(SYSTEM, told.fact.subject, told.fact.reached)  # type: ignore[attr-defined]


@reacts(CalendarChanged, lane="queue")
def calendar_changed(told: Told) -> None:
    """Days are worked that were not, or the other way: deadlines that follow from the law follow them."""
    follow_calendar(SYSTEM, told.fact.subject)


reactions = (calendar_changed, calendar_followed, clock_resumed, hint_readers, rule_changed, rule_followed)
