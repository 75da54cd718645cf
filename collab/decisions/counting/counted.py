"""The one door of the counting: a rule, ballots and an electorate in, a result out."""

from .ballots import Ballots
from .contradictions import QUESTIONS, SCORED
from .electorate import Electorate
from .lot import commitment
from .methods import METHODS
from .refusals import N_, BadBallots
from .result import Result
from .rule import Rule
from .standing import standing

UNKNOWN = Electorate()


def count(rule: Rule, ballots: Ballots, electorate: Electorate = UNKNOWN) -> Result:
    """Count `ballots` by `rule`: the same input gives the same result, always. Raises BadBallots where none can be."""
    if rule.none is not None and rule.none not in ballots.options:
        raise BadBallots("none", N_("“%(name)s” is not among the options"), name=rule.none)
    if rule.seed_digest is not None and ballots.seed is not None and commitment(ballots.seed) != rule.seed_digest:
        raise BadBallots("seed", N_("This is not the seed that was committed to when the decision opened"))
    now = standing(rule, ballots, electorate)
    if not now.quorate:
        return Result(
            method=rule.method, seats=rule.seats, outcome="no-quorum", options=ballots.options, sums=now.sums()
        )
    if not now.valid and rule.method != "consent":  # whoever says nothing consents
        return Result(
            method=rule.method, seats=rule.seats, outcome="no-valid-votes", options=ballots.options, sums=now.sums()
        )
    if now.valid and not _said(rule.method, ballots):
        raise BadBallots("ballots", N_("The ballots do not say what this method counts"))
    return METHODS[rule.method](rule, ballots, electorate)


def _said(method: str, ballots: Ballots) -> bool:
    """Whether the ballots are of the kind that the method reads."""
    if method in QUESTIONS:
        return bool(ballots.yes or ballots.no) or method == "consent"
    if method == "approval":
        return bool(ballots.approvals)
    if method == "budget":
        return bool(ballots.approvals or ballots.scores)
    return bool(ballots.scores if method in SCORED else ballots.strict or ballots.weak)
