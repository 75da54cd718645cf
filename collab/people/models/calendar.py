"""Working calendars: rules, corrections by hand, and the days they come to."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import ARRAY, INTEGER, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Calendar(Base):
    """Which weekdays are free (Monday is 0) and whose holidays count; a unit names one or inherits it.

    `feasts` are those of the place, the same day each year: `[{"month": 10, "day": 26, "name": "…"}]`.
    """

    __tablename__ = "calendar"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    country: Mapped[str | None]  # ISO 3166; None: no public holidays
    subdivision: Mapped[str | None]
    weekend: Mapped[list[int]] = mapped_column(ARRAY(INTEGER))
    feasts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]", default=list)
    version: Mapped[int] = mapped_column(server_default="1", default=1)


class CalendarDay(Base):
    """A correction made by hand: a local feast, a day worked or not worked against the rule."""

    __tablename__ = "calendar_day"

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name: Mapped[str]


class WorkingDay(Base):
    """Every day of a calendar with its ordinal: the number of working days up to and including it.

    Working days between two days are one subtraction of two index reads.
    """

    __tablename__ = "working_day"

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    ordinal: Mapped[int]
    name: Mapped[str | None]
