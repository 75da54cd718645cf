"""Who may do what with a meeting. Who sees it is said of the work item below it: its unit, and whoever is invited."""

from typing import Any

from collab.core.actor import Actor
from collab.work.models import WorkItem
from collab.work.policy import acts

KIND = "meeting"


@acts
def may_plan(actor: Actor, _nothing: None = None) -> bool:
    """Whoever belongs to some unit today."""
    return actor.is_system or bool(actor.reach)


@acts
def may_take_part(actor: Actor, item: WorkItem) -> bool:
    """Whether it is a meeting at all: chair, secretary and who is invited stand in its row, which commands ask."""
    return item.kind == KIND and not actor.is_system


def may_print(actor: Actor, item: WorkItem) -> bool:
    """Have the minutes on paper: whoever sees them, auditors too."""
    return item.kind == KIND and not actor.is_system


@acts
def leads(actor: Actor, meeting: Any) -> bool:
    """Run it: chair and secretary, whoever called it, and heads of its unit. `meeting` has the columns of both."""
    mine = actor.acts_for(meeting.chair_id) or actor.acts_for(meeting.secretary_id)
    return mine or meeting.created_by == actor.person_id or meeting.unit_id in actor.headed


def may_begin_vote(actor: Actor, meeting: Any) -> bool:
    """Open a vote in it: whoever runs it and heads its unit, as votes are opened everywhere."""
    return leads(actor, meeting) and meeting.unit_id in actor.headed


@acts
def may_approve(actor: Actor, meeting: Any) -> bool:
    """Approve the minutes: the chair, or whoever stands in for them."""
    return actor.acts_for(meeting.chair_id)
