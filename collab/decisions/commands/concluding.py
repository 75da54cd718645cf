"""What comes after the count: the outcome in words, reasons of dissent, cancelling, carrying out, being superseded."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits, local_day, shown
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _, ngettext
from collab.work.audience import today
from collab.work.models import OPEN_STATES, Wait, WorkItem
from collab.work.policy import items, visible_to
from collab.work.queries.items import is_named, named_by

from ..counted import casting_of, words_of
from ..events import (
    DecisionCancelled,
    DecisionCarriedOut,
    DecisionSuperseded,
    DecisionTaken,
    DissentGiven,
    DissentTakenBack,
    TieBroken,
)
from ..forms import BreakTie, CarriedOut, Dissent, EndVote, Outcome, Supersede
from ..hands import ballots_of, hands_in
from ..having import NOT_CLOSED, NOT_DECIDED, decision_of, item_named, on_roll, options_of, standing, touch
from ..models import Decision, FollowUp, Roll, SecretBallot
from ..otherwise import until, voted_otherwise
from ..policy import may_cast, may_open, may_run
from ..refusals import NotNow
from ..stages import PREPARING, STANDING
from ..weights import repeated
from ..words import COUNTED
from .casting import NOT_ENTITLED
from .chairing import still_chairs
from .closing import count_again
from .revisiting import NOT_YET, no_longer_due
from .unopened import give_up, shut

OVER: Final = N_("This decision is over already.")
NO_TIE: Final = N_("There is no tie to break.")
NOT_CHAIR: Final = N_("Only the chair breaks this tie.")
OF_TIE: Final = N_("Choose one of those that are even.")
FIRST_THE_CHAIR: Final = N_("First the chair breaks the tie.")
NO_SUCH_ITEM: Final = N_("There is no such decision, or it is not for you to see.")
NO_REFERENCE: Final = N_("Write its reference, such as PARKS-25, or choose it from what is offered as you type.")
ITSELF: Final = N_("Name another decision.")
AFTER_ITSELF: Final = N_("Name another matter than this decision.")
BOTH: Final = N_("Give either the option or the choice, not both.")
CIRCLE: Final = N_("That decision is itself superseded by this one.")
GIVEN_UP: Final = N_("That decision was cancelled.")
NOT_TAKEN: Final = N_("That decision is not taken yet. Only one that was taken takes the place of another.")
ENDED: Final = N_("Reasons could be given until %(day)s.")
NOT_OTHERWISE: Final = N_("You did not vote otherwise than it came out.")
OUTCOME_FIRST: Final = N_(
    "%(item)s was voted on, but its outcome is not written yet: write its outcome first, on its page."
)
SUPERSEDING: Final = 0x_5_0C_CE_ED  # held while one decision takes the place of another


@command(may_run, on=items)
def take_decision(actor: Actor, item: WorkItem, form: Outcome) -> int:
    """Write down the outcome in words; the decision is taken. May be worded otherwise later. Raises Conflict while a
    tie is the chair's to break."""
    row = standing(item, ("closed", "decided"), NOT_CLOSED)
    if row.stage == "closed" and row.rule["ties"] == "chair" and (row.result or {}).get("tied"):
        raise NotNow(_(FIRST_THE_CHAIR))
    after = item_named(actor, form.revisit_after, row.revisit_after_id, "revisit_after")
    if after == item.id:
        raise wrong("revisit_after", _(AFTER_ITSELF))
    if form.revisit_on not in (None, row.revisit_on) and form.revisit_on <= today(session()):
        raise wrong("revisit_on", _(NOT_YET))
    if (form.revisit_on, after) != (row.revisit_on, row.revisit_after_id):
        no_longer_due(row, actor.person_id)
    row.outcome, row.revisit_on = form.outcome, form.revisit_on
    row.revisit_after_id, row.revisit_when = after, form.revisit_when or None
    row.outcome_at, row.outcome_by = clock.now(), actor.person_id or None
    touch(item)
    if row.stage == "closed":
        row.stage = "decided"
        shut(actor, item, "done")
    record(DecisionTaken(subject=item.id, revisit_on=form.revisit_on.isoformat() if form.revisit_on else None))
    return item.id


