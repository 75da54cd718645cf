"""Items by the words of their titles: found by the index of words where few have them, tested row by row elsewhere.

Which way is better depends on the word and not on the statement, and PostgreSQL plans a statement once for all words.
So the words are counted first, and each way has a statement that can only go that way: ids from the index of words,
or `ts_match_vq` (the function under the operator `@@`), which no index serves. Where many items have a word that
somebody sees few of, the index of words is laid over the indexes of what they see (`sieve`, see `queries/plans.py`).
"""

from typing import Any, Final, NamedTuple

from sqlalchemy import Text, bindparam, func, literal_column, or_, select

from collab.core.prepared import Fixed

from ..lately import Lately
from ..models import WorkItem
from ..models.item import title_words

FEW: Final = 2_000
MOST_WORDS: Final = 8


class Sieve(NamedTuple):
    """One criterion in two forms: `by_index`, which an index of its own serves, and `by_row`, which none does."""

    by_index: Any
    by_row: Any


def words_given(typed: str, name: str) -> dict[str, str]:
    """The values of `having_words`: words as PostgreSQL asks for them, and what was typed as a reference. Text
    without any word finds nothing but a reference."""
    words = title_words(typed).split()[:MOST_WORDS]
    return {name: " & ".join(f"'{word}':*" for word in words), f"{name}_reference": typed.strip().upper()}


def having_words(name: str, *, few: bool) -> Any:
    """Every word begins a word of the title (in any spelling), or the whole is a reference."""
    if few:
        ids = select(WorkItem.id).where(_by_index(name)).correlate(None)
        return WorkItem.id == func.any(func.array(ids.scalar_subquery()))
    return or_(func.ts_match_vq(WorkItem.word_vector, _query(name)), _exactly(name))


def sieve(name: str) -> Sieve:
    """The same as `having_words`: for the indexes of words and references, and for rows already found."""
    return Sieve(_by_index(name), having_words(name, few=False))


def _by_index(name: str) -> Any:
    return or_(WorkItem.word_vector.bool_op("@@")(_query(name)), _exactly(name))


def few_have(given: dict[str, str], name: str) -> bool:
    """Whether fewer than 2,000 items have these words. One query, which stops counting there; the answer serves for
    some minutes."""
    words = given[name]
    known = LATELY.get(words)
    if known is None:
        known = LATELY.put(words, int(_COUNTED.rows(words=words)[0][0]) < FEW)
    return known


def _exactly(name: str) -> Any:
    return WorkItem.reference == bindparam(f"{name}_reference", type_=Text)


def _query(name: str) -> Any:
    # A subquery is read once, the bare function for every row.
    return select(func.to_tsquery(literal_column("'simple'"), bindparam(name, type_=Text))).scalar_subquery()


def _counted() -> Any:
    having = WorkItem.word_vector.bool_op("@@")(_query("words"))
    some = select(literal_column("1")).select_from(WorkItem).where(having).limit(FEW).subquery()
    return select(func.count()).select_from(some)


_COUNTED: Final = Fixed(_counted)
LATELY: Final = Lately()
"""Words that few have, and words that many have."""
