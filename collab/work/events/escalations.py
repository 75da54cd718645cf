"""Rules of escalation."""

from collab.core.facts import Fact, code, fact, party
from collab.core.i18n import N_

from .items import KIND_NAMES

_RULE_FIELDS = {
    "nudge_every": N_("how often reminders go out"), "nudge_most": N_("how many reminders"),
    "first_after": N_("when it first goes up"), "then_every": N_("when it goes further up"),
    "levels": N_("how far it goes up"),
}  # fmt: skip


@fact("escalation-rule-made", of="escalation-rule", says=N_("%(actor)s made a rule for reminders and escalation"))
class EscalationRuleMade(Fact):
    unit: int | None = party()
    item_kind: str = code(labels=KIND_NAMES)


@fact("escalation-rule-changed", of="escalation-rule", says=N_("%(actor)s changed the rule: %(fields)s"))
class EscalationRuleChanged(Fact):
    fields: str = code(labels=_RULE_FIELDS)


@fact("escalation-rule-retired", of="escalation-rule", says=N_("%(actor)s retired the rule"))
class EscalationRuleRetired(Fact):
    pass
