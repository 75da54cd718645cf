"""Sort keys: a text whose plain code-point order is the order people expect, to be kept beside a name.

Such a key sorts the same in Python and in a text column under `COLLATE "C"`, on any server, whatever locales that
server has. Greek sorts by letter, blind to accents, capitals and final sigma, as the telephone book does. Persian
sorts by its own alphabet (ISIRI 6219: آ before ا, پ after ب, و before ه), which is not the order of the code
points. Numbers sort by value (Office 2 before Office 10), digits before letters; Latin comes before Greek and
Greek before Persian; shorter comes first, word by word. Only on a tie does the spelling decide.
"""

import re
import unicodedata
from typing import Final

from .fold import fold

MOST: Final = 200
"""Characters of a text that take part in sorting."""
LONGEST: Final = 500
"""Characters of the folded part of a key: one sign may fold to eighteen."""

# A letter of no language of ours, which folding leaves as it is.
_ALEF_MADDA: Final = "\u066e"
_ALPHABET: Final = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_PLACES: Final = {ord(letter): 0x0620 + place for place, letter in enumerate(_ALPHABET)} | {ord(_ALEF_MADDA): 0x0620}
_NUMBER: Final = re.compile("0*([0-9]+)")
_SIGNS: Final = re.compile(r"[^\w\s]+|_")
_BETWEEN: Final = "\x1f"


def sort_key(text: str) -> str:
    """The key of one line of text; at most 701 characters, without NUL. Equal only for equal texts in NFC."""
    shown = unicodedata.normalize("NFC", text)[:MOST]
    # Folding makes one letter of آ and ا; for the alphabet they are two.
    letters = fold(shown.replace("آ", _ALEF_MADDA))
    words = " ".join(_SIGNS.sub(" ", letters).split())
    ordered = _NUMBER.sub(_by_value, words).translate(_PLACES)
    return f"{ordered[:LONGEST]}{_BETWEEN}{shown}"


def _by_value(number: re.Match[str]) -> str:
    """A number led by how many digits it has, so that longer ones come after shorter ones."""
    digits = number[1]
    return f"{len(digits):03}{digits}"
