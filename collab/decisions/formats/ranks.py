"""CSV of ranks: columns are options, a row is a voter, a cell the rank (1 is best). Equal ranks are equal.

A cell that is empty, `No opinion`, `-` or `n/a` is not ranked. Ranks may leave gaps (1, 2, 11 in a field of 11, as the
elections of Kubernetes have it): only their order counts. A column named `count` or `weight` says how many voters a row
stands for; columns such as `voter` or `timestamp` are passed over.
"""

import re

from .reading import MOST_OPTIONS, BadFile, shown, whole
from .table import Row, votes_of
from .votes import Ranking, Votes

NONE = re.compile(
    r"^(?:no[ _-]?(?:opinion|rank|vote|preference)|-+|n/?a|none|unranked|not ranked|null|\.)?$", re.IGNORECASE
)


def read(rows: list[Row], gaps: bool = True) -> Votes:
    """`gaps`: whether ranks may leave some out; else that is a fault."""
    names, found = votes_of(rows, lambda cells, line, names: _ranking(cells, line, names, gaps))
    return Votes("ranks", tuple(names), "", None, dict(found))


def _ranking(cells: tuple[str, ...], line: int, names: list[str], gaps: bool) -> Ranking:
    groups: dict[int, list[int]] = {}
    for option, cell in enumerate(cells):
        if NONE.match(cell):
            continue
        word = cell[:-2] if cell.endswith(".0") else cell
        if not word.isascii() or not word.isdigit():
            raise BadFile(
                line, f"the rank of {shown(names[option])} should be a whole number from 1, not {shown(cell)}"
            )
        groups.setdefault(whole(word, line, f"the rank of {shown(names[option])}", 1, 10 * MOST_OPTIONS), []).append(
            option
        )
    ranks = sorted(groups)
    if not gaps and ranks:
        expected = 1
        for rank in ranks:
            if rank != expected and rank != 1 + sum(len(groups[each]) for each in ranks if each < rank):
                raise BadFile(line, f"a rank is left out before {rank}")
            expected = rank + 1
    return tuple(tuple(groups[rank]) for rank in ranks)
