"""What counting costs: ten thousand ballots of twenty options in three shapes, and a ward of fifteen thousand."""

import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypedDict

from collab.decisions.counting import Ballots, Rule, count

from .tally_libraries import NotCounted, counting

BALLOTS: Final = 10_000
OPTIONS: Final = 20
WARD: Final = 15_000
METHODS: Final = ("borda", "irv", "schulze", "ranked-pairs")
SHAPES: Final = ("complete", "cyclic", "truncated")
GOALS: Final = {
    "borda": (92, 99, 18),
    "irv": (207, 333, 47),
    "schulze": (349, 332, 99),
    "ranked-pairs": (347, 332, 94),
}
"""The best library of each cell, CPU milliseconds on another machine of two cores."""
WARD_GOAL: Final = 300

Ranking = tuple[int, ...]


class Cell(TypedDict):
    """One figure: milliseconds of CPU, the ballots taken in included, beside what is to be beaten; `beside`: what each
    library took for the same in this run."""

    method: str
    shape: str
    ms: float
    goal: int
    beside: dict[str, float]


def measure(rounds: int = 5, libraries: Sequence[str] = ()) -> list[Cell]:
    """Every cell, the median of some runs; the ballots are the same each time."""
    cells: list[Cell] = []
    for library in libraries:
        counting(library, "schulze")  # what it brings in is no part of the first count
    gc.collect()
    gc.freeze()  # nor is what the collector would look through of it
    for at, shape in enumerate(SHAPES):
        rankings = made(shape)
        for method in METHODS:
            ms = _median(partial(_count, Rule(method=method), OPTIONS, rankings), rounds)
            beside = {name: took for name in libraries if (took := _of_library(name, method, rankings, rounds))}
            cells.append(Cell(method=method, shape=shape, ms=ms, goal=GOALS[method][at], beside=beside))
    ward = made("ward")
    scottish = Rule(method="scottish-stv", seats=4, decimals=5, equal_ranks="stop")
    ms = _median(partial(_count, scottish, 10, ward), rounds)
    cells.append(Cell(method="scottish-stv", shape="ward", ms=ms, goal=WARD_GOAL, beside={}))
    gc.unfreeze()
    return cells


def made(shape: str) -> list[Ranking]:
    """Ballots: whole rankings at random, rankings round a circle with a few slips, a few first choices, or a ward."""
    chance = random.Random(20)  # noqa: S311
    if shape == "complete":
        return [tuple(chance.sample(range(OPTIONS), OPTIONS)) for _ in range(BALLOTS)]
    if shape == "truncated":
        return [tuple(chance.sample(range(OPTIONS), chance.randint(1, 5))) for _ in range(BALLOTS)]
    if shape == "ward":
        weights = [3, 30, 6, 40, 2, 12, 22, 9, 5, 18]
        return [_leaning(chance, weights) for _ in range(WARD)]
    circle = []
    for _ in range(BALLOTS):
        start = chance.randrange(OPTIONS)
        row = [(start + step) % OPTIONS for step in range(OPTIONS)]
        for _slip in range(3):
            a, b = chance.randrange(OPTIONS), chance.randrange(OPTIONS)
            row[a], row[b] = row[b], row[a]
        circle.append(tuple(row))
    return circle


def _leaning(chance: random.Random, weights: list[int]) -> Ranking:
    left = dict(enumerate(weights))
    row: list[int] = []
    for _ in range(chance.randint(1, len(weights))):
        row += chance.choices(list(left), list(left.values()))
        del left[row[-1]]
    return tuple(row)


def _count(rule: Rule, options: int, rankings: list[Ranking]) -> None:
    names = [f"Option {at + 1}" for at in range(options)]
    count(rule, Ballots.ranked(names, rankings, seed="1./"))


def _of_library(name: str, method: str, rankings: list[Ranking], rounds: int) -> float | None:
    """None where the library does not count so, or not these ballots."""
    act = counting(name, method)
    if act is None:
        return None
    try:
        act(rankings, OPTIONS)
    except NotCounted:
        return None
    return _median(lambda: act(rankings, OPTIONS), rounds)


def _median(act: Callable[[], None], rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        before = time.process_time()
        act()
        spent.append((time.process_time() - before) * 1000)
    return round(statistics.median(spent), 1)


def table(cells: list[Cell]) -> str:
    """The cells as a table to read."""
    lines = [f"{'CPU ms':14} {'ballots':12} {'here':>8} {'to beat':>8}"]
    for cell in cells:
        beside = "".join(f"  {name} {took:.1f}" for name, took in cell["beside"].items())
        lines.append(f"{cell['method']:14} {cell['shape']:12} {cell['ms']:8.1f} {cell['goal']:8}{beside}")
    return "\n".join(lines)
