"""The rule card in plain words, and the arithmetic it comes to."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from collab.core.i18n import N_, _, listed, ngettext

from ..ballots import Ballots
from ..contradictions import PAIRWISE
from ..electorate import Electorate
from ..methods.weighted_sum import weights_of
from ..methods.yes_no import chair_may_settle
from ..rule import Rule
from ..standing import entitled_base, majority, quorum, standing
from .methods import method_name, method_sentence
from .naming import apart
from .speaking import in_one, number, percent, share

BY_ROUNDS: Final = ("irv", "stv", "scottish-stv")
BASES: Final = {
    "yes+no": N_("those who say yes or no"),
    "cast": N_("those who vote, abstentions included"),
    "present": N_("those present"),
    "entitled": N_("all who are entitled"),
}
STEPS: Final = {
    "history": N_("who stood better in the rounds before"),
    "chair": N_("the chair's casting vote"),
    "lot": N_("a lot that anybody can draw again from a seed fixed beforehand"),
}
SETTLING: Final = N_(
    "An objection needs a reason. It stands until the proposal is changed for it or whoever objected takes it back."
)
OVERRULED: Final = N_("The chair may overrule an objection, with reasons that everybody reads.")
BELOW: Final = N_("Options left out stand below all others, equal to each other.")
SHORT_BALLOTS: Final = {
    "average": BELOW,
    "modified": N_("Of those that somebody ranks the first gets as many points as there are; those left out get none."),
    "zero": N_("Options left out get no points."),
}
QUOTAS: Final = {
    "droop": N_("The quota is the least number of votes that only as many can reach as there are seats (Droop)."),
    "hare": N_("The quota is the votes divided by the seats (Hare)."),
    "exact-droop": N_("Elected is who has more than the votes divided by one more than the seats (exact Droop)."),
}
SURPLUSES: Final = {
    "largest": N_("The largest surplus is passed on first."),
    "first-elected": N_("The surplus of whoever was elected first is passed on first."),
}
PAIR_TIES: Final = {
    "opposition": N_("Of equally strong victories the one with fewer votes against it goes first."),
    "lot": N_("Equally strong victories go in the order of a lot."),
}
CHAIRED: Final = N_("As many yes as no: the chair's casting vote decides.")
CHAIRED_ONE_SHORT: Final = N_("As many yes as no, and one yes short of the majority: the chair's casting vote decides.")
NEVER_OVERRULED: Final = N_("Nobody can overrule an objection.")


def arithmetic(rule: Rule, electorate: Electorate, voting: int | None = None, *, weighted: bool = False) -> str:
    """One sentence of numbers: "31 entitled, 2 recused, quorum 15 of 29, passes with 10 yes if 18 vote."

    `voting`: for how many voters the majority is shown, none of them abstaining; without it for the quorum or for all.
    `weighted`: these are votes, of which some people have several. Empty where nobody is known to be entitled.
    """
    entitled = entitled_base(rule, electorate)
    if entitled is None or electorate.entitled is None:
        return ""
    able = electorate.entitled - electorate.recused
    parts = [ngettext("%(number)s entitled", "%(number)s entitled", able, number=number(electorate.entitled))]
    if weighted:
        parts = [ngettext("%(count)s vote", "%(count)s votes", able, count=number(electorate.entitled))]
    present = able if electorate.present is None else electorate.present
    if electorate.present is not None and of_present(rule):
        there = min(electorate.entitled, present + (0 if rule.recused_in_base else electorate.recused))
        said = ngettext("%(number)s present", "%(number)s present", there, number=number(there))
        parts = [said] if there == electorate.entitled and not weighted else [*parts, said]
    if electorate.recused:
        parts.append(
            ngettext("%(number)s recused", "%(number)s recused", electorate.recused, number=number(electorate.recused))
        )
    least = quorum(rule, electorate, present)
    if least is not None:
        base = present if rule.quorum_base == "present" and rule.quorum <= 1 else entitled  # type: ignore[operator]
        parts.append(_("quorum %(quorum)s of %(base)s", quorum=number(least), base=number(base)))
    if rule.method in ("yes-no", "show-of-hands"):
        there = max(0, present - (electorate.recused if rule.recused_in_base else 0))
        many = min(able, there, voting if voting is not None else max(least or 0, able))
        now = standing(rule, Ballots.question(yes=many), electorate)
        _base, needed = majority(rule, now, many, Fraction(1, 2))
        if needed > many:
            parts.append(_("cannot pass if only %(cast)s vote", cast=number(many)))
        else:
            parts.append(_("passes with %(needed)s yes if %(cast)s vote", needed=number(needed), cast=number(many)))
    return in_one(parts)


def of_present(rule: Rule) -> bool:
    """Whether the majority or the quorum is reckoned of those present."""
    of_quorum = rule.quorum is not None and rule.quorum <= 1 and rule.quorum_base == "present"
    return of_quorum or (rule.threshold is not None and rule.base == "present")


def rule_in_words(rule: Rule, currency: str = "") -> list[str]:
    """The card as sentences, only what matters for its method. `currency`: the sign of what its budget is reckoned in;
    a file of votes says none."""
    method = _method(rule, f"\u00a0{currency}" if currency else "")
    return [method_sentence(rule.method), *_majority(rule), *_quorum(rule), *method, *_ties(rule)]


def _majority(rule: Rule) -> Iterator[str]:
    if rule.seats > 1:
        yield ngettext(
            "There is %(number)s seat.", "There are %(number)s seats.", rule.seats, number=number(rule.seats)
        )
    threshold = rule.threshold or (Fraction(1, 2) if rule.method in ("yes-no", "show-of-hands") else None)
    if threshold is not None:
        said = {"share": share(threshold), "base": _(BASES[rule.base])}
        if rule.strict or rule.threshold is None:
            yield _("Passes with more than %(share)s of %(base)s.", **said)
        else:
            yield _("Passes with at least %(share)s of %(base)s.", **said)
    if rule.none is not None:
        yield _("“%(name)s” is an option; whatever does not beat it cannot win.", name=apart(rule.none))
        if rule.none_ratio > 1:
            yield _("It must be beaten by more than %(times)s times its votes.", times=number(rule.none_ratio))
    if rule.weighted:
        yield _("Votes weigh as stated for each voter.")


def _quorum(rule: Rule) -> Iterator[str]:
    if rule.quorum is None:
        if rule.base in ("entitled", "present") and rule.threshold is not None:
            yield from _aside(rule)
        return
    if rule.quorum > 1:
        many = int(rule.quorum)
        yield ngettext(
            "At least %(number)s must take part.", "At least %(number)s must take part.", many, number=number(many)
        )
    else:
        said = {"share": share(rule.quorum), "base": _(BASES[rule.quorum_base])}
        if rule.quorum_strict:
            yield _("More than %(share)s of %(base)s must take part.", **said)
        else:
            yield _("At least %(share)s of %(base)s must take part.", **said)
    if rule.quorum_counts == "present":
        yield _("Being present is taking part.")
    elif rule.quorum_abstentions:
        yield _("Abstaining is taking part.")
    else:
        yield _("Abstaining is not taking part.")
    yield from _aside(rule)


def _aside(rule: Rule) -> Iterator[str]:
    """Of whom the recused are, or are not: of each base that the card reckons from."""
    present = of_present(rule)
    if not present or (rule.quorum_base == "entitled" and rule.quorum is not None) or rule.base == "entitled":
        yield (
            _("The recused count among the entitled.")
            if rule.recused_in_base
            else _("The recused do not count among the entitled.")
        )
    if present:
        yield (
            _("The recused count among those present.")
            if rule.recused_in_base
            else _("The recused do not count among those present.")
        )


def _method(rule: Rule, currency: str) -> Iterator[str]:
    if rule.method in PAIRWISE and rule.unranked == "no-opinion":
        yield _("Options left out are no opinion.")
    elif rule.method in PAIRWISE:
        yield _(BELOW)
    elif rule.method == "borda":
        yield _(SHORT_BALLOTS[rule.borda])
    if rule.method in ("schulze", "ranked-pairs"):
        yield (
            _("A victory is as strong as the votes for it.")
            if rule.strength == "winning-votes"
            else _("A victory is as strong as its lead.")
        )
    if rule.method == "ranked-pairs" and rule.pair_ties in PAIR_TIES:
        yield _(PAIR_TIES[rule.pair_ties])
    if rule.method in ("stv", "scottish-stv"):
        yield _(QUOTAS[rule.quota])
        yield _(SURPLUSES[rule.surplus_order])
        yield (
            _("Votes are counted in exact fractions.")
            if rule.decimals is None
            else _("Votes are cut after %(number)s decimals.", number=number(rule.decimals))
        )
        if rule.decimals is not None and rule.quota != "droop" and rule.version > 1:
            yield _("The quota is rounded up to as many decimals.")
    if rule.method == "score":
        yield _("Scores go from %(low)s to %(high)s.", low=number(rule.low), high=number(rule.high))
    if rule.dots is not None:
        yield ngettext(
            "Everyone has %(number)s dot.", "Everyone has %(number)s dots.", rule.dots, number=number(rule.dots)
        )
    if rule.budget is not None:
        yield _("There is %(money)s to spend.", money=number(rule.budget, grouped=True) + currency)
        yield _("What nobody votes for is not taken.")
    if rule.criteria:
        weights = zip(rule.criteria, weights_of(rule), strict=True)
        shares = listed(
            _("%(criterion)s %(weight)s%%", criterion=apart(criterion.name), weight=percent(weight))
            for criterion, weight in weights
        )
        yield _("The criteria and their weights: %(shares)s.", shares=shares)
    if rule.method == "consent":
        yield _("Who says nothing consents.")
        yield _(SETTLING)
        yield _(OVERRULED if rule.overruling else NEVER_OVERRULED)


def _ties(rule: Rule) -> Iterator[str]:
    if rule.method == "consent":
        return
    if rule.method in ("yes-no", "show-of-hands"):
        # Of another share as many yes as no is no tie: it passes, or does not, by that share.
        if chair_may_settle(rule) and "chair" in rule.tie_ladder:
            said = CHAIRED if rule.base == "yes+no" else CHAIRED_ONE_SHORT
            yield _(said)
        elif chair_may_settle(rule) and (rule.strict or rule.threshold is None):
            yield _("As many yes as no: it does not pass.")
        return
    if rule.method in BY_ROUNDS:
        steps: tuple[str, ...] = rule.elimination_ties
    else:
        steps = tuple(step for step in rule.tie_ladder if step != "history")
    said = listed(_(STEPS[step]) if step in STEPS else _second(rule) for step in steps)
    if not steps:
        yield _("A tie is left open.")
    elif steps[-1] in ("chair", "lot"):
        yield _("A tie is settled by: %(steps)s.", steps=said)
    else:
        yield _("A tie is settled by: %(steps)s. What that does not settle is left open.", steps=said)


def _second(rule: Rule) -> str:
    return _("who has more first places") if rule.second == "plurality" else method_name(str(rule.second))
