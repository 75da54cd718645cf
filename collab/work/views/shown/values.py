"""What the page of an item is given, in words and ready to show."""

from dataclasses import dataclass

from markupsafe import Markup

from ...holder_bar import Segment
from ...lines import Due
from ...queries.shapes import Item
from ..marks import When
from ..may import May, MayWait
from ..readers import Readers


@dataclass(frozen=True, slots=True)
class Chip:
    """A party shown small: `href` is empty for posts and outsiders, who have no page."""

    name: str
    kind: str
    href: str
    initials: str
    hue: int


@dataclass(frozen=True, slots=True)
class NamedOne:
    """Somebody who sees an item for named people; `off` is where they are taken off it, empty where they stay."""

    chip: Chip
    off: str


@dataclass(frozen=True, slots=True)
class Legend:
    """A line under the holder bar: the same numbers as words."""

    name: str
    days: str
    look: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question with who may do what about it: `first` are the acts that stand open, `rest` those below More."""

    id: int
    what: str
    of: Chip | None
    by: Chip | None
    since: When
    due: Due
    stops: bool
    nudges: str
    mine: bool
    may: MayWait
    sense: str
    href: str
    rhythm: str = ""
    level: str = ""
    late: str = ""
    first: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """The standing offer."""

    id: int
    to: Chip
    sender: Chip
    since: When
    note: str
    may_decide: bool
    may_choose: bool
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """That the last offer came back. `again`: where it is handed over once more, empty for whoever may not."""

    by: str
    reason: str
    when: When
    again: str


@dataclass(frozen=True, slots=True)
class Off:
    """That one may put it off (`text` empty), or has: the wait's address and when it comes back."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Tie:
    relation: str
    href: str
    reference: str
    title: str
    state: str
    icon: str
    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class Happened:
    """A sentence of the history: parts of text, names and people's own words apart."""

    parts: tuple[tuple[str, bool], ...]
    when: When
    marked: bool
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The page of an item. `next`: the act that is likely next, which stands out; empty where others come before.
    `desk`: the unit of whoever has it, where that is not the responsible one. `segments`: none where the bar would
    repeat what `ball` and `ball_since` say, or while nobody has had it for a day: equal parts look like shares."""

    item: Item
    href: str
    kind: str
    kind_icon: str
    state_word: str
    state_icon: str
    urgent: str
    body: Markup
    due: Due
    ball: str
    ball_chip: Chip
    ball_since: str
    stopped: bool
    segments: list[Segment]
    legend: list[Legend]
    may: May
    next: str
    escalate: str
    offer: Offer | None
    returned: Returned | None
    off: Off | None
    mine: list[Asked]
    others: list[Asked]
    readers: Readers
    ties: list[Tie]
    merged: Tie | None
    unit: Chip
    desk: str
    creator: Chip
    priority: str
    start: str
    reach: str
    created: When
    changed: When
    effort: str
    spent: str
    overspent: bool
    watching: bool
    watchers: list[Chip]
    named: list[NamedOne]
    history: list[Happened]
    earlier: str | None
