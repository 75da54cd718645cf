"""The beginning: the one row of the organisation and its working calendar."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from collab.core import clock

from ..calendar.rules import WEEKENDS
from ..models import Organisation
from .calendars import add_calendar, regenerate, years_around


def found(
    session: Session,
    name: str,
    *,
    names: dict[str, str] | None = None,
    locale: str = "en",
    time_zone: str = "Europe/Athens",
    country: str | None = "GR",
) -> bool:
    """Found the organisation with a calendar of its country. False when there was one already."""
    row = {"id": 1, "name": name, "names": names or {}, "locale": locale, "time_zone": time_zone}
    made = session.execute(insert(Organisation).values(row).on_conflict_do_nothing().returning(Organisation.id))
    if made.scalar() is None:
        return False
    calendar = add_calendar(session, name, country, WEEKENDS.get(country or "", WEEKENDS["GR"]))
    regenerate(session, calendar, years_around(today(session)), locale)
    session.get_one(Organisation, 1).calendar_id = calendar
    session.flush()
    return True


def today(session: Session) -> date:
    """The day it is in the organisation."""
    zone = session.scalar(select(Organisation.time_zone).where(Organisation.id == 1))
    return clock.today(zone or "UTC")
