"""Who has confirmed having read an item and who is missing, as its page and the API say it."""

from dataclasses import dataclass
from datetime import date, datetime

from collab.core.actor import Actor
from collab.core.i18n import N_, _

from .queries.shapes import Item, PartyRef, WaitLine

PROGRESS = N_("%(read)s of %(all)s have read it")


@dataclass(frozen=True, slots=True)
class Reader:
    """One of whom it is expected. `read_at` None: missing."""

    party: PartyRef
    wait: int
    by_id: int
    asked_at: datetime
    until: date | None
    read_at: datetime | None
    nudges: int = 0


def readers_of(item: Item) -> list[Reader]:
    """Everybody asked, each once: the missing ones first, then those who read it, the latest first. What was no longer
    expected is left out."""
    newest: dict[int, Reader] = {}
    for wait in item.waits:
        if wait.sense != "acknowledgement" or wait.of is None or not (wait.is_open or wait.ended_how == "answered"):
            continue
        known = newest.get(wait.of.id)
        if known is None or wait.id > known.wait:
            newest[wait.of.id] = Reader(
                wait.of, wait.id, wait.by_id, wait.since, wait.until, wait.ended_at, wait.nudges
            )  # fmt: skip
    read = sorted((one for one in newest.values() if one.read_at), key=lambda one: one.read_at, reverse=True)  # type: ignore[arg-type,return-value]
    missing = sorted((one for one in newest.values() if one.read_at is None), key=lambda one: one.party.name)
    return missing + read


def mine(actor: Actor, item: Item) -> WaitLine | None:
    """The confirmation that is this reader's to give."""
    for wait in item.waits:
        if wait.is_open and wait.sense == "acknowledgement" and wait.of_id in actor.named_parties:
            return wait
    return None


def progress(read: str, of_all: str) -> str:
    return _(PROGRESS, read=read, all=of_all)
