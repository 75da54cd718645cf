"""What follows a unit that is closed: what is still in it, by number, and the unit to which it goes."""

from datetime import date
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from collab.core.dates.shown import digits
from collab.core.i18n import ngettext
from collab.core.package import WITH_UNIT, Lying

from ..models import Membership, Post, Unit, UnitEdge

LONGEST: Final = 60
"""Units closed one into the other, in a chain, at most."""


def lying(session: Session, unit_id: int, on: date) -> list[Lying]:
    """What is still in a unit on `on` or later and has to go somewhere, by number; what there is none of, too."""
    people = session.scalar(
        select(func.count(Membership.person_id.distinct())).where(
            Membership.unit_id == unit_id, or_(Membership.valid_to.is_(None), Membership.valid_to > on)
        )
    )
    below = session.scalar(
        select(func.count(UnitEdge.unit_id.distinct())).where(
            UnitEdge.parent_id == unit_id, or_(UnitEdge.valid_to.is_(None), UnitEdge.valid_to > on)
        )
    )
    arriving = session.scalar(
        select(func.count()).where(Unit.into_id == unit_id, Unit.followed_at.is_(None), Unit.valid_to.is_not(None))
    )
    of_others = [each for one in WITH_UNIT if one.lies is not None for each in one.lies(session, unit_id)]
    return [_people(people or 0), _below(below or 0), _arriving(arriving or 0), *of_others]


def posts_ending(session: Session, unit_id: int, on: date) -> Lying:
    """How many posts there are that would end with a unit, its head's included."""
    running = or_(Post.valid_to.is_(None), Post.valid_to > on)
    number = session.scalar(select(func.count()).where(Post.unit_id == unit_id, running)) or 0
    return Lying("posts", number, ngettext("%(count)s post", "%(count)s posts", number, count=digits(number)))


def _people(number: int) -> Lying:
    says = ngettext("%(count)s person", "%(count)s people", number, count=digits(number))
    return Lying("people", number, says)


def _below(number: int) -> Lying:
    says = ngettext("%(count)s unit below", "%(count)s units below", number, count=digits(number))
    return Lying("units_below", number, says)


def _arriving(number: int) -> Lying:
    says = ngettext(
        "%(count)s unit that it takes over", "%(count)s units that it takes over", number, count=digits(number)
    )
    return Lying("units_arriving", number, says)


def successor(session: Session, unit_id: int, day: date) -> int | None:
    """The unit, open on `day`, to which what lies in a closed unit goes; None when there is none.

    The one named when it was closed, and if that is closed too the one that took that over. Where none was named,
    since nothing lay there then, the unit above.
    """
    at: int | None = unit_id
    for _step in range(LONGEST):
        unit = session.execute(select(Unit.valid_from, Unit.valid_to, Unit.into_id).where(Unit.id == at)).first()
        if unit is None:
            return None
        if unit.valid_from <= day and (unit.valid_to is None or unit.valid_to > day):
            return at
        at = unit.into_id if unit.into_id is not None else _last_above(session, at or 0)
    return None


def _last_above(session: Session, unit_id: int) -> int | None:
    return session.scalar(
        select(UnitEdge.parent_id).where(UnitEdge.unit_id == unit_id).order_by(UnitEdge.valid_from.desc()).limit(1)
    )
