"""Who may do what with a decision. What a decision is of, and who sees it, is said of the work item below it."""

from typing import Any

from collab.core.actor import Actor
from collab.core.venue import Venue
from collab.work.models import WorkItem
from collab.work.policy import acts

KIND = "decision"


@acts
def may_create(actor: Actor, _nothing: None = None) -> bool:
    """Whoever belongs to some unit today: a decision needs one that owns it."""
    return actor.is_system or bool(actor.reach)


def may_create_in(actor: Actor, unit_id: int) -> bool:
    """In a unit one belongs to, heads, or stands in for."""
    return actor.is_system or unit_id in actor.reach


@acts
def may_run(actor: Actor, item: WorkItem) -> bool:
    """Prepare it and see it through: whoever wrote it or holds it, and heads of its unit and above."""
    runs = item.created_by == actor.person_id or actor.acts_for(item.holder_id) or item.unit_id in actor.headed
    return item.kind == KIND and (actor.is_system or runs)


@acts
def may_open(actor: Actor, item: WorkItem) -> bool:
    """Open the vote, and cancel one: whoever heads the unit, or one above it."""
    return item.kind == KIND and (actor.is_system or item.unit_id in actor.headed)


@acts
def may_argue(actor: Actor, item: WorkItem) -> bool:
    """Speak for or against an option or the question: everybody who sees it."""
    return item.kind == KIND and not actor.is_system


@acts
def may_cast(actor: Actor, item: WorkItem) -> bool:
    """Whether it is a decision at all: who is on the roll is asked in the command, which says why not."""
    return item.kind == KIND and not actor.is_system


def leads(actor: Actor, decision: Any) -> bool:
    """Whoever runs it or chairs it: they are told who has to do with what an option is about."""
    return may_run(actor, decision) or (decision.chair_id is not None and actor.person_id == decision.chair_id)


def may_type_hands(actor: Actor, decision: Any, chair_id: int | None, venue: Venue | None) -> bool:
    """Type in the numbers of a show of hands: whoever runs it or chairs it, and whoever keeps the minutes of the
    meeting in which it was begun. Nobody is asked by what was read before: the chair may be another by now."""
    keeps = venue is not None and venue.keeps
    return keeps or may_run(actor, decision) or (chair_id is not None and actor.person_id == chair_id)


def may_print(actor: Actor, item: WorkItem) -> bool:
    """Have its papers: whoever sees it, auditors too, since a paper changes nothing."""
    return item.kind == KIND and not actor.is_system


def system_alone(actor: Actor, item: WorkItem) -> bool:
    """What time sets off."""
    return item.kind == KIND and actor.is_system
