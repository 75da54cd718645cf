"""Asking, answering, reminding: every sense of "expected of somebody"."""

from datetime import date, datetime, time
from typing import Final

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.envelope import command, open_command, record, session, system
from collab.core.errors import Conflict, Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.turns import one_by_one
from collab.people.commands.outsiders import named_outsider, use_outsider
from collab.people.models import Party

from ..ball import settle
from ..desks import desk_of, organisation_day, organisation_zone, refuse_gone, refuse_unit_asked_on_named
from ..escalating.surroundings import rule_of
from ..events import AnswerArrived, WaitAnswered, WaitOpened, WaitTaken, WaitWithdrawn
from ..forms import Ask
from ..kinds import kinds
from ..models import Wait, WorkItem
from ..models.wait import first_look
from ..on_behalf import behalf
from ..policy import (
    is_open,
    items,
    may_answer,
    may_change,
    may_take_part,
    may_take_wait,
    may_withdraw,
    visible_to,
    waits,
)
from ..taking_part import join

USUAL_MOST = 3
MOST_FOR: Final = 200
AT_ONCE: Final = 50
"""So many waits end in one transaction: others wait for the teller meanwhile."""
CLOSED = N_("This item is finished; nothing more can be asked on it.")
ITSELF = N_("An item cannot wait for itself.")
TOO_MANY_FOR = N_(
    "%(count)s questions wait for the end of that item already. Let something larger wait for it instead."
)
NO_SUCH_ITEM = N_("There is no such item, or it is not for you to see.")
FINISHED = N_("A task is finished and a handover is accepted or returned; neither is answered.")
DECIDED = N_("This is decided on the page of the decision.")
NOT_ANSWERED: Final = {
    "task": FINISHED,
    "handover": FINISHED,
    "acknowledgement": N_("What you are asked to read is confirmed with “I have read it”, not answered."),
    "vote": N_("A vote is cast on its ballot, not answered."),
    "advice": N_("Advice is given on the page of the decision, with a stance."),
    "invitation": N_("Say on the page of the meeting whether you come."),
    "tie": DECIDED,
    "revisit": DECIDED,
}
"""What is expected in a shape of its own → where it is given instead of an answer."""
ONLY_OUTSIDE = N_("Only an answer from outside arrives on a day of its own; colleagues answer today.")
YET_TO_COME = N_("This day is yet to come.")
BEFORE_ASKED = N_("It was asked later than that; choose the day on which this answer arrived.")
CLOCK_IS_HOLDERS = N_("Only whoever holds the item, or heads its unit, may stop its clock.")


@command(may_take_part, on=items)
def ask(actor: Actor, item: WorkItem, form: Ask, sense: str = "answer") -> int:
    """Expect something of a party, of another item's end, or of a date. Returns the wait.

    `sense`: "answer", or what a package above gives and takes in a shape of its own ("advice").
    """
    if not is_open(item):
        raise Conflict(_(CLOSED))
    if form.stops_clock and not may_change(actor, item):
        raise wrong("stops_clock", _(CLOCK_IS_HOLDERS))
    _refuse_bad_target(actor, item, form)
    if form.outsider is not None:
        outside = named_outsider(actor, form.outsider, private=item.reach == "named")
        form = form.model_copy(update={"of": outside, "outsider": None})
    at = clock.now()
    if form.until is not None and form.until < organisation_day(at):
        raise wrong("until", _(N_("This day is over.")))
    kind = session().scalar(select(Party.kind).where(Party.id == form.of)) if form.of else None
    if form.stops_clock:
        _refuse_to_stop(item, kind)
    by_unit = asking_unit(actor, item)
    every, most = _reminders(form, item, by_unit)
    wait = Wait(
        item_id=item.id,
        sense=sense,
        what=form.what,
        of_id=form.of,
        by_id=actor.person_id,
        by_unit_id=by_unit,
        tray_unit_id=form.of if kind == "unit" else None,
        for_item_id=form.item,
        since=at,
        until=form.until,
        stops_clock=form.stops_clock,
        nudge_every=every,
        nudge_most=most,
        next_action_at=at if every else first_look(form.until),
        version=1,
    )
    session().add(wait)
    session().flush()
    if kind is not None and kind != "outsider":
        join(item.id, form.of, "asked", at)
    record(
        WaitOpened(
            subject=item.id,
            wait=wait.id,
            sense=wait.sense,
            awaited=form.of,
            what=form.what,
            until=form.until.isoformat() if form.until else None,
            stops_clock=form.stops_clock,
        ),
        on_behalf_of=behalf(actor, item.holder_id),
    )
    if item.state_kind == "new":
        item.state_kind = "active"
    settle(item, actor.person_id, at)
    return wait.id


