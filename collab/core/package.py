"""The one door between packages: each exports one `Package`, the app factory reads them from one list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from .actor import Actor

if TYPE_CHECKING:
    import click
    from flask import Blueprint
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from .facts import Fact
    from .in_hand import DeskCounts, InHands
    from .origins import Origins
    from .reactions import Reaction
    from .sweeps import Sweep
    from .text.vector import Weight
    from .venue import Attendances, Venues

    Criterion = Callable[[Actor, ColumnElement[int]], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work item: its code, its names, how it is drawn, and what hangs on it.

    `panel(actor, item)` gives the template and context of the kind's own facts on the item page, None for none.
    `stops_clock(item id, kind of the awaited party or None)` says in a sentence why such a wait may not stop the clock
    of an item of this kind, or nothing where it may; asked inside a command. `stopped_by(actor, item id)` says for whom
    the rule of an item lets its clock stand: anyone, outsiders, nobody; empty where no rule says anything.
    `never_due(ids, day)`: which of these items, all of this kind, cannot fall due on that day, and why.
    `outcome`: whoever finishes one is asked what came of it.
    `page`: the address below which items of this kind have a page of their own.
    `own_way`: how such an item changes and ends, in a sentence, where the verbs of every item do not change it.
    """

    code: str
    name: str
    many: str
    icon: str
    list_endpoint: str
    panel: Callable[[Actor, Any], tuple[str, dict[str, Any]] | None] | None = None
    json: Callable[[Actor, list[int]], dict[int, dict[str, Any]]] | None = None
    stops_clock: Callable[[int, str | None], str | None] | None = None
    stopped_by: Callable[[Actor, int], str] | None = None
    never_due: Callable[[Sequence[int], date], dict[int, str]] | None = None
    outcome: bool = False
    page: str = ""
    own_way: str = ""


@dataclass(frozen=True, slots=True)
class ShellEntry:
    """A line of the navigation: where it leads and, if it has one, its badge for this actor.

    `section`: main; administration or profile for a tab among the pages of those;
    unit for a way from the open items of a unit.
    """

    key: str
    label: str
    icon: str
    endpoint: str
    order: int
    shown_to: Callable[[Actor], bool] = lambda _actor: True
    section: str = "main"


@dataclass(frozen=True, slots=True)
class Frame:
    """What the shell shows of the organisation: its name, the units this actor lives in, the zone of its "today"; and
    whether any unit stands yet."""

    organisation: str
    units: list[Any]
    time_zone: str
    units_stand: bool = True


@dataclass(frozen=True, slots=True)
class Readable:
    """Who may read the conversations owned by things of one kind: SQL over `conversation.owner_id`.

    `writes` narrows it to who may also write (None: every reader). `keeps`: who keeps order there, that is hides what
    should not stand (None: nobody). `unit`: the unit in which the owner lies, as SQL. `rooms` are those of the socket
    line in which the readers of one owner sit. `called` runs inside the transaction of a message that calls parties
    (actor, owner id, their ids), so that the owner's package may let them take part. `noted` writes down that an
    auditor was shown these, `listed` that they were shown a list (actor, where, what was asked, how many lines).
    `named` gives for owners that may be read how each is called and where its page is.
    """

    owner_kind: str
    criterion: Criterion
    writes: Criterion | None = None
    keeps: Criterion | None = None
    unit: Callable[[ColumnElement[int]], ColumnElement[int]] | None = None
    rooms: Callable[[int], list[str]] | None = None
    called: Callable[[Actor, int, frozenset[int]], None] | None = None
    noted: Callable[[Actor, list[int]], None] | None = None
    listed: Callable[[Actor, str, str, int], None] | None = None
    named: Callable[[Actor, list[int]], dict[int, tuple[str, str]]] | None = None


