"""From what was typed to what the index is asked: the same folding, stems and sounds as for what is stored.

The last word may always be unfinished, on the page as in the palette: «πλατάν» or "platan" for «πλατάνι». The stem of
a beginning is not the beginning of a stem (of «πλατάν» the ending -αν is cut, which leaves «πλατεία» as well), so
beginnings are looked up among the whole folded words that the index has met, and by the whole sound of Greek typed in
Latin letters; what is found there gives the stems to ask for. That is one statement of short walks over two indexes,
and asks nothing of the things themselves. The index is then asked once for all of it, and answers in this order: what
has the word as typed, what has a word that begins so, what only sounds alike (`Asked.full`, `begun`, `all_words`).
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from sqlalchemy import Text, bindparam, func, select, union_all

from collab.core.prepared import Fixed
from collab.core.text.greeklish import openings, readings, sounded
from collab.core.text.keys import key
from collab.core.text.near import neighbourhood
from collab.core.text.stem import Word, words
from collab.core.text.vector import MOST_ASKED, as_written, clause, quoted, telling_words

from .documents import BEGINS, NAME, NEAR
from .models import SearchWord

MOST_BECOMING: Final = 40
"""Words of the index that an unfinished word may become: the shortest of the first `STRETCH`. They are the likeliest,
and most of the longer ones share their stems."""
STRETCH: Final = 2_000
MOST_PAIRED: Final = 8
LEAST: Final = 2
_NEXT: Final = "\U0010ffff"
_SELF: Final = "\x01"
"""What lies before a text with this after it, and not before the text, is that text alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to the index. `stems`, `sounds` and `beginnings` are what found words are known by, for marking;
    `all_words` and `some_words` are tsqueries for things, `names` and `near` for people, units, posts, outsiders.
    `full` and `begun` are narrower than `all_words`: the last word as typed, and what begins so. The three are one
    where the last word becomes no other."""

    typed: str
    stems: frozenset[str]
    sounds: frozenset[str]
    beginnings: tuple[str, ...]
    all_words: str
    begun: str
    full: str
    some_words: str
    names: str
    near: str

    @property
    def widened(self) -> bool:
        """Whether more is asked for than was typed."""
        return self.full != self.all_words

    @property
    def loosens(self) -> bool:
        """Whether some of the words may be found where not all are: there are several."""
        return self.some_words != self.all_words

    def __bool__(self) -> bool:
        return bool(self.all_words)


NOTHING: Final = Asked("", frozenset(), frozenset(), (), "", "", "", "", "", "")


def asked(typed: str) -> Asked:
    """The question in `typed`, the last word of which may be unfinished, in one query; false when there is no word in
    it."""
    found = list(words(typed))
    if not found:
        return NOTHING
    telling = telling_words(found)[:MOST_ASKED]
    last = found[-1] if typed[-1:].isalnum() and len(found[-1].folded) >= LEAST else None
    if last is not None and last not in telling:
        telling.append(last)
    becoming = _becoming(last) if last is not None else []
    clauses = {word: _clause(word, becoming if word is last else []) for word in telling}
    full, begun = dict(clauses), dict(clauses)
    if last is not None and set(becoming) - {last.stem}:
        full[last], begun[last] = _either(as_written(last)), _either([*as_written(last), *map(quoted, becoming)])
    sounds = {one for word in telling for one in _sounds(word)}
    return Asked(
        typed=typed,
        stems=frozenset([stem for word in telling for stem in (word.stem, *word.parts)] + becoming),
        sounds=frozenset(sounds),
        beginnings=(last.folded,) if last is not None else (),
        all_words=" & ".join(dict.fromkeys(clauses.values())),
        begun=" & ".join(dict.fromkeys(begun.values())),
        full=" & ".join(dict.fromkeys(full.values())),
        some_words=_some(list(dict.fromkeys(clauses.values()))),
        names=" & ".join(dict.fromkeys(_named(word, word is last) for word in telling)),
        near=" & ".join(dict.fromkeys(_near(word) for word in telling)),
    )


def asked_names(typed: str) -> tuple[str, str]:
    """The questions for names alone, which ask the database nothing: as typed (the last word may be unfinished) and by
    sound, and with slips. Both empty when there is no word in it."""
    found = list(words(typed))
    telling = telling_words(found)[:MOST_ASKED]
    last = found[-1] if found and typed[-1:].isalnum() and len(found[-1].folded) >= LEAST else None
    named = " & ".join(dict.fromkeys(_named(word, word is last) for word in telling))
    return named, " & ".join(dict.fromkeys(_near(word) for word in telling))


def _clause(word: Word, becoming: list[str]) -> str:
    plain = clause(word, unfinished=False)
    if not becoming:
        return plain
    return _either([plain, *map(quoted, becoming)])


def _either(clauses: list[str]) -> str:
    return f"({' | '.join(dict.fromkeys(clauses))})"


def _some(clauses: list[str]) -> str:
    """Two of the words at least, so that one common word does not drown the others; one of two."""
    if len(clauses) < 3:
        return " | ".join(clauses)
    return " | ".join(f"({one} & {other})" for one, other in combinations(clauses[:MOST_PAIRED], 2))


def _sounds(word: Word) -> tuple[str, ...]:
    heard = key(word.folded)
    return (heard,) if heard else readings(word.folded)


def _named(word: Word, unfinished: bool) -> str:
    """A word of a name: as written, by its beginning, by its sound."""
    either = [quoted(word.stem), quoted(BEGINS + word.folded) + (":*" if unfinished else "")]
    # A sound of one letter is no beginning: half the names have it.
    either += [quoted(NAME + one) + (":*" if unfinished and len(one) >= LEAST else "") for one in _sounds(word)]
    return f"({' | '.join(either)})"


def _near(word: Word) -> str:
    """A word of a name with slips in it."""
    either = [quoted(NEAR + left) for left in neighbourhood(word.folded)]
    either += [quoted(NEAR + NAME + left) for one in _sounds(word) for left in neighbourhood(one)]
    return f"({' | '.join(either)})"


def _becoming(word: Word) -> list[str]:
    """Stems of the words of the index that begin as this one does, or sound as if they did.

    A sound is kept without its ending, of which a part may have been typed ("platani", kept as "platan"): so those
    that are kept by what is typed without its ending are looked at too, and told apart by their whole sound.
    """
    wholes = openings(word.folded)
    ranges = [(one, one + _NEXT) for one in (word.folded, *wholes)]
    ranges += [(one, one + _SELF) for one in readings(word.folded) if one]
    rows = _beginning(len(ranges)).rows(
        **{f"from{n}": least for n, (least, _beyond) in enumerate(ranges)},
        **{f"to{n}": beyond for n, (_least, beyond) in enumerate(ranges)},
    )
    begun = {
        (len(row.word), row.stem)
        for row in rows
        if row.word.startswith(word.folded) or (wholes and (sounded(row.word) or "").startswith(wholes))
    }
    return list(dict.fromkeys(stem for _length, stem in sorted(begun)))


@lru_cache(maxsize=32)
def _beginning(parts: int) -> Fixed:
    """The first by the word, others by the sound; each walks its index and stops."""
    columns = [SearchWord.word, *[SearchWord.sound] * (parts - 1)]
    # Behind a select each, or PostgreSQL plans anew for each beginning.
    ends = [
        [select(bindparam(f"{end}{n}", type_=Text)).scalar_subquery() for end in ("from", "to")] for n in range(parts)
    ]
    walks = [
        select(SearchWord.word, SearchWord.stem)
        .where(column >= ends[n][0], column < ends[n][1])
        .order_by(column)
        .limit(STRETCH)
        .subquery(f"walk{n}")
        for n, column in enumerate(columns)
    ]
    shortest = [
        select(walk).order_by(func.length(walk.c.word), walk.c.word).limit(MOST_BECOMING).subquery(f"part{n}")
        for n, walk in enumerate(walks)
    ]
    return Fixed(lambda: union_all(*(part.select() for part in shortest)))
