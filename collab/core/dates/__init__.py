"""Days and times as a person reads and types them: Gregorian or Jalali, in English, Greek or Persian.

What is stored is a `date` or a UTC instant; everything here is for showing and for reading what was typed.
"""

from .clock_time import clock, instant_of, local_day, shown_instant
from .near import near_day, near_instant
from .parse import BadDay, parse_day
from .reckoning import Calendar, Style, day_of, month_of, parts
from .shown import digits, shown, shown_range

__all__ = [
    "BadDay",
    "Calendar",
    "Style",
    "clock",
    "day_of",
    "digits",
    "instant_of",
    "local_day",
    "month_of",
    "near_day",
    "near_instant",
    "parse_day",
    "parts",
    "shown",
    "shown_instant",
    "shown_range",
]
