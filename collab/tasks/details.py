"""The details of a pending item as rows: written, compared, and the deadline that follows. Called by commands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.envelope import record, session
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.calendar.ordinals import OutOfCalendar, WorkingDays
from collab.people.calendar.suspension import Suspension
from collab.work.desks import organisation_day, organisation_zone
from collab.work.models import Interval, WorkItem
from collab.work.policy import among

from .calendars import with_working_days
from .deadlines import TERM, Statute, reckon, statute_of, suspended_days
from .events import DeadlineReckoned
from .forms import Details
from .models import PendingItem
from .outsiders import counterpart

NOT_YET = N_("This day has not come yet.")
PLAIN = ("source", "protocol_number", "protocol_on", *TERM)
BEYOND = N_("The working calendar does not reach that far; enter the due date yourself.")
BEFORE_PROTOCOL = N_("The due date is before the protocol date.")
BEFORE_START = N_("The deadline that follows is before the start; enter the due date yourself.")


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A deadline that followed from a statute, with the days that were added because the clock stood still."""

    due: date
    suspended: int
    statute: Statute


def write_details(actor: Actor, item_id: int, entered: Details) -> PendingItem:
    """The row of a pending item that has none yet. Raises Invalid for a protocol of a day to come."""
    _refuse_day_to_come(entered.protocol_on)
    row = PendingItem(
        item_id=item_id,
        counterpart_id=counterpart(actor, item_id, entered),
        rule_id=entered.rule,
        suspended_days=0,
        **{name: getattr(entered, name) for name in PLAIN},
    )
    session().add(row)
    session().flush()
    return row


def change_details(actor: Actor, row: PendingItem, entered: Details) -> list[str]:
    """Write what differs; the names of the details that did. Raises Invalid for a protocol of a day to come."""
    changed = [name for name in PLAIN if getattr(row, name) != getattr(entered, name)]
    if "protocol_on" in changed:
        _refuse_day_to_come(entered.protocol_on)
    for name in changed:
        setattr(row, name, getattr(entered, name))
    if row.rule_id != entered.rule:
        row.rule_id = entered.rule
        changed.append("rule")
    party = counterpart(actor, row.item_id, entered, row.counterpart_id)
    if party != row.counterpart_id:
        row.counterpart_id = party
        changed.append("counterpart")
    return changed


def _refuse_day_to_come(protocol_on: date | None) -> None:
    if protocol_on is not None and protocol_on > organisation_day():
        raise wrong("protocol_on", _(NOT_YET))


def refuse_before_protocol(due_on: date | None, protocol_on: date | None) -> None:
    """Nothing falls due before it came in; long past may both be, where an old case is entered. Raises Invalid."""
    if due_on is not None and protocol_on is not None and due_on < protocol_on:
        raise wrong("due_on", _(BEFORE_PROTOCOL))


def details_of(actor: Actor, item_id: int) -> PendingItem:
    """The row of an item's details, locked; a plain one where a task becomes a pending item for the first time."""
    row = session().scalar(select(PendingItem).where(PendingItem.item_id == item_id).with_for_update())
    return row if row is not None else write_details(actor, item_id, Details())


def statute_in(details: Details | PendingItem) -> Statute | None:
    """What the law gives, as these details state it."""
    return statute_of(details.protocol_on, details)


def reckoned(
    unit_id: int, details: Details, start_on: date | None, stood: list[Suspension] | None = None
) -> Reckoned | None:
    """The deadline that follows from what was entered; None without a statute.

    Raises Invalid where the calendar of the unit ends before the deadline does, or the deadline is before the start.
    """
    statute = statute_in(details)
    if statute is None:
        return None

    def count(working: WorkingDays) -> Reckoned | None:
        found = reckon(statute, working, stood or [])
        return Reckoned(found.due, suspended_days(found), statute) if found.due is not None else None

    try:
        found = with_working_days(session(), unit_id, statute.from_on, statute.about_days, count)
    except OutOfCalendar as error:
        raise wrong("allowed", _(BEYOND)) from error
    if found is not None and start_on is not None and found.due < start_on:
        raise wrong("due_on", _(BEFORE_START))
    return found


def say_why(item: WorkItem, found: Reckoned, cause: str = "entered") -> None:
    """Write down what a deadline follows from. `cause`: what made it be reckoned (see events.CAUSES)."""
    record(
        DeadlineReckoned(
            subject=item.id,
            due_on=found.due.isoformat(),
            from_on=found.statute.from_on.isoformat(),
            days=found.statute.term.length,
            measure=found.statute.measure,
            cause=cause,
        )
    )


def stood_still(item_id: int, by: datetime | None = None) -> list[Suspension]:
    """When the clock of an item stood still and ran again, `by` some instant, in order, as days."""
    return standings_of([item_id], by).get(item_id, [])


def standings_of(item_ids: Iterable[int], by: datetime | None = None) -> dict[int, list[Suspension]]:
    """Item → when its clock stood still and ran again (`by` some instant), in order, as days of the organisation.

    One standing may be made of several waits that took turns. Items whose clock never stood still are left out.
    """
    zone = organisation_zone()
    ended = Interval.to_at.is_not(None) if by is None else Interval.to_at <= by
    rows = session().execute(
        select(Interval.item_id, Interval.from_at, Interval.to_at)
        .where(Interval.item_id == among(frozenset(item_ids)), Interval.stopped, ended)
        .order_by(Interval.item_id, Interval.from_at, Interval.id)
    )
    standings: dict[int, list[tuple[datetime, datetime]]] = {}
    for item_id, since, until in rows:
        if until is None:
            continue
        mine = standings.setdefault(item_id, [])
        if mine and mine[-1][1] == since:
            mine[-1] = (mine[-1][0], until)
        else:
            mine.append((since, until))
    return {
        item_id: [Suspension(since.astimezone(zone).date(), until.astimezone(zone).date()) for since, until in mine]
        for item_id, mine in standings.items()
    }


NOT_STOPPED = N_("By the rule of this deadline nothing stops its clock.")
OUTSIDE_ALONE = N_("By the rule of this deadline its clock stops only while somebody outside is awaited.")


def stops_clock(item_id: int, party_kind: str | None) -> str | None:
    """Why a wait on a party of this kind may not stop the clock of a pending item; None where it may."""
    by = session().scalar(select(PendingItem.stopped_by).where(PendingItem.item_id == item_id))
    if by == "nobody":
        return _(NOT_STOPPED)
    if by == "outsiders" and party_kind != "outsider":
        return _(OUTSIDE_ALONE)
    return None
