"""Who may read and remove a file: whoever owns the thing it hangs on has said so (`Holds`)."""

from typing import TYPE_CHECKING, cast

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from collab.core.actor import Actor
from collab.core.envelope import Reach
from collab.core.package import HOLDS

from .models import Attachment, Paper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collab.core.package import Criterion

DRAFT = "draft"
PAPER = "paper"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one criterion over `attachment`: the owners' packages have each said who reads theirs."""
    if actor.is_system:
        return true()
    return or_(
        and_(Attachment.owner_kind == DRAFT, Attachment.owner_id == actor.person_id),
        and_(
            Attachment.owner_kind == PAPER,
            exists(select(Paper.id).where(Paper.id == Attachment.owner_id, Paper.wanted_by == actor.person_id)),
        ),
        *(_on(kind, rule.criterion, actor) for kind, rule in sorted(HOLDS.items())),
    )


def visible_on(actor: Actor, kinds: "Iterable[str]") -> ColumnElement[bool]:
    """The same for files that hang on things of these kinds alone."""
    return true() if actor.is_system else or_(*(_on(kind, HOLDS[kind].criterion, actor) for kind in sorted(kinds)))


def removable_by(actor: Actor) -> ColumnElement[bool]:
    """Files that the actor gave, or that hang on what they oversee. For those who may see them."""
    if actor.is_auditor:
        return false()
    return or_(
        Attachment.added_by == actor.person_id,
        *(_on(kind, rule.oversees, actor) for kind, rule in sorted(HOLDS.items()) if rule.oversees),
    )


def _on(kind: str, criterion: "Criterion", actor: Actor) -> ColumnElement[bool]:
    return and_(Attachment.owner_kind == kind, criterion(actor, cast("ColumnElement[int]", Attachment.owner_id)))


def may_remove(actor: Actor, attachment: Attachment) -> bool:
    """One's own; heads remove what hangs on what they oversee (the command looks where it hangs)."""
    return actor.is_system or (not actor.is_auditor and (attachment.added_by == actor.person_id or bool(actor.headed)))


attachments: Reach[Attachment] = Reach(Attachment, visible_to)
