"""The laws of the methods that count no rankings, and of rankings in which some options are equal and stay so."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collab.decisions.counting import Ballots, Criterion, Result, Rule, count

from .test_laws import RANKED, possible

SIZE = 4
NAMES = "ABCD"
CRITERIA = (Criterion("Shade", Fraction(2)), Criterion("Price", worst=Fraction(10), best=Fraction(0)))
Rows = list[tuple[Any, int]]
"""What was said of each option, in their order, and by how many. Of an approval: whether."""


def approving(names: str, rows: Rows, costs: tuple[int, ...]) -> Ballots:
    sets = [tuple(name for name, said in zip(names, row, strict=True) if said) for row, n in rows for _one in range(n)]
    return Ballots.approving(names, sets)


def paying(names: str, rows: Rows, costs: tuple[int, ...]) -> Ballots:
    sets = [tuple(name for name, said in zip(names, row, strict=True) if said) for row, n in rows for _one in range(n)]
    return Ballots.approving(names, sets, costs=costs)


def scoring(names: str, rows: Rows, costs: tuple[int, ...]) -> Ballots:
    return Ballots.scored(names, [row for row, n in rows for _one in range(n)])


def judging(names: str, rows: Rows, costs: tuple[int, ...]) -> Ballots:
    """Each row a sheet: of every option a pair, its scores by the two criteria."""
    sheets = [[[pair[at] for pair in row] for at in (0, 1)] for row, n in rows for _one in range(n)]
    return Ballots.judged(names, sheets)


def ranking(names: str, rows: Rows, costs: tuple[int, ...]) -> Ballots:
    """The rank of each, where a kind says so some of them equal."""
    return Ballots.ranks(names, [row for row, n in rows for _one in range(n)])


def each(of: Any) -> Any:
    return st.tuples(*[of] * SIZE)


def up_to(most: int, least: int = 0) -> Any:
    """Or nothing."""
    return st.one_of(st.none(), st.integers(least, most))


DOTS = each(st.integers(0, 3)).filter(lambda row: sum(row) <= 5)
KINDS: dict[str, tuple[dict[str, Any], Callable[..., Ballots], Any]] = {
    "approval": ({}, approving, each(st.booleans())),
    "approval of two": ({"method": "approval", "seats": 2}, approving, each(st.booleans())),
    "score": ({}, scoring, each(up_to(10))),
    "score by who said": ({"method": "score", "unranked": "no-opinion"}, scoring, each(up_to(10))),
    "dots": ({"dots": 5}, scoring, DOTS),
    "budget": ({"budget": Fraction(90)}, paying, each(st.booleans())),
    "weighted-sum": ({"criteria": CRITERIA}, judging, each(st.tuples(st.integers(0, 10), st.integers(0, 10)))),
    **{f"equals {method}": ({"method": method}, ranking, each(up_to(3, 1))) for method in RANKED},
    "scottish-stv": (
        {"seats": 2, "decimals": 5, "equal_ranks": "stop"}, ranking, st.permutations(range(1, 5)).map(tuple),
    ),
}  # fmt: skip
COSTS = (60, 50, 30, 10)


def counted(kind: str, names: str, rows: Rows, costs: tuple[int, ...] = COSTS, **more: Any) -> Result:
    card, made, _rows = KINDS[kind]
    rule = Rule(**{"method": kind, "tie_ladder": (), "elimination_ties": ("history",)} | card | more)
    return count(rule, made(names, rows, costs))


def said(kind: str) -> Any:
    return st.lists(st.tuples(KINDS[kind][2], st.integers(1, 6)), min_size=1, max_size=6)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_neither_the_order_of_voters_nor_the_names_of_options_matter(kind: str, data: Any) -> None:
    rows = data.draw(said(kind))
    once = counted(kind, NAMES, rows)
    assert counted(kind, NAMES, data.draw(st.permutations(rows))).to_json() == once.to_json()
    turned = data.draw(st.permutations(range(SIZE)))
    moved = [(tuple(row[turned[at]] for at in range(SIZE)), n) for row, n in rows]
    other = counted(kind, NAMES, moved, tuple(COSTS[turned[at]] for at in range(SIZE)))
    back = {NAMES[at]: NAMES[turned[at]] for at in range(SIZE)}
    assert {back[name] for name in possible(other)} == possible(once)
    assert {back[name]: score for name, score in other.scores.items()} == once.scores
    assert other.outcome == once.outcome


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "scottish-stv"])
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_twice_as_many_who_think_alike_change_nothing(kind: str, data: Any) -> None:
    """Not asked of the Scottish count, whose quota is rounded and whose decimals are cut."""
    rows = data.draw(said(kind))
    card = {"quota": "exact-droop"} if kind == "equals stv" else {}
    once = counted(kind, NAMES, rows, **card)
    twice = counted(kind, NAMES, [(row, 2 * n) for row, n in rows], **card)
    assert (once.outcome, once.winners, once.order) == (twice.outcome, twice.winners, twice.order)


@pytest.mark.parametrize("method", RANKED)
def test_whom_all_rank_equal_stay_equal(method: str) -> None:
    """Three say A and B alike before C, one says D: whichever of the two stood first in a list would win otherwise."""
    for names in ("ABCD", "BACD"):
        ballots = Ballots.ranked(names, {(("A", "B"), "C", "D"): 3, ("D",): 1})
        result = count(Rule(method=method, tie_ladder=(), elimination_ties=("history",)), ballots)
        assert (result.outcome, result.winners) == ("tie", ()), (names, result.order)
        assert {"A", "B"} <= set(result.ties[-1].between)
