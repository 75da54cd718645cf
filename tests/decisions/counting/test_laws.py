"""What must hold for all ballots, whatever they are."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from collab.decisions.counted import still_even
from collab.decisions.counting import Ballots, Result, Rule, count

PAIRWISE = ("copeland", "schulze", "ranked-pairs")
RANKED = (*PAIRWISE, "plurality", "borda", "irv", "stv")
Profile = tuple[int, dict[tuple[int, ...], int]]


@st.composite
def profiles(draw: Any, *, complete: bool = False) -> Profile:
    """Two to five options, a few different rankings, each of some people."""
    size = draw(st.integers(2, 5))
    rows = draw(st.dictionaries(st.permutations(range(size)).map(tuple), st.integers(1, 40), min_size=1, max_size=8))
    if complete:
        return size, rows
    short: dict[tuple[int, ...], int] = {}
    for row, n in rows.items():
        kept = row[: draw(st.integers(1, size))]
        short[kept] = short.get(kept, 0) + n
    return size, short


def named(profile: Profile, names: str = "ABCDEFG", times: int = 1) -> Ballots:
    size, rows = profile
    return Ballots.ranked(names[:size], {tuple(names[at] for at in row): times * n for row, n in rows.items()})


def counted(method: str, ballots: Ballots, **card: Any) -> Result:
    return count(Rule(method=method, tie_ladder=(), elimination_ties=("history",), **card), ballots)


def possible(result: Result) -> set[str]:
    """Who has a seat or might have one."""
    return set(result.winners).union(*(tie.between for tie in result.ties if tie.open))


def smith(ballots: Ballots) -> set[str]:
    """The smallest group whose members beat everybody outside it."""
    pairs, everyone = ballots.below, range(len(ballots.options))
    wins = sorted(
        everyone, key=lambda a: -sum(2 * (pairs[a][b] > pairs[b][a]) + (pairs[a][b] == pairs[b][a]) for b in everyone)
    )
    for size in range(1, len(wins) + 1):
        inside, outside = wins[:size], wins[size:]
        if all(pairs[a][b] > pairs[b][a] for a in inside for b in outside):
            return {ballots.options[one] for one in inside}
    raise AssertionError


@pytest.mark.parametrize("method", RANKED)
@settings(max_examples=20, deadline=None)
@given(profile=profiles(), data=st.data())
def test_neither_the_order_of_voters_nor_the_names_of_options_matter(method: str, profile: Profile, data: Any) -> None:
    size, rows = profile
    once = counted(method, named(profile))
    shuffled = dict(data.draw(st.permutations(list(rows.items()))))
    assert counted(method, named((size, shuffled))).to_json() == once.to_json()
    turned = data.draw(st.permutations(range(size)))
    other = counted(method, named((size, {tuple(turned[one] for one in row): n for row, n in rows.items()})))
    back = {"ABCDEFG"[turned[at]]: "ABCDEFG"[at] for at in range(size)}
    assert {back[name] for name in possible(other)} == possible(once)
    assert other.outcome == once.outcome


@pytest.mark.parametrize("method", RANKED)
@settings(max_examples=15, deadline=None)
@given(profile=profiles())
def test_twice_as_many_who_think_alike_change_nothing(method: str, profile: Profile) -> None:
    # The Droop quota is rounded, so plain STV is asked with the exact one.
    card = {"quota": "exact-droop"} if method == "stv" else {}
    once, twice = (counted(method, named(profile, times=times), **card) for times in (1, 2))
    assert (once.outcome, once.winners, once.order) == (twice.outcome, twice.winners, twice.order)


@pytest.mark.parametrize("method", PAIRWISE)
@settings(max_examples=25, deadline=None)
@given(profile=profiles())
def test_whoever_beats_all_others_wins_and_nobody_from_outside_the_smith_set(method: str, profile: Profile) -> None:
    ballots = named(profile)
    for strength in ("winning-votes", "margins"):
        result = counted(method, ballots, strength=strength)
        assert possible(result) <= smith(ballots)
        if len(smith(ballots)) == 1:
            assert set(result.winners) == smith(ballots)


@pytest.mark.parametrize("method", [*PAIRWISE, "borda"])
@settings(max_examples=25, deadline=None)
@given(profile=profiles(complete=True))
def test_when_all_turn_round_the_winner_does_not_win_again(method: str, profile: Profile) -> None:
    size, rows = profile
    result = counted(method, named(profile))
    assume(result.outcome == "decided")
    turned = counted(method, named((size, {row[::-1]: n for row, n in rows.items()})))
    assert turned.winners != result.winners


@pytest.mark.parametrize("method", ["schulze", "ranked-pairs"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(profile=profiles(complete=True))
def test_a_clone_changes_nothing_for_the_others(method: str, profile: Profile) -> None:
    size, rows = profile
    assume(size < 5)
    cloned = named(
        (
            size + 1,
            {tuple(one for at in row for one in ((0, size) if at == 0 else (at,))): n for row, n in rows.items()},
        )
    )
    if method == "ranked-pairs":
        # Equally strong pairs are settled together, which clones may split: asked without any.
        strengths = [n for a, row in enumerate(named(profile).below) for b, n in enumerate(row) if a < b]
        both = [max(n, sum(rows.values()) - n) for n in strengths]
        assume(len(set(both)) == len(both) and sum(rows.values()) not in both and 2 * max(both) > sum(rows.values()))
        assume(all(2 * n != sum(rows.values()) for n in strengths))
    clone = "ABCDEFG"[size]
    merged = {"A" if name == clone else name for name in possible(counted(method, cloned))}
    assert merged == possible(counted(method, named(profile)))


@settings(max_examples=25, deadline=None)
@given(profile=profiles(), seats=st.integers(1, 4), decimals=st.sampled_from([None, 0, 2, 5]))
def test_no_vote_is_lost_or_made_in_a_transfer(profile: Profile, seats: int, decimals: int | None) -> None:
    ballots = named(profile)
    for result in (
        counted("stv", ballots, seats=seats, decimals=decimals),
        counted("scottish-stv", ballots, seats=seats, decimals=5, equal_ranks="stop"),
    ):
        for round_ in result.rounds:
            assert sum(votes for _, votes in round_.votes) + round_.exhausted + round_.lost == ballots.valid
            assert round_.lost >= 0
        assert len(result.winners) == min(seats, len(ballots.options)) or result.outcome == "tie"


@pytest.mark.parametrize("method", RANKED)
@settings(max_examples=12, deadline=None)
@given(profile=profiles(), seed=st.sampled_from(["1./", "2.7./", "βόλος", "۱۲"]))
def test_a_bundle_recounts_to_the_same_bytes_and_a_seed_leaves_no_tie(method: str, profile: Profile, seed: str) -> None:
    rule, (size, rows) = Rule(method=method), profile
    ballots = Ballots.ranked("ABCDEFG"[:size], rows, seed=seed)
    result = count(rule, ballots)
    assert result.outcome == "decided"
    again = count(Rule.from_json(rule.to_json()), Ballots.from_json(ballots.to_json()))
    assert again.to_json() == result.to_json()
    json.loads(result.to_json())


@pytest.mark.parametrize("method", ["irv", "stv", "scottish-stv", "schulze", "plurality"])
@settings(max_examples=12, deadline=None)
@given(profile=profiles(), seats=st.integers(1, 3), data=st.data())
def test_the_chair_is_asked_about_every_tie_in_turn_until_none_is_open(
    method: str, profile: Profile, seats: int, data: Any
) -> None:
    ladder = ("history", "chair")
    card: dict[str, Any] = {"decimals": 5, "equal_ranks": "stop"} if method == "scottish-stv" else {}
    rule = Rule(
        method=method, seats=1 if method == "irv" else seats, tie_ladder=ladder, elimination_ties=ladder, **card
    )
    size, rows = profile
    said: tuple[str, ...] = ()
    asked: dict[Any, set[str]] = {}
    while True:
        result = count(rule, Ballots.ranked("ABCDEFG"[:size], rows, casting=said))
        chaired = [(tie.step, tie.round, tie.between) for tie in result.ties if "chair" in tie.broken]
        assert len(chaired) == len(set(chaired))
        assert set(chaired) == set(asked), "each word settles the tie for which it was asked, and no other"
        even = still_even(result)
        if not even:
            break
        (tie,) = (one for one in result.ties if one.open)
        told = asked.setdefault((tie.step, tie.round, tie.between), set())
        assert not set(even) & told, "nobody is asked twice about the same"
        word = data.draw(st.sampled_from(even))
        told.add(word)
        said += (word,)
    assert result.outcome == "decided"
    assert all(len(told) < len(between) for (_step, _round, between), told in asked.items()), (
        "each tells one more apart"
    )


def test_the_chairs_word_for_one_tie_is_no_word_for_a_later_one() -> None:
    ladder = ("history", "chair")
    rule = Rule(method="irv", tie_ladder=ladder, elimination_ties=ladder)
    names, papers = ("Ash", "Beech", "Dogwood"), {("Ash",): 2, ("Beech",): 2, ("Dogwood",): 2}
    first = count(rule, Ballots.ranked(names, papers, casting=("Ash",)))
    assert still_even(first) == ["Beech", "Dogwood"], "somebody goes out of those not chosen"
    second = count(rule, Ballots.ranked(names, papers, casting=("Ash", "Dogwood")))
    assert still_even(second) == ["Ash", "Dogwood"], "that Ash stayed in once says nothing of the last two"
    assert [tie.broken for tie in second.ties] == [("chair",), ()]
    third = count(rule, Ballots.ranked(names, papers, casting=("Ash", "Dogwood", "Dogwood")))
    assert (third.outcome, third.winners) == ("decided", ("Dogwood",))


@settings(max_examples=25, deadline=None)
@given(
    size=st.integers(2, 5),
    rows=st.lists(st.lists(st.one_of(st.none(), st.integers(1, 3)), min_size=5, max_size=5), min_size=1, max_size=6),
)
def test_the_pairwise_table_is_what_one_would_count_by_hand(size: int, rows: list[list[int | None]]) -> None:
    ranks = [row[:size] for row in rows]
    ballots = Ballots.ranks("ABCDE"[:size], ranks)
    for a in range(size):
        for b in range(size):
            both = [(row[a], row[b]) for row in ranks]
            assert ballots.opinions[a][b] == sum(x is not None and y is not None and x < y for x, y in both)
            assert ballots.below[a][b] == sum(x is not None and (y is None or x < y) for x, y in both)
    borda = count(Rule(method="borda", tie_ladder=()), ballots) if ballots.valid else None
    for a, name in enumerate(ballots.options if borda else ()):
        ties = sum(ballots.cast - ballots.below[a][b] - ballots.below[b][a] for b in range(size) if b != a)
        blank = ballots.cast - ballots.valid
        assert borda is not None
        assert 2 * borda.scores[name] == 2 * sum(ballots.below[a]) + ties - blank * (size - 1)
