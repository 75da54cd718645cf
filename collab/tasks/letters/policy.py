"""Who may read and write letters: whoever sees the item, and whoever may change it. Templates are no secret."""

from typing import Any

from sqlalchemy import ColumnElement, exists, select, true

from collab.core.actor import Actor
from collab.core.envelope import Reach
from collab.work.models import WorkItem
from collab.work.policy import acts
from collab.work.policy import visible_to as item_visible_to

from .models import Letter, LetterTemplate


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """A letter is seen by whoever sees its item."""
    if actor.is_system:
        return true()
    return exists(select(WorkItem.id).where(WorkItem.id == Letter.item_id, item_visible_to(actor)))


def everyone_sees(_actor: Actor) -> ColumnElement[bool]:
    return true()


letters: Reach[Letter] = Reach(Letter, visible_to, inside=(WorkItem, Letter.item_id))
templates: Reach[LetterTemplate] = Reach(LetterTemplate, everyone_sees)


@acts
def may_write(_actor: Actor, _letter: Letter) -> bool:
    """Whoever may change the item; the command looks at it."""
    return True


@acts
def may_manage_templates(actor: Actor, _nothing: None = None) -> bool:
    """Administrators everywhere, heads for their units."""
    return actor.is_administrator or actor.is_system or bool(actor.headed)


@acts
def may_manage_template(actor: Actor, template: Any) -> bool:
    """Administrators every template; heads those of their unit and below."""
    return actor.is_administrator or actor.is_system or template.unit_id in actor.headed
