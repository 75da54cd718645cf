"""Who may create work, and where. What may be done to an item that exists is said by `collab.work.policy`."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select, true

from collab.core.actor import Actor
from collab.core.envelope import Reach
from collab.people.models import UnitClosure
from collab.work.models import WorkItem
from collab.work.policy import acts, among

from .models import DeadlineRule
from .template_models import TaskTemplate


@acts
def may_create(actor: Actor, _nothing: None = None) -> bool:
    """Whoever belongs to some unit today: an item needs one that owns it."""
    return actor.is_system or bool(actor.reach)


def may_set_reminder(actor: Actor, _item: WorkItem) -> bool:
    """Whoever sees the item, for themselves; auditors too, since it changes nothing for anybody else."""
    return not actor.is_system


def may_create_in(actor: Actor, unit_id: int) -> bool:
    """In a unit one belongs to, heads, or stands in for. Pure: asked inside the command, since it is about a field."""
    return actor.is_system or unit_id in actor.reach


def gives_at_once(actor: Actor, holder_id: int | None, desk_unit_id: int) -> bool:
    """Whether a new item goes to `holder_id` (None: the unit's tray) without being offered first.

    To oneself, one's posts and units, and to anybody in a unit one heads; everybody else is offered it.
    """
    return holder_id is None or actor.is_system or actor.acts_for(holder_id) or desk_unit_id in actor.headed


def everyone_sees(_actor: Actor) -> ColumnElement[bool]:
    """What the law gives is no secret."""
    return true()


rules: Reach[DeadlineRule] = Reach(DeadlineRule, everyone_sees)


@acts
def may_manage_rules(actor: Actor, _nothing: None = None) -> bool:
    """Administrators everywhere, heads in their units: whether there is any rule the actor could make."""
    return actor.is_administrator or actor.is_system or bool(actor.headed)


@acts
def may_manage_rule(actor: Actor, rule: DeadlineRule) -> bool:
    """Administrators every rule; heads those of their unit and below."""
    return actor.is_administrator or actor.is_system or rule.unit_id in actor.headed


def template_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Templates of the units one belongs to or heads, and of those above them; administrators all."""
    if actor.is_system or actor.is_administrator:
        return true()
    above = select(UnitClosure.ancestor_id).where(UnitClosure.descendant_id == among(actor.reach))
    return or_(TaskTemplate.unit_id.in_(above), TaskTemplate.unit_id == among(actor.reach))


templates: Reach[TaskTemplate] = Reach(TaskTemplate, template_visible_to)


@acts
def may_keep_templates(actor: Actor, _thing: Any = None) -> bool:
    """Heads for their units, administrators everywhere: whether there is any template the actor could make."""
    return actor.is_administrator or bool(actor.headed)


@acts
def may_manage_template(actor: Actor, template: TaskTemplate) -> bool:
    """Administrators every template; heads those of their unit and below."""
    return actor.is_administrator or template.unit_id in actor.headed


@acts
def may_use_template(actor: Actor, _template: TaskTemplate) -> bool:
    """Whoever sees it and may create somewhere."""
    return bool(actor.reach)
