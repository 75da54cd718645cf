"""Instants as the actor reads them."""

from datetime import datetime

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates.clock_time import shown_instant
from collab.core.dates.near import near_instant


class Instants:
    """Says instants relative to now, in the actor's calendar and time zone."""

    def __init__(self, actor: Actor) -> None:
        self.calendar, self.time_zone, self.now = actor.calendar, actor.time_zone, clock.now()

    def __call__(self, instant: datetime | None) -> str:
        if instant is None:
            return ""
        return near_instant(instant, self.now, self.time_zone, calendar=self.calendar)  # type: ignore[arg-type]

    def by_clock(self, instant: datetime) -> str:
        """Day and hour, where things are to be told apart: 27 Nov, 13:05."""
        return shown_instant(instant, self.time_zone, "day", calendar=self.calendar)  # type: ignore[arg-type]
