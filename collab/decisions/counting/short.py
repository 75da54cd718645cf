"""Votes short of a change: how many people thinking otherwise would have changed the result."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from .ballots import Ballots
from .electorate import Electorate
from .exact import Number
from .methods.pairwise import table
from .methods.yes_no import chair_may_settle
from .result import Result
from .rule import Rule
from .standing import majority, standing

CONDORCET: Final = ("copeland", "schulze", "ranked-pairs")


@dataclass(frozen=True, slots=True)
class Short:
    """`votes`: ballots that would have had to be otherwise for `rival`, or the other side, to draw level or win.

    `sure`: "exactly" that many; "at-most", fewer may do it another way; "at-least", fewer cannot.
    """

    votes: int
    rival: str
    sure: str

    def as_json(self) -> dict[str, object]:
        """For pages and the API."""
        return {"votes": self.votes, "rival": self.rival, "sure": self.sure}


def short(rule: Rule, ballots: Ballots, electorate: Electorate, result: Result) -> Short | None:
    """Where this can be told at a glance; None where it cannot, as with budgets and consent."""
    if rule.method in ("yes-no", "show-of-hands"):
        return _question(rule, ballots, electorate, result)
    if result.outcome != "decided" or len(result.options) < 2:
        return None
    if rule.method in ("plurality", "approval"):
        return _most(rule, result)
    if rule.method in ("score", "dots", "borda"):
        return _points(rule, result)
    if rule.method in CONDORCET and rule.seats == 1:
        return _duel(rule, ballots, result)
    if rule.method in ("irv", "stv", "scottish-stv"):
        return _closest(result)
    return None


def _question(rule: Rule, ballots: Ballots, electorate: Electorate, result: Result) -> Short | None:
    """How many of those who won would have had to vote the other way; None where even all of them were too few. What
    the chair settled hung on any one vote, and whoever would have come to the chair was level."""
    now, yes, no = standing(rule, ballots, electorate), ballots.yes, ballots.no
    _, needed = majority(rule, now, yes + no, Fraction(1, 2))
    carried = result.winners == ("yes",)
    other = "no" if carried else "yes"
    if any("chair" in tie.broken for tie in result.ties):
        return Short(1, other, "exactly")
    votes = yes - needed + 1 if carried else needed - yes
    if yes < no and (no - yes) % 2 == 0 and "chair" in rule.tie_ladder and chair_may_settle(rule):
        level = (no - yes) // 2
        votes = min(votes, level) if yes + level + 1 >= needed else votes
    return Short(votes, other, "exactly") if votes <= (yes if carried else no) else None


def _most(rule: Rule, result: Result) -> Short | None:
    """One ballot of plurality moves two votes apart by two, one of approval can do so as well."""
    last = min((result.scores[name] for name in result.winners), default=0)
    rivals = [
        name for name in result.options if name not in result.winners and name not in (*result.dropped, rule.none)
    ]
    if not rivals:
        return None
    rival = max(rivals, key=lambda name: result.scores[name])
    return Short(_half(last - result.scores[rival]), rival, "exactly")


def _points(rule: Rule, result: Result) -> Short | None:
    """No ballot can bring two options closer by more than from all to nothing for one and the reverse for the other."""
    if rule.method == "score":
        most = None if rule.unranked == "no-opinion" else rule.high - rule.low
    else:
        most = rule.dots or len(result.options) - 1
    found = _most(rule, result)
    if found is None or not most:
        return None
    gap = min(result.scores[name] for name in result.winners) - result.scores[found.rival]
    return Short(_half(gap / Fraction(most)), found.rival, "at-least")


def _duel(rule: Rule, ballots: Ballots, result: Result) -> Short | None:
    """A winner who beats all stays winner until one of these duels is drawn."""
    pairs = table(rule, ballots)
    winner = result.options.index(result.winners[0])
    out = {result.options.index(name) for name in (*result.dropped, *([rule.none] if rule.none else []))}
    margins = {one: pairs[winner][one] - pairs[one][winner] for one in range(len(pairs)) if one not in {winner, *out}}
    if not margins or min(margins.values()) <= 0:
        return None
    rival = min(margins, key=lambda one: margins[one])
    return Short(_half(margins[rival]), result.options[rival], "at-least")


def _closest(result: Result) -> Short | None:
    """The last to go out against who stayed by least: had that round been drawn, others might have been elected."""
    found: tuple[Number, str] | None = None
    for before, after in zip(result.rounds, result.rounds[1:], strict=False):
        if after.action != "exclude":
            continue
        votes = dict(before.votes)
        gone = after.of[0]
        later = {name for one in result.rounds for name in one.elected}
        staying = [name for name in later if votes.get(name, 0) and name not in _elected_until(result, before)]
        for name in staying:
            gap = votes[name] - votes[gone]
            if gap >= 0 and (found is None or gap < found[0]):
                found = gap, gone
    last = result.rounds[-1]
    runners = [(votes, name) for name, votes in last.votes if name not in result.winners and votes]
    if runners and last.elected:
        least = min(dict(last.votes)[name] for name in last.elected)
        has, name = max(runners)
        if least >= has and (found is None or least - has < found[0]):
            found = least - has, name
    return None if found is None else Short(_half(found[0]), found[1], "at-most")


def _elected_until(result: Result, last: object) -> set[str]:
    names: set[str] = set()
    for one in result.rounds:
        names.update(one.elected)
        if one is last:
            break
    return names


def _half(gap: Number) -> int:
    """The least number of ballots that, moved from one to the other, make up for `gap`."""
    return max(1, int(-(-gap // 2)))
