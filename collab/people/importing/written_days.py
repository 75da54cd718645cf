"""Days and times as other systems write them, into the one way in which they are read here."""

import re
from datetime import date, datetime, time
from typing import Final, Literal

from collab.core.dates import day_of

Order = Literal["iso", "dmy", "mdy", "ymd", "jalali"]
"""In which order a file writes day, month and year. `jalali` is year, month and day of the Solar Hijri calendar."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AFTERNOON: Final = ("pm", "μμ", "بظ")
_MORNING: Final = ("am", "πμ", "قظ")
_CENTURY: Final = 2000
_WRITTEN: Final = re.compile(
    r"(\d{1,4})[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{1,4})"
    r"(?:[,،]?[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?"
    r"\s*([AaPp]\.?\s?[Mm]\.?|[πμΠΜ]\.?\s?[μΜ]\.?|[قب]\.?\s?ظ\.?)?)?"
)


def rewritten(cell: str, order: Order, with_time: bool) -> str | None:
    """The day of a cell as ISO 8601, with its time where one is wanted; None where it is not written in this order.

    What is ISO 8601 already is taken in any order: no other way of writing begins with the year and hyphens, except
    a day of the Solar Hijri calendar. Years of two digits lie between 2000 and 2099.
    """
    text = " ".join(cell.split())
    if order != "jalali" and (iso := _iso(text)) is not None:
        return _said(iso, with_time)
    found = _WRITTEN.fullmatch(text)
    if order == "iso" or found is None:
        return None
    try:
        return _said(datetime.combine(_day(found, order), _time(found)), with_time)
    except ValueError:
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if re.match(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def _said(moment: datetime, with_time: bool) -> str:
    return moment.isoformat() if with_time else moment.date().isoformat()


def _day(found: re.Match[str], order: Order) -> date:
    first, second, third = found[1], _month(found[2]), found[3]
    if order == "dmy":
        return date(_year(third), second, int(first))
    if order == "mdy":
        return date(_year(third), int(first), second)
    if order == "jalali":
        return day_of(int(first), second, int(third), "jalali")
    return date(_year(first), second, int(third))


def _year(digits: str) -> int:
    return int(digits) + _CENTURY if len(digits) <= 2 else int(digits)


def _month(written: str) -> int:
    """Months by number, or by their English name as some exports have them. Raises ValueError."""
    return int(written) if written.isdigit() else _MONTHS.index(written[:3].lower()) + 1


def _time(found: re.Match[str]) -> time:
    hour, minute, second = (int(each or 0) for each in found.group(4, 5, 6))
    half = re.sub(r"[.\s]", "", found[7] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    if half and half not in _AFTERNOON + _MORNING:
        raise ValueError
    return time(hour, minute, second)
