"""Yes or no, by ballot or by a show of hands that was typed in."""

from fractions import Fraction

from ..ballots import Ballots
from ..electorate import Electorate
from ..result import Result, Round, Tie
from ..rule import Rule
from ..standing import majority, standing

HALF = Fraction(1, 2)


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Carried when yes reaches the rule's share of its base, more than half of yes and no where it names none.

    As many yes as no is recorded as a tie where the share is half. If one yes is missing, the chair's casting vote
    settles it where the rule gives one: with it the chair's side has what is asked for, whatever the base (so of those
    present too: article 25 of the Cypriot law 158(I)/1999, article 15 of the Greek law 2690/1999). Otherwise the motion
    is rejected. A card of version 1 knew no tie but of a majority of yes and no.
    """
    share = rule.threshold if rule.threshold is not None else HALF
    now = standing(rule, ballots, electorate)
    yes, no = ballots.yes, ballots.no
    base, needed = majority(rule, now, yes + no, HALF)
    carried = yes >= needed and yes > 0
    ties: tuple[Tie, ...] = ()
    outcome = "decided" if carried else "rejected"
    if yes == no and share == HALF and (rule.base == "yes+no" or rule.version > 1):
        chaired, near = "chair" in rule.tie_ladder and not carried, yes + 1 >= needed
        order = (("yes",), ("no",)) if carried else (("no",), ("yes",))
        tie = Tie(("yes", "no"), "question", order=order, why="beyond-chair" if chaired and not near else "")
        if chaired and near:
            tie, outcome = _cast(ballots)
        ties = (tie,)
    return Result(
        method=rule.method,
        seats=1,
        outcome=outcome,
        options=ballots.options,
        winners={"decided": ("yes",), "rejected": ("no",)}.get(outcome, ()),
        order={"decided": (("yes",), ("no",)), "rejected": (("no",), ("yes",))}.get(outcome, (("yes", "no"),)),
        ties=ties,
        rounds=(Round("count", (("yes", yes), ("no", no)), exhausted=now.cast - yes - no),),
        scores={"yes": yes, "no": no},
        sums=now.sums() | {"yes": yes, "no": no, "abstained": ballots.abstained, "base": base, "needed": needed},
    )


def chair_may_settle(rule: Rule) -> bool:
    """Whether as many yes as no may come to the chair's word, if the rule gives one: only where half is asked for, and
    not where half of yes and no is enough, since then it passes."""
    if rule.threshold not in (None, HALF):
        return False
    strict = rule.strict or rule.threshold is None
    return strict if rule.base == "yes+no" else rule.version > 1 and rule.threshold is not None


def _cast(ballots: Ballots) -> tuple[Tie, str]:
    """The chair's casting vote, or the wait for it."""
    if not ballots.words:
        return Tie(("yes", "no"), "question", open=True, why="awaits-chair", order=(("yes", "no"),)), "tie"
    first = ballots.words[0][0]
    other = "no" if first == "yes" else "yes"
    tie = Tie(("yes", "no"), "question", broken=("chair",), order=((first,), (other,)))
    return tie, "decided" if first == "yes" else "rejected"
