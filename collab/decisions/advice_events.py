"""What happens to advice and objections, in the past tense. That somebody was asked is a fact of the work item."""

from collab.core.facts import Fact, code, day, fact, party, prose
from collab.core.i18n import N_

from .advice_words import STANCES, USES


@fact("advice-given", of="work-item", says=N_("%(actor)s gave advice: %(stance)s"))
class AdviceGiven(Fact):
    advice: int = 0
    stance: str = code(labels=STANCES)


@fact("advice-used", of="work-item", says=N_("%(actor)s said what became of the advice of %(adviser)s: %(used)s"))
class AdviceUsed(Fact):
    advice: int = 0
    adviser: int | None = party()
    used: str = code(labels=USES)


@fact("objection-made", of="work-item", says=N_("%(actor)s objected: %(reason)s"))
class ObjectionMade(Fact):
    objection: int = 0
    reason: str = prose()


@fact("objection-integrated", of="work-item", says=N_("%(actor)s changed the proposal for an objection: %(how)s"))
class ObjectionIntegrated(Fact):
    objection: int = 0
    by: int | None = party()
    how: str = prose()


@fact("objection-withdrawn", of="work-item", says=N_("%(actor)s took the objection back"))
class ObjectionWithdrawn(Fact):
    objection: int = 0


@fact("objection-overruled", of="work-item", says=N_("%(actor)s overruled an objection as chair: %(why)s"))
class ObjectionOverruled(Fact):
    objection: int = 0
    by: int | None = party()
    why: str = prose()


@fact(
    "vote-extended", of="work-item", says=N_("Too few had voted: as the rule says, it stays open until %(closes_on)s")
)
class VoteExtended(Fact):
    closes_on: str | None = day()