@command(may_cast, on=items)
def break_tie(actor: Actor, item: WorkItem, form: BreakTie) -> int:
    """The chair's casting vote, where the rule gives one; a tie that comes up after it is the chair's again."""
    row = standing(item, ("closed",), NOT_CLOSED)
    result = row.result or {}
    tied = result.get("tied") or []
    if not tied or row.rule["ties"] != "chair":
        raise NotNow(_(NO_TIE))
    if actor.person_id != row.chair_id or not still_chairs(row, today(session())):
        raise Forbidden(_(NOT_CHAIR))
    if form.option is not None and form.choice:
        raise wrong("choice", _(BOTH))
    choice = _chosen(item.id, form)
    if choice not in tied:
        raise wrong("choice" if form.option is None else "option", _(OF_TIE))
    word = {"choice": choice, "reason": form.reason, "by": actor.person_id, "at": clock.now().isoformat()}
    casting = (*casting_of(row.chosen, result), choice)
    row.chosen = word | ({"earlier": words_of(row.chosen)} if row.chosen else {})
    hands = hands_in(result)
    row.result = count_again(row, _choices(row), result["entitled"], result["recused"], casting)
    if hands:
        row.result |= {"hands": hands}
    if not row.result["tied"]:
        end_tie(item.id, actor.person_id)
    touch(item)
    record(TieBroken(subject=item.id, option=choice, reason=form.reason))
    return item.id


def _chosen(item_id: int, form: BreakTie) -> str:
    """What the chair chose, as the result calls it; nothing where there is no such option."""
    if form.option is None:
        return form.choice
    return next((option.title for option in options_of(item_id) if option.id == form.option), "")


def end_tie(item_id: int, by_id: int, how: str = "answered") -> None:
    """The chair's word is expected no more."""
    waits = update(Wait).where(Wait.item_id == item_id, Wait.sense == "tie", Wait.ended_at.is_(None))
    given = {"ended_at": clock.now(), "ended_how": how, "ended_by": by_id}
    session().execute(waits.values(given).execution_options(synchronize_session=False))


def _choices(row: Decision) -> Sequence[Mapping[str, Any]]:
    """The ballots of a closed vote, each as often as it weighs, to be counted again."""
    if hands := hands_in(row.result):
        return ballots_of(hands)
    if row.level == "confidential":
        return list(session().scalars(select(SecretBallot.choice).where(SecretBallot.item_id == row.item_id)))
    query = select(Roll.choice, Roll.weight).where(Roll.item_id == row.item_id, Roll.choice.is_not(None))
    return repeated((line.choice, line.weight) for line in session().execute(query.order_by(Roll.person_id)))


@command(may_open, on=items)
def cancel_decision(actor: Actor, item: WorkItem, form: EndVote) -> int:
    """Give a decision up, with the reason. Ballots of a vote that was open are forgotten."""
    row = decision_of(item)
    if row.stage not in PREPARING:
        raise NotNow(_(OVER))
    row.ended_reason = form.reason
    give_up(actor, item, row)
    record(DecisionCancelled(subject=item.id, reason=form.reason))
    return item.id


