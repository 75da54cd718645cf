"""What people may see and do, written a second time in plain Python, to be held against the application.

It follows docs/guides and the table of rights, not the code of `collab.work`: a person sees what lies in their units
and below those they head, what is open to all, and what they take or took part in; of items for named people only
what they take part in themselves, still.
"""

from dataclasses import dataclass, field

OUTSIDE = "outsider"
RETURNS_BEFORE_DISPUTE = 3


@dataclass
class Tree:
    """Units by code with what lies below them; head posts; the unit above two."""

    ids: dict[str, int]
    posts: dict[int, int]
    parents: dict[int, int | None]

    def above(self, unit: int) -> list[int]:
        """The unit and all above it."""
        found: list[int] = []
        at: int | None = unit
        while at is not None:
            found.append(at)
            at = self.parents[at]
        return found

    def below(self, unit: int) -> set[int]:
        """The unit and all below it."""
        return {each for each in self.parents if unit in self.above(each)}

    def common(self, one: int, other: int) -> int:
        return next(unit for unit in self.above(one) if unit in self.above(other))


@dataclass
class Someone:
    """A person as they stand today."""

    name: str
    id: int
    tree: Tree
    units: set[int]
    heads: set[int] = field(default_factory=set)

    @property
    def headed(self) -> set[int]:
        return {below for unit in self.heads for below in self.tree.below(unit)}

    @property
    def reach(self) -> set[int]:
        return self.units | self.headed

    @property
    def parties(self) -> set[int]:
        """Everybody in whose name they act: themselves, the head's posts they hold, their units."""
        return {self.id} | {self.tree.posts[unit] for unit in self.heads} | self.reach


@dataclass
class Asked:
    """Something that is expected on an item."""

    id: int
    of: int
    by: int
    by_unit: int | None
    sense: str = "answer"
    outside: bool = False
    stops: bool = False
    ended: bool = False
    ended_by: str | None = None  # who, where one person's act did it


@dataclass
class Offered:
    """A standing offer of the ball."""

    id: int
    wait: int
    by: int
    from_unit: int
    to: int
    to_unit: int


@dataclass
class Thing:
    """An item as everybody should find it."""

    id: int
    reference: str
    title: str
    unit: int
    creator: int
    holder: int | None
    desk: int
    reach: str
    state: str = "new"
    closed_by: str = ""
    reopened_by: str | None = None
    edits: int = 0
    reopenings: int = 0
    returns: int = 0
    parts: dict[tuple[int, str], bool] = field(default_factory=dict)
    waits: dict[int, Asked] = field(default_factory=dict)
    offer: Offered | None = None
    past_offers: list[int] = field(default_factory=list)
    messages: list[int] = field(default_factory=list)
    conversation: int | None = None

    @property
    def open(self) -> bool:
        return self.state not in ("done", "cancelled")

    def join(self, party: int | None, role: str) -> None:
        if party is not None:
            self.parts[party, role] = True

    def leave(self, role: str, party: int | None = None) -> None:
        for who, what in self.parts:
            if what == role and party in (None, who):
                self.parts[who, what] = False

    def end_watching(self) -> None:
        """Kept to named people: whoever only follows it does so no more."""
        named = {who for (who, what), still in self.parts.items() if still and what in ("creator", "holder", "named")}
        for who, what in self.parts:
            if what == "watcher" and who not in named:
                self.parts[who, what] = False

    def give(self, holder: int | None, desk: int) -> None:
        """The ball moves; whoever had it goes on reading."""
        self.leave("holder")
        self.holder, self.desk = holder, desk
        self.join(holder, "holder")
        if desk != self.unit and self.reach != "named":
            self.join(desk, "holder")

    def begin(self) -> None:
        if self.state == "new":
            self.state = "active"

    def settle(self) -> None:
        """Waiting while something that stops the clock is open."""
        if self.open:
            stopping = any(wait.stops and not wait.ended for wait in self.waits.values())
            if stopping:
                self.state = "waiting"
            elif self.state == "waiting":
                self.state = "active"

    def end_offer(self) -> None:
        if self.offer is not None:
            self.waits[self.offer.wait].ended = True
            self.past_offers.append(self.offer.id)
            self.leave("offered")
            self.offer = None

    def close(self, state: str, name: str) -> None:
        self.end_offer()
        self.state, self.closed_by = state, name
        for wait in self.waits.values():
            wait.ended = True


def sees(who: Someone, item: Thing) -> bool:
    if item.reach == "all" or (item.reach == "unit" and item.unit in who.reach):
        return True
    if item.reach == "named":
        return any(party == who.id and still for (party, _role), still in item.parts.items())
    return any(party in who.parties for party, _role in item.parts)


def sees_wait(who: Someone, item: Thing, wait: Asked) -> bool:
    return sees(who, item) or wait.by == who.id


def may_change(who: Someone, item: Thing) -> bool:
    unheld = item.holder is None and item.creator == who.id
    return item.holder in who.parties or bool({item.unit, item.desk} & who.headed) or unheld


def may_assign(who: Someone, item: Thing) -> bool:
    return item.desk in who.headed


def may_take(who: Someone, item: Thing) -> bool:
    return item.open and item.holder in (None, item.desk) and item.desk in who.reach


def may_reopen(who: Someone, item: Thing) -> bool:
    return not item.open and (may_change(who, item) or item.creator == who.id)


def may_decide(who: Someone, offer: Offered) -> bool:
    return offer.to in who.parties or offer.to_unit in who.headed


def may_take_back(who: Someone, offer: Offered) -> bool:
    return offer.by == who.id or offer.from_unit in who.headed


def may_answer(who: Someone, wait: Asked) -> bool:
    """The awaited; for somebody outside also whoever asked, and their unit."""
    asked = wait.by == who.id or wait.by_unit in who.reach
    return not wait.ended and (wait.of in who.parties or (asked and wait.outside))


def may_withdraw(who: Someone, wait: Asked) -> bool:
    return not wait.ended and wait.sense == "answer" and (wait.by == who.id or wait.by_unit in who.headed)
