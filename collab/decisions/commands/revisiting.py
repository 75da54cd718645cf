"""Looking at a decision again: it comes back once, to whoever answers for it; it stands, waits, or is revised."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Person
from collab.work.audience import today
from collab.work.models import Wait, WorkItem
from collab.work.policy import items
from collab.work.taking_part import join

from ..events import DecisionDueAgain, DecisionLookedAt, DecisionRevised
from ..forms import LookAgain
from ..having import NOT_DECIDED, decision_of, options_of, standing, touch
from ..models import Decision
from ..policy import may_cast, may_run, system_alone
from ..stages import PREPARING, STANDING

WHICH_DAY: Final = N_("Say on which day it is looked at again.")
NOT_YET: Final = N_("Choose a day that is yet to come.")
NOT_YOURS: Final = N_("Whoever runs the decision or chairs it looks at it again.")


@command(system_alone, on=items)
def bring_back(_actor: Actor, item: WorkItem) -> int:
    """The day has come, or the other item is finished: whoever answers for the decision finds it on their day, once."""
    row = decision_of(item)
    if row.stage in STANDING and row.revisit_wait_id is None and _is_time(row) and not _is_revised(item.id):
        wait = _expected(item, row, clock.now())
        row.revisit_wait_id = wait.id
        touch(item)
        session().flush()
        record(DecisionDueAgain(subject=item.id, of=wait.of_id))
    return item.id


def _is_revised(item_id: int) -> bool:
    """Whether another decision is being prepared that takes its place. Cancelled, it lets this one come back."""
    others = select(Decision.item_id).where(Decision.revises_id == item_id, Decision.stage.in_(PREPARING))
    return session().scalar(others.limit(1)) is not None


def _is_time(row: Decision) -> bool:
    if row.revisit_on is not None and row.revisit_on <= today(session()):
        return True
    ended = select(WorkItem.closed_at.is_not(None)).where(WorkItem.id == row.revisit_after_id)
    return row.revisit_after_id is not None and bool(session().scalar(ended))


def _expected(item: WorkItem, row: Decision, at: datetime) -> Wait:
    """Of the chair, else of whoever wrote the outcome down or made it; of the head of the unit, once they have left."""
    for person in (row.chair_id, row.outcome_by, item.created_by):
        if person is not None and session().scalar(select(Person.active).where(Person.id == person)):
            return await_of(item, "revisit", person, at, row.revisit_when or "", row.revisit_on)
    return await_of(item, "revisit", item.unit_id, at, row.revisit_when or "", row.revisit_on, tray=True)


def await_of(
    item: WorkItem,
    sense: str,
    of_id: int,
    at: datetime,
    what: str = "",
    until: date | None = None,
    *,
    tray: bool = False,
) -> Wait:
    """Something the unit of the decision expects of one party; no reminders, and nothing goes up to anybody."""
    wait = Wait(
        item_id=item.id, sense=sense, what=what, of_id=of_id, by_id=item.unit_id, since=at, until=until,
        next_action_at=None, tray_unit_id=of_id if tray else None, version=1,
    )  # fmt: skip
    session().add(wait)
    join(item.id, of_id, "asked", at)
    session().flush()
    return wait


def no_longer_due(row: Decision, by_id: int | None, how: str = "withdrawn") -> None:
    """It is off the day on which it stood to be looked at again."""
    if row.revisit_wait_id is None:
        return
    wait = session().get_one(Wait, row.revisit_wait_id, with_for_update=True, populate_existing=True)
    if wait.ended_at is None:
        wait.ended_at, wait.ended_how, wait.ended_by = clock.now(), how, by_id
    row.revisit_wait_id = None
    session().flush()


@command(may_cast, on=items)
def look_again(actor: Actor, item: WorkItem, form: LookAgain) -> int:
    """Say that a decision stands, with or without another day; or that it is too early, and when it comes back."""
    row = standing(item, STANDING, NOT_DECIDED)
    _refuse_others(actor, item, row)
    if form.verdict == "later" and form.revisit_on is None:
        raise wrong("revisit_on", _(WHICH_DAY))
    if form.revisit_on is not None and form.revisit_on <= today(session()):
        raise wrong("revisit_on", _(NOT_YET))
    no_longer_due(row, actor.person_id, "answered")
    row.revisit_on, row.revisit_after_id = form.revisit_on, None
    if form.verdict == "stands":
        row.looked_at, row.looked_by, row.looked_note = clock.now(), actor.person_id or None, form.note or None
    touch(item)
    session().flush()
    on = form.revisit_on.isoformat() if form.revisit_on else None
    record(DecisionLookedAt(subject=item.id, verdict=form.verdict, note=form.note, revisit_on=on))
    return item.id


@command(may_cast, on=items)
def revise(actor: Actor, item: WorkItem, by: int) -> int:
    """Another decision was drafted (`by`) that takes the place of this one once it is decided. Options called as before
    are explained as before, unless they say something of their own."""
    row = standing(item, STANDING, NOT_DECIDED)
    _refuse_others(actor, item, row)
    no_longer_due(row, actor.person_id, "answered")
    decision_of(by).revises_id = item.id
    before = {option.title: option for option in options_of(item.id)}
    for option in options_of(by):
        known = before.get(option.title)
        if known is not None and not option.body and option.about_id is None:  # a list of titles says no more
            option.body, option.about_id = known.body, known.about_id
            option.cost = known.cost if option.cost is None else option.cost
    session().flush()
    record(DecisionRevised(subject=item.id, other=by))
    return item.id


def _refuse_others(actor: Actor, item: WorkItem, row: Decision) -> None:
    of = select(Wait.of_id).where(Wait.id == row.revisit_wait_id) if row.revisit_wait_id else None
    asked = session().scalar(of) if of is not None else None
    if not (may_run(actor, item) or actor.person_id == row.chair_id or actor.acts_for(asked)):
        raise Forbidden(_(NOT_YOURS))
