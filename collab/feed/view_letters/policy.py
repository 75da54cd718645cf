"""Who may have a view by mail."""

from collab.core.actor import Actor
from collab.work.models import SavedView
from collab.work.policy import may_pin_view


def may_have_by_mail(actor: Actor, view: SavedView) -> bool:
    """Every person who sees it; no program."""
    return may_pin_view(actor, view) and not actor.bot
