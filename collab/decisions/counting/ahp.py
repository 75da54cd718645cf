"""Weights from comparisons of every two criteria (Saaty's Analytic Hierarchy Process), and how consistent they are.

Saaty, *The Analytic Hierarchy Process* (1980): the weights are the principal eigenvector of the matrix of comparisons;
the consistency ratio is (λmax − n)/(n − 1) divided by that of random matrices.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from .exact import Number

UNIT: Final = 10**30
"""One, in the whole numbers that the iteration runs on: the same on every machine, as floats are not."""
KEPT: Final = 10**12

RANDOM: Final = tuple(
    Fraction(one, 100) for one in (0, 0, 0, 58, 90, 112, 124, 132, 141, 145, 149, 151, 154, 156, 157, 159)
)
"""Saaty's mean consistency index of random matrices, by their size."""


class Weighed(NamedTuple):
    """`weights` sum to 1 (kept to 12 decimals); `ratio`: Saaty's consistency ratio, 0 when wholly consistent."""

    weights: tuple[Fraction, ...]
    ratio: Fraction


def weigh(upper: Sequence[Sequence[Number]]) -> Weighed:
    """Weights of n things from rows of comparisons with those after them: n − 1 long, …, 1 long. None: one thing."""
    size = len(upper) + 1
    matrix = [[UNIT] * size for _ in range(size)]
    for row, compared in enumerate(upper):
        for column, value in enumerate(compared, start=row + 1):
            exact = Fraction(value)
            matrix[row][column] = int(exact * UNIT)
            matrix[column][row] = int(UNIT / exact)
    vector = [UNIT // size] * size
    for _ in range(1000):
        image = [sum(a * x for a, x in zip(row, vector, strict=True)) // UNIT for row in matrix]
        whole = sum(image)
        following = [one * UNIT // whole for one in image]
        if max(abs(a - b) for a, b in zip(following, vector, strict=True)) <= size:
            break
        vector = following
    # The vector sums to one, so the sum of its image is the eigenvalue.
    largest = Fraction(whole, UNIT)
    index = (largest - size) / (size - 1) if size > 2 else Fraction(0)
    ratio = max(Fraction(0), index / RANDOM[size]) if size > 2 else Fraction(0)
    kept = [round(Fraction(one, UNIT) * KEPT) for one in following]
    kept[kept.index(max(kept))] += KEPT - sum(kept)
    return Weighed(tuple(Fraction(one, KEPT) for one in kept), Fraction(round(ratio * KEPT), KEPT))
