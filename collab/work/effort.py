"""Time that work takes: read as people write it, in three languages, and said back. Pure.

"2h", "1h30", "90m", "1:30", "1,5 ώρες", "۲ ساعت", "3d": minutes. A figure alone is hours, as offices speak. A day is
eight hours, since nobody plans by the clock round.
"""

import re
from typing import Final

from collab.core.dates import digits
from collab.core.text.fold import fold

MOST: Final = 600_000
"""Ten thousand hours: more is a mistake in typing."""
_SIZES: Final[dict[str, int]] = {
    fold(word): size
    for size, words in {
        1: "m min mins minute minutes λ λεπ λεπτα λεπτό λεπτά د دقیقه",
        60: "h hr hrs hour hours ω ωρ ώρα ώρες س ساعت",
        480: "d day days η ημ ημέρα ημέρες μέρα μέρες روز",
    }.items()
    for word in words.split()
}
_CLOCK: Final = re.compile(r"(\d{1,4}):(\d{2})")
_PART: Final = re.compile(r"(\d{1,6}(?:[.,٫]\d{1,2})?)\s*([^\W\d_]*)[.]?")


def minutes_in(text: str) -> int | None:
    """The minutes that these words say; None where they say anything else, nothing, or more than may be."""
    said = fold(text).strip()
    clock = _CLOCK.fullmatch(said)
    if clock is not None:
        return _within(int(clock[1]) * 60 + int(clock[2])) if int(clock[2]) < 60 else None
    place, total, last = 0, 0.0, 0
    while place < len(said):
        part = _PART.match(said, place)
        if part is None:
            return None
        size = _SIZES.get(part[2]) if part[2] else (60 if not last else last // 60 if last == 60 else None)
        if size is None or (last and size >= last):
            return None
        total += float(part[1].replace(",", ".").replace("٫", ".")) * size
        last, place = size, part.end()
        while place < len(said) and said[place] in " +":
            place += 1
    return _within(round(total)) if last else None


def _within(minutes: int) -> int | None:
    return minutes if 0 <= minutes <= MOST else None


def written(minutes: int | None) -> str:
    """As it is typed, the same in every language: "1h 30m"; empty without."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours}h" if hours or not rest else "", f"{rest}m" if rest else "") if part)


_SHORT: Final = {"en": ("h", "m"), "el": ("ώ", "λ"), "fa": ("س", "د")}


def short(minutes: int | None, locale: str) -> str:
    """As it is shown in lists: "1h 30m", "1ώ 30λ", "۱س ۳۰د"; empty without."""
    if minutes is None:
        return ""
    (hour, minute), (hours, rest) = _SHORT.get(locale, _SHORT["en"]), divmod(minutes, 60)
    parts = [digits(hours, locale) + hour] if hours or not rest else []
    return " ".join([*parts, digits(rest, locale) + minute] if rest else parts)


def hours(minutes: int | None) -> float | str:
    """As a sheet reckons with it: hours with two decimals; empty without."""
    return round(minutes / 60, 2) if minutes is not None else ""
