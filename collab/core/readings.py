"""What an auditor reads is written into the ledger before it is shown.

A query that finds one thing says so with `note`, in the place where the thing is loaded; the door through which it
was asked gathers what was noted and writes it down before the answer leaves. So no page and no part of the API can
show something to an auditor unrecorded: when the record cannot be written, the answer is not given.

Of a list, a search, a sheet or a feed one line says what was asked and how many were shown.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from .actor import Actor
from .package import READABLE


@dataclass
class Read:
    """What was shown through one door: things (who read, kind, id) and how many lines of lists, by who read them."""

    things: set[tuple[Actor, str, int]] = field(default_factory=set)
    lists: dict[Actor, int] = field(default_factory=dict)


_open: ContextVar[Read | None] = ContextVar("readings", default=None)


def note(actor: Actor, kind: str, id_: int) -> None:
    """`actor` is being shown the thing of this kind; only what auditors read is of interest."""
    gathering = _open.get()
    if gathering is not None and actor.is_auditor:
        gathering.things.add((actor, kind, id_))


def note_list(actor: Actor, count: int) -> None:
    """`actor` is being shown so many lines of a list, or of one more part of it."""
    gathering = _open.get()
    if gathering is not None and actor.is_auditor:
        gathering.lists[actor] = gathering.lists.get(actor, 0) + count


@contextmanager
def gathered() -> Iterator[Read]:
    """What is noted inside the block."""
    read = Read()
    token = _open.set(read)
    try:
        yield read
    finally:
        _open.reset(token)


def write_down(read: Read, door: str, asked: str) -> None:
    """Write what was read into the ledger, also where the reader's token only reads. `door`: where it was asked,
    `asked`: what was asked there, for lists."""
    found: dict[tuple[Actor, str], list[int]] = {}
    for actor, kind, id_ in read.things:
        found.setdefault((replace(actor, scopes=None), kind), []).append(id_)
    for (actor, kind), ids in found.items():
        rule = READABLE.get(kind)
        if rule is not None and rule.noted is not None:
            rule.noted(actor, sorted(ids))
    for actor, count in read.lists.items():
        for rule in READABLE.values():
            if rule.listed is not None:
                rule.listed(replace(actor, scopes=None), door, asked, count)
