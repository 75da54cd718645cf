"""Rules for reminders and escalation over the API."""

from typing import Any

from flask import Blueprint

from collab.web.actors import actor
from collab.web.api import endpoint, listed, seen

from .. import commands
from ..escalating.words import going_up, reminders
from ..forms import EscalationRuleForm, NewEscalationRule
from ..queries import escalation_rules as queries


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    one = "/escalation-rules/<id:rule_id>"
    endpoint(api, "GET /escalation-rules", gives="EscalationRules")(escalation_rules)
    endpoint(api, "POST /escalation-rules", takes=NewEscalationRule, gives="EscalationRule")(create_escalation_rule)
    endpoint(api, f"GET {one}", gives="EscalationRule")(escalation_rule)
    endpoint(api, f"PUT {one}", takes=EscalationRuleForm, gives="EscalationRule")(change_escalation_rule)
    endpoint(api, f"POST {one}/retirement", gives="EscalationRule")(retire_escalation_rule)


def _json(rule: queries.RuleLine) -> dict[str, Any]:
    """A rule under the names of its form; `reminders` and `going_up` say it in the reader's language."""
    return {
        "id": rule.id,
        "unit": {"id": rule.unit_id, "code": rule.unit_code, "name": rule.unit} if rule.unit_id is not None else None,
        "item_kind": rule.item_kind or None,
        "nudge_every": rule.nudge_every,
        "nudge_most": rule.nudge_most,
        "first_after": rule.first_after,
        "then_every": rule.then_every,
        "levels": rule.levels,
        "reminders": reminders(rule),
        "going_up": going_up(rule),
        "retired_at": rule.retired_at.isoformat() if rule.retired_at else None,
        "version": rule.version,
    }


def escalation_rules() -> Any:
    """Every rule in use, the one for everybody first."""
    return listed([_json(rule) for rule in queries.all_rules(actor())], None)


def create_escalation_rule(form: NewEscalationRule) -> Any:
    """Make a rule: administrators anywhere, heads for their units."""
    rule_id = commands.create_escalation_rule(actor(), form)
    return _json(queries.find_rule(actor(), rule_id)), 201, {"Location": f"/api/v1/escalation-rules/{rule_id}"}


def escalation_rule(rule_id: int) -> Any:
    """One rule."""
    return _json(queries.find_rule(actor(), rule_id))


def change_escalation_rule(rule_id: int, form: EscalationRuleForm) -> Any:
    """Change a rule; what is overdue is looked at again by it."""
    commands.change_escalation_rule(actor(), seen(rule_id), form)
    return _json(queries.find_rule(actor(), rule_id))


def retire_escalation_rule(rule_id: int) -> Any:
    """The rule holds no longer; that of the unit above does."""
    commands.retire_escalation_rule(actor(), rule_id)
    return _json(queries.find_rule(actor(), rule_id))
