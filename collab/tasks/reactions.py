"""What follows for pending items from what happens to work items."""

from datetime import date, datetime, time, timedelta

from collab.core.actor import SYSTEM
from collab.core.envelope import session
from collab.core.reactions import Told, reacts
from collab.core.realtime import hint
from collab.people.events import CalendarChanged, TreeTurned, UnitChanged, UnitMoved
from collab.people.queries.calendars import all_calendars, calendars_of
from collab.work.audience import rooms_of
from collab.work.desks import organisation_zone
from collab.work.events import ClockResumed, ItemReopened, ItemUndone
from collab.work.undoing import CLOSING

from .commands import follow_calendar, follow_reopened, follow_rule, move_deadline
from .commands.recurring import take_back_next
from .events import (
    CalendarFollowed,
    CounterpartCompleted,
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
    """The clock runs again: the deadline moves by what stood still. Where an answer had arrived earlier, several times
    may be told of at once: each moves it by its own."""
    resumed: str = told.fact.resumed_on  # type: ignore[attr-defined]
    over = datetime.combine(date.fromisoformat(resumed) + timedelta(days=1), time(), organisation_zone())
    move_deadline(SYSTEM, told.fact.subject, min(told.at, over))


@reacts(ItemReopened, ItemUndone)
def opened_again(told: Told) -> None:
    """What stood still until it was closed moves its deadline now; what came after it comes when it is done again; and
    where its rule was changed meanwhile, it follows what that says now."""
    if told.fact.kind == ItemReopened.kind or told.fact.what in CLOSING:  # type: ignore[attr-defined]
        move_deadline(SYSTEM, told.fact.subject, told.at, opened_again=True)
        take_back_next(SYSTEM, told.fact.subject)
        follow_reopened(SYSTEM, told.fact.subject)


@reacts(
    CounterpartCompleted, DeadlineMoved, DeadlineReckoned, PendingItemEdited, LinesAdded, LineTicked, LineUnticked,
    LineWorded, LineRemoved,
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


@reacts(UnitChanged, UnitMoved, lane="queue")
def unit_goes_by_another(told: Told) -> None:
    """A unit that changed its calendar, or went below one that has another, takes its deadlines along."""
    if getattr(told.fact, "calendar", True):
        for calendar in calendars_of([told.fact.subject]).values():
            follow_calendar(SYSTEM, calendar)


@reacts(TreeTurned, lane="queue")
def tree_turned(_told: Told) -> None:
    """Units moved, as it was planned: whatever calendar they go by now."""
    for calendar in all_calendars(SYSTEM):
        follow_calendar(SYSTEM, calendar.id)


reactions = (
    calendar_changed,
    calendar_followed,
    clock_resumed,
    hint_readers,
    opened_again,
    rule_changed,
    rule_followed,
    tree_turned,
    unit_goes_by_another,
)
