"""Words a slip of the keyboard apart: found by leaving letters out, confirmed by counting the slips.

Two words within n slips of each other share a word that is left when at most n letters are taken out of each
(W. Garbe, "SymSpell", 2012; T. Bocek, E. Hunt, B. Stiller, "Fast similarity search in large dictionaries", 2007). So
a name is stored with what it leaves, and an index over plain words finds it, without any extension of the database.
Input is folded text (`fold`).
"""

from functools import lru_cache
from itertools import combinations
from typing import Final

LONGEST: Final = 16
"""Letters of a word that take part; the beginnings of longer ones are compared."""


def slips(word: str) -> int:
    """How many slips are forgiven in a word of this length: none in the shortest, two in long ones."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


@lru_cache(maxsize=20_000)
def neighbourhood(word: str) -> tuple[str, ...]:
    """What is left of `word` when up to `slips(word)` letters are left out, the word itself first."""
    word = word[:LONGEST]
    found = {word: None}
    for number in range(1, slips(word) + 1):
        for places in combinations(range(len(word)), number):
            found["".join(letter for place, letter in enumerate(word) if place not in places)] = None
    return tuple(found)


def apart(one: str, other: str, most: int = 2) -> int:
    """Slips between two words: letters missing, added, changed, or two neighbours swapped. `most + 1` means more.

    Optimal string alignment (L. Boytsov, "Indexing methods for approximate dictionary searching", 2011).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        here = [row]
        for column, against in enumerate(other, start=1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != against))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against
            if swapped:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        if min(here) > most:
            return most + 1
        before, above = above, here
    return min(above[-1], most + 1)
