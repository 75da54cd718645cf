"""Deadline rules over the API."""

from typing import Any

from collab.web.actors import actor
from collab.web.api import Answer, endpoint, listed, seen

from . import commands, queries
from .api import api
from .forms import NewRuleForm, RuleForm
from .words import allowed, first, manner, silences


def rule_json(rule: queries.Rule) -> dict[str, Any]:
    """A rule under the names of its form; `says` and `manner` say the same in the reader's language."""
    return {
        "id": rule.id,
        "name": rule.own_name,
        "names": rule.names,
        "unit": {"id": rule.unit_id, "code": rule.unit_code, "name": rule.unit} if rule.unit_id is not None else None,
        **rule.term._asdict(),
        **_silence_json(rule),
        "electronic_allowed": rule.electronic_allowed,
        "electronic_priority": rule.electronic_priority,
        "says": allowed(rule.term),
        "manner": [*manner(rule.term), *first(rule), *silences(rule)],
        "retired_at": rule.retired_at.isoformat() if rule.retired_at else None,
        "version": rule.version,
    }


def _silence_json(rule: queries.Rule) -> dict[str, Any]:
    """What a rule says of silence, under the names of its form."""
    said = rule.silence
    return {
        "silence": said.outcome if said else None,
        "silence_after": said.after if said else "deadline",
        "silence_within": said.within if said else None,
        "silence_measure": said.measure if said else "days",
        "silence_basis": (said.basis or None) if said else None,
        "silence_template": said.template_id if said else None,
    }


@endpoint(api, "GET /deadline-rules", gives="DeadlineRules")
def deadline_rules() -> Answer:
    """Every deadline rule, those in use first."""
    return listed([rule_json(rule) for rule in queries.all_rules(actor())], None)


@endpoint(api, "POST /deadline-rules", takes=NewRuleForm, gives="DeadlineRule")
def create_deadline_rule(form: NewRuleForm) -> Answer:
    """Make a deadline rule: administrators anywhere, heads for their units."""
    rule_id = commands.create_rule(actor(), form)
    found = rule_json(queries.find_rule(actor(), rule_id))
    return found, 201, {"Location": f"/api/v1/deadline-rules/{rule_id}"}


@endpoint(api, "GET /deadline-rules/<id:rule_id>", gives="DeadlineRule")
def deadline_rule(rule_id: int) -> Answer:
    """One deadline rule."""
    return rule_json(queries.find_rule(actor(), rule_id))


@endpoint(api, "PUT /deadline-rules/<id:rule_id>", takes=RuleForm, gives="DeadlineRule")
def change_deadline_rule(rule_id: int, form: RuleForm) -> Answer:
    """Change a rule; deadlines of open items that follow it are reckoned again, each with a line saying why."""
    commands.change_rule(actor(), seen(rule_id), form)
    return rule_json(queries.find_rule(actor(), rule_id))


@endpoint(api, "POST /deadline-rules/<id:rule_id>/retirement", gives="DeadlineRule")
def retire_deadline_rule(rule_id: int) -> Answer:
    """Offer a rule no longer; items that follow it keep its terms."""
    commands.retire_rule(actor(), rule_id)
    return rule_json(queries.find_rule(actor(), rule_id))
