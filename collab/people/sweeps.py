"""What time itself sets off here: planned changes of the tree come into force, calendars grow with the years."""

import logging
from datetime import date

from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.db import db

from .commands.calendars import extend_calendars
from .commands.splitting import carry_out_split
from .commands.units import turn_tree
from .models import Organisation, UnitSplit
from .organisation import calendars, founding
from .organisation.tree import closure_is_late

log = logging.getLogger(__name__)


def sweep_tree() -> None:
    """Every minute: has the day come for a planned change?"""
    reading = db.session()
    if reading.scalar(select(Organisation.id)) is None:
        return
    day = founding.today(reading)
    if closure_is_late(reading, day):
        turn_tree(SYSTEM, day)


def sweep_splits() -> None:
    """Every minute: has the day come on which a unit becomes several?"""
    reading = db.session()
    if reading.scalar(select(Organisation.id)) is None:
        return
    due = select(UnitSplit.id).where(
        UnitSplit.on_day <= founding.today(reading),
        UnitSplit.carried_at.is_(None),
        UnitSplit.taken_back_at.is_(None),
        UnitSplit.refused.is_(None),
    )
    for split in list(reading.scalars(due.order_by(UnitSplit.on_day, UnitSplit.id).limit(100))):
        try:
            carry_out_split(SYSTEM, split)
        except Exception:
            log.exception("a unit was not split as planned (%s)", split)


def sweep_calendars() -> None:
    """Every few hours: does some calendar end too soon?"""
    reading = db.session()
    if reading.scalar(select(Organisation.id)) is None:
        return
    years = calendars.years_around(founding.today(reading))
    if calendars.calendars_to_extend(reading, date(years.stop - 1, 12, 31)):
        extend_calendars(SYSTEM)
