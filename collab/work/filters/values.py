"""Values: from what was typed to the canonical form a tree keeps, and back into words of a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from collab.core.dates import BadDay, Calendar, day_of, digits, parse_day, parts
from collab.core.i18n import N_, _
from collab.core.text.clean import Unclean, clean_line
from collab.core.text.fold import fold

from . import words
from .errors import BadQuery, near
from .fields import Field
from .words import Words

LONGEST: Final = 200
FARTHEST: Final = 4_000
_RELATIVE: Final = re.compile(r"([+-])(\d{1,4})([^\W\d_]+)")
_REFERENCE: Final = re.compile(r"[^\W_][\w.]{0,39}-[1-9][0-9]{0,9}")
_NUMBER: Final = re.compile(r"\d{1,5}")

NO_VALUE = N_("%(field)s does not know “%(word)s”.")
NO_DAY = N_("“%(word)s” is no day. Write today, +7d, -3w or a date such as %(example)s.")
NO_NUMBER = N_("“%(word)s” is no number.")
NO_REFERENCE = N_("“%(word)s” is no reference such as PARKS-214.")
NO_TEXT = N_("This cannot be looked for.")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words are read or written: language, calendar, and the day it is."""

    locale: str
    calendar: Calendar
    today: date


def canonical(field: Field, typed: str, speaker: Speaker, at: tuple[int, int] | None = None) -> str:
    """The value a tree keeps for what was typed (or kept before). Raises BadQuery."""
    try:
        text = clean_line(typed, most=LONGEST)
    except Unclean:
        raise BadQuery(_(NO_TEXT), at) from None
    special = _code(text, field.specials)
    if special is not None:
        return special
    if field.takes == "choice":
        return _choice(field, text, speaker, at)
    if field.takes == "day":
        return _day(text, speaker, at)
    if field.takes == "number":
        number = fold(text)
        if not _NUMBER.fullmatch(number):
            raise BadQuery(_(NO_NUMBER, word=text), at)
        return str(int(number))
    if field.takes == "reference":
        reference = fold(text).upper()
        if not _REFERENCE.fullmatch(reference):
            raise BadQuery(_(NO_REFERENCE, word=text), at)
        return reference
    return text


def written(field: Field, value: str, speaker: Speaker) -> str:
    """A canonical value in the words of a language, as it would be typed."""
    if value in field.specials:
        return _word(field.specials[value], speaker.locale)
    if field.takes == "choice":
        return _word(field.choices[value], speaker.locale)
    if field.takes == "day":
        if value in words.DAYS:
            return _word(words.DAYS[value], speaker.locale)
        if value[0] in "+-":
            # Relative days keep the sign and digits that every keyboard has.
            return value[:-1] + _word(words.UNITS[value[-1]], speaker.locale)
        return typed_day(date.fromisoformat(value), speaker)
    return value


def typed_day(day: date, speaker: Speaker) -> str:
    """A date as this person would type it: 2026-11-30, or 1405/09/09."""
    if speaker.calendar == "jalali":
        year, month, number = parts(day, "jalali")
        return f"{year:04}/{month:02}/{number:02}"
    return day.isoformat()


def day_meant(value: str, today: date) -> date:
    """The day of a canonical value, counted from `today`."""
    if value in words.DAYS:
        return today + timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[value])
    if value[0] not in "+-":
        return date.fromisoformat(value)
    number, unit = int(value[:-1]), value[-1]
    if unit == "d":
        return today + timedelta(days=number)
    if unit == "w":
        return today + timedelta(weeks=number)
    months = today.year * 12 + today.month - 1 + number * (12 if unit == "y" else 1)
    year, month = max(1, min(9999, months // 12)), months % 12 + 1
    for last in range(today.day, 0, -1):
        try:
            return day_of(year, month, last, "gregorian")
        except ValueError:
            continue
    return today


def _choice(field: Field, text: str, speaker: Speaker, at: tuple[int, int] | None) -> str:
    found = _code(text, field.choices)
    if found is None and field.code == "priority" and fold(text) in {"0", "1", "2", "3", "4"}:
        found = list(field.choices)[int(fold(text))]
    if found is None:
        every = [word for spoken in field.choices.values() for many in spoken.values() for word in many]
        known = [_word(spoken, speaker.locale) for spoken in field.choices.values()]
        raise BadQuery(_(NO_VALUE, field=_(field.label), word=text), at, near(text, every), known)
    return found


def _day(text: str, speaker: Speaker, at: tuple[int, int] | None) -> str:
    named = _code(text, words.DAYS)
    if named is not None:
        return named
    typed = fold(text).replace("−", "-")
    if (match := _RELATIVE.fullmatch(typed)) is not None:
        unit = _code(match[3], words.UNITS)
        if unit is not None and int(match[2]) <= FARTHEST:
            return f"{match[1]}{int(match[2])}{unit}"
    try:
        return parse_day(text, calendar=speaker.calendar).isoformat()
    except BadDay:
        every = [word for spoken in words.DAYS.values() for many in spoken.values() for word in many]
        example = typed_day(speaker.today, speaker)
        raise BadQuery(_(NO_DAY, word=text, example=digits(example)), at, near(text, every)) from None


def _code(text: str, known: Mapping[str, Words]) -> str | None:
    """The code that a word of any language means."""
    table = _TABLES.get(id(known))
    if table is None or table[0] is not known:
        by_word = {fold(word): code for code, spoken in known.items() for many in spoken.values() for word in many}
        table = _TABLES[id(known)] = (known, by_word | {code: code for code in known})
    return table[1].get(fold(text))


_TABLES: dict[int, tuple[Mapping[str, Words], dict[str, str]]] = {}


def _word(spoken: Words, locale: str) -> str:
    return (spoken.get(locale) or spoken["en"])[0]
