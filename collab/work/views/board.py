"""A list as a board: columns by state, holder or priority, cards in them, and where a column's other cards are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.i18n import N_, _, ngettext
from collab.people.queries.today import today
from collab.people.queries.unit import members

from ..events import STATES
from ..filters.compile import Compiled
from ..filters.tree import Leaf, Node, every
from ..lines import PRIORITIES, Line, lines_of
from ..policy import is_kept
from ..queries.board import Stack, Stacked, stacked_items
from ..queries.rows import COUNTED
from ..queries.shapes import Row

BY: Final = {"state": N_("by state"), "holder": N_("by holder"), "priority": N_("by priority")}
STATE_CODES: Final = ("new", "active", "waiting", "done", "cancelled")
WORDS: Final = ("none", "low", "medium", "high", "urgent")
TO_FINISH: Final = N_("What is put here is finished.")
EMPTY: Final = N_("Nothing here.")
MOST_COLUMNS: Final = 24


@dataclass(frozen=True, slots=True)
class Card:
    """An item on a board. `moves`: whether it may be put elsewhere at all."""

    line: Line
    version: int
    priority: str
    moves: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `to` is what its cards are put to; `more_href` leads to all of it where it has more than it shows."""

    to: str
    title: str
    note: str
    count: str
    cards: list[Card]
    more_href: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """`by` is what the columns stand for, `total` says how many items it holds. `cut`: there are columns that are not
    shown."""

    by: str
    columns: list[Column]
    cut: bool
    total: str = ""

    @property
    def empty(self) -> bool:
        return not any(column.cards for column in self.columns)


def board_of(who: Actor, found: Compiled, by: str, order: str, at: Callable[[Node], str]) -> Board:
    """The board; `at` gives the address of the table that asks for more than the query does."""
    stacked = stacked_items(who, found, by, order)
    known = {stack.key: stack for stack in stacked.stacks}
    if by == "holder":
        heads = [*_holders(stacked.stacks), *_without_work(who, stacked.stacks)]
        cut = len(heads) > MOST_COLUMNS
        heads = heads[:MOST_COLUMNS]
    else:
        heads, cut = (_states(found) if by == "state" else _priorities()), False
    columns = [_column(who, head, known.get(head.key), stacked, at) for head in heads]
    return Board(by, columns, cut, total(who, stacked.stacks, stacked.whole))


def total(who: Actor, stacks: Sequence[Stack], whole: bool) -> str:
    """How many items there are in all; where not all were looked at, how many at least."""
    many = sum(stack.count for stack in stacks)
    said = digits(many, who.locale) + ("" if whole else "+")
    return ngettext("%(count)s item", "%(count)s items", many, count=said) if many else ""


@dataclass(frozen=True, slots=True)
class _Head:
    key: Any
    to: str
    title: str
    asks: Node
    note: str = EMPTY
    state: str = ""


def _states(found: Compiled) -> list[_Head]:
    """Every state. Where only open items are asked for, the finished ones are a place to put things, and empty."""
    shown = STATE_CODES[:4] if found.only_open else STATE_CODES
    return [
        _Head(
            place,
            code,
            _(STATES[code]).capitalize(),
            Leaf("state", code),
            TO_FINISH if code == "done" and found.only_open else EMPTY,
            code,
        )
        for place, code in enumerate(shown)
    ]


def _priorities() -> list[_Head]:
    return [
        _Head(code, str(code), _(PRIORITIES[code]).capitalize(), Leaf("priority", WORDS[code]))
        for code in sorted(PRIORITIES, reverse=True)
    ]


def _holders(stacks: Sequence[Stack]) -> list[_Head]:
    return [_of_holder(stack.cards[0]) for stack in stacks]


def _of_holder(row: Row) -> _Head:
    if row.holder is None or row.holder.id == row.desk.id:
        tray = every(Leaf("desk", row.desk.code or row.desk.name), Leaf("holder", "nobody"))
        return _Head(row.desk.id, str(row.desk.id), row.desk.name, tray)
    return _Head(row.holder.id, str(row.holder.id), row.holder.name, Leaf("holder", f"#{row.holder.id}"))


def _without_work(who: Actor, stacks: Sequence[Stack]) -> list[_Head]:
    """Colleagues who have none of it: where all lies in one unit that the actor heads, a head gives work to those."""
    desks = {card.desk.id for stack in stacks for card in stack.cards}
    known = {stack.key for stack in stacks}
    if len(desks) != 1 or not desks <= who.headed:
        return []
    return [
        _Head(one.person_id, str(one.person_id), one.name, Leaf("holder", f"#{one.person_id}"))
        for one in members(who, desks.pop(), today())
        if one.person_id not in known
    ]


def _column(who: Actor, head: _Head, stack: Stack | None, stacked: Stacked, at: Callable[[Node], str]) -> Column:
    cards = stack.cards if stack else []
    many = stack.count if stack else 0
    return Column(
        head.to,
        head.title,
        _(head.note),
        _count(who, many, stacked.whole),
        [
            Card(line, row.version, _(PRIORITIES[row.priority]) if row.priority else "", not is_kept(row))
            for row, line in zip(cards, lines_of(who, cards, today()), strict=True)
        ],
        at(head.asks) if many > len(cards) or not stacked.whole else "",
        head.state,
    )


def _count(who: Actor, many: int, whole: bool) -> str:
    if many >= COUNTED:
        return f"{digits(COUNTED - 1, who.locale)}+"
    return digits(many, who.locale) + ("" if whole else "+") if many or whole else ""