def _reminders(form: Ask, item: WorkItem, unit: int | None) -> tuple[int | None, int | None]:
    """How often, and how many times, reminders go out by themselves: as asked, else as the unit's rule says."""
    if form.of is None:
        return None, None
    rule = rule_of(unit or item.desk_unit_id, item.kind)
    most = rule.nudge_most if form.nudge_most is None else form.nudge_most
    if form.nudge_most is None and form.nudge_every is not None:
        most = most or USUAL_MOST
    return (form.nudge_every or rule.nudge_every, most) if most else (None, None)


def _refuse_to_stop(item: WorkItem, party_kind: str | None) -> None:
    """The kind of the item may have a rule that says which waits its clock stops for."""
    kind = kinds().get(item.kind)
    reason = kind.stops_clock(item.id, party_kind) if kind and kind.stops_clock else None
    if reason is not None:
        raise wrong("stops_clock", reason)


def asking_unit(actor: Actor, item: WorkItem) -> int | None:
    """For which unit it is asked: the one in which the item lies if the asker belongs there, else their own."""
    if actor.is_system or item.desk_unit_id in actor.reach:
        return item.desk_unit_id
    return desk_of(actor.person_id)


def _refuse_bad_target(actor: Actor, item: WorkItem, form: Ask) -> None:
    if form.of is not None:
        refuse_gone(form.of, "of")
        refuse_unit_asked_on_named(item.reach, form.of, "of")
        if not use_outsider(actor, form.of, private=item.reach == "named"):
            raise wrong("of", _(N_("Choose one from the list.")))
    if form.item is None:
        return
    if form.item == item.id:
        raise wrong("item", _(ITSELF))
    other = session().execute(select(WorkItem.state_kind).where(WorkItem.id == form.item, visible_to(actor))).scalar()
    if other is None:
        raise wrong("item", _(NO_SUCH_ITEM))
    if other in ("done", "cancelled"):
        raise wrong("item", _(N_("That item is finished already.")))
    one_by_one("waits-for", form.item)
    waiting = select(func.count()).where(Wait.for_item_id == form.item, Wait.ended_at.is_(None))
    if (session().scalar(waiting) or 0) >= MOST_FOR:
        raise wrong("item", _(TOO_MANY_FOR, count=MOST_FOR))


@command(may_answer, on=waits)
def answer(actor: Actor, wait: Wait, arrived_on: date | None = None) -> int:
    """Give (or write down) the answer that was awaited; the wait ends. The words themselves are a message.

    `arrived_on`: the day on which somebody outside answered, if not today; the clock runs again from then.
    """
    if wait.sense in NOT_ANSWERED:
        raise Conflict(_(NOT_ANSWERED[wait.sense]))
    if not (actor.is_system or actor.acts_for(wait.of_id) or actor.acts_for(wait.taken_by)):
        _refuse_answer_for_colleagues(wait)
    return answered(actor, wait, _arrived(wait, arrived_on) if arrived_on is not None else None)


def answered(actor: Actor, wait: Wait, arrived: datetime | None = None) -> int:
    """What was expected is there, since `arrived` if not only now. For commands that take it in a shape of its own and
    have asked who may give it."""
    _end(actor, wait, "answered", arrived)
    record(
        WaitAnswered(subject=wait.item_id or 0, wait=wait.id, awaited=wait.of_id, asker=wait.by_id),
        on_behalf_of=behalf(actor, wait.of_id),
    )
    if arrived is not None:
        day = organisation_day(arrived).isoformat()
        record(AnswerArrived(subject=wait.item_id or 0, wait=wait.id, awaited=wait.of_id, arrived_on=day))
    _settle(actor, wait, arrived)
    return wait.id


