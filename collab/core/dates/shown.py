"""A day as text. Every page shows dozens, so each is made once and remembered."""

from datetime import date
from functools import lru_cache
from typing import Final

from ..i18n import locale as spoken
from .names import MONTHS, MONTHS_ALONE, SHORT_MONTHS, WEEKDAYS
from .reckoning import Calendar, Style, parts

_PERSIAN: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def digits(number: int | str, locale: str | None = None) -> str:
    """A number in the digits of the language: Persian ones in Persian."""
    text = str(number)
    return text.translate(_PERSIAN) if (locale or spoken()) == "fa" else text


def shown(day: date, style: Style = "short", *, calendar: Calendar = "gregorian", locale: str | None = None) -> str:
    """`day` as text, by default in the language being spoken.

    numeric 05/03/2026 (Jalali: 1404/12/14) · day 5 Mar · short 5 Mar 2026 · long 5 March 2026 ·
    month March 2026 · weekday Thursday 5 March 2026.
    """
    return _shown(day, locale or spoken(), calendar, style)


@lru_cache(maxsize=20_000)
def _shown(day: date, locale: str, calendar: Calendar, style: Style) -> str:
    locale = locale if locale in WEEKDAYS else "en"
    try:
        year, month, number = parts(day, calendar)
    except ValueError:
        # Before the year 622 and after 9377 there is no Jalali year; a page still shows the day.
        return digits(day.isoformat(), locale)
    if style == "numeric":
        year_first = calendar == "jalali" or locale == "fa"
        text = f"{year}/{month:02}/{number:02}" if year_first else f"{number:02}/{month:02}/{year}"
    elif style == "day":
        text = f"{number} {SHORT_MONTHS[locale, calendar][month - 1]}"
    elif style == "short":
        text = f"{number} {SHORT_MONTHS[locale, calendar][month - 1]} {year}"
    elif style == "month":
        text = f"{MONTHS_ALONE[locale, calendar][month - 1]} {year}"
    else:
        text = f"{number} {MONTHS[locale, calendar][month - 1]} {year}"
        if style == "weekday":
            text = f"{WEEKDAYS[locale][day.weekday()]} {text}"
    return digits(text, locale)


def shown_range(first: date, last: date, *, calendar: Calendar = "gregorian", locale: str | None = None) -> str:
    """Two days as one range that says each part once: 3–5 March 2026, 28 Feb – 3 Mar 2026. Either order."""
    first, last = sorted((first, last))
    language = locale or spoken()
    if first == last:
        return _shown(first, language, calendar, "long")
    begins, ends = parts(first, calendar), parts(last, calendar)
    between = " تا " if language == "fa" else " – "
    if begins[:2] == ends[:2]:
        start, between = digits(begins[2], language), between if language == "fa" else "–"
        return start + between + _shown(last, language, calendar, "long")
    start = _shown(first, language, calendar, "day" if begins[0] == ends[0] else "short")
    return start + between + _shown(last, language, calendar, "short")
