"""Other names give the same result under other names, whatever is tried on ties; and nobody sits where no seat is."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from collab.decisions.counted import still_even
from collab.decisions.counting import Ballots, Result, Rule, Tie, count

PLAIN: dict[str, dict[str, Any]] = {
    **{method: {"method": method} for method in ("plurality", "borda", "copeland", "schulze", "ranked-pairs", "irv")},
    "ranked pairs, fewer against first": {"method": "ranked-pairs", "pair_ties": "opposition"},
    "stv": {"method": "stv"},
    "stv, first elected first": {"method": "stv", "surplus_order": "first-elected", "quota": "exact-droop"},
    "stv, Hare": {"method": "stv", "quota": "hare", "decimals": 2, "surplus_order": "first-elected"},
    "scottish-stv": {"method": "scottish-stv", "decimals": 5, "equal_ranks": "stop"},
}
LADDERS: dict[str, dict[str, Any]] = {
    "history": {"tie_ladder": ("history",), "elimination_ties": ("history",)},
    "nothing": {"tie_ladder": (), "elimination_ties": ()},
    "chair": {"tie_ladder": ("history", "chair"), "elimination_ties": ("history", "chair")},
    "second": {"tie_ladder": ("history", "second"), "second": "irv", "elimination_ties": ("history",)},
}
RULES = {
    f"{method}, {ladder}": card | steps
    for method, card in PLAIN.items()
    for ladder, steps in LADDERS.items()
    if not (ladder == "second" and method == "irv")
}
NAMES, OTHERS = "ABCDEF", "PQRSTU"
Rows = dict[tuple[int, ...], int]


@st.composite
def even(draw: Any) -> tuple[int, Rows]:
    """Three to six options and so few ballots that much is even."""
    size = draw(st.integers(3, 6))
    rankings = st.permutations(range(size)).flatmap(lambda row: st.integers(1, size).map(lambda n: tuple(row[:n])))
    return size, draw(st.dictionaries(rankings, st.integers(1, 3), min_size=2, max_size=7))


def ballots(rows: Rows, called: dict[int, str], order: Iterable[int], casting: tuple[str, ...] = ()) -> Ballots:
    """`called`: option → name; `order`: in which the ballot lists them."""
    names = {tuple(called[one] for one in row): n for row, n in rows.items()}
    return Ballots.ranked(tuple(called[one] for one in order), names, casting=casting)


def told(result: Result, back: Callable[[str], str]) -> dict[str, Any]:
    """All that a result says under the names of before. Who of equals is named first says nothing; nor, where it is
    told that the order is the same to all, who of them went first."""
    found: dict[str, Any] = {
        "outcome": result.outcome,
        "winners": {back(name) for name in result.winners},
        "even": {back(name) for name in still_even(result)},
        "scores": {back(name): score for name, score in result.scores.items()},
        "quota": result.quota,
        "places": [{back(name) for name in group} for group in told_apart(result)],
    }
    if any(tie.why == "same-either-way" for tie in result.ties):
        return found
    return found | {
        "ties": [tie_told(tie, back) for tie in result.ties],
        "rounds": [
            (one.action, {back(name): votes for name, votes in one.votes}, *({back(name) for name in some} for some in
             (one.of, one.elected, one.excluded)), one.exhausted, one.lost)
            for one in result.rounds
        ],
    }  # fmt: skip


def told_apart(result: Result) -> list[tuple[str, ...]]:
    """The order, all winners as one group: in which turn they are named is the order of their votes, then of names."""
    behind = [tuple(name for name in group if name not in result.winners) for group in result.order]
    return [result.winners, *(group for group in behind if group)]


def tie_told(tie: Tie, back: Callable[[str], str]) -> tuple[Any, ...]:
    order = [{back(name) for name in group} for group in tie.order]
    return {back(name) for name in tie.between}, tie.step, tie.round, tie.broken, order, tie.open, tie.why


@pytest.mark.parametrize("kind", RULES)
@settings(max_examples=60, deadline=None)
@given(profile=even(), seats=st.integers(1, 4), data=st.data())
def test_other_names_give_the_same_result_under_other_names(
    kind: str, profile: tuple[int, Rows], seats: int, data: Any
) -> None:
    size, rows = profile
    rule = Rule(**RULES[kind], seats=1 if RULES[kind]["method"] == "irv" else seats)
    once = dict(enumerate(NAMES[:size]))
    other = dict(enumerate(data.draw(st.permutations(OTHERS[:size]))))
    listed = data.draw(st.permutations(range(size)))
    again = {name: NAMES[at] for at, name in other.items()}
    words: tuple[str, ...] = ()
    while True:
        first = count(rule, ballots(rows, once, range(size), words))
        named = tuple(other[NAMES.index(word)] for word in words)
        second = count(rule, ballots(rows, other, listed, named))
        assert told(second, again.__getitem__) == told(first, str)
        if "chair" not in rule.tie_ladder or not (left := still_even(first)):
            return
        words += (data.draw(st.sampled_from(left)),)


ELEVEN = {(0,): 2, (1,): 2, (2,): 2, (3,): 2, (4,): 2, (5,): 1}


@pytest.mark.parametrize("quota", ["droop", "hare", "exact-droop"])
@pytest.mark.parametrize("surpluses", ["largest", "first-elected"])
@pytest.mark.parametrize("equal", ["split", "stop"])
@settings(max_examples=60, deadline=None)
@given(profile=even(), seats=st.integers(1, 5), decimals=st.sampled_from([None, 0, 1, 2, 5]))
@example(profile=(6, ELEVEN), seats=4, decimals=0)
@example(profile=(5, {(0, 1): 1}), seats=2, decimals=0)
@example(profile=(5, {(4, 3): 1, (4, 0): 1}), seats=2, decimals=0)
def test_never_are_more_elected_than_there_are_seats(
    quota: str, surpluses: str, equal: str, profile: tuple[int, Rows], seats: int, decimals: int | None
) -> None:
    size, rows = profile
    card = {"quota": quota, "surplus_order": surpluses, "equal_ranks": equal, "decimals": decimals}
    # Each ballot's first two are equal, so that papers are shared out, or stop at once.
    groups = {(tuple(NAMES[one] for one in row[:2]), *(NAMES[one] for one in row[2:])): n
              for row, n in rows.items()} if equal == "stop" else None  # fmt: skip
    shared = Ballots.ranked(NAMES[:size], groups) if groups else ballots(rows, dict(enumerate(NAMES)), range(size))
    for ladder in (("history",), ("history", "lot")):
        result = count(Rule(method="stv", seats=seats, tie_ladder=ladder, elimination_ties=ladder, **card), shared)
        assert len(result.winners) <= seats
        assert len(result.winners) == min(seats, size) or result.outcome == "tie"
        for one in result.rounds:
            assert sum(votes for _name, votes in one.votes) + one.exhausted + one.lost <= shared.valid
