"""What follows from a fact. Declared once by the package that cares; run after commit by the teller.

`inline` reactions run in the teller, each in its own transaction: notifications, hints, counters.
`queue` reactions run in the RQ workers: what is slow or speaks to the outside. Either way the outbox row is
deleted in the transaction of the effect, so an effect in the database happens exactly once.
`now` reactions run right after the commit, in the process that committed: hints to open pages, which must be quick and
may be lost. They change nothing in the database, and what they raise is only noted.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .facts import Fact

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as a reaction hears it: the fact with its line in the ledger."""

    id: int
    fact: Fact
    at: datetime
    actor_id: int
    on_behalf_of: int | None


Run = Callable[[Told], None]


@dataclass(frozen=True, slots=True)
class Reaction:
    """One consequence: its name (unique, stable), the facts it follows, what runs, and where. `notifies`: it tells
    people, which bulk verbs do not."""

    name: str
    kinds: tuple[str, ...]
    run: Run
    lane: str
    notifies: bool = False


def reacts(*facts: type[Any], lane: str = "inline", notifies: bool = False) -> Callable[[Run], Reaction]:
    """Declare a reaction to `facts`. The function must be idempotent in what it does outside the database."""
    if lane not in ("inline", "queue", "now"):
        raise ValueError(f"no lane {lane}")

    def declare(run: Run) -> Reaction:
        name = f"{run.__module__.removeprefix('collab.').removesuffix('.reactions')}.{run.__name__}"
        return Reaction(name=name, kinds=tuple(f.kind for f in facts), run=run, lane=lane, notifies=notifies)

    return declare


class Registry:
    """The reactions of an installation, filled by the app factory from the packages."""

    def __init__(self) -> None:
        self.by_kind: dict[str, list[Reaction]] = {}
        self.by_name: dict[str, Reaction] = {}

    def add(self, reaction: Reaction) -> None:
        known = self.by_name.get(reaction.name)
        if known is reaction:
            return
        if known is not None:
            raise ValueError(f"two reactions are called {reaction.name}")
        self.by_name[reaction.name] = reaction
        for kind in reaction.kinds:
            self.by_kind.setdefault(kind, []).append(reaction)

    def following(self, kind: str) -> list[Reaction]:
        return self.by_kind.get(kind, [])


REGISTRY = Registry()


def run_now(due: Iterable[tuple[Reaction, Told]]) -> None:
    """After the commit: what open pages hear of it. Nothing that happened depends on it."""
    for reaction, told in due:
        try:
            reaction.run(told)
        except Exception:  # a hint is never worth a failure of what is done already
            log.exception("%s heard nothing of fact %s", reaction.name, told.id)
