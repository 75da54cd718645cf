"""What is wrong with a query: a sentence in the user's language that points at the word, with a suggestion."""

from collections.abc import Iterable
from difflib import get_close_matches

from collab.core.errors import Invalid
from collab.core.i18n import N_, _
from collab.core.text.fold import fold

MEANT = N_("Did you mean %(word)s?")


class BadQuery(Invalid):
    """A query that cannot be answered. `begin` and `end` bound the word in the text; `suggestion` may replace it;
    `known` are the words that would have been understood there."""

    def __init__(
        self, sentence: str, at: tuple[int, int] | None = None, suggestion: str = "", known: Iterable[str] = ()
    ) -> None:
        self.plain = sentence
        self.known = tuple(known)
        self.begin, self.end = at or (0, 0)
        self.suggestion = suggestion
        whole = f"{sentence} {_(MEANT, word=suggestion)}" if suggestion else sentence
        super().__init__(whole, fields={"query": [whole]})
        self.said = whole


def near(word: str, known: Iterable[str]) -> str:
    """The known word most like one that was typed; empty when none is."""
    by_fold = {fold(each): each for each in known}
    found = get_close_matches(fold(word)[:60], by_fold, n=1, cutoff=0.65)
    return by_fold[found[0]] if found else ""
