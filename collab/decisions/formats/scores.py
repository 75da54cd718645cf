"""CSV of scores: columns are options, a row is a voter, a cell the score (more is better), empty where none is given.

Approvals are scores of 1 and 0, or x and nothing, or yes and no. A column named `count` or `weight` says how many
voters a row stands for.
"""

from collections import Counter
from fractions import Fraction

from .ranks import NONE
from .reading import BadFile, distinct, shown, whole
from .table import Row, columns, even, picking
from .votes import Scores, Votes

TICKS = {"x": 1, "yes": 1, "y": 1, "true": 1, "✓": 1, "✔": 1, "no": 0, "n": 0, "false": 0}


def read(rows: list[Row], scale: tuple[Fraction, Fraction] | None = None) -> Votes:
    """`scale`: the least and the most that may be given."""
    even(rows)
    options, counts = columns(rows[0])
    names = [rows[0].cells[place] for place in options]
    if not names:
        raise BadFile(rows[0].line, "the first row should name the options")
    distinct(names, [rows[0].line] * len(names))
    if len(rows) == 1:
        raise BadFile(rows[0].line, "there is no ballot below the names; the file may be cut")
    found: Counter[Scores] = Counter()
    known: dict[tuple[str, ...], Scores] = {}
    picked = picking(options)
    for row in rows[1:]:
        cells = picked(row.cells)
        times = whole(row.cells[counts], row.line, "the number of voters") if counts is not None else 1
        scores = known.get(cells)
        if scores is None:
            scores = known[cells] = tuple(
                _score(cell, row.line, name, scale) for name, cell in zip(names, cells, strict=True)
            )
        if times:
            found[scores] += times
    approvals = all(score in (None, 0, 1) for scores in found for score in scores)
    return Votes("scores", tuple(names), "", None, scores=dict(found), approvals=approvals)


def _score(cell: str, line: int, name: str, scale: tuple[Fraction, Fraction] | None) -> Fraction | None:
    if NONE.match(cell) and cell.lower() != "none":
        return None
    word = cell.replace(",", ".")
    if cell.casefold() in TICKS:
        score = Fraction(TICKS[cell.casefold()])
    elif word.isascii() and word.removeprefix("-").replace(".", "", 1).isdigit() and len(word) <= 20:
        score = Fraction(word)
    else:
        raise BadFile(line, f"the score of {shown(name)} should be a number, not {shown(cell)}")
    if scale and not scale[0] <= score <= scale[1]:
        raise BadFile(line, f"the score {cell} of {shown(name)} is out of the scale from {scale[0]} to {scale[1]}")
    return score
