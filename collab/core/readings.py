"""What an auditor reads is written into the ledger before it is shown.

A query that finds one thing says so with `note`, in the place where the thing is loaded; the door through which it
was asked gathers what was noted and writes it down before the answer leaves. So no page and no part of the API can
show something to an auditor unrecorded: when the record cannot be written, the answer is not given.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from .actor import Actor
from .package import READABLE

Read = set[tuple[Actor, str, int]]
_open: ContextVar[Read | None] = ContextVar("readings", default=None)


def note(actor: Actor, kind: str, id_: int) -> None:
    """`actor` is being shown the thing of this kind; only what auditors read is of interest."""
    gathering = _open.get()
    if gathering is not None and actor.is_auditor:
        gathering.add((actor, kind, id_))


@contextmanager
def gathered() -> Iterator[Read]:
    """What is noted inside the block."""
    read: Read = set()
    token = _open.set(read)
    try:
        yield read
    finally:
        _open.reset(token)


def write_down(read: Read) -> None:
    """Write what was read into the ledger, also where the reader's token only reads."""
    found: dict[tuple[Actor, str], list[int]] = {}
    for actor, kind, id_ in read:
        found.setdefault((replace(actor, scopes=None), kind), []).append(id_)
    for (actor, kind), ids in found.items():
        rule = READABLE.get(kind)
        if rule is not None and rule.noted is not None:
            rule.noted(actor, sorted(ids))