@dataclass(frozen=True, slots=True)
class Searched:
    """What a package adds to the words by which work items are found: `words(session, ids)` gives for each id of an
    item texts with their weights in the search index (A the weightiest, D the least). `numbered(number)`: the
    ids of the items that are called by this number in a register, its dashes plain, as a statement."""

    words: Callable[[Session, Sequence[int]], dict[int, list[tuple[Weight, str]]]]
    numbered: Callable[[str], Select[int]] | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the card of a file says besides its name and who put it there (`holder`): its version in words, its size,
    the day, and the thing it hangs on, by name and address."""

    version: str
    size: str
    at: str
    iso: str
    of: str
    of_href: str


@dataclass(frozen=True, slots=True)
class Card:
    """A thing that a message names, or that came out of it, as it stands now: ready to be shown to one reader.

    `subject` is the kind and id by which open pages hear that it changed: "work-item:7". `note`: what is awaited. A
    file has no reference.
    """

    reference: str
    href: str
    title: str
    icon: str
    state: str
    word: str
    holder: str
    subject: str
    note: str = ""
    file: FileFacts | None = None


Unfurl = Callable[[Actor, set[str], list[int]], tuple[dict[str, Card], dict[int, list[Card]]]]
"""What stands behind references like PARKS-214 and addresses of files like /files/7, and what came out of messages (by
their ids): only what the actor may see, in a bounded number of queries. Each passes over what it does not know."""

UNFURL: list[Unfurl] = []
"""Who knows what stands behind what messages name; filled by the app factory from the packages."""

ORIGINS: list[Callable[[Actor, int], list[tuple[str, str]]]] = []
"""Where a work item came from: name and address, as far as the actor may see it; filled by the app factory."""


@dataclass(frozen=True, slots=True)
class MessageAct:
    """What may be made of a message: a line of its menu that leads to `address` with the message's id in it."""

    label: str
    icon: str
    address: str
    key: str = ""


MESSAGE_ACTS: list[MessageAct] = []
"""What may be made of a message; filled by the app factory from the packages."""


