"""The details of pending items, and why a deadline is the day it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ARRAY, BigInteger, any_, bindparam, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import _
from collab.core.prepared import Fixed
from collab.people.calendar.deadline import Deadline
from collab.people.calendar.ordinals import OutOfCalendar, WorkingDays
from collab.people.calendar.suspension import Suspension
from collab.people.models import Organisation, Outsider, Party
from collab.people.policy import finds_by
from collab.work.queries.shapes import Item, PartyRef

from ..calendars import with_working_days
from ..deadlines import TERM, Statute, reckon, statute_of
from ..details import BEFORE_PROTOCOL
from ..models import DeadlineRule, PendingItem
from ..silence import Silence

TERMS = [getattr(PendingItem, name) for name in TERM]
SILENT: Final[list[Any]] = [
    DeadlineRule.silence.label("silent"), DeadlineRule.silence_after, DeadlineRule.silence_within,
    DeadlineRule.silence_measure, DeadlineRule.silence_basis, DeadlineRule.silence_template_id,
]  # fmt: skip


def silence_in(row: Any) -> Silence | None:
    """What a rule, whose columns `SILENT` stand in a row, says of silence."""
    if row.silent is None:
        return None
    return Silence(
        row.silent, row.silence_after, row.silence_within, row.silence_measure, row.silence_basis or "",
        row.silence_template_id,
    )  # fmt: skip


class Entered(NamedTuple):
    """A term as it was entered or taken from a rule; see `collab.tasks.deadlines.States`."""

    legal_basis: str | None = None
    allowed: int | None = None
    measure: str = "days"
    first_day_counts: bool = False
    last_day_free: bool = False
    rolls: bool = True
    least_working_days: int = 0
    stopped_by: str = "anyone"


class Contact(NamedTuple):
    """How to reach somebody outside, as far as it is known."""

    email: str | None = None
    phone: str | None = None
    address: str | None = None


UNKNOWN: Final = Contact()


class RuleRef(NamedTuple):
    """The rule a term was taken from, by name; what it says of silence; whether it shortened this one."""

    id: int
    name: str
    silence: Silence | None = None
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """What a pending item has beyond every work item. `zone`: in which the organisation counts its days. `contact`: how
    to reach the counterpart, for those who find them on the list of those outside."""

    item_id: int
    source: str
    protocol_number: str | None
    protocol_on: date | None
    counterpart: PartyRef | None
    rule: RuleRef | None
    term: Entered
    suspended_days: int
    zone: str
    silence: str = "counts"
    contact: Contact = UNKNOWN

    @property
    def statute(self) -> Statute | None:
        return statute_of(self.protocol_on, self.term)


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a deadline is the day it is. `by_hand`: somebody set another day than the one that follows.

    `reckoned` is None where nothing follows (no statute, or beyond the calendar); `standing_since` the day since which
    the clock stands still.
    """

    reckoned: Deadline | None
    by_hand: bool
    standing_since: date | None


def details_of(actor: Actor, item_ids: Iterable[int]) -> dict[int, Details]:
    """Item → details, of items the actor was found to see; one query."""
    wanted = sorted(set(item_ids))
    if not wanted:
        return {}
    found = {}
    for row in DETAILS.rows(items=wanted):
        party = None
        if row.counterpart_id is not None:
            party = PartyRef(row.counterpart_id, row.kind, (row.names or {}).get(actor.locale) or row.label)
        rule = None
        if row.rule_id is not None:
            shortened = row.source == "electronic" and row.electronic_allowed is not None
            named = row.rule_names.get(actor.locale) or row.name
            rule = RuleRef(row.rule_id, named, silence_in(row), shortened and row.electronic_allowed == row.allowed)
        term = Entered(*row[-len(TERMS) :])
        found[row.item_id] = Details(
            row.item_id, row.source, row.protocol_number, row.protocol_on, party, rule, term, row.suspended_days,
            row.zone or "UTC", row.silence,
            Contact(row.email, row.phone, row.address) if finds_by(actor, row.private_to) else UNKNOWN,
        )  # fmt: skip
    return found