def _arrived(wait: Wait, day: date) -> datetime | None:
    """The instant from which an answer from outside was there; None where that is today. Raises Invalid."""
    kind = session().scalar(select(Party.kind).where(Party.id == wait.of_id))
    zone = organisation_zone()
    today, asked = clock.now().astimezone(zone).date(), wait.since.astimezone(zone).date()
    if day == today:
        return None
    if kind != "outsider":
        raise wrong("arrived_on", _(ONLY_OUTSIDE))
    if day > today:
        raise wrong("arrived_on", _(YET_TO_COME))
    if day < asked:
        raise wrong("arrived_on", _(BEFORE_ASKED))
    return max(wait.since, datetime.combine(day, time(), zone))


def _refuse_answer_for_colleagues(wait: Wait) -> None:
    """Whoever asked writes down what somebody outside said; people and units of the house answer themselves."""
    kind = session().scalar(select(Party.kind).where(Party.id == wait.of_id))
    if kind not in (None, "outsider") or wait.sense == "approval":
        raise Forbidden


@command(may_withdraw, on=waits)
def withdraw(actor: Actor, wait: Wait) -> int:
    """No longer expect it."""
    return withdrawn(actor, wait)


def withdrawn(actor: Actor, wait: Wait) -> int:
    """It is expected no more. For commands that have asked who may say so."""
    _end(actor, wait, "withdrawn")
    record(WaitWithdrawn(subject=wait.item_id or 0, wait=wait.id, awaited=wait.of_id))
    _settle(actor, wait)
    return wait.id


@command(may_take_wait, on=waits)
def take_wait(actor: Actor, wait: Wait) -> int:
    """Take a question out of one's unit's tray."""
    if wait.sense in ("task", "handover"):
        raise Conflict(_(N_("Take the item itself, or accept the offer.")))
    wait.taken_by, wait.tray_unit_id = actor.person_id, None
    if wait.item_id is not None:
        join(wait.item_id, actor.person_id, "asked", clock.now())
    record(WaitTaken(subject=wait.item_id or 0, wait=wait.id))
    return wait.id


def end_with_item(item_id: int) -> None:
    """Another item was finished: what waited for its end waits no more. For the reaction."""
    if session().scalar(select(WorkItem.closed_at.is_(None)).where(WorkItem.id == item_id)):
        return  # undone before the word went round
    end_waits_for(item_id)


def end_waits_for(item_id: int, most: int | None = None, *, asked_before: datetime | None = None) -> int:
    """What waited for this item waits no more, the first `most` of it, as far as it was asked before an instant; sweeps
    end the others. Returns how many ended. For reactions and sweeps."""
    waiting = select(Wait.id).where(Wait.for_item_id == item_id, Wait.ended_at.is_(None))
    if asked_before is not None:
        waiting = waiting.where(Wait.since <= asked_before)
    found = session().scalars(waiting.order_by(Wait.id).limit(most or AT_ONCE)).all()
    for wait_id in found:
        answer(SYSTEM, wait_id)
    return len(found)


@open_command(system)
def end_more_for(_actor: Actor, item_id: int) -> int:
    """The next fifty that wait for an item that is finished. Returns how many."""
    if session().scalar(select(WorkItem.closed_at.is_(None)).where(WorkItem.id == item_id)):
        return 0
    return end_waits_for(item_id)


def _end(actor: Actor, wait: Wait, how: str, at: datetime | None = None) -> None:
    wait.ended_at, wait.ended_how, wait.ended_by = at or clock.now(), how, actor.person_id or None
    session().flush()


def _settle(actor: Actor, wait: Wait, ended: datetime | None = None) -> None:
    """The item's clock may run again. The item is locked, so two answers at once meet one after the other."""
    if wait.item_id is None:
        return
    item = session().scalars(select(WorkItem).where(WorkItem.id == wait.item_id).with_for_update(key_share=True)).one()
    settle(item, actor.person_id or wait.by_id, clock.now(), ended=ended)
