"""Folding: two spellings that a reader takes for the same become the same text. For search, never for display.

Sources of the rules: Unicode NFKD and full case folding (Unicode Standard, sections 3.13 and 5.18; ς and σ become
one there), and traps seen in real files: capitals without accents; the micro sign µ and the increment sign ∆ for
μ and Δ in Greek PDFs; Latin letters inside Greek words (`NOMOΣ` typed half in Latin) and Greek ones inside Latin
words; soft hyphens; Arabic yeh and kaf for the Persian ones; hamza with or without its seat; half-spaces, tatweel,
harakat; Persian and Arabic digits.

Folding twice changes nothing.
"""

import re
import unicodedata
from typing import Final

HALF_SPACE: Final = "\u200c"

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200d-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u08d3-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_SPACES: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_LOOSE_HALF_SPACE: Final = re.compile("\u200c*( |^|$)\u200c*|(\u200c)\u200c+")
_PLAIN: Final = re.compile(r"[ -~]*")

# Punctuation that keyboards choose between. Spelt as code points, since the signs look alike in the code too.
_PUNCTUATION: Final = {
    "\u060c": ",",
    "\u061b": ";",
    "\u061f": "?",
    "\u066a": "%",
    "\u066b": ".",
    "\u066c": ",",
    "\u2019": "'",
    "\u2018": "'",
    "\u02bc": "'",
    "\u00b4": "'",
    "\u0384": "'",
    "\u1fbd": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u201e": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u02b9": "'",
    "\u0374": "'",
}
_LETTERS: Final = {
    # What NFKD leaves of look-alikes that PDFs carry.
    "∆": "δ",
    "∑": "σ",
    "∏": "π",
    "ϐ": "β",
    "ɩ": "ι",
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    # Arabic letters for Persian ones, and forms of the same letter.
    "ي": "ی",
    "ى": "ی",
    "ې": "ی",
    "ے": "ی",
    "ك": "ک",
    "ڪ": "ک",
    "ة": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ٱ": "ا",
    "ء": "",
    **dict(zip("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2, strict=True)),
}

# Look-alikes of the two alphabets, and what stands on the same key; all on lower case, so that folding twice is
# folding once.
_TO_GREEK: Final = dict(zip("abehikmnoptuvwxyz", "αβεηικμνορτυνωχυζ", strict=True))
_TO_LATIN: Final = dict(zip("αβεζηικμνορτυχω", "abezhikmnoptyxw", strict=True))
_MIXED_WORD: Final = re.compile("(?<![a-zα-ω])(?:[α-ω]++[a-z]|[a-z]++[α-ω])[a-zα-ω]*")
_PUNCTUATION_SIGN: Final = re.compile(f"[{''.join(_PUNCTUATION)}]")
_LETTER: Final = re.compile(f"[{''.join(_LETTERS)}]")
_HAMZA_BEFORE_WAW: Final = re.compile("[ي\u06cc]\u0654(?=و)")


def fold(text: str) -> str:
    """The comparable form of `text`: lower case, bare letters, ASCII digits, single spaces, no half-spaces."""
    return fold_keeping_half_spaces(text.replace(HALF_SPACE, ""))


def fold_keeping_half_spaces(text: str) -> str:
    """As `fold`, with half-spaces (U+200C) left inside words, where they part a Persian word from its endings."""
    if _PLAIN.fullmatch(text):
        return _SPACES.sub(" ", text).strip().lower()
    text = unicodedata.normalize("NFKD", _PUNCTUATION_SIGN.sub(_punctuation, text)).casefold()
    text = unicodedata.normalize("NFKD", text)
    # مسئول and مسؤول are one word: before a waw the seat of the hamza is a waw.
    text = _HAMZA_BEFORE_WAW.sub("و", text)
    text = _LETTER.sub(_letter, _MARKS.sub("", _INVISIBLE.sub("", text)))
    text = _MIXED_WORD.sub(_one_alphabet, text)
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip())
    return _LOOSE_HALF_SPACE.sub(r"\1\2", text).strip() if HALF_SPACE in text else text


def _punctuation(match: re.Match[str]) -> str:
    return _PUNCTUATION[match[0]]


def _letter(match: re.Match[str]) -> str:
    return _LETTERS[match[0]]


def _one_alphabet(match: re.Match[str]) -> str:
    """A word of two alphabets in one of them, when all letters of the other are look-alikes."""
    word = match[0]
    latin = sum("a" <= char <= "z" for char in word)
    greek = len(word) - latin
    becomes_greek = all(char in _TO_GREEK for char in word if "a" <= char <= "z")
    becomes_latin = all(char in _TO_LATIN for char in word if not "a" <= char <= "z")
    if becomes_greek and (greek >= latin or not becomes_latin):
        return "".join(_TO_GREEK.get(char, char) for char in word)
    if becomes_latin:
        return "".join(_TO_LATIN.get(char, char) for char in word)
    return word
