"""Where people of the cast stand, by id, for tests that move them."""

from sqlalchemy import select

from collab.core.db import db
from collab.people.models import Membership


def membership_of(person_id: int) -> int:
    """The membership somebody has."""
    found = select(Membership.id).where(Membership.person_id == person_id).order_by(Membership.id.desc())
    return db.session.scalars(found).first() or 0