@command(may_cast, on=items, lock=False)
def dissent(actor: Actor, item: WorkItem, form: Dissent) -> int:
    """Have one's reasons for voting otherwise written into the minutes by name, within a week of its coming out; an
    empty text takes them back, the same text changes nothing. Raises Conflict where one did not vote otherwise,
    Forbidden who was not entitled."""
    row = decision_of(item, shared=True)
    if row.stage not in COUNTED or row.closed_at is None:
        raise NotNow(_(NOT_CLOSED))
    line = on_roll(item.id, actor.person_id)
    if line is None or line.left_out is not None or line.recused_at is not None:
        raise Forbidden(_(NOT_ENTITLED))
    ends = until(row.closed_at, row.chosen)
    if clock.now() > ends:
        raise NotNow(_(ENDED, day=_day(actor, ends)))
    if (form.text or None) == line.dissent:
        return item.id
    titles = {option.id: option.title for option in options_of(item.id)}
    if form.text and not voted_otherwise(row.rule, row.level, row.result or {}, line.choice, line.cast_at, titles):
        raise NotNow(_(NOT_OTHERWISE))
    line.dissent = form.text or None
    session().flush()
    record(DissentGiven(subject=item.id) if form.text else DissentTakenBack(subject=item.id))
    return item.id


def _day(actor: Actor, at: datetime) -> str:
    calendar: Any = actor.calendar
    return shown(local_day(at, actor.time_zone), calendar=calendar, locale=actor.locale)


@command(may_run, on=items)
def carry_out(actor: Actor, item: WorkItem, form: CarriedOut) -> int:
    """Note that what was decided was carried out. Raises Invalid at `tasks_stay` while tasks that follow from it, as
    far as the actor sees them, are still open, unless they stay so."""
    row = standing(item, ("decided",), NOT_DECIDED)
    if not form.tasks_stay:
        _refuse_open_tasks(actor, item)
    row.stage = "carried-out"
    touch(item)
    record(DecisionCarriedOut(subject=item.id))
    return item.id


def _refuse_open_tasks(actor: Actor, item: WorkItem) -> None:
    following = select(func.count(WorkItem.id)).join(FollowUp, FollowUp.task_id == WorkItem.id)
    left = (
        session().scalar(
            following.where(FollowUp.item_id == item.id, WorkItem.state_kind.in_(OPEN_STATES), visible_to(actor))
        )
        or 0
    )
    if left:
        said = ngettext(
            "%(count)s task that follows from it is still open and stays open.",
            "%(count)s tasks that follow from it are still open and stay open.",
            left,
            count=digits(left),
        )
        raise wrong("tasks_stay", said)


@command(may_run, on=items)
def supersede(actor: Actor, item: WorkItem, form: Supersede) -> int:
    """Note that another decision, which was taken, took the place of this one."""
    session().execute(select(func.pg_advisory_xact_lock(SUPERSEDING)))  # two at once could make a circle
    row = standing(item, ("decided", "carried-out"), NOT_DECIDED)
    if not is_named(form.item.strip()):
        raise wrong("item", _(NO_REFERENCE))
    other = session().scalar(select(WorkItem.id).where(named_by(form.item.strip()), visible_to(actor)))
    # Locked, since in this moment its outcome may be taken back.
    query = select(Decision).where(Decision.item_id == other).with_for_update(read=True)
    found = session().scalar(query.execution_options(populate_existing=True)) if other is not None else None
    if found is None:
        raise wrong("item", _(NO_SUCH_ITEM))
    if found.item_id == item.id:
        raise wrong("item", _(ITSELF))
    if found.stage == "closed":
        raise wrong("item", _(OUTCOME_FIRST, item=session().get_one(WorkItem, found.item_id).reference))
    if found.stage not in (*STANDING, "superseded"):
        raise wrong("item", _(GIVEN_UP if found.stage == "cancelled" else NOT_TAKEN))
    _refuse_circle(item.id, found)
    no_longer_due(row, actor.person_id or None)
    row.stage, row.superseded_by = "superseded", found.item_id
    touch(item)
    record(DecisionSuperseded(subject=item.id, other=found.item_id))
    return item.id


def _refuse_circle(item_id: int, found: Decision) -> None:
    above: Decision | None = found
    for _step in range(100):
        if above is None:
            return
        if above.superseded_by == item_id:
            raise wrong("item", _(CIRCLE))
        above = session().get(Decision, above.superseded_by) if above.superseded_by else None
