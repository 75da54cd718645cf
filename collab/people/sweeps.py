"""What time itself sets off here: planned changes of the tree come into force, calendars grow with the years."""

from datetime import date

from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.db import db

from .commands.calendars import extend_calendars
from .commands.units import turn_tree
from .models import Organisation
from .organisation import calendars, founding
from .organisation.tree import closure_is_late


def sweep_tree() -> None:
    """Every minute: has the day come for a planned change?"""
    reading = db.session()
    if reading.scalar(select(Organisation.id)) is None:
        return
    day = founding.today(reading)
    if closure_is_late(reading, day):
        turn_tree(SYSTEM, day)


def sweep_calendars() -> None:
    """Every few hours: does some calendar end too soon?"""
    reading = db.session()
    if reading.scalar(select(Organisation.id)) is None:
        return
    years = calendars.years_around(founding.today(reading))
    if calendars.calendars_to_extend(reading, date(years.stop - 1, 12, 31)):
        extend_calendars(SYSTEM)
