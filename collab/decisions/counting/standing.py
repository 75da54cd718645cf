"""Who is counted in what: the base of a majority, the quorum, and how many yes they ask for."""

import math
from fractions import Fraction
from typing import NamedTuple

from .ballots import Ballots
from .electorate import Electorate
from .exact import Number
from .refusals import N_, BadBallots
from .rule import Rule


class Standing(NamedTuple):
    """`entitled`: as the rule counts them, None where unknown; `taking_part`: towards the quorum, of `quorum`."""

    entitled: int | None
    present: int
    cast: int
    valid: int
    taking_part: int
    quorum: int | None

    @property
    def quorate(self) -> bool:
        """Whether enough take part."""
        return self.quorum is None or self.taking_part >= self.quorum

    def sums(self) -> dict[str, Number]:
        """The numbers for a result; what is unknown is left out."""
        known = {name: value for name, value in self._asdict().items() if value is not None}
        return known if self.quorum is not None else {k: v for k, v in known.items() if k != "taking_part"}


def standing(rule: Rule, ballots: Ballots, electorate: Electorate) -> Standing:
    """The numbers of one vote. Raises BadBallots where more voted than may, or where a base is not known."""
    cast, present = ballots.cast, electorate.present
    if electorate.entitled is not None and cast > electorate.entitled - electorate.recused:
        raise BadBallots("cast", N_("More voted than are entitled and not recused"))
    if present is not None and cast > present:
        raise BadBallots("cast", N_("More voted than are present"))
    present = cast if present is None else present
    entitled = entitled_base(rule, electorate)
    part = (
        present if rule.quorum_counts == "present" else cast - (0 if rule.quorum_abstentions else abstentions(ballots))
    )
    return Standing(entitled, present, cast, ballots.valid, part, quorum(rule, electorate, present))


def abstentions(ballots: Ballots) -> int:
    """Those who said that they abstain, and those who handed in a blank ballot."""
    return ballots.cast - ballots.valid - ballots.spoilt


def entitled_base(rule: Rule, electorate: Electorate) -> int | None:
    """The entitled as the rule counts them: without the recused unless it says otherwise."""
    if electorate.entitled is None:
        return None
    return electorate.entitled - (0 if rule.recused_in_base else electorate.recused)


def quorum(rule: Rule, electorate: Electorate, present: int) -> int | None:
    """How many must take part; None without a quorum."""
    if rule.quorum is None:
        return None
    if rule.quorum > 1:
        return int(rule.quorum)
    return reach(
        rule.quorum, _of(rule.quorum_base, entitled_base(rule, electorate), present), strict=rule.quorum_strict
    )


def reach(share: Fraction, base: int, *, strict: bool) -> int:
    """The least whole number that is `share` of `base`, or more than it when `strict`."""
    return math.floor(share * base) + 1 if strict else math.ceil(share * base)


def majority(rule: Rule, now: Standing, decided: int, usual: Fraction | None = None) -> tuple[int, int]:
    """The base of the majority and the votes it asks for; `decided`: how many said yes or no.

    `usual`: the share to exceed where the rule names none; without either nothing is asked for, 0.
    """
    base = {"yes+no": decided, "cast": now.cast, "present": now.present}.get(rule.base)
    if base is None:
        base = _of(rule.base, now.entitled, now.present)
    if rule.threshold is not None:
        return base, reach(rule.threshold, base, strict=rule.strict)
    return base, reach(usual, base, strict=True) if usual is not None else 0


def _of(name: str, entitled: int | None, present: int) -> int:
    if name == "present":
        return present
    if entitled is None:
        raise BadBallots("entitled", N_("The rule reckons from all who are entitled, and their number is not known"))
    return entitled
