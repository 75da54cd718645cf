"""Numbers, shares and sentences of parts as they are said."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from collab.core.dates.shown import digits
from collab.core.i18n import N_, _, listed, locale

from ..exact import Number, decimal, plain

_POINT: Final = {"el": ",", "fa": "٫"}
_THOUSANDS: Final = {"el": ".", "fa": "٬"}
_SHARES: Final = {
    Fraction(1, 4): N_("a quarter"),
    Fraction(1, 3): N_("a third"),
    Fraction(1, 2): N_("half"),
    Fraction(3, 5): N_("three fifths"),
    Fraction(2, 3): N_("two thirds"),
    Fraction(3, 4): N_("three quarters"),
    Fraction(1): N_("the whole"),
}


def number(value: Number, places: int | None = None, *, grouped: bool = False) -> str:
    """Whole numbers as such, `grouped` in thousands where they are money; others cut to `places` decimals, three where
    nothing was said."""
    if places is None and Fraction(value).denominator == 1:
        return digits(f"{int(value):,}".replace(",", _THOUSANDS.get(locale(), ",")) if grouped else int(value))
    return pointed(decimal(value, 3 if places is None else places))


def pointed(text: str) -> str:
    """A number written in English, with the decimal mark and the digits of the language."""
    return digits(text.replace(".", _POINT.get(locale(), ".")))


def percent(value: Number) -> str:
    """A share of one in percent, to one decimal."""
    tenths = round(Fraction(value) * 1000)
    return number(Fraction(tenths, 10), None if tenths % 10 == 0 else 1)


def share(value: Fraction) -> str:
    """Half, two thirds, or the fraction itself."""
    return _(_SHARES[value]) if value in _SHARES else digits(str(plain(value)))


def in_one(parts: Iterable[str]) -> str:
    """Parts of one sentence with a full stop at its end."""
    return f"{listed(parts)}."
