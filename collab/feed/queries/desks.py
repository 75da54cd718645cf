"""Protocols of desks handed over that wait for somebody's signature."""

from typing import Any, Final, NamedTuple

from sqlalchemy import and_, func, or_, select

from collab.core.actor import Actor
from collab.people.models import Party
from collab.work.models import DeskHandover
from collab.work.policy import among

MOST: Final = 20


class Unsigned(NamedTuple):
    """A protocol with the person whose desk it was."""

    id: int
    person_id: int
    label: str
    names: dict[str, str] | None


def unsigned(actor: Actor) -> Any:
    """What this person is still to sign, as one value within another question: the handing over of their own desk, of
    those they handed over, and of desks in units they head."""
    own = and_(DeskHandover.person_id == actor.person_id, DeskHandover.person_signed_at.is_(None))
    theirs = and_(
        DeskHandover.person_id != actor.person_id,
        or_(DeskHandover.unit_id == among(actor.heads), DeskHandover.carried_by == actor.person_id),
        DeskHandover.head_signed_at.is_(None),
    )
    found = (
        select(DeskHandover.id, DeskHandover.person_id, Party.label, Party.names)
        .join(Party, Party.id == DeskHandover.person_id)
        .where(DeskHandover.closed_at.is_(None), or_(own, theirs))
        .order_by(DeskHandover.id.desc())
        .limit(MOST)
        .subquery()
    )
    return select(func.json_agg(func.json_build_array(*found.c))).scalar_subquery()
