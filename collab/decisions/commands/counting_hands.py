"""A show of hands is typed in: its numbers close the vote and are counted by its rule. What was typed in wrongly is
corrected with a reason, until the minutes stand."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _, ngettext
from collab.core.venue import Venue, venue_of
from collab.work.ball import settle
from collab.work.models import WorkItem
from collab.work.policy import items

from ..counted import words_of
from ..events import HandsCorrected, HandsCounted
from ..forms import CorrectHands, CountHands
from ..hands import ballots_of, by_hands, hands_in, settled_words
from ..having import NOT_CLOSED, decision_of, touch
from ..models import Decision, Roll
from ..policy import may_cast, may_type_hands
from ..refusals import NotNow, refuse_not_open
from ..roll import entitled_of, roll_of
from ..weights import votes
from ..words import COUNTED
from .chairing import keep_chair
from .closing import await_tie, close, count_again
from .concluding import end_tie
from .revisiting import no_longer_due

NOT_YOURS: Final = N_(
    "The numbers are typed in by the chair, by whoever runs the vote, and by whoever keeps the minutes of its meeting."
)
BY_BALLOT: Final = N_("In this vote everybody casts a ballot of their own; there are no numbers to type in.")
ONCE: Final = N_("The numbers were typed in already. Where they are wrong, correct them with the reason.")
SAME: Final = N_("These are the numbers that stand there already.")
TOOK_PLACE: Final = N_(
    "With these numbers another result comes out, and by its outcome this decision already took the place of another. "
    "Put the question to a new vote."
)


@command(may_cast, on=items)
def count_hands(actor: Actor, item: WorkItem, form: CountHands) -> int:
    """Type in how many hands were shown, once; the vote closes and is counted. For its chair, whoever runs it, and
    whoever keeps the minutes of the meeting in which it was begun."""
    row, at = decision_of(item), clock.of_database(session())
    _refuse_others(actor, item, row, venue_of(actor, item.id))
    if hands_in(row.result):
        raise NotNow(_(ONCE))
    refuse_not_open(actor, row, at)
    lines = roll_of(item.id)
    _refuse_too_many(lines, form)
    numbers = _numbers(form)
    record(HandsCounted(subject=item.id, **numbers))
    return close(actor, item, row, lines, at, numbers | {"by": actor.person_id, "at": at.isoformat()})


@command(may_cast, on=items)
def correct_hands(actor: Actor, item: WorkItem, form: CorrectHands) -> int:
    """Correct what was typed in, or type in after the hour what was not, with the reason; it is counted again.

    Until the minutes of its meeting are approved; of a vote without a meeting until its outcome is written down. Where
    the result turns, a chair's word and an outcome that had been written down stand no more, and come anew."""
    row, at = decision_of(item), clock.of_database(session())
    place = venue_of(actor, item.id, hold=True)
    _refuse_others(actor, item, row, place)
    if row.stage not in COUNTED or not row.result:
        raise NotNow(_(NOT_CLOSED))
    if settled := settled_words(row.stage, place):
        raise NotNow(settled)
    before, numbers = hands_in(row.result) or {}, _numbers(form)
    _refuse_too_many(roll_of(item.id), form)
    if numbers.items() <= before.items():
        raise wrong("yes", _(SAME))
    turned = _count(actor, item, row, form, at)
    record(
        HandsCorrected(
            subject=item.id, **numbers, reason=form.reason, taken_back=turned,
            **{f"{name}_before": before.get(name, 0) for name in numbers},
        )
    )  # fmt: skip
    return item.id


def _count(actor: Actor, item: WorkItem, row: Decision, form: CorrectHands, at: datetime) -> bool:
    """Count these numbers in the place of those that stood there. Returns whether a written outcome went with them."""
    old: dict[str, Any] = row.result or {}
    hands = hands_in(old) or {}
    stood = {name: said for name, said in hands.items() if name != "before"} | {"reason": form.reason}
    typed = _numbers(form) | {"by": actor.person_id, "at": at.isoformat()}
    if row.chosen:
        stood["chosen"], row.chosen = words_of(row.chosen), None
    counted = count_again(row, ballots_of(typed), old["entitled"], old["recused"])
    turned = row.stage == "decided" and _came_out(counted) != _came_out(old)
    if turned:
        stood["outcome"] = row.outcome
    row.result = counted | {"hands": typed | {"before": [*hands.get("before", ()), stood]}}
    if turned:
        _take_back(actor, item, row)
    end_tie(item.id, actor.person_id, "withdrawn")
    if counted["tied"] and row.rule["ties"] == "chair" and row.chair_id is not None and row.stage == "closed":
        keep_chair(item, row)
        await_tie(item, row, at)
    touch(item)
    session().flush()
    return turned


def _came_out(result: dict[str, Any]) -> tuple[Any, ...]:
    return result["outcome"], result["winners"]


def _take_back(actor: Actor, item: WorkItem, row: Decision) -> None:
    """The outcome is to be written down anew. Raises NotNow where another decision was already replaced by it."""
    if session().scalar(select(Decision.item_id).where(Decision.superseded_by == item.id).limit(1)) is not None:
        raise NotNow(_(TOOK_PLACE))
    no_longer_due(row, actor.person_id)
    row.stage, row.outcome, row.outcome_at, row.outcome_by = "closed", None, None, None
    item.state_kind, item.closed_at = "active", None
    settle(item, actor.person_id, clock.now())


def _refuse_others(actor: Actor, item: WorkItem, row: Decision, place: Venue | None) -> None:
    if not may_type_hands(actor, item, row.chair_id, place):
        raise Forbidden(_(NOT_YOURS))
    if not by_hands(row.rule):
        raise NotNow(_(BY_BALLOT))


def _numbers(form: CountHands) -> dict[str, int]:
    return {"yes": form.yes, "no": form.no, "abstained": form.abstained}


def _refuse_too_many(lines: list[Roll], form: CountHands) -> None:
    """Raises Invalid where these are more hands than people who may raise one."""
    able, shown = votes(entitled_of(lines)[0]), form.yes + form.no + form.abstained
    if shown > able:
        raise wrong(
            "yes",
            ngettext(
                "These are %(shown)s hands, and only %(able)s person is present and entitled.",
                "These are %(shown)s hands, and only %(able)s people are present and entitled.",
                able,
                shown=digits(shown),
                able=digits(able),
            ),
        )
