"""What the methods of pairs have in common: which table the rule reads, how strong a victory is, who beats "none"."""

from ..ballots import Ballots
from ..pairs import Pairs
from ..rule import Rule


def table(rule: Rule, ballots: Ballots) -> Pairs:
    """The pairwise table as the rule reads unranked options."""
    return ballots.below if rule.unranked == "below" else ballots.opinions


def strengths(rule: Rule, pairs: Pairs) -> list[list[int]]:
    """How strongly each beats each other, 0 where it does not: votes for it, or its margin.

    Where equal victories are told apart by the opposition, the fewer votes against, the stronger: each strength is then
    a multiple of `finely`, with the rest above it.
    """
    size, fine = len(pairs), finely(rule, pairs)
    found = [[0] * size for _ in range(size)]
    for a, row in enumerate(pairs):
        for b, votes in enumerate(row):
            against = pairs[b][a]
            if votes > against:
                strong = votes if rule.strength == "winning-votes" else votes - against
                found[a][b] = strong * fine + (fine - 1 - against if fine > 1 else 0)
    return found


def finely(rule: Rule, pairs: Pairs) -> int:
    """By what the strengths are multiplied, to leave room for the opposition; 1 where it is not looked at."""
    return 1 + max(map(max, pairs)) if rule.pair_ties == "opposition" else 1


def standing_against_none(rule: Rule, ballots: Ballots) -> list[bool]:
    """Which options more ballots prefer to "none of these" than the other way round, `none_ratio` times over.

    The ratio is that of Debian's constitution, A.5(3): V(A, none) is strictly more than N times V(none, A).
    """
    if rule.none is None:
        return [True] * len(ballots.options)
    pairs, none = table(rule, ballots), ballots.options.index(rule.none)
    return [one != none and pairs[one][none] > rule.none_ratio * pairs[none][one] for one in range(len(pairs))]


def able(rule: Rule, ballots: Ballots) -> list[int]:
    """The options that may win."""
    return [one for one, stands in enumerate(standing_against_none(rule, ballots)) if stands]
