"""What this actor may do next with an item, as the same rules say that the commands ask."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from collab.core.actor import Actor

from .. import policy
from ..queries.shapes import HandoverLine, Item, Row, WaitLine


@dataclass(frozen=True, slots=True)
class May:
    """Yes or no for each act."""

    take_part: bool
    change: bool
    begin: bool
    close: bool
    reopen: bool
    assign: bool
    hand_over: bool
    take: bool


def may_do(actor: Actor, item: Item) -> May:
    """Over the item as it was read; the command asks again over the item as it is then."""
    it: Any = item  # carries the columns the rules look at
    return May(
        take_part=policy.may_take_part(actor, it),
        change=policy.may_change(actor, it),
        begin=policy.may_begin(actor, it) and it.state_kind == "new",
        close=policy.may_close(actor, it),
        reopen=policy.may_reopen(actor, it),
        assign=policy.may_assign(actor, it) and policy.is_open(it),
        hand_over=policy.may_hand_over(actor, it) and item.offer is None,
        take=policy.may_take(actor, it),
    )


class _OfRow(NamedTuple):
    """The columns of a row that the rules look at, under the names of the table."""

    holder_id: int | None
    desk_unit_id: int
    unit_id: int
    state_kind: str
    created_by: int
    kind: str


@dataclass(frozen=True, slots=True)
class MayInList:
    take: bool
    assign: bool
    change: bool


def may_do_in_list(actor: Actor, row: Row) -> MayInList:
    """What may be done from the line of a list; no query."""
    it: Any = _OfRow(
        row.holder.id if row.holder else None, row.desk.id, row.unit.id, row.state_kind, row.created_by, row.kind
    )
    return MayInList(
        take=policy.may_take(actor, it),
        assign=policy.may_assign(actor, it) and policy.is_open(it),
        change=policy.may_change(actor, it),
    )


@dataclass(frozen=True, slots=True)
class MayWait:
    answer: bool
    withdraw: bool
    nudge: bool
    take: bool
    escalate: bool
    by_mail: bool


def may_with_wait(actor: Actor, wait: WaitLine, item: Item | None = None) -> MayWait:
    """`item`: the one it is on, where that was read; without it nothing is taken up from here."""
    it: Any = wait
    answerable = wait.sense not in ("task", "handover", "vote", "advice", "invitation", "tie", "revisit")
    return MayWait(
        answer=answerable and policy.may_answer(actor, it),
        withdraw=policy.may_withdraw(actor, it),
        nudge=policy.may_nudge(actor, it) and not actor.acts_for(wait.of_id) and wait.of_id is not None,
        take=(answerable or wait.sense == "advice") and policy.may_take_wait(actor, it),
        escalate=item is not None
        and item.reach != "named"
        and policy.may_escalate(actor, it)
        and (policy.asked_for(actor, it) or item.desk.id in actor.headed)
        and not expected_of(actor, wait),
        by_mail=wait.sense == "answer"
        and wait.of is not None
        and wait.of.kind == "outsider"
        and policy.may_withdraw(actor, it),
    )


def acts_of(may: MayWait, wait: WaitLine) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands open about a question and what below More: two are enough, for one or two may be the next."""
    outside = wait.of is not None and wait.of.kind == "outsider"
    order = ("answer", "nudge", "take") if outside else ("take", "nudge", "answer")
    acts = [code for code in order if getattr(may, code)]
    seldom = [code for code in ("by_mail", "escalate", "withdraw") if getattr(may, code)]
    if wait.sense == "lapse":
        seldom = [code for code in seldom if code != "escalate"]
    return tuple(acts[:2]), (*acts[2:], *seldom)


def expected_of(actor: Actor, wait: WaitLine) -> bool:
    """Whether the answer is this actor's to give, rather than to write down for somebody."""
    if wait.taken_by is not None:
        return wait.taken_by == actor.person_id
    return actor.acts_for(wait.of_id)


def may_decide(actor: Actor, handover: HandoverLine) -> bool:
    it: Any = handover
    return policy.may_decide_handover(actor, it)


def may_take_back(actor: Actor, handover: HandoverLine) -> bool:
    it: Any = handover
    return policy.may_take_back(actor, it)


def may_put_off(actor: Actor, wait: WaitLine) -> bool:
    it: Any = wait
    return policy.may_put_off(actor, it)
