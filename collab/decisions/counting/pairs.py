"""The pairwise table: how many ballots prefer each option to each other.

One pass over a ballot keeps one long whole number with a field for every option that is still to come; adding it to the
row of the option that stands there counts all its victories of this ballot at once. So a ballot costs as many additions
as it names options, not as many as there are pairs.
"""

from collections.abc import Mapping

Pairs = tuple[tuple[int, ...], ...]
"""`pairs[a][b]`: ballots that prefer a to b."""


def pairs(
    size: int,
    strict: Mapping[tuple[int, ...], int],
    weak: Mapping[tuple[tuple[int, ...], ...], int],
    *,
    unranked_below: bool,
) -> Pairs:
    """The table of `size` options out of rankings and their numbers; equals prefer neither."""
    total = sum(strict.values()) + sum(weak.values())
    width = max(8, -(-(total.bit_length() + 1) // 8) * 8)
    unit = [1 << width * at for at in range(size)]
    everyone = sum(unit)
    rows = [0] * size
    by_number: dict[int, list[tuple[int, ...]]] = {}
    for ranking, n in strict.items():
        by_number.setdefault(n, []).append(ranking)
    for n, rankings in by_number.items():
        _add_strict(rows, rankings, [n * one for one in unit], n * everyone, unranked_below)
    for groups, n in weak.items():
        _add_weak(rows, groups, [n * one for one in unit], n * everyone, unranked_below)
    octets = width // 8
    return tuple(
        tuple(int.from_bytes(whole[at : at + octets], "little") for at in range(0, size * octets, octets))
        for whole in (row.to_bytes(size * octets, "little") for row in rows)
    )


def _add_strict(
    rows: list[int], rankings: list[tuple[int, ...]], unit: list[int], everyone: int, unranked_below: bool
) -> None:
    for ranking in rankings:
        below = everyone if unranked_below else sum(map(unit.__getitem__, ranking))
        for option in ranking:
            below -= unit[option]
            rows[option] += below


def _add_weak(
    rows: list[int], groups: tuple[tuple[int, ...], ...], unit: list[int], everyone: int, unranked_below: bool
) -> None:
    below = everyone if unranked_below else sum(unit[option] for group in groups for option in group)
    for group in groups:
        for option in group:
            below -= unit[option]
        for option in group:
            rows[option] += below
