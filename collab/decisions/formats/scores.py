"""CSV of scores: columns are options, a row is a voter, a cell the score (more is better), empty where none is given.

Approvals are scores of 1 and 0, or x and nothing, or yes and no. A column named `count` or `weight` says how many
voters a row stands for.
"""

from fractions import Fraction

from .ranks import NONE
from .reading import BadFile, shown
from .table import Row, votes_of
from .votes import Votes

TICKS = {"x": 1, "yes": 1, "y": 1, "true": 1, "✓": 1, "✔": 1, "no": 0, "n": 0, "false": 0}


def read(rows: list[Row], scale: tuple[Fraction, Fraction] | None = None) -> Votes:
    """`scale`: the least and the most that may be given."""
    names, found = votes_of(
        rows,
        lambda cells, line, names: tuple(
            _score(cell, line, name, scale) for name, cell in zip(names, cells, strict=True)
        ),
    )
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
