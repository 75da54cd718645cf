"""How new a thing is, as numbers that stand beside its scopes in the index.

Of many matches only the newest are ranked. An index over words knows no order, so each thing carries the stretch of
ids it lies in, on three scales: first the newest stretch is searched, and a wider one only when too little was found.
The numbers are negative, so that they never meet a party's id.
"""

from typing import Final

SCALES: Final = (13, 16, 19)
"""Stretches of 8 thousand, 65 thousand and 524 thousand ids."""


def eras(id_: int) -> list[int]:
    """The stretches in which `id_` lies, one on each scale."""
    return [_number(scale, id_ >> bits) for scale, bits in enumerate(SCALES, start=1)]


def newest(scale: int, last: int) -> list[int]:
    """The newest stretches on a scale (0 to 2), where `last` is about the newest id: its own and both neighbours."""
    stretch = last >> SCALES[scale]
    return [_number(scale + 1, each) for each in range(max(0, stretch - 1), stretch + 2)]


def holds_all(scale: int, last: int) -> bool:
    """Whether the newest stretches on a scale leave nothing out."""
    return last >> SCALES[scale] <= 1


def _number(scale: int, stretch: int) -> int:
    return -(4 * stretch + scale)
