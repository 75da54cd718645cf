"""Whom a message that is to be confirmed asks: one rule for whoever is asked and for whoever counts those missing."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, cast, exists, func, literal, or_, select

from collab.people.models import Membership, Organisation, UnitClosure
from collab.people.standing import valid_on


def is_asked(person_id: Any, audience_id: Any, said_at: Any, today: date) -> ColumnElement[bool]:
    """Whoever belongs today to a unit that it is for, or to one below, and belonged to one on the day it was said: who
    came later is asked for nothing that was said before them. What is said to all asks whoever belonged anywhere then,
    and those who belong to no unit, of whom nobody knows since when they are here.

    People, audience and moment are columns or values, as whoever asks has them.
    """
    zone = func.coalesce(select(Organisation.time_zone).scalar_subquery(), "UTC")
    audience = literal(audience_id, BigInteger) if audience_id is None or isinstance(audience_id, int) else audience_id
    then = _belonged(person_id, audience, cast(func.timezone(zone, said_at), Date))
    now = _belonged(person_id, audience, today)
    return or_(audience.is_(None), now) & or_(then, ~now)


def _belonged(person_id: Any, audience: ColumnElement[Any], day: Any) -> ColumnElement[bool]:
    under = exists(
        select(UnitClosure.ancestor_id).where(
            UnitClosure.ancestor_id == audience, UnitClosure.descendant_id == Membership.unit_id
        )
    )
    return exists(
        select(Membership.id)
        .where(Membership.person_id == person_id, valid_on(Membership, day), or_(audience.is_(None), under))
        .correlate_except(Membership)
    )
