"""Rules for reminders and escalation: made, changed, retired."""

from sqlalchemy import select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session
from collab.core.errors import Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Unit

from ..events import EscalationRuleChanged, EscalationRuleMade, EscalationRuleRetired
from ..forms import EscalationRuleForm, NewEscalationRule
from ..models import EscalationRule, Wait
from ..policy import may_manage_rule, may_manage_rules, rules

TERMS = ("nudge_every", "nudge_most", "first_after", "then_every", "levels")
NO_UNIT = N_("There is no such unit.")
ANOTHER = N_("There is a rule for this already; change that one.")


@open_command(may_manage_rules)
def create_escalation_rule(actor: Actor, form: NewEscalationRule) -> int:
    """Say when people are reminded and when what is late goes up, in a unit and below or everywhere. Returns its id."""
    if form.unit is not None and session().get(Unit, form.unit) is None:
        raise wrong("unit", _(NO_UNIT))
    rule = EscalationRule(unit_id=form.unit, item_kind=form.item_kind, **_terms(form))
    if not may_manage_rule(actor, rule):
        raise Forbidden
    same = select(EscalationRule.id).where(
        EscalationRule.unit_id.is_not_distinct_from(form.unit),
        EscalationRule.item_kind.is_not_distinct_from(form.item_kind),
        EscalationRule.retired_at.is_(None),
    )
    if session().scalar(same) is not None:
        raise wrong("unit", _(ANOTHER))
    session().add(rule)
    session().flush()
    record(EscalationRuleMade(subject=rule.id, unit=form.unit, item_kind=form.item_kind or ""))
    _look_again()
    return rule.id


@command(may_manage_rule, on=rules)
def change_escalation_rule(_actor: Actor, rule: EscalationRule, form: EscalationRuleForm) -> int:
    """Change when people are reminded of what is asked from now on, and when what is late goes up."""
    said = _terms(form)
    changed = [name for name in TERMS if getattr(rule, name) != said[name]]
    for name, value in said.items():
        setattr(rule, name, value)
    record(EscalationRuleChanged(subject=rule.id, fields=",".join(changed)))
    _look_again()
    return rule.id


@command(may_manage_rule, on=rules)
def retire_escalation_rule(_actor: Actor, rule: EscalationRule) -> int:
    """The rule holds no longer; that of the unit above does."""
    if rule.retired_at is None:
        rule.retired_at = clock.now()
        record(EscalationRuleRetired(subject=rule.id))
        _look_again()
    return rule.id


def _terms(form: EscalationRuleForm) -> dict[str, int]:
    return {name: getattr(form, name) for name in TERMS}


def _look_again() -> None:
    """What is late is looked at again at once: by this rule it may have to go up earlier. What is not late yet is
    looked at in any case when its day is over (collab.work.escalating.turn)."""
    session().flush()
    now = clock.now()
    session().execute(
        update(Wait)
        .where(Wait.ended_at.is_(None), Wait.next_action_at > now, Wait.until <= now.date())
        .values(next_action_at=now)
        .execution_options(synchronize_session=False)
    )
