"""Votes short of a change: how many people thinking otherwise would have changed the result."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from .ballots import Ballots
from .electorate import Electorate
from .exact import Number
from .methods.pairwise import table
from .methods.yes_no import chair_may_settle
from .pairs import Pairs
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
    if result.outcome != "decided" or len(result.options) < 2 or not _filled(rule, result):
        return None
    if rule.method in ("plurality", "approval"):
        return _most(rule, result)
    if rule.method in ("score", "dots"):
        return _points(rule, result)
    if rule.method == "borda":
        return _nearest(_points(rule, result), *_against_none(rule, ballots, result))
    if rule.method in CONDORCET and rule.seats == 1:
        return _duel(rule, ballots, result)
    if rule.method in ("irv", "stv", "scottish-stv"):
        near = [one for one in _against_none(rule, ballots, result) if one.rival == rule.none]
        return _nearest(_closest(result), *(replace(one, sure="at-most") for one in near))
    return None


def _filled(rule: Rule, result: Result) -> bool:
    """Where seats stay empty for want of options that beat "none of these", one that did not would not have to come
    before anybody."""
    return rule.none is None or len(result.winners) == rule.seats


def _nearest(*found: Short | None) -> Short | None:
    return min((one for one in found if one is not None), key=lambda one: one.votes, default=None)


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
    rivals = _rivals(rule, result)
    rival = max(rivals, key=lambda name: result.scores[name], default=None)
    found = None if rival is None else Short(_half(last - result.scores[rival]), rival, "exactly")
    if rule.none is None:
        return found
    gap = last - rule.none_ratio * result.scores[rule.none]
    # Beaten by too little is not "level or ahead" where more than one vote stands against each of its votes.
    sure = "exactly" if rule.none_ratio == 1 else "at-least"
    return _nearest(found, Short(_moved(gap, rule.none_ratio), rule.none, sure))


def _points(rule: Rule, result: Result) -> Short | None:
    """No ballot can bring two options closer by more than from all to nothing for one and the reverse for the other."""
    if rule.method == "score":
        most = None if rule.unranked == "no-opinion" else rule.high - rule.low
    elif rule.method == "borda":
        most = len(result.options) - (rule.borda != "modified")
    else:
        most = rule.dots
    if not most:
        return None
    last = min(result.scores[name] for name in result.winners)
    gaps = {name: last - result.scores[name] for name in _rivals(rule, result)}
    rival = min(gaps, key=lambda name: gaps[name], default=None)
    found = None if rival is None else Short(_half(gaps[rival] / Fraction(most)), rival, "at-least")
    if rule.none is None or rule.method == "borda":  # there none of these is beaten in duels
        return found
    gap = (last - rule.none_ratio * result.scores[rule.none]) / Fraction(most)
    return _nearest(found, Short(_moved(gap, rule.none_ratio), rule.none, "at-least"))


def _rivals(rule: Rule, result: Result) -> list[str]:
    return [name for name in result.options if name not in result.winners and name not in (*result.dropped, rule.none)]


def _duel(rule: Rule, ballots: Ballots, result: Result) -> Short | None:
    """A winner who beats all stays winner until one of these duels is drawn."""
    pairs = table(rule, ballots)
    winner = result.options.index(result.winners[0])
    rivals = [result.options.index(name) for name in _rivals(rule, result)]
    margins = {one: pairs[winner][one] - pairs[one][winner] for one in rivals}
    if margins and min(margins.values()) <= 0:
        return None
    found = [Short(_half(margin), result.options[one], "at-least") for one, margin in margins.items()]
    return _nearest(*found, *_against_none(rule, ballots, result))


def _against_none(rule: Rule, ballots: Ballots, result: Result) -> list[Short]:
    """How many ballots fewer than which can neither let "none of these" stop a winner nor bring one back that it had
    stopped, and that would be before a winner then. One ballot moves a duel by one vote on either side."""
    if rule.none is None:
        return []
    pairs, none, times = table(rule, ballots), result.options.index(rule.none), rule.none_ratio
    winners = [result.options.index(name) for name in result.winners]
    leads = [pairs[one][none] - times * pairs[none][one] for one in winners]
    found = [Short(_moved(min(leads), times), rule.none, "at-least")]
    for name in result.dropped:
        one = result.options.index(name)
        behind = times * pairs[none][one] - pairs[one][none]
        back = int(behind // (1 + times)) + 1
        before = min(_ahead(rule, result, pairs, winner, one) for winner in winners)
        found.append(Short(max(back, before), name, "at-least"))
    return found


def _ahead(rule: Rule, result: Result, pairs: Pairs, winner: int, other: int) -> int:
    """How many ballots it takes at the least until `other`, had it beaten "none of these", is level with a winner."""
    if rule.method != "borda":
        lead: Number = pairs[winner][other] - pairs[other][winner]
    else:
        names, most = result.options, len(result.options) - (rule.borda != "modified")
        lead = (result.scores[names[winner]] - result.scores[names[other]]) / Fraction(most)
    return max(0, int(-(-lead // 2)))


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


def _moved(gap: Number, times: Number) -> int:
    """The least number of ballots that, moved from a winner to "none of these" which it has to beat `times` over, make
    up for `gap`."""
    return max(1, int(-(-gap // (1 + times))))


def _half(gap: Number) -> int:
    """The least number of ballots that, moved from one to the other, make up for `gap`."""
    return max(1, int(-(-gap // 2)))
