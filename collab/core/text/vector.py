"""Stems written as PostgreSQL's `tsvector` and `tsquery`, quoted by ourselves and of bounded size.

Formats: PostgreSQL manual, 8.11 (text search types: a lexeme in single quotes, inner quotes and backslashes
doubled) and 12.11 (limits: lexeme under 2 kB, vector under 1 MB, positions up to 16,383, 255 per lexeme). The
result is still passed as a bound parameter and cast: `cast(:vector AS tsvector)`.

Greek and Persian words leave two lexemes, the stem and a key marked by `~` (`keys`): by its sound Latin-typed Greek
finds the one, by its root any ending the other.
"""

from collections.abc import Iterable
from typing import Final, Literal

from .greeklish import readings
from .keys import key
from .stem import Word, words

Weight = Literal["A", "B", "C", "D"]

MOST_LEXEMES: Final = 20_000
MOST_BYTES: Final = 400_000
MOST_POSITION: Final = 16_383
MOST_POSITIONS: Final = 32
MOST_ASKED: Final = 16
"""Words of a query beyond these are left out."""
LEAST_PREFIX: Final = 2

_SOUND: Final = "~"
_SMALL: Final = """
    a an and are as at be by for from in is it of on or that the this to was with
    ο η το οι τα του τησ των τον την τισ τουσ στο στη στην στον στα στουσ στισ και να θα με σε για απο που ωσ
    و در به از که را این ان با برای است تا هم یا
"""
_SMALL_WORDS: Final = frozenset(_SMALL.split())


def vector(fields: Iterable[tuple[Weight, str]], also: Iterable[str] = ()) -> str:
    """The `tsvector` literal of a document: its fields with their weights, the weightiest first.

    `also` are lexemes beside its words, without a place. A document longer than the bounds is known by its beginning.
    """
    places: dict[str, list[str]] = {lexeme: [] for lexeme in also}
    position, size = 0, 0
    for weight, text in fields:
        for word in words(text):
            position = min(position + 1, MOST_POSITION)
            for lexeme, placed in _lexemes(word):
                known = places.get(lexeme)
                if known is None:
                    size += len(lexeme.encode()) + 16
                    if len(places) >= MOST_LEXEMES or size > MOST_BYTES:
                        return _written(places)
                    known = places[lexeme] = []
                if placed and len(known) < MOST_POSITIONS:
                    size += 2
                    known.append(f"{position}{weight}")
    return _written(places)


def query(text: str, *, typing: bool = False) -> str:
    """The `tsquery` literal that finds documents with all words of `text`; "" when there is nothing to ask.

    With `typing` the last word may be unfinished. Articles and the like are left out when other words remain.
    """
    asked = list(words(text))
    telling = telling_words(asked)
    last = asked[-1] if typing and asked and text[-1:].isalnum() else None
    if last is not None and telling[-1] is not last:
        telling.append(last)
    clauses = dict.fromkeys(clause(word, word is last) for word in telling[:MOST_ASKED])
    return " & ".join(clauses)


def telling_words(asked: list[Word]) -> list[Word]:
    """The words without articles and the like, unless there are no others."""
    return [word for word in asked if word.folded not in _SMALL_WORDS] or list(asked)


def _lexemes(word: Word) -> Iterable[tuple[str, bool]]:
    """The lexemes of a word, and whether each keeps its place; sounds do not, being there to be found only."""
    yield word.stem, True
    for part in word.parts:
        yield part, True
    heard = key(word.folded)
    if heard:
        yield _SOUND + heard, False


def clause(word: Word, unfinished: bool) -> str:
    """The part of a query that one word makes: its stem, its parts, its sounds; with `unfinished` its beginning."""
    either = as_written(word)
    if unfinished and len(word.folded) >= LEAST_PREFIX:
        either.insert(1, f"{quoted(word.folded)}:*")
    heard = key(word.folded)
    either += [quoted(_SOUND + one) for one in ((heard,) if heard else readings(word.folded))]
    return either[0] if len(either) == 1 else f"({' | '.join(either)})"


def as_written(word: Word) -> list[str]:
    """What a word is asked for by, without its sounds: its stem, and its parts where a half-space joins several."""
    parts = [f"({' & '.join(quoted(part) for part in word.parts)})"] if word.parts else []
    return [quoted(word.stem), *parts]


def _written(places: dict[str, list[str]]) -> str:
    return " ".join(
        f"{quoted(lexeme)}:{','.join(known)}" if known else quoted(lexeme) for lexeme, known in places.items()
    )


def quoted(lexeme: str) -> str:
    """A lexeme as the text forms of tsvector and tsquery want it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
