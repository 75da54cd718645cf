"""Who may see a work item and who may do what to it. One criterion serves every list, look-up and count.

Rights as in docs/guides/rights.md: own units and organisation-wide items, what one takes part in; heads everything in
the unit and below; auditors everything; and none of that for items open to named people only.
"""

import functools
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Select, and_, any_, bindparam, exists, func, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.expression import CollectionAggregate

from collab.core.actor import Actor
from collab.core.envelope import Reach
from collab.people.policy import may_read_figures

from .models import (
    OF_EACH,
    OPEN_STATES,
    DeskHandover,
    EscalationRule,
    Handover,
    Participant,
    SavedView,
    Wait,
    WorkItem,
)
from .over import while_awaited, while_closed, while_in_tray, while_offered, while_open, while_untaken

T = TypeVar("T")


def among(ids: Iterable[int]) -> CollectionAggregate[bool]:
    """`any(:ids)` as one bound array, so that the statement is the same for a clerk and a mayor."""
    return any_(bindparam(None, sorted(ids), type_=ARRAY(BigInteger), unique=True))


def takes_part(actor: Actor) -> ColumnElement[bool]:
    """Actor, one of their posts or units takes or took part. Named-only items: the person themselves, and still."""
    named = and_(Participant.until.is_(None), Participant.party_id == actor.person_id)
    return exists(
        select(Participant.item_id).where(
            Participant.item_id == WorkItem.id,
            Participant.party_id == among(actor.parties),
            or_(WorkItem.reach != "named", named),
        )
    )


def hashed(ids: Iterable[int]) -> Select[tuple[int]]:
    """The same ids for `in_`, where no index can lead: each row is looked up in a hash, not held against the 400 units
    of a mayor one after the other."""
    return select(func.unnest(bindparam(None, sorted(ids), type_=ARRAY(BigInteger), unique=True)))


@functools.lru_cache(maxsize=512)
def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one criterion over `work_item`. Out of it, an item does not exist for this actor.

    It follows from the actor alone and every page asks for it several times, so it is made once and remembered.
    """
    if actor.is_system:
        return true()
    if actor.is_auditor:
        return or_(WorkItem.reach != "named", takes_part(actor))
    return or_(
        WorkItem.reach == "all",
        and_(WorkItem.reach == "unit", WorkItem.unit_id.in_(hashed(actor.reach))),
        takes_part(actor),
    )


def wait_visible_to(actor: Actor) -> ColumnElement[bool]:
    """A wait is seen by whoever sees its item, is awaited, or asked; that a vote is expected by its voter alone."""
    if actor.is_system:
        return true()
    on_item = exists(select(WorkItem.id).where(WorkItem.id == Wait.item_id, visible_to(actor)))
    seen = or_(on_item, and_(Wait.item_id.is_(None), Wait.of_id == among(actor.parties)), Wait.by_id == actor.person_id)
    return and_(seen, or_(Wait.sense != "vote", own_vote(actor)))


def own_vote(actor: Actor) -> ColumnElement[bool]:
    """Waits on the actor, or on whom they stand in for as far as that was left to them. A wait for a vote goes when the
    ballot comes: whoever saw those of others could tell who has voted, and when."""
    standing_in = and_(Wait.of_id == among(actor.substitutes), Wait.taken_by.is_(None))
    return or_(Wait.of_id == actor.person_id, Wait.taken_by == actor.person_id, standing_in)


def handover_visible_to(actor: Actor) -> ColumnElement[bool]:
    if actor.is_system:
        return true()
    return exists(select(WorkItem.id).where(WorkItem.id == Handover.item_id, visible_to(actor)))


def view_visible_to(actor: Actor) -> ColumnElement[bool]:
    """A saved view is its owner's, and of those in the unit it is shared with."""
    if actor.is_system:
        return true()
    return or_(SavedView.owner_id == actor.person_id, SavedView.unit_id == among(actor.reach))


