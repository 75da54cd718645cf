"""Greek typed in Latin letters ("Greeklish"): by sound, not by spelling.

There is no one way to type Greek with Latin letters: διεύθυνση is met as dieuthinsi (by ear), dieythynsh (by the
look of the letters), diefthynsi (ELOT 743, the norm of passports). To guess the Greek spelling back, each `i` has
six candidates and each `o` two, so that long words have thousands of spellings. Going the other way is one step:
every Greek word has one sound, and so has every Latin spelling but for few letters (x, u, th). So both sides are
brought to a **sound key**, cut of its ending so that the cases of a noun share it, and the keys are compared. The
key also forgives the commonest misspelling in Greek itself, one /i/ for another.

Input is folded text (`fold`). Sources: ELOT 743 / ISO 843; A. Karakos, "Greeklish: an experimental interface for
automatic transliteration", JASIST 54 (2003), for the three ways of writing.
"""

import re
from functools import lru_cache
from typing import Final

MOST_KEYS: Final = 8
"""The most readings of one Latin word that are kept."""
LEAST: Final = 3
"""Words shorter than this have no key: too many would share it."""

_GREEK: Final = {
    "ου": "u",
    "αι": "e",
    "ει": "i",
    "οι": "i",
    "υι": "i",
    "μπ": "v",
    "ντ": "d",
    "γκ": "g",
    "γγ": "g",
    **dict(zip("αβγδεζηικλμνοπρστυφχω", "avgdeziiklmnoprstifho", strict=True)),
    "θ": "8",
    "ξ": "ks",
    "ψ": "ps",
}
_GREEK_PART: Final = re.compile("[αεη]υ|ου|[αεου]ι|μπ|ντ|γκ|γγ|[α-ω]")
_GREEK_VOICELESS: Final = frozenset("θκξπστφχψ")

_LATIN: Final = {
    "th": "8",
    "ch": "h",
    "kh": "h",
    "ph": "f",
    "ou": "u",
    "ai": "e",
    "ei": "i",
    "oi": "i",
    "yi": "i",
    "ui": "i",
    "mp": "v",
    "nt": "d",
    "gk": "g",
    "gg": "g",
    "ng": "g",
    "8": "8",
    "9": "8",
    "3": "ks",
    "4": "ps",
    **dict(zip("abcdefgiklmnopqrstvwyz", "avkdefgiklmnopkrstvoiz", strict=True)),
    "j": "tz",
}
_LATIN_PART: Final = re.compile("th|ch|kh|ph|ou|[ae][uy]|[aeoyu]i|mp(?!s)|nt(?!h)|gk|gg|ng|[a-z3489]")
_LATIN_VOICELESS: Final = frozenset("8934kpstfhxcq")
_WITH_H: Final = frozenset({"th", "ph", "kh"})
_LATIN_VOWELS: Final = frozenset("aeiouyw")
_LATIN_WORD: Final = re.compile("(?=.*[a-z])[a-z3489]+")
_GREEK_WORD: Final = re.compile("[α-ω]+")
_TWICE: Final = re.compile(r"(.)\1+")

# Endings of nouns and adjectives as they sound, the longest first.
_ENDINGS: Final = re.compile(
    "(?:(?<=..)(?:atos|aton|ata|eos|eon|ias|ies|ion|ios|iu|ia|io|us|os|on|as|es|is|an|in|a|e|i|o|u))$"
)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str | None:
    """The sound key of one folded Greek word; None for other words and very short ones."""
    heard = sounded(word)
    return None if heard is None else _cut(heard)


def sounded(word: str) -> str | None:
    """The whole sound of one folded Greek word, its ending included; None where it has no key."""
    if len(word) < LEAST or not _GREEK_WORD.fullmatch(word):
        return None
    heard = []
    for match in _GREEK_PART.finditer(word):
        part = match[0]
        if part in ("αυ", "ευ", "ηυ"):
            following = word[match.end() : match.end() + 1]
            voiceless = not following or following in _GREEK_VOICELESS
            heard.append({"α": "a", "ε": "e", "η": "i"}[part[0]] + ("f" if voiceless else "v"))
        else:
            heard.append(_GREEK[part])
    return _TWICE.sub(r"\1", "".join(heard))


@lru_cache(maxsize=10_000)
def readings(word: str) -> tuple[str, ...]:
    """The sound keys that a folded word in Latin letters may stand for; at most eight, none for other words."""
    return tuple(dict.fromkeys(map(_cut, openings(word))))


def openings(word: str) -> tuple[str, ...]:
    """The whole sounds that the same may stand for: of an unfinished word nothing is an ending yet."""
    if len(word) < LEAST or not _LATIN_WORD.fullmatch(word):
        return ()
    heard = [""]
    for match in _LATIN_PART.finditer(word):
        following = word[match.end() : match.end() + 1]
        sounds = _sounds(match[0], following)
        if len(heard) * len(sounds) > MOST_KEYS:
            sounds = sounds[:1]
        heard = [before + after for before in heard for after in sounds]
    return tuple(dict.fromkeys(_TWICE.sub(r"\1", one) for one in heard))


def _sounds(part: str, following: str) -> tuple[str, ...]:
    if part == "x":
        return ("h", "ks")
    if part == "u":
        return ("i", "u")
    if part == "h":
        # χ before a vowel (hania), η by its look elsewhere (dhmos).
        return ("h",) if following in _LATIN_VOWELS else ("i",)
    if part in _WITH_H and (not following or following not in _LATIN_VOWELS):
        # τη, πη, κη with an η by its look (politths, uphresia), or one sound (thrasos, phrasi).
        return (_LATIN[part], f"{part[0]}i")
    if part in ("au", "ay", "eu", "ey"):
        return (part[0] + ("f" if not following or following in _LATIN_VOICELESS else "v"),)
    return (_LATIN[part],)


def _cut(heard: str) -> str:
    return _ENDINGS.sub("", heard)
