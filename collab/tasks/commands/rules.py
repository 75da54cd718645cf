"""Deadline rules: made, changed, retired; and the terms that an item takes from one."""

from typing import Any, TypeVar

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
from ..letters.models import LetterTemplate
from ..models import DeadlineRule, PendingItem
from ..policy import may_manage_rule, may_manage_rules, rules

D = TypeVar("D", bound=Details)

NO_SUCH_RULE = N_("Choose a deadline rule of this unit.")
WITHIN_WHAT = N_("Say within which time nothing must have come for silence to count; 0: at the deadline itself.")
NOT_LATER = N_("Electronic applications go first: they cannot get longer than the others.")
NO_TEMPLATE = N_("Choose a letter template that holds where the rule does.")
SILENT = ("silence", "silence_after", "silence_within", "silence_measure", "silence_basis", "silence_template_id")
FIRST = ("electronic_allowed", "electronic_priority")


@open_command(may_manage_rules)
def create_rule(actor: Actor, form: NewRuleForm) -> int:
    """Make a deadline rule for a unit and those below, or for everybody. Returns its id. Raises Invalid at `unit` where
    a head leaves it empty."""
    if form.unit is not None and session().get(Unit, form.unit) is None:
        raise wrong("unit", _(N_("There is no such unit.")))
    rule = DeadlineRule(unit_id=form.unit, **_said(form, form.unit))
    if not may_manage_rule(actor, rule):
        raise wrong("unit", _(N_("This is needed."))) if form.unit is None else Forbidden
    session().add(rule)
    session().flush()
    record(DeadlineRuleMade(subject=rule.id, unit=form.unit))
    return rule.id


@command(may_manage_rule, on=rules)
def change_rule(_actor: Actor, rule: DeadlineRule, form: RuleForm) -> int:
    """Change name or terms of a rule. Deadlines of open items that follow it are reckoned again, each with a line."""
    names = (*TERM, *FIRST, *SILENT)
    before = {name: getattr(rule, name) for name in names}
    for name, value in _said(form, rule.unit_id).items():
        setattr(rule, name, value)
    differ = [name for name in names if getattr(rule, name) != before[name]]
    changed = [name for name in differ if name not in SILENT]
    if len(changed) < len(differ):
        changed.append("silence")
    record(DeadlineRuleChanged(subject=rule.id, fields=",".join(changed)))
    return rule.id


@command(may_manage_rule, on=rules)
def retire_rule(_actor: Actor, rule: DeadlineRule) -> int:
    """Offer a rule no longer. Items that follow it keep its terms."""
    if rule.retired_at is None:
        rule.retired_at = clock.now()
        record(DeadlineRuleRetired(subject=rule.id))
    return rule.id


def _said(form: RuleForm, unit_id: int | None) -> dict[str, Any]:
    if form.silence is not None and form.silence_within is None:
        raise wrong("silence_within", _(WITHIN_WHAT))
    if form.electronic_allowed is not None and form.electronic_allowed > form.allowed:
        raise wrong("electronic_allowed", _(NOT_LATER))
    said: dict[str, Any] = {"name": form.name, "names": form.names()}
    said |= {name: getattr(form, name) for name in (*TERM, *FIRST)}
    said |= {name: getattr(form, name) for name in SILENT if name != "silence_template_id"}
    return said | {"silence_template_id": _template(form.silence_template, unit_id)}


def _template(template_id: int | None, unit_id: int | None) -> int | None:
    """The letter template, which must hold wherever the rule does."""
    if template_id is None:
        return None
    above = select(UnitClosure.ancestor_id).where(UnitClosure.descendant_id == unit_id)
    holds = LetterTemplate.unit_id.is_(None) | LetterTemplate.unit_id.in_(above)
    found = select(LetterTemplate.id).where(
        LetterTemplate.id == template_id, LetterTemplate.retired_at.is_(None), holds
    )
    if session().scalar(found) is None:
        raise wrong("silence_template", _(NO_TEMPLATE))
    return template_id


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
    return form.model_copy(update=terms_for(rule, form.source))


def terms_for(rule: DeadlineRule, source: str) -> dict[str, Any]:
    """The terms of a rule for a case from such a source: electronic applications may get a shorter one."""
    terms = {name: getattr(rule, name) for name in TERM}
    return terms | {"allowed": rule.electronic_allowed} if goes_first(rule, source) else terms


def goes_first(rule: DeadlineRule, source: str) -> bool:
    """Whether this rule shortens the term of a case from such a source."""
    return source == "electronic" and rule.electronic_allowed is not None