@dataclass(frozen=True, slots=True)
class Lying:
    """So many things of one sort lie in a unit. `says`: the number with its word, as it stands in a sentence."""

    sort: str
    number: int
    says: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that a unit set up for itself and that goes where the unit's work goes: a label, a rule, a template.

    `sort` and `id` tell it apart; `word` says what it is, `name` how it is called.
    """

    sort: str
    id: int
    word: str
    name: str


@dataclass(frozen=True, slots=True)
class Alone:
    """Things that go to a part of a split by themselves, whoever holds them: which part (its id), whose they are
    (None: the tray's) and how many."""

    part: int
    holder: int | None
    number: int


@dataclass(frozen=True, slots=True)
class WithUnit:
    """What a package keeps in units, which goes to another when one is closed or split.

    `lies(session, unit)` counts it, asked before a unit is closed; `goes(session, closed, into)` hands on what the unit
    set up for itself (labels, rules, shared views), once, in the transaction in which the rest has gone.
    `held(session, unit)` counts the open items there by holder (None: the tray); `kept(session, unit)` lists what the
    unit set up, and `gives(session, sort, id, unit, into)` hands one of these on.
    `chosen(actor, unit, references, question)` finds what is to go by itself when a unit is split: open things there by
    their references, or all that a question finds; it raises Invalid with the sentence for the field. `alone(session,
    split)` counts what was chosen so.
    """

    lies: Callable[[Session, int], list[Lying]] | None = None
    goes: Callable[[Session, int, int], None] | None = None
    held: Callable[[Session, int], dict[int | None, int]] | None = None
    kept: Callable[[Session, int], list[Kept]] | None = None
    gives: Callable[[Session, str, int, int, int], None] | None = None
    chosen: Callable[[Actor, int, Sequence[str], str], list[int]] | None = None
    alone: Callable[[Session, int], list[Alone]] | None = None


WITH_UNIT: list[WithUnit] = []
"""What goes along when a unit is closed; filled by the app factory from the packages."""

SEARCHED: list[Searched] = []
"""Who adds words to the index; filled by the app factory from the packages."""


@dataclass(frozen=True, slots=True)
class Holds:
    """Whose files they are: who may read the files on things of one kind, as SQL over `attachment.owner_id`.

    `oversees`: who may remove what others gave. `removed` makes the fact that a file is gone (owner id, name, version),
    `added` the fact that a paper made by a job hangs there now (owner id, file id, name, version). `read_as`: what an
    auditor has read, as kind and id, who read a file there, where that is another thing (owner id).
    """

    owner_kind: str
    criterion: Criterion
    oversees: Criterion | None = None
    removed: Callable[[int, str, int], Fact] | None = None
    added: Callable[[int, int, str, int], Fact] | None = None
    read_as: Callable[[int], tuple[str, int]] | None = None


NAMED: list[Callable[[str, Sequence[str], int], list[int]]] = []
"""Who finds people, units, posts and outsiders by a name with slips in it (what was typed, the kinds looked for, how
many at most): ids, the likeliest first. It looks at names alone; who may find whom is asked of the ids. Filled by the
app factory from the packages."""

LOADS: list[Callable[[Sequence[int]], dict[int, int]]] = []
"""Who counts the open items that people hold; filled by the app factory from the packages."""

HOLDS: dict[str, Holds] = {}
"""Whose files they may be; filled by the app factory from the packages."""

PAPERS: dict[str, Callable[[int, dict[str, Any]], bytes]] = {}
"""Papers whose words are gathered only when the job makes them, since they may be long: the name under which one is
asked for → function of the asker's id and of what was asked. It raises NotFound for what the asker may not read by
then. Filled by the app factory from the packages."""

READABLE: dict[str, Readable] = {}
"""Who may read which talks, by the kind of owner; filled by the app factory from the packages."""


@dataclass(frozen=True)
class Package:
    """What a package offers to those below and beside it, without their knowing it.

    `sockets` are the events an open page may send up: name → function of the actor and what was sent, which may
    say what became of it.
    """

    name: str
    blueprints: tuple[Blueprint, ...] = ()
    kinds: tuple[Kind, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    sweeps: tuple[Sweep, ...] = ()
    shell: tuple[ShellEntry, ...] = ()
    badges: Callable[[Actor], dict[str, int]] | None = None
    readiness: Callable[[], dict[str, object]] | None = None  # what `/readyz` says beside the house itself
    tree: Callable[[Actor], Frame] | None = None
    cards: dict[str, Callable[[Actor, int], Any]] = field(default_factory=dict)
    searches: tuple[Searched, ...] = ()
    readable: tuple[Readable, ...] = ()
    holds: tuple[Holds, ...] = ()
    papers: dict[str, Callable[[int, dict[str, Any]], bytes]] = field(default_factory=dict)
    with_unit: tuple[WithUnit, ...] = ()
    sockets: dict[str, Callable[[Actor, Any], dict[str, Any] | None]] = field(default_factory=dict)
    commands: tuple[click.Command, ...] = ()
    kept: Callable[[Actor], list[tuple[str, str]]] | None = None  # what somebody keeps in the sidebar: label, address
    loads: Callable[[Sequence[int]], dict[int, int]] | None = None  # people → how many open items they hold
    named: Callable[[str, Sequence[str], int], list[int]] | None = None  # finds parties by names with slips in them
    unfurls: tuple[Unfurl, ...] = ()  # what messages name and what came out of them
    origins: Origins | None = None  # where work items came from
    in_hand: InHands | None = None  # what somebody has in hand besides work
    desk_counts: DeskCounts | None = None  # what lies on somebody's desk, in numbers
    venue: Venues | None = None  # where a vote was begun
    attendance: Attendances | None = None  # who is there at this moment
    message_acts: tuple[MessageAct, ...] = ()  # what may be made of a message
    conditions: tuple[Any, ...] = ()  # what lists may be filtered by (collab.work.filters.fields.Field)
