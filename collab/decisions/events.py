"""What happens to decisions, in the past tense. None of these facts says what anybody voted."""

from collab.core.facts import Fact, code, day, fact, item, party, prose
from collab.core.i18n import N_

from .words import STAGES, UNOPENED_SHORT, VERDICTS

FIELDS = {
    "title": N_("question"), "body": N_("explanation"), "reach": N_("who may see it"), "rule": N_("rule"),
    "level": N_("ballot"), "electorate": N_("who is entitled"), "closes_at": N_("closing time"),
    "substitutes": N_("substitutes"), "proxies": N_("proxies"), "chair": N_("chair"),
}  # fmt: skip


@fact("decision-edited", of="work-item", says=N_("%(actor)s changed: %(fields)s"))
class DecisionEdited(Fact):
    fields: str = code(labels=FIELDS)


@fact("option-added", of="work-item", says=N_("%(actor)s added the option “%(title)s”"))
class OptionAdded(Fact):
    option: int = 0
    title: str = prose()


@fact("option-changed", of="work-item", says=N_("%(actor)s changed the option “%(title)s”"))
class OptionChanged(Fact):
    option: int = 0
    title: str = prose()


@fact("option-removed", of="work-item", says=N_("%(actor)s removed the option “%(title)s”"))
class OptionRemoved(Fact):
    option: int = 0
    title: str = prose()


@fact("argument-given", of="work-item", says=N_("%(actor)s gave an argument"))
class ArgumentGiven(Fact):
    option: int = 0


@fact("argument-withdrawn", of="work-item", says=N_("%(actor)s took an argument back"))
class ArgumentWithdrawn(Fact):
    option: int = 0


@fact("evidence-given", of="work-item", says=N_("%(actor)s added the file %(name)s as evidence"))
class EvidenceGiven(Fact):
    """`option`: beside which one; 0 beside the question."""

    option: int = 0
    file: int
    version: int
    name: str = prose()


@fact("evidence-removed", of="work-item", says=N_("%(actor)s took the file %(name)s off the evidence"))
class EvidenceRemoved(Fact):
    option: int = 0
    version: int
    name: str = prose()


@fact("decision-stage", of="work-item", says=N_("%(actor)s: the decision is now “%(stage)s”"))
class StageChanged(Fact):
    stage: str = code(labels=STAGES)


@fact("vote-opened", of="work-item", says=N_("%(actor)s opened the vote of %(entitled)s entitled people"))
class VoteOpened(Fact):
    entitled: int = 0
    closes_at: str = ""
    rule_hash: str = ""
    seed_hash: str = ""


# Of the roll and not of the item: that somebody voted stands in the ledger, and in no history that colleagues read.
@fact("ballot-cast", of="decision-roll", says=N_("%(actor)s voted"))
class BallotCast(Fact):
    principal: int | None = party()


@fact("person-recused", of="work-item", says=N_("%(actor)s stands aside: %(reason)s"))
class PersonRecused(Fact):
    reason: str = prose()


# Of the roll, too: only whoever runs the vote is told before the minutes whom this was asked.
@fact("person-stays", of="decision-roll", says=N_("%(actor)s was asked whether they stand aside, and takes part"))
class PersonStays(Fact):
    pass


@fact("proxy-asked", of="work-item", says=N_("%(actor)s asked %(holder)s to vote for them"))
class ProxyAsked(Fact):
    holder: int | None = party()


@fact("proxy-accepted", of="work-item", says=N_("%(actor)s accepted to vote for %(principal)s"))
class ProxyAccepted(Fact):
    principal: int | None = party()


@fact("proxy-ended", of="work-item", says=N_("%(actor)s ended the proxy of %(principal)s"))
class ProxyEnded(Fact):
    principal: int | None = party()


@fact("voters-reminded", of="work-item", says=N_("Those who have not voted were reminded"))
class VotersReminded(Fact):
    pass


@fact("vote-closed", of="work-item", says=N_("The vote closed: %(cast)s of %(entitled)s voted"))
class VoteClosed(Fact):
    cast: int = 0
    entitled: int = 0


@fact("hands-counted", of="work-item",
      says=N_("%(actor)s typed in a show of hands: %(yes)s yes, %(no)s no, %(abstained)s abstaining"))  # fmt: skip
class HandsCounted(Fact):
    yes: int = 0
    no: int = 0
    abstained: int = 0


@fact("hands-corrected", of="work-item", says=N_(
    "%(actor)s corrected a show of hands to %(yes)s yes, %(no)s no, %(abstained)s abstaining; before it said "
    "%(yes_before)s yes, %(no_before)s no, %(abstained_before)s abstaining: %(reason)s"))  # fmt: skip
class HandsCorrected(Fact):
    """`taken_back`: the result turned, so that the outcome which had been written down stands no more."""

    yes: int = 0
    no: int = 0
    abstained: int = 0
    yes_before: int = 0
    no_before: int = 0
    abstained_before: int = 0
    taken_back: bool = False
    reason: str = prose()


@fact("vote-closed-early", of="work-item",
      says=N_("%(actor)s closed the vote before its hour, since nobody was missing"))  # fmt: skip
class VoteClosedEarly(Fact):
    pass


@fact("tie-broken", of="work-item", says=N_("%(actor)s broke the tie as chair: %(reason)s"))
class TieBroken(Fact):
    option: str = ""
    reason: str = prose()


@fact("chair-passed-on", of="work-item", says=N_("%(before)s chairs no longer, having left; %(to)s does"))
class ChairPassedOn(Fact):
    before: int | None = party()
    to: int | None = party()


@fact("decision-taken", of="work-item", says=N_("%(actor)s wrote down the outcome"))
class DecisionTaken(Fact):
    revisit_on: str | None = day()


@fact("decision-cancelled", of="work-item", says=N_("%(actor)s cancelled the decision: %(reason)s"))
class DecisionCancelled(Fact):
    reason: str = prose()


@fact("vote-unopened", of="work-item", says=N_("The vote ended without an outcome: %(why)s"))
class VoteUnopened(Fact):
    why: str = code(labels=UNOPENED_SHORT)


@fact("decision-carried-out", of="work-item", says=N_("%(actor)s noted that it was carried out"))
class DecisionCarriedOut(Fact):
    pass


@fact("decision-superseded", of="work-item", says=N_("%(actor)s noted that another decision took its place"))
class DecisionSuperseded(Fact):
    other: int = item()


@fact("decision-due-again", of="work-item", says=N_("The time came to look at it again"))
class DecisionDueAgain(Fact):
    of: int | None = party()


@fact("decision-looked-at", of="work-item", says=N_("%(actor)s looked at it again: %(verdict)s"))
class DecisionLookedAt(Fact):
    verdict: str = code(labels=VERDICTS)
    note: str = prose()
    revisit_on: str | None = day()


@fact("decision-revised", of="work-item", says=N_("%(actor)s drafts a decision that is to take its place"))
class DecisionRevised(Fact):
    other: int = item()


@fact("dissent-given", of="work-item", says=N_("%(actor)s gave reasons for voting otherwise"))
class DissentGiven(Fact):
    pass


@fact("dissent-taken-back", of="work-item", says=N_("%(actor)s took back the reasons for voting otherwise"))
class DissentTakenBack(Fact):
    pass


@fact("follow-up-made", of="work-item", says=N_("%(actor)s made a task of the decision"))
class FollowUpMade(Fact):
    task: int = item()
