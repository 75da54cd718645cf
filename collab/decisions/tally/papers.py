"""The votes of a file as the ballots that a rule counts."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from ..counting import Ballots, Rule
from ..formats import Scores, Votes
from .methods import QUESTIONS, Unfit, money_unit

POINTS = ("score", "dots")
RANKED = ("plurality", "borda", "copeland", "schulze", "ranked-pairs", "irv", "stv", "scottish-stv")


def ballots_of(votes: Votes, rule: Rule, seed: str | None = None) -> Ballots:
    """The ballots that `rule` asks for. Raises Unfit where the file cannot give them, and counting.BadBallots."""
    votes = _standing(votes)
    also: dict[str, Any] = {"seed": seed}
    if rule.method in QUESTIONS:
        if not votes.answers:
            raise Unfit(f"the method {rule.method} counts yes and no, and this file holds none")
        said = votes.answers
        return Ballots.question(yes=said["yes"], no=said["no"], abstained=said["abstain"], **also)
    if votes.answers:
        raise Unfit(f"this file answers a question with yes and no; {rule.method} needs ballots about options")
    if rule.method == "budget":
        return _budget(votes, also)
    if rule.method == "approval":
        return Ballots.approving(votes.names, _approved(votes), **also)
    if rule.method in POINTS:
        if not votes.scores:
            raise Unfit(f"the method {rule.method} needs points, and this file holds rankings")
        return Ballots.scored(votes.names, {_exact(row): n for row, n in votes.scores.items()}, **also)
    if rule.method in RANKED:
        return Ballots.ranked(votes.names, votes.ranked().rankings, **also)
    raise Unfit(f"the method {rule.method} cannot be counted from a file of votes")


def _standing(votes: Votes) -> Votes:
    """Without those who withdrew: their places on the ballots close up."""
    if not votes.withdrawn:
        return votes
    left = [at for at in range(len(votes.names)) if at not in votes.withdrawn]
    place = {at: new for new, at in enumerate(left)}
    rankings: dict[Any, int] = {}
    for ranking, n in votes.rankings.items():
        kept = tuple(tuple(place[at] for at in group if at in place) for group in ranking)
        kept = tuple(group for group in kept if group)
        rankings[kept] = rankings.get(kept, 0) + n
    return replace(votes, names=tuple(votes.names[at] for at in left), rankings=rankings, withdrawn=())


def _approved(votes: Votes) -> dict[tuple[int, ...], int]:
    """What each ballot approves: what has points above 0, or is ranked at all."""
    found: dict[tuple[int, ...], int] = {}
    for row, n in votes.scores.items():
        sets = tuple(at for at, score in enumerate(row) if score is not None and score > 0)
        found[sets] = found.get(sets, 0) + n
    for ranking, n in votes.rankings.items():
        sets = tuple(sorted(at for group in ranking for at in group))
        found[sets] = found.get(sets, 0) + n
    return found


def _exact(row: Scores) -> tuple[int | Fraction | None, ...]:
    return tuple(score if score is None or score.denominator > 1 else score.numerator for score in row)


def _budget(votes: Votes, also: dict[str, Any]) -> Ballots:
    unit = money_unit(votes)
    costs = tuple(int(cost * unit) for cost in votes.costs)
    if votes.approvals:
        return Ballots.approving(votes.names, _approved(votes), costs=costs, **also)
    return Ballots.scored(votes.names, {_exact(row): n for row, n in votes.scores.items()}, costs=costs, **also)
