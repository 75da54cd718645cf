"""The part of an item's page that says who has read it."""

from dataclasses import dataclass

from collab.core.actor import Actor

from .. import policy
from ..lines import Due, due_of
from ..queries.shapes import Item
from ..readers import mine, progress, readers_of
from .marks import When, Words


@dataclass(frozen=True, slots=True)
class ReaderLine:
    """`when` it was read, None while missing; `due` by when it is expected."""

    name: str
    href: str
    when: When | None
    due: Due
    nudges: str


@dataclass(frozen=True, slots=True)
class Readers:
    """`own`: the address under which this reader confirms; `by` who asked for it and `what` was said with it."""

    said: str
    width: int
    missing: list[ReaderLine]
    read: list[ReaderLine]
    own: str
    by: str
    what: str
    due: Due
    may_nudge: bool
    may_end: bool
    may_ask: bool
    href: str


def shown_readers(actor: Actor, item: Item, words: Words) -> Readers:
    """Ready for its template. No query."""
    it: object = item
    asks = policy.may_take_part(actor, it) and item.is_open  # type: ignore[arg-type]
    found = readers_of(item)
    own = mine(actor, item)
    lines = [
        ReaderLine(
            one.party.name, f"/people/{one.party.id}" if one.party.kind == "person" else "",
            words.when(one.read_at) if one.read_at else None, due_of(actor, one.until, words.today),
            words.number(one.nudges) if one.nudges else "",
        )
        for one in found
    ]  # fmt: skip
    read = sum(one.read_at is not None for one in found)
    missing = [one for one in found if one.read_at is None]
    open_waits = {wait.id: wait for wait in item.waits if wait.is_open}
    return Readers(
        said=progress(words.number(read), words.number(len(found))) if found else "",
        width=round(100 * read / len(found)) if found else 0,
        missing=[line for line in lines if line.when is None],
        read=[line for line in lines if line.when is not None],
        own=f"/waits/{own.id}/acknowledgement" if own else "",
        by=own.by.name if own and own.by else "",
        what=own.what if own else "",
        due=due_of(actor, own.until if own else None, words.today),
        may_nudge=asks and any(one.by_id == actor.person_id for one in missing),
        may_end=any(policy.may_withdraw(actor, open_waits[one.wait]) for one in missing),  # type: ignore[arg-type]
        may_ask=asks,
        href=f"/work-items/{item.reference}/acknowledgement",
    )
