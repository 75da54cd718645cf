"""CSV of ranks: columns are options, a row is a voter, a cell the rank (1 is best). Equal ranks are equal.

A cell that is empty, `No opinion`, `-` or `n/a` is not ranked. Ranks may leave gaps (1, 2, 11 in a field of 11, as the
elections of Kubernetes have it): only their order counts. A column named `count` or `weight` says how many voters a row
stands for; columns such as `voter` or `timestamp` are passed over.
"""

import re
from collections import Counter

from .reading import MOST_OPTIONS, BadFile, distinct, shown, whole
from .table import Row, columns, even, picking
from .votes import Ranking, Votes

NONE = re.compile(
    r"^(?:no[ _-]?(?:opinion|rank|vote|preference)|-+|n/?a|none|unranked|not ranked|null|\.)?$", re.IGNORECASE
)


def read(rows: list[Row], gaps: bool = True) -> Votes:
    """`gaps`: whether ranks may leave some out; else that is a fault."""
    even(rows)
    options, counts = columns(rows[0])
    names = [rows[0].cells[place] for place in options]
    if not names:
        raise BadFile(rows[0].line, "the first row should name the options")
    distinct(names, [rows[0].line] * len(names))
    if len(rows) == 1:
        raise BadFile(rows[0].line, "there is no ballot below the names; the file may be cut")
    found: Counter[Ranking] = Counter()
    known: dict[tuple[str, ...], Ranking] = {}
    picked = picking(options)
    for row in rows[1:]:
        cells = picked(row.cells)
        times = whole(row.cells[counts], row.line, "the number of voters") if counts is not None else 1
        ranking = known.get(cells)
        if ranking is None:
            ranking = known[cells] = _ranking(cells, row.line, names, gaps)
        if times:
            found[ranking] += times
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