def desk_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The protocol of a desk: whose desk it was, whoever handed it over or heads the unit, and administrators."""
    if actor.is_system or actor.is_administrator:
        return true()
    mine = or_(DeskHandover.person_id == actor.person_id, DeskHandover.carried_by == actor.person_id)
    return or_(mine, DeskHandover.unit_id == among(actor.headed))


items: Reach[WorkItem] = Reach(WorkItem, visible_to)
waits: Reach[Wait] = Reach(Wait, wait_visible_to, inside=(WorkItem, Wait.item_id))
handovers: Reach[Handover] = Reach(Handover, handover_visible_to, inside=(WorkItem, Handover.item_id))
desks: Reach[DeskHandover] = Reach(DeskHandover, desk_visible_to)
views: Reach[SavedView] = Reach(SavedView, view_visible_to)


KEPT: Final = frozenset({"decision", "meeting"})
"""Kinds whose items change and end by the verbs of their own package: a vote that is open is not edited or finished.
Who has one is assigned and taken as for every item."""


def is_kept(item: Any) -> bool:
    return getattr(item, "kind", "") in KEPT


def is_open(item: WorkItem) -> bool:
    return item.state_kind in OPEN_STATES


def heads(actor: Actor, item: WorkItem) -> bool:
    """Whether the actor heads the unit that owns the item or the one it lies in."""
    return item.unit_id in actor.headed or item.desk_unit_id in actor.headed


def acts(rule: Callable[[Actor, T], bool]) -> Callable[[Actor, T], bool]:
    """Auditors read and change nothing, whatever else they may be."""

    @functools.wraps(rule)
    def ask(actor: Actor, thing: T) -> bool:
        return not actor.is_auditor and rule(actor, thing)

    return ask


@acts
def may_take_part(_actor: Actor, _item: WorkItem) -> bool:
    """Talk, ask and follow: whoever sees the item (loading it within `visible_to` was the question)."""
    return True


@acts
def may_change(actor: Actor, item: WorkItem) -> bool:
    """Change what one holds; heads in the unit and below; the creator while nobody holds it."""
    if is_kept(item):
        return False
    unheld = item.holder_id is None and item.created_by == actor.person_id
    return actor.is_system or actor.acts_for(item.holder_id) or heads(actor, item) or unheld


@while_open
@acts
def may_close(actor: Actor, item: WorkItem) -> bool:
    return may_change(actor, item)


@while_open
@acts
def may_begin(actor: Actor, item: WorkItem) -> bool:
    """Begin to work on it: whoever may change it. What was begun already stays so."""
    return may_change(actor, item)


@while_closed
@acts
def may_reopen(actor: Actor, item: WorkItem) -> bool:
    mine = item.created_by == actor.person_id and not is_kept(item)
    return may_change(actor, item) or mine


@acts
def may_assign(actor: Actor, item: WorkItem) -> bool:
    """Give it to somebody at once: heads of the unit in which it lies."""
    return actor.is_system or item.desk_unit_id in actor.headed


@while_open
@acts
def may_hand_over(actor: Actor, item: WorkItem) -> bool:
    return may_change(actor, item)


@while_untaken
@acts
def may_take(actor: Actor, item: WorkItem) -> bool:
    """Take it out of a tray: whoever belongs to the unit that holds it, or finds nobody holding it there."""
    return item.desk_unit_id in actor.reach


@while_awaited
@acts
def may_answer(actor: Actor, wait: Wait) -> bool:
    """End a wait: the awaited; or whoever asked, writing down what an outsider said."""
    return (
        actor.is_system
        or actor.acts_for(wait.of_id)
        or actor.acts_for(wait.taken_by)
        or wait.by_id == actor.person_id
        or (wait.by_unit_id is not None and wait.by_unit_id in actor.reach)
    )


@while_awaited
def may_acknowledge(actor: Actor, wait: Wait) -> bool:
    """Confirm having read something: whoever is awaited themselves, auditors too, and no substitute for them."""
    return wait.sense == "acknowledgement" and wait.of_id in actor.named_parties


@while_awaited
@acts
def may_withdraw(actor: Actor, wait: Wait) -> bool:
    """Whoever asked, or the head of the unit that asked."""
    asked = wait.by_id == actor.person_id or (wait.by_unit_id is not None and wait.by_unit_id in actor.headed)
    ends_otherwise = wait.sense in ("task", "handover", "approval", "revisit", *OF_EACH)
    return not ends_otherwise and (asked or actor.is_system)


@while_awaited
@acts
def may_nudge(actor: Actor, wait: Wait) -> bool:
    """Whoever asked, or anybody of the unit that asked."""
    return wait.by_id == actor.person_id or (wait.by_unit_id is not None and wait.by_unit_id in actor.reach)


@while_awaited
@acts
def may_escalate(actor: Actor, wait: Wait) -> bool:
    """Whoever asked, of a task whoever heads the unit that gave it; heads of where it lies are asked for in the
    command, which knows where that is."""
    return wait.sense not in ("lapse", *OF_EACH) and (asked_for(actor, wait) or bool(actor.headed))


def asked_for(actor: Actor, wait: Wait) -> bool:
    """Whether it is expected for this actor or their unit."""
    units = actor.headed if wait.sense == "task" else actor.reach
    return wait.by_id == actor.person_id or (wait.by_unit_id is not None and wait.by_unit_id in units)


@while_in_tray
@acts
def may_take_wait(actor: Actor, wait: Wait) -> bool:
    """Anybody of the unit in whose tray it lies."""
    return (wait.of_id if wait.tray_unit_id is None else wait.tray_unit_id) in actor.reach


@while_offered
@acts
def may_decide_handover(actor: Actor, handover: Handover) -> bool:
    """Accept or return: whom it was offered to, or anybody who heads that unit."""
    return actor.acts_for(handover.to_id) or handover.to_unit_id in actor.headed


@while_offered
@acts
def may_take_back(actor: Actor, handover: Handover) -> bool:
    return handover.offered_by == actor.person_id or handover.from_unit_id in actor.headed


def may_put_off(actor: Actor, wait: Wait) -> bool:
    """Not see it on one's own day for a while: everybody on whose day it stands."""
    own = wait.of_id in ((actor.parties - actor.reach) | actor.substitutes) and wait.taken_by is None
    tray = wait.tray_unit_id is not None and wait.tray_unit_id in actor.heads
    return wait.ended_at is None and (own or tray or wait.taken_by == actor.person_id)


