"""One line of a desk passed on to its successor. Called by `hand_desk`, which has locked the item."""

from typing import NamedTuple

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import record, session
from collab.people.models import Party

from ..ball import give, settle
from ..desk_contents import OnDesk
from ..events import AskerChanged, ItemHandedOn, OffererChanged, OfferPassedOn, QuestionPassedOn
from ..models import Handover, Wait, WorkItem
from ..taking_part import join, leave
from .handovers import withdraw_open_offer


class Successor(NamedTuple):
    """Who takes over: a person, a post or a unit (its tray), and in which unit it then lies."""

    id: int
    kind: str
    desk: int

    @property
    def holder(self) -> int | None:
        return None if self.kind == "unit" else self.id

    @property
    def tray(self) -> int | None:
        return self.id if self.kind == "unit" else None


def pass_on(actor: Actor, person: int, line: OnDesk, to: Successor | None, into: int | None, *, quiet: bool) -> None:
    """Move one line. Without a successor an item goes along to `into`, with what is asked on it, and an offer is taken
    back."""
    item = session().get_one(WorkItem, line.item_id)
    if line.part == "item":
        _item(actor, item, person, to, into, quiet)
    elif line.part == "asked":
        _question(actor, item, person, line.id, to, quiet)
    elif line.part == "asking":
        _asker(item, person, line.id, to, into, quiet)
    elif line.part == "offered":
        _offer(item, person, line.id, to, quiet)
    elif to is None:
        withdraw_open_offer(actor, item)
    else:
        _offerer(item, person, line.id, to, quiet)


def _item(actor: Actor, item: WorkItem, person: int, to: Successor | None, into: int | None, quiet: bool) -> None:
    left = item.desk_unit_id
    holder, desk = (to.holder, to.desk) if to is not None else (person, into or left)
    give(item, holder, desk, actor.person_id, clock.now())
    item.version += 1
    record(
        ItemHandedOn(subject=item.id, holder=to.id if to else person, before=person, unit=desk, left=left), quiet=quiet
    )


def _question(actor: Actor, item: WorkItem, person: int, wait_id: int, to: Successor | None, quiet: bool) -> None:
    """What was asked of them is asked of the successor; what they took out of a tray goes back or to the next one."""
    assert to is not None
    at, wait = clock.now(), session().get_one(Wait, wait_id)
    if wait.of_id == person:
        wait.of_id, wait.tray_unit_id, wait.taken_by = to.id, to.tray, None
    elif to.kind == "person":
        wait.taken_by = to.id
    else:
        unit = session().scalar(select(Party.id).where(Party.id == wait.of_id, Party.kind == "unit"))
        wait.taken_by, wait.tray_unit_id = None, unit
    wait.version += 1
    leave(item.id, "asked", at, party_id=person)
    join(item.id, to.id, "asked", at)
    record(QuestionPassedOn(subject=item.id, wait=wait.id, awaited=to.id, before=person), quiet=quiet)
    settle(item, actor.person_id, at)


def _asker(item: WorkItem, person: int, wait_id: int, to: Successor | None, into: int | None, quiet: bool) -> None:
    wait = session().get_one(Wait, wait_id)
    wait.version += 1
    if to is None:
        wait.by_unit_id = into or wait.by_unit_id
        return
    wait.by_id, wait.by_unit_id = to.id, to.desk
    record(AskerChanged(subject=item.id, wait=wait.id, asker=to.id, before=person), quiet=quiet)


def _offer(item: WorkItem, person: int, offer_id: int, to: Successor | None, quiet: bool) -> None:
    assert to is not None
    at, offer = clock.now(), session().get_one(Handover, offer_id)
    wait = session().get_one(Wait, offer.wait_id)
    offer.to_id, offer.to_unit_id = to.id, to.desk
    wait.of_id, wait.tray_unit_id = to.id, to.tray
    wait.version += 1
    leave(item.id, "offered", at, party_id=person)
    join(item.id, to.id, "offered", at)
    join(item.id, to.desk, "offered", at)
    record(OfferPassedOn(subject=item.id, handover=offer.id, to=to.id, before=person), quiet=quiet)


def _offerer(item: WorkItem, person: int, offer_id: int, to: Successor, quiet: bool) -> None:
    offer = session().get_one(Handover, offer_id)
    wait = session().get_one(Wait, offer.wait_id)
    offer.offered_by, wait.by_id = to.id, to.id
    if offer.from_id == person:
        offer.from_id = to.id
    wait.version += 1
    record(OffererChanged(subject=item.id, handover=offer.id, to=to.id, before=person), quiet=quiet)
