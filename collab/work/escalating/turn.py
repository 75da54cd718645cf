"""What is to be done today about something awaited, and when to look again. Pure; counted in working days."""

from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from collab.people.calendar.ordinals import OutOfCalendar, WorkingDays

from .rules import Rule

IN_VAIN: Final = 5
"""Working days until it is tried again to find somebody above."""
NOW_AND_THEN: Final = timedelta(days=28)


class Standing(NamedTuple):
    """A wait as it stands. Days are those of the organisation. `ends`: it waits for nothing but its day.

    `nudge_every` and `nudge_most` are its own (None: nobody asked for reminders); `level` and `lapsed`: how far up it
    went, and when last.
    """

    since: date
    until: date | None
    nudge_every: int | None = None
    nudge_most: int | None = None
    nudges: int = 0
    nudged: date | None = None
    level: int = 0
    lapsed: date | None = None
    ends: bool = False
    climbs: bool = True


class Turn(NamedTuple):
    """`act` today, if any; else the day on which to look again (None: nothing will ever be due)."""

    act: Literal["", "end", "lapse", "nudge"]
    look: date | None


def turn(standing: Standing, rule: Rule, today: date, days: WorkingDays, vain: str = "") -> Turn:
    """What is due first. Nothing but a day that came is done on a day that is not worked.

    `vain`: the act that found nobody today. It stays due, and must not hold back the other.
    """
    if standing.ends and standing.until is not None:
        return Turn("end", today) if standing.until <= today else Turn("", standing.until)
    up = lapse_day(standing, rule, days) if vain != "lapse" else None
    again = nudge_day(standing, days) if vain != "nudge" else None
    first = min((day for day in (up, again) if day is not None), default=None)
    if first is None or first > today:
        return Turn("", _no_later(standing, first, today))
    if not days.is_working(today):
        return Turn("", next_working_day(days, today, 1))
    return Turn("lapse" if up == first else "nudge", today)


def _no_later(standing: Standing, first: date | None, today: date) -> date | None:
    """The rule may be another by then: what has a day is looked at once that is over, and now and then afterwards."""
    if standing.until is None or not standing.climbs:
        return first
    look = standing.until + timedelta(days=1) if today <= standing.until else today + NOW_AND_THEN
    return min(first or look, look)


def nudge_day(standing: Standing, days: WorkingDays) -> date | None:
    """The working day of the next reminder; None once there were enough."""
    if not standing.nudge_every or standing.nudges >= (standing.nudge_most or 0):
        return None
    return next_working_day(days, max(standing.since, standing.nudged or standing.since), standing.nudge_every)


def lapse_day(standing: Standing, rule: Rule, days: WorkingDays) -> date | None:
    """The working day on which it goes one level up; None where it does not, or no further.

    Whoever got it when its day was over already has as long as anybody else: it counts from the day they got it.
    """
    if standing.until is None or not standing.climbs or standing.level >= rule.levels:
        return None
    first = next_working_day(days, max(standing.until, standing.since), rule.first_after)
    if standing.lapsed is None or first is None:
        return first
    again = next_working_day(days, standing.lapsed, rule.then_every)
    return max(first, again) if again is not None else None


def next_working_day(days: WorkingDays, day: date, count: int) -> date | None:
    """The `count`-th working day after `day`; None beyond the calendar. What began before it, began with it."""
    try:
        return days.add(max(day, days.first - timedelta(days=1)), count)
    except OutOfCalendar:
        return None