@acts
def may_hand_desk(actor: Actor, person: Any) -> bool:
    """Hand over the desk of somebody: who heads a unit of theirs (the command looks which); never one's own."""
    return bool(actor.headed) and person.id != actor.person_id


@acts
def may_sign_desk(actor: Actor, desk: DeskHandover) -> bool:
    """Whose desk it was, and whoever heads the unit."""
    return actor.person_id == desk.person_id or desk.unit_id in actor.headed


def may_change_view(actor: Actor, view: SavedView) -> bool:
    """Whoever saved it, of a shared one while they belong to its unit; and who heads that unit."""
    if view.unit_id is None:
        return view.owner_id == actor.person_id
    return view.unit_id in actor.headed or (view.owner_id == actor.person_id and view.unit_id in actor.reach)


def may_pin_view(actor: Actor, _view: SavedView) -> bool:
    """Everybody who sees it, in their own sidebar."""
    return not actor.is_system


@acts
def may_print_figures(actor: Actor, unit: Any) -> bool:
    """Those figures on paper: the same people. Auditors read them on the page."""
    return may_read_figures(actor, unit.id)


def may_read_people(actor: Actor, unit_id: int) -> bool:
    """Figures by person in a unit: who heads it or a unit above. Everybody else reads their own line alone."""
    return unit_id in actor.headed and not actor.is_auditor


def everyone_sees(_actor: Actor) -> ColumnElement[bool]:
    """When somebody is reminded, and to whom things go up, is no secret."""
    return true()


rules: Reach[EscalationRule] = Reach(EscalationRule, everyone_sees)


@acts
def may_manage_rules(actor: Actor, _nothing: None = None) -> bool:
    """Administrators everywhere, heads in their units: whether there is any rule the actor could make."""
    return actor.is_administrator or actor.is_system or bool(actor.headed)


@acts
def may_manage_rule(actor: Actor, rule: EscalationRule) -> bool:
    """Administrators every rule; heads those of their unit and below."""
    return actor.is_administrator or actor.is_system or rule.unit_id in actor.headed
