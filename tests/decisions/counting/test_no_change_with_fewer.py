"""How many ballots would have changed a result, held against every other way in which they could have been filled in:
of small votes all there are."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, combinations_with_replacement, permutations, product
from typing import Any, Final

import pytest

from collab.decisions.counting import Ballots, Electorate, Rule, count
from collab.decisions.counting.short import CONDORCET, short

TREES: Final = ("Plane", "Elm", "None")
FOUR: Final = ("Plane", "Elm", "Oak", "None")
RANKINGS: Final = [*permutations(range(3)), (0,), (1,), (2,), (0, 2), (1, 2)]
SETS: Final = [(), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2)]
SCORES: Final = list(product((0, 1, 2), (0, 2), (0, 1, 2)))
DOTS: Final = [one for one in product(range(3), repeat=3) if sum(one) <= 2]
WAYS: Final[dict[str, tuple[dict[str, Any], list[Any], int]]] = {
    "plurality": ({"method": "plurality"}, [(0,), (1,), (2,)], 8),
    "approval": ({"method": "approval"}, SETS, 4),
    "score": ({"method": "score", "high": 2}, SCORES, 3),
    "dots": ({"method": "dots", "dots": 2}, DOTS, 4),
    "borda": ({"method": "borda"}, RANKINGS, 4),
    "borda, short ballots": ({"method": "borda", "borda": "modified"}, RANKINGS, 4),
    "borda, no opinion": ({"method": "borda", "unranked": "no-opinion"}, RANKINGS, 4),
    "copeland": ({"method": "copeland"}, RANKINGS, 4),
    "schulze": ({"method": "schulze"}, RANKINGS, 4),
    "ranked pairs": ({"method": "ranked-pairs", "unranked": "no-opinion"}, RANKINGS, 4),
    "borda of four": ({"method": "borda"}, [*permutations(range(4))], 3),
    "copeland of four": ({"method": "copeland"}, [*permutations(range(4))], 3),
    "schulze of four": ({"method": "schulze"}, [*permutations(range(4))], 3),
}
Profile = tuple[int, ...]


def gathered(method: str, names: tuple[str, ...], papers: Iterable[Any]) -> Ballots:
    if method == "approval":
        return Ballots.approving(names, papers)
    return (Ballots.scored if method in ("score", "dots") else Ballots.ranked)(names, papers)


def otherwise(profile: Profile, size: int) -> Iterator[Profile]:
    """Every vote in which one ballot is another."""
    for at in range(len(profile)):
        for paper in range(size):
            yield tuple(sorted((*profile[:at], paper, *profile[at + 1 :])))


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("seats", [1, 2])
@pytest.mark.parametrize("way", WAYS)
def test_nothing_changes_with_fewer_and_something_does_where_it_is_exact(way: str, seats: int, times: int) -> None:
    said, papers, voters = WAYS[way]
    rule = Rule(**said, seats=seats, none="None", none_ratio=Fraction(times), tie_ladder=())
    names = FOUR if way.endswith("four") else TREES
    people, came, told = Electorate(entitled=voters), {}, {}
    for profile in combinations_with_replacement(range(len(papers)), voters):
        ballots = gathered(rule.method, names, (papers[one] for one in profile))
        result = count(rule, ballots, people)
        came[profile] = result.outcome, frozenset(result.winners)
        if found := short(rule, ballots, people, result):
            told[profile] = found
    for profile, found in told.items():
        near, reached = {profile}, {profile}
        for _ballot in range(1, found.votes):
            near = set(chain.from_iterable(otherwise(one, len(papers)) for one in near)) - reached
            reached |= near
        assert {came[one] for one in reached} == {came[profile]}, (profile, found, came[profile])
        if found.sure == "exactly":
            last = chain.from_iterable(otherwise(one, len(papers)) for one in reached)
            assert any(came[one] != came[profile] for one in last), (profile, found)
    duels = rule.method in CONDORCET
    assert ({one.rival for one in told.values()} >= {"None"}) is (seats == 1 or not duels)
