"""A result in words: the outcome in a sentence, then why."""

from collections.abc import Iterator

from collab.core.i18n import N_, _, listed, ngettext

from ..result import Result
from .rounds import round_in_words
from .speaking import number
from .ties import tie_in_words


def outcome_in_words(result: Result) -> str:
    """What came of it, in one sentence."""
    sums = result.sums
    if result.outcome == "no-quorum":
        part, least = number(sums["taking_part"]), number(sums["quorum"])
        return _("No quorum: %(part)s took part, and %(least)s had to.", part=part, least=least)
    if result.outcome == "no-valid-votes":
        return _("Nobody cast a vote that counts.")
    if result.outcome == "tie":
        between = listed(dict.fromkeys(name for tie in result.ties if tie.open for name in tie.between))
        return _("A tie is open between: %(names)s.", names=between)
    if "needed" in sums and "yes" in sums:
        said = {"yes": number(sums["yes"]), "no": number(sums["no"]), "needed": number(sums["needed"])}
        if any("chair" in tie.broken for tie in result.ties):  # either word of the chair was enough
            spoken = N_("Passed: %(yes)s yes, %(no)s no."), N_("Not passed: %(yes)s yes, %(no)s no.")
            return _(spoken[result.outcome != "decided"], yes=said["yes"], no=said["no"])
        if result.outcome == "decided":
            return _("Passed: %(yes)s yes, %(no)s no; %(needed)s yes were needed.", **said)
        return _("Not passed: %(yes)s yes, %(no)s no; %(needed)s yes were needed.", **said)
    if result.method == "consent":
        if result.outcome == "decided":
            return _("Carried by consent: no objection stands.")
        standing = int(sums["standing"])
        return ngettext(
            "Not carried: %(number)s objection stands.",
            "Not carried: %(number)s objections stand.",
            standing,
            number=number(standing),
        )
    if result.outcome == "rejected":
        return _("No option could win.")
    count = len(result.winners)
    return ngettext("Chosen: %(names)s.", "Chosen, in this order: %(names)s.", count, names=listed(result.winners))


def result_in_words(result: Result) -> list[str]:
    """The outcome, every round, what the duels said, and every tie."""
    said = [outcome_in_words(result)]
    if result.rounds and result.method not in ("yes-no", "show-of-hands", "consent"):
        for at in range(len(result.rounds)):
            said.extend(round_in_words(result, at))
    return [*said, *duels_and_ties_in_words(result)]


def duels_and_ties_in_words(result: Result) -> list[str]:
    """What the duels said, what was dropped, and every tie: what is told after the rounds."""
    said = list(_duels(result))
    if result.dropped and "needed" in result.sums:
        said.append(_("Below the votes needed: %(names)s.", names=listed(result.dropped)))
    elif result.dropped:
        said.append(_("Did not beat “none of these”: %(names)s.", names=listed(result.dropped)))
    for tie in result.ties:
        said.extend(tie_in_words(tie))
    return said


def _duels(result: Result) -> Iterator[str]:
    """How the first winner fared against each other option."""
    if result.table is None or not result.winners:
        return
    winner = result.options.index(result.winners[0])
    lost = []
    for other, name in enumerate(result.options):
        if other == winner or name in result.dropped:
            continue
        mine, theirs = result.table[winner][other], result.table[other][winner]
        if mine > theirs:
            continue
        lost.append((name, mine, theirs))
    if not lost:
        yield _("%(name)s is preferred to every other option.", name=result.winners[0])
        return
    for name, mine, theirs in lost:
        yield _(
            "Against %(other)s alone %(name)s has %(mine)s to %(theirs)s.",
            name=result.winners[0],
            other=name,
            mine=number(mine),
            theirs=number(theirs),
        )
    if result.method == "schulze":
        yield _("Nobody is preferred to all others; the strongest paths decide.")
    elif result.method == "ranked-pairs":
        yield _("Nobody is preferred to all others; the clearest victories decide.")
