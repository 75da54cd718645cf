"""How many slips of the keyboard lie between what was typed and a name, in one alphabet or across two.

Input is folded words (`fold`).
"""

from collections.abc import Sequence
from functools import lru_cache

from .greeklish import readings
from .keys import key
from .near import apart, slips


def slipped_in(typed: Sequence[str], names: Sequence[str]) -> int | None:
    """Slips by which the typed words differ from words of the names; None where some word is none of them."""
    total = 0
    for word in typed:
        most = slips(word)
        least = min((_apart(word, name, most) for name in names), default=most + 1)
        if least > most:
            return None
        total += least
    return total


@lru_cache(maxsize=20_000)
def _apart(word: str, name: str, most: int) -> int:
    """As written, or as they sound where the two are of different alphabets."""
    least = apart(word, name, most)
    if least <= most:
        return least
    return min((apart(one, other, most) for one in _heard(word) for other in _heard(name)), default=most + 1)


def _heard(word: str) -> Sequence[str]:
    heard = key(word)
    return (heard,) if heard else readings(word)
