"""Whose talk it is, and what the owner's package says about it. The door upward: `Readable` of each package."""

from typing import Final, NamedTuple, cast

from sqlalchemy import BigInteger, ColumnElement, and_, false, literal, or_, true

from collab.core.actor import Actor
from collab.core.errors import NotFound
from collab.core.package import READABLE, Readable

from .models import Conversation

MESSAGE: Final = "message"
"""What files in talks hang on."""


class Owner(NamedTuple):
    """What a talk belongs to: `Owner("work-item", 7)`."""

    kind: str
    id: int


def readable(kind: str) -> Readable:
    """What the owner's package says about talks of this kind. Raises NotFound when no package speaks for it."""
    found = READABLE.get(kind)
    if found is None:
        raise NotFound
    return found


def reads(actor: Actor, owner: Owner, *, at: ColumnElement[int] | None = None) -> ColumnElement[bool]:
    """Whether `actor` may read the talk of `owner`, as SQL; the talk need not exist yet.

    `at` stands for the owner's id where the statement is prepared for every owner of a kind.
    """
    return true() if actor.is_system else readable(owner.kind).criterion(actor, _id(owner) if at is None else at)


def writes(actor: Actor, owner: Owner, *, at: ColumnElement[int] | None = None) -> ColumnElement[bool]:
    """Whether `actor` may also write in it."""
    rule = readable(owner.kind)
    if actor.is_system:
        return true()
    id_ = _id(owner) if at is None else at
    return and_(rule.criterion(actor, id_), rule.writes(actor, id_) if rule.writes else true())


def keeps(actor: Actor, owner: Owner) -> ColumnElement[bool]:
    """Whether `actor` keeps order in the talk of `owner`: whoever heads its unit, keeps the group, heads the item's."""
    rule = readable(owner.kind)
    if actor.is_system:
        return true()
    id_ = _id(owner)
    return and_(rule.criterion(actor, id_), rule.keeps(actor, id_)) if rule.keeps else false()


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one criterion over `conversation`: the owners' packages have each said who reads theirs."""
    if actor.is_system:
        return true()
    return or_(
        false(),
        *(
            and_(
                Conversation.owner_kind == kind,
                rule.criterion(actor, cast("ColumnElement[int]", Conversation.owner_id)),
            )
            for kind, rule in sorted(READABLE.items())
        ),
    )


def own_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same for talks that messaging owns itself: of units and groups, none of other packages' things."""
    kinds = [kind for kind in ("group", "unit") if kind in READABLE]
    owner_id = cast("ColumnElement[int]", Conversation.owner_id)
    return or_(
        false(), *(and_(Conversation.owner_kind == kind, READABLE[kind].criterion(actor, owner_id)) for kind in kinds)
    )


def rooms(owner: Owner) -> list[str]:
    """The rooms of the socket line in which the readers of this talk sit."""
    rule = READABLE.get(owner.kind)
    return rule.rooms(owner.id) if rule and rule.rooms else []


def _id(owner: Owner) -> ColumnElement[int]:
    return literal(owner.id, BigInteger)
