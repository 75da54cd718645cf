"""What follows from what happened to an item: open pages ask again, and what waited for its end waits no more."""

from typing import Any, Final

from sqlalchemy import text

from collab.core.envelope import session
from collab.core.reactions import Told, reacts
from collab.core.realtime import hint
from collab.people.events import PasswordSet

from . import events, reading_events
from .audience import named_rooms, rooms_of
from .commands import end_with_item
from .commands.feeds import end_feeds

ITEM: Final = "work-item"
UNIT_WORK: Final = "unit-work"

_MOVING: Final = (
    events.ItemOpened, events.ItemAssigned, events.ItemBegun, events.ItemTaken, events.ItemCompleted,
    events.ItemCancelled, events.ItemMerged, events.ItemMergedHere, events.ItemParted,
    events.ItemReopened, events.ItemEdited, events.WaitOpened, events.WaitAnswered,
    events.WaitWithdrawn, events.WaitTaken, events.WaitNudged, events.StandInNudged, events.AskerReminded,
    events.WaitDayCame, events.WaitLapsed, events.WaitEscalated, events.HandoverOffered, events.HandoverAccepted,
    events.HandoverReturned, events.HandoverWithdrawn, events.HandoverDisputed, events.ItemUndone,
    events.ItemHandedOn, events.QuestionPassedOn, events.AskerChanged, events.OfferPassedOn, events.OffererChanged,
    events.ItemFollowed, events.ExpectedFollowed, events.ItemSplitOff, events.ExpectedSplitOff,
)  # fmt: skip
_OTHERS: Final = (
    events.ItemKindChanged,
    events.ClockStopped,
    events.ClockResumed,
    events.AnswerArrived,
    events.ItemsImported,
    events.FileAdded,
    events.FileReplaced,
    events.FileRemoved,
    reading_events.AcknowledgementAsked,
    reading_events.ItemAcknowledged,
)

# Fields of facts that may name a unit between whose lists the item or a question moved.
_PLACES: Final = (
    "closed", "split", "holder", "before", "unit", "left", "awaited", "to", "to_unit", "from_unit", "superior",
)  # fmt: skip
_UNITS: Final = text(
    """
    select c.descendant_id as unit, array_agg(c.ancestor_id) as above from unit_closure c
    where c.descendant_id in (
      select unnest(cast(:parties as bigint[]))
      union select desk_unit_id from work_item where id = :item
      union select unit_id from work_item where id = :item
      union select tray_unit_id from wait where item_id = :item and (ended_at is null or ended_at >= :since)
      union select by_unit_id from wait where item_id = :item and (ended_at is null or ended_at >= :since)
      union select unit_id from interval where item_id = :item and to_at >= :since)
    group by c.descendant_id limit 50
    """
)


@reacts(*_MOVING, *_OTHERS)
def hint_readers(told: Told) -> None:
    """Whoever has the item on the screen asks again. The version is left out: not everything raises it."""
    if told.fact.subject_kind == ITEM and told.fact.subject:
        hint(rooms_of(session(), told.fact.subject), ITEM, told.fact.subject)


@reacts(*_MOVING)
def hint_units(told: Told) -> None:
    """The pending pages of the units between which the item or a question moved ask again."""
    places = {"parties": _places(told.fact), "item": told.fact.subject, "since": told.at}
    closed = named_rooms(session(), told.fact.subject)
    for unit, above in session().execute(_UNITS, places):
        hint(closed if closed is not None else [f"unit:{unit}", *(f"below:{each}" for each in above)], UNIT_WORK, unit)


@reacts(events.ItemCompleted, events.ItemCancelled)
def end_what_waited(told: Told) -> None:
    """What waited for the end of this item waits no more."""
    end_with_item(told.fact.subject)


@reacts(PasswordSet)
def end_addresses(told: Told) -> None:
    """With a password forgotten the addresses of calendars end, as access tokens do."""
    if isinstance(told.fact, PasswordSet) and told.fact.all_doors:
        end_feeds(told.fact.subject)


def _places(fact: Any) -> list[int]:
    return sorted({value for name in _PLACES if isinstance(value := getattr(fact, name, None), int)})


reactions: Final = (hint_readers, hint_units, end_what_waited, end_addresses)
