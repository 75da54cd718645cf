"""Exact numbers and the one way they are written: whole numbers, fractions as "2/3", never a float."""

import json
import re
from fractions import Fraction
from typing import Final

FRACTION: Final = re.compile(r"-?\d{1,40}(?:/\d{1,40}|\.\d{1,40})?")

JOINERS: Final = "\u200c\u200d"

Number = int | Fraction


def fraction(value: object) -> Fraction:
    """A fraction out of an integer, "2/3" or "0.25". Raises ValueError for anything else, floats included."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and FRACTION.fullmatch(value):
        try:
            return Fraction(value)
        except ZeroDivisionError:
            raise ValueError(value) from None
    raise ValueError(value)


def plain(value: Number) -> int | str:
    """A number as it stands in JSON: whole numbers as such, others as "numerator/denominator"."""
    if isinstance(value, int):
        return value
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def decimal(value: Number, places: int) -> str:
    """`value` cut (not rounded) to `places` decimals: 347.84205."""
    unit = 10**places
    scaled = abs(value) * unit
    whole, part = divmod(int(scaled), unit)
    sign = "-" if value < 0 and (whole or part) else ""
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"


def printable(text: str) -> bool:
    """Whether every sign of it is one for the eye, the joiners that Persian words are spelt with among them."""
    return "".join(one for one in text if one not in JOINERS).isprintable()


def canonical(value: object) -> str:
    """JSON with one spelling only: keys sorted, no spaces; what is hashed and compared byte by byte."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
