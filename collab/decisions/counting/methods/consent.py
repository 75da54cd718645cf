"""Consent: carried unless somebody has a reasoned objection that has not been settled.

Sociocracy (Endenburg 1998; Sociocracy 3.0, "Consent Decision-Making"). An objection is settled when it was
integrated or withdrawn, or, where the rule allows that, overruled with reasons. Standing aside is abstaining.
"""

from ..ballots import Ballots
from ..electorate import Electorate
from ..result import Result, Round
from ..rule import Rule
from ..standing import standing


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """`yes` consent, `abstained` stand aside; objections are named one by one, each with how it ended."""
    settled = {"integrated", "withdrawn"} | ({"overruled"} if rule.overruling else set())
    standing_still = sum(one.state not in settled for one in ballots.objections)
    # Objections that were only counted, not written down, stand as well.
    unwritten = max(0, ballots.no - len(ballots.objections))
    against = standing_still + unwritten
    carried = not against
    winner, loser = ("yes", "no") if carried else ("no", "yes")
    return Result(
        method=rule.method,
        seats=1,
        outcome="decided" if carried else "rejected",
        options=ballots.options,
        winners=(winner,),
        order=((winner,), (loser,)),
        rounds=(Round("count", (("yes", ballots.yes), ("no", against)), exhausted=ballots.abstained),),
        scores={"yes": ballots.yes, "no": against},
        sums=standing(rule, ballots, electorate).sums()
        | {"yes": ballots.yes, "no": ballots.no, "abstained": ballots.abstained, "objections": len(ballots.objections)}
        | {"settled": len(ballots.objections) - standing_still, "standing": against},
    )
