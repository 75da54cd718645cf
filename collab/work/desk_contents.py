"""What lies on somebody's desk, as one statement: items held, questions and offers to them and by them.

The page and the command ask the same, so that what is shown is what is moved.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, case, literal, or_, select, union_all

from collab.core.actor import Actor
from collab.core.i18n import N_

from .models import OF_EACH, OPEN_STATES, Handover, Wait, WorkItem
from .policy import among, visible_to

MOST: Final = 5_000
PARTS: Final = ("item", "asked", "asking", "offered", "offer")
TITLES: Final = {
    "item": N_("Items they hold"),
    "asked": N_("Questions that wait for them"),
    "asking": N_("Answers that they wait for"),
    "offered": N_("Offers made to them"),
    "offer": N_("Offers that they made"),
}
OWN_TITLES: Final = {
    "item": N_("Items you hold"),
    "asked": N_("Questions that wait for you"),
    "asking": N_("Answers that you wait for"),
    "offered": N_("Offers made to you"),
    "offer": N_("Offers that you made"),
}


NO_SENSE: Final[Any] = literal("")
_OPEN: Final = or_(*(WorkItem.state_kind == state for state in OPEN_STATES))


class OnDesk(NamedTuple):
    """One thing on a desk. `other`: who made the item, asked, is asked, offers, or is offered it.

    `sense`: of a wait, for what the house itself asks has no words.

    `seen`: the reader may see the item; `theirs`: the item, what is asked by them or offered is of a unit that the
    reader heads; what they are asked goes along wherever it lies.
    """

    part: str
    id: int
    item_id: int
    reference: str
    title: str
    what: str
    sense: str
    due: date | None
    reach: str
    other: int | None
    seen: bool
    theirs: bool

    @property
    def key(self) -> str:
        return f"{self.part}-{self.id}"

    @property
    def movable(self) -> bool:
        """Named-only items and those that the reader may not see go to nobody by this way."""
        return self.seen and self.theirs and self.reach != "named"

    def for_reader(self) -> "OnDesk":
        """Of what the reader may not see stands that it is there; of an item held also who made it, for they give it to
        somebody."""
        if self.seen:
            return self
        other = self.other if self.part == "item" else None
        return self._replace(reference="", title="", what="", sense="", due=None, other=other)


class Handed(NamedTuple):
    """In which unit somebody hands a desk over, whether its person belongs there now, and whether it is the whole desk.

    `whole`: the present heads of somebody, and of somebody who is gone those of the last unit. Whoever headed them
    once has a say over what was left lying in their own units, and over nothing else.
    """

    unit: int
    member: bool
    whole: bool


def handed_by(actor: Actor, day: date, places: Iterable[Any]) -> Handed | None:
    """As what the actor hands over the desk of somebody with these memberships, the main and newest ones first; None
    where they head no unit in which that person is or was."""
    begun = [place for place in places if place.valid_from <= day]
    now = [place for place in begun if place.valid_to is None or place.valid_to > day]
    last = max((place.valid_to for place in begun if place not in now), default=None)
    present = now or [place for place in begun if place.valid_to == last]
    for place in [*present, *begun]:
        if place.unit_id in actor.headed:
            return Handed(place.unit_id, place in now, place in present)
    return None


def on_desk(actor: Actor, person: Any, *, whole: bool = True) -> Select[Any]:
    """Everything on the desk of `person` that is open, by part and due day, for `OnDesk`; or, not `whole`, the items
    alone that lie in units which the actor heads."""
    asked = or_(Wait.of_id == person, Wait.taken_by == person)
    question = (Wait.ended_at.is_(None), *(Wait.sense != sense for sense in ("task", "handover", *OF_EACH)))
    here = WorkItem.desk_unit_id == among(actor.headed)
    held = _line("item", WorkItem.id, literal(""), WorkItem.due_on, WorkItem.created_by, here)
    items = held(actor).where(WorkItem.holder_id == person, _OPEN)
    if not whole:
        return _ordered(items.where(here).subquery())
    parts = (
        items,
        _line("asked", Wait.id, Wait.what, Wait.until, Wait.by_id, literal(True), Wait.sense)(actor)
        .join(Wait, Wait.item_id == WorkItem.id)
        .where(asked, *question),
        _line("asking", Wait.id, Wait.what, Wait.until, Wait.of_id, Wait.by_unit_id == among(actor.headed), Wait.sense)(
            actor
        )
        .join(Wait, Wait.item_id == WorkItem.id)
        .where(Wait.by_id == person, *question),
        _offer("offered", Handover.offered_by, Handover.to_unit_id, actor).where(Handover.to_id == person),
        _offer("offer", Handover.to_id, Handover.from_unit_id, actor).where(Handover.offered_by == person),
    )
    return _ordered(union_all(*parts).subquery())


def _ordered(every: Any) -> Select[Any]:
    order = case({part: place for place, part in enumerate(PARTS)}, value=every.c.part)
    return select(every).order_by(order, every.c.due.nulls_last(), every.c.id).limit(MOST)


def _line(part: str, id_: Any, what: Any, due: Any, other: Any, theirs: Any, sense: Any = NO_SENSE) -> Any:
    def ask(actor: Actor) -> Select[Any]:
        return select(
            literal(part).label("part"), id_.label("id"), WorkItem.id.label("item_id"), WorkItem.reference,
            WorkItem.title, what.label("what"), sense.label("sense"), due.label("due"), WorkItem.reach,
            other.label("other"), visible_to(actor).label("seen"), theirs.label("theirs"),
        )  # fmt: skip

    return ask


def _offer(part: str, other: Any, unit: Any, actor: Actor) -> Select[Any]:
    found: Select[Any] = (
        _line(part, Handover.id, Handover.note, WorkItem.due_on, other, unit == among(actor.headed))(actor)
        .join(Handover, Handover.item_id == WorkItem.id)
        .where(Handover.state == "offered")
    )
    return found