def notes_of(actor: Actor, item_ids: Iterable[int]) -> dict[int, str]:
    """What the line of an item says beyond every item, of items the actor was found to see: protocol number and
    counterpart, as far as they are known; one query."""
    wanted = sorted(set(item_ids))
    if not wanted:
        return {}
    found = {}
    for row in NOTES.rows(items=wanted):
        counterpart = (row.names or {}).get(actor.locale) or row.label
        found[row.item_id] = " · ".join(part for part in (row.protocol_number, counterpart) if part)
    return found


def never_due(item_ids: Sequence[int], day: date) -> dict[int, str]:
    """Which of these pending items came in after that day, with the sentence that says so."""
    among = any_(bindparam("ids", list(item_ids), type_=ARRAY(BigInteger)))
    later = select(PendingItem.item_id).where(PendingItem.item_id == among, PendingItem.protocol_on > day)
    return dict.fromkeys(db.session.scalars(later), _(BEFORE_PROTOCOL))


def stopped_by(actor: Actor, item_id: int) -> str:
    """For whom the deadline rule of an item lets its clock stand (`STOPPERS`); empty where none is given. One query."""
    details = details_of(actor, [item_id]).get(item_id)
    if details is None or (details.term.allowed is None and details.term.stopped_by == "anyone"):
        return ""
    return details.term.stopped_by


def _details() -> Any:
    other = aliased(Party)
    zone = select(Organisation.time_zone).scalar_subquery()
    return (
        select(
            PendingItem.item_id, PendingItem.source, PendingItem.protocol_number, PendingItem.protocol_on,
            PendingItem.counterpart_id, other.kind, other.label, other.names, PendingItem.suspended_days,
            zone.label("zone"), PendingItem.rule_id, DeadlineRule.name, DeadlineRule.names.label("rule_names"),
            PendingItem.silence, DeadlineRule.electronic_allowed, Outsider.email, Outsider.phone, Outsider.address,
            Outsider.private_to, *SILENT, *TERMS,
        )
        .outerjoin(other, other.id == PendingItem.counterpart_id)
        .outerjoin(Outsider, Outsider.id == PendingItem.counterpart_id)
        .outerjoin(DeadlineRule, DeadlineRule.id == PendingItem.rule_id)
        .where(PendingItem.item_id == any_(bindparam("items", type_=ARRAY(BigInteger))))
    )  # fmt: skip


def _notes() -> Any:
    return (
        select(PendingItem.item_id, PendingItem.protocol_number, Party.label, Party.names)
        .outerjoin(Party, Party.id == PendingItem.counterpart_id)
        .where(PendingItem.item_id == any_(bindparam("items", type_=ARRAY(BigInteger))))
    )


DETAILS: Final = Fixed(_details)
NOTES: Final = Fixed(_notes)


def explained(item: Item, details: Details) -> Explained:
    """Why the deadline of an item is the day it is; one query where a statute is given, else none."""
    zone = ZoneInfo(details.zone)
    running = next((held for held in reversed(item.intervals) if held.to_at is None), None)
    standing = running.from_at.astimezone(zone).date() if running is not None and running.stopped else None
    statute = details.statute
    if statute is None:
        return Explained(None, item.due_on is not None, standing)
    stood = _stood(item, zone)

    def count(working: WorkingDays) -> Deadline:
        return reckon(statute, working, stood)

    try:
        reckoned = with_working_days(db.session(), item.unit_id, statute.from_on, statute.about_days, count)
    except OutOfCalendar:
        return Explained(None, item.due_on is not None, standing)
    return Explained(reckoned, item.due_on is not None and item.due_on != reckoned.due, standing)


def _stood(item: Item, zone: ZoneInfo) -> list[Suspension]:
    """The standings that ended, each made of the intervals that took turns without a gap."""
    found: list[Suspension] = []
    last_end = None
    for held in item.intervals:
        if not held.stopped or held.to_at is None:
            continue
        since = found.pop().since if found and last_end == held.from_at else held.from_at.astimezone(zone).date()
        found.append(Suspension(since, held.to_at.astimezone(zone).date()))
        last_end = held.to_at
    return found
