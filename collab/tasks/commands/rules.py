"""Deadline rules: made, changed, retired; and the terms that an item takes from one."""

from typing import TypeVar

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session
from collab.core.errors import Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Unit, UnitClosure

from ..deadlines import TERM
from ..events import DeadlineRuleChanged, DeadlineRuleMade, DeadlineRuleRetired
from ..forms import Details, NewRuleForm, RuleForm
from ..models import DeadlineRule, PendingItem
from ..policy import may_manage_rule, may_manage_rules, rules

D = TypeVar("D", bound=Details)

NO_SUCH_RULE = N_("Choose a deadline rule of this unit.")


@open_command(may_manage_rules)
def create_rule(actor: Actor, form: NewRuleForm) -> int:
    """Make a deadline rule for a unit and those below, or for everybody. Returns its id."""
    if form.unit is not None and session().get(Unit, form.unit) is None:
        raise wrong("unit", _(N_("There is no such unit.")))
    rule = DeadlineRule(unit_id=form.unit, **_said(form))
    if not may_manage_rule(actor, rule):
        raise Forbidden
    session().add(rule)
    session().flush()
    record(DeadlineRuleMade(subject=rule.id, unit=form.unit))
    return rule.id


@command(may_manage_rule, on=rules)
def change_rule(_actor: Actor, rule: DeadlineRule, form: RuleForm) -> int:
    """Change name or terms of a rule. Deadlines of open items that follow it are reckoned again, each with a line."""
    before = {name: getattr(rule, name) for name in TERM}
    for name, value in _said(form).items():
        setattr(rule, name, value)
    changed = [name for name in TERM if getattr(rule, name) != before[name]]
    record(DeadlineRuleChanged(subject=rule.id, fields=",".join(changed)))
    return rule.id


@command(may_manage_rule, on=rules)
def retire_rule(_actor: Actor, rule: DeadlineRule) -> int:
    """Offer a rule no longer. Items that follow it keep its terms."""
    if rule.retired_at is None:
        rule.retired_at = clock.now()
        record(DeadlineRuleRetired(subject=rule.id))
    return rule.id


def _said(form: RuleForm) -> dict[str, object]:
    return {"name": form.name, "names": form.names()} | {name: getattr(form, name) for name in TERM}


def with_rule(form: D, unit_id: int, row: PendingItem | None = None) -> D:
    """The form with the terms of the rule it names. `row`: the item's case as it stands, whose own rule may be kept
    although it was retired. Raises Invalid at `rule` where the unit has no such rule."""
    if form.rule is None:
        return form
    above = select(UnitClosure.ancestor_id).where(UnitClosure.descendant_id == unit_id)
    rule = session().scalar(
        select(DeadlineRule).where(
            DeadlineRule.id == form.rule, DeadlineRule.unit_id.is_(None) | DeadlineRule.unit_id.in_(above)
        )
    )
    kept = row is not None and row.rule_id == form.rule
    if kept and (rule is None or rule.retired_at is not None):
        return form.model_copy(update={name: getattr(row, name) for name in TERM})
    if rule is None or rule.retired_at is not None:
        raise wrong("rule", _(NO_SUCH_RULE))
    return form.model_copy(update={name: getattr(rule, name) for name in TERM})
