"""Making the sample: found the town, tell its stories, tidy the inboxes. Goes on where it was cut short."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.people.models import Person, Skill
from collab.work.models import WorkItem

from . import town
from .rules import make_rules
from .skills import make_skills
from .telling import settle_inboxes, tell
from .world import World

UNREAD_DAYS = 2
"""Working days of news that nobody has read yet."""


def make(heard: Callable[[int], None] = lambda _step: None) -> int:
    """Make what is missing of the sample. The number of items there are now, or 0 when nothing was missing."""
    now = clock.now()
    if town.is_empty():
        with clock.standing_at(now - timedelta(days=365 * town.YEARS_BACK)):
            town.found_town(SYSTEM)
            make_rules()
    elif _is_complete():
        return 0
    world = World(town.town(), now)
    tell(world, heard)
    if db.session.scalar(select(Skill.id).limit(1)) is None:
        make_skills(world.town)
    settle_inboxes(SYSTEM, world.morning(UNREAD_DAYS))
    return db.session.scalar(select(func.count()).select_from(WorkItem)) or 0


def _is_complete() -> bool:
    """The last step of making it is that everybody has looked at their day."""
    return db.session.scalar(select(Person.id).where(Person.looked_at.is_(None)).limit(1)) is None
