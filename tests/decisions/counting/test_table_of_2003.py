"""The leader of Debian of 2003, of whom the announcement gives the table of duels and no ballots."""

import pytest

from collab.decisions.counting import Ballots, Rule, count

NAMES = ("Moshe Zadka", "Bdale Garbee", "Branden Robinson", "Martin Michlmayr", "None Of The Above")
DUELS = (
    (1, 5, 228, 202), (2, 1, 428, 34), (2, 3, 238, 221), (2, 5, 449, 29), (3, 1, 385, 66),
    (3, 5, 405, 65), (4, 1, 397, 38), (4, 2, 228, 224), (4, 3, 237, 226), (4, 5, 424, 39),
)  # fmt: skip
"""Winner, loser, votes for either, as announced on 30 March 2003."""


def as_announced() -> Ballots:
    """Ballots with this very table: of each duel those who said no more than who of the two is better."""
    rows = {}
    for winner, loser, votes, against in DUELS:
        rows[NAMES[winner - 1], NAMES[loser - 1]] = votes
        rows[NAMES[loser - 1], NAMES[winner - 1]] = against
    return Ballots.ranked(NAMES, rows)


@pytest.mark.parametrize("strength", ["winning-votes", "margins"])
@pytest.mark.parametrize("method", ["schulze", "ranked-pairs", "copeland"])
def test_the_table_elects_whom_it_elected_and_puts_the_others_in_that_order(method: str, strength: str) -> None:
    rule = Rule(method=method, unranked="no-opinion", strength=strength, none=NAMES[4], tie_ladder=())
    result = count(rule, as_announced())
    table = result.as_json()["pairwise"]
    assert all(table[NAMES[winner - 1]][NAMES[loser - 1]] == votes for winner, loser, votes, _against in DUELS)  # type: ignore[index]
    assert result.winners == ("Martin Michlmayr",)
    expected = ["Martin Michlmayr", "Bdale Garbee", "Branden Robinson", "Moshe Zadka", "None Of The Above"]
    assert [name for (name,) in result.order] == expected
