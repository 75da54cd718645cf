"""What the questions about work give back: frozen, plain, ready for a page or for JSON."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PartyRef:
    """A person, unit, post or outsider by name, in the reader's language. `code` is a unit's (a post's unit's)."""

    id: int
    kind: str
    name: str
    code: str | None = None


NOBODY = PartyRef(0, "person", "")


@dataclass(frozen=True, slots=True)
class Row:
    """A work item as a line of a list. `labels` by name; `desk` is the unit in which the ball lies. `repeats`: it is
    one of a series that goes on."""

    id: int
    kind: str
    reference: str
    title: str
    state_kind: str
    priority: int
    start_on: date | None
    due_on: date | None
    reach: str
    unit: PartyRef
    desk: PartyRef
    holder: PartyRef | None
    labels: tuple[str, ...]
    created_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    version: int
    created_by: int
    effort_minutes: int | None = None
    spent_minutes: int | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class WaitLine:
    """Something expected on an item (or, without an item, simply expected). Ids under the names of the table."""

    id: int
    item_id: int | None
    sense: str
    what: str
    of_id: int | None
    by_id: int
    by_unit_id: int | None
    tray_unit_id: int | None
    taken_by: int | None
    for_item_id: int | None
    since: datetime
    until: date | None
    stops_clock: bool
    nudges: int
    ended_at: datetime | None
    ended_how: str | None
    ended_by: int | None
    version: int
    nudge_every: int | None = None
    nudge_most: int | None = None
    over_id: int | None = None
    level: int = 0
    of: PartyRef | None = None
    by: PartyRef | None = None
    taker: PartyRef | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class SnoozeLine:
    """Who put a wait off until when; None: until somebody else touches the item."""

    wait_id: int
    person_id: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """An offer of the ball and what became of it. Ids under the names of the table."""

    id: int
    item_id: int
    from_unit_id: int
    from_id: int | None
    to_unit_id: int
    to_id: int
    offered_by: int
    offered_at: datetime
    note: str
    state: str
    decided_by: int | None
    decided_at: datetime | None
    reason: str | None
    from_unit: PartyRef = NOBODY
    to_unit: PartyRef = NOBODY
    to: PartyRef = NOBODY
    sender: PartyRef = NOBODY
    decider: PartyRef | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One interval: who had the ball, in which unit, and for how many working days.

    `days`: working days after the day it came, up to and including the day it left, so that neighbours add up.
    """

    holder: PartyRef | None
    unit: PartyRef | None
    state_kind: str
    stopped: bool
    from_at: datetime
    to_at: datetime | None
    days: int


@dataclass(frozen=True, slots=True)
class Part:
    """A party's part in an item: creator, holder, asked, offered, watcher, mentioned or named."""

    party: PartyRef
    role: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Relative:
    """Another item this one is tied to, seen from this one. `relation`: parent, child, awaited, or a link's kind,
    with `-by` when it points here (`blocks-by`: that one blocks this one)."""

    relation: str
    id: int
    reference: str
    title: str
    state_kind: str


@dataclass(frozen=True, slots=True)
class Item:
    """Everything an item's page shows, except its talk and its history."""

    id: int
    kind: str
    reference: str
    title: str
    body: str
    unit: PartyRef
    desk: PartyRef
    holder: PartyRef | None
    state_kind: str
    priority: int
    start_on: date | None
    due_on: date | None
    reach: str
    parent_id: int | None
    created_at: datetime
    creator: PartyRef
    changed_at: datetime
    closed_at: datetime | None
    external_id: str | None
    version: int
    labels: tuple[str, ...] = ()
    waits: tuple[WaitLine, ...] = ()
    snoozes: tuple[SnoozeLine, ...] = ()
    handovers: tuple[HandoverLine, ...] = ()
    intervals: tuple[Held, ...] = ()
    participants: tuple[Part, ...] = ()
    relatives: tuple[Relative, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    effort_minutes: int | None = None
    spent_minutes: int | None = None
    # Whether there is anything of the sort, seen or not: a page does not ask for what is not there.
    has_parts: bool = True
    has_checklist: bool = True
    has_files: bool = True
    has_origins: bool = True
    has_letters: bool = True

    # What the rules of collab.work.policy look at, under the names of the table's columns.
    @property
    def unit_id(self) -> int:
        return self.unit.id

    @property
    def desk_unit_id(self) -> int:
        return self.desk.id

    @property
    def holder_id(self) -> int | None:
        return self.holder.id if self.holder else None

    @property
    def created_by(self) -> int:
        return self.creator.id

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def offer(self) -> HandoverLine | None:
        """The standing offer, if the item is on offer."""
        return next((each for each in self.handovers if each.state == "offered"), None)

    def watched_by(self, person_id: int) -> bool:
        return any(p.role == "watcher" and p.party.id == person_id and p.until is None for p in self.participants)
