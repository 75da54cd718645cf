"""Rules for reminders and escalation: read by everybody, made by administrators and by heads for their units."""

from flask import Response

from collab.core.errors import Invalid, Stale
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.people.views.entry import Entry, Field, entry, picked, seen, sent, status_of
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, go, show

from .. import commands
from ..escalating.words import going_up, reminders
from ..events import KIND_NAMES
from ..forms import EscalationRuleForm, NewEscalationRule
from ..policy import may_manage_rule, may_manage_rules
from ..queries import escalation_rules as queries
from . import pages

BASE = "/escalation-rules"
EVERYWHERE, EVERY_KIND = N_("Everywhere"), N_("every kind")
USUAL = {"nudge_every": 3, "nudge_most": 3, "first_after": 3, "then_every": 5, "levels": 2}


@door(pages, "GET /escalation-rules")
def escalation_rules() -> Response:
    """When people are reminded by themselves, and when what is overdue goes up to the head."""
    return _list_page()


@door(pages, "POST /escalation-rules", takes=NewEscalationRule)
def create_escalation_rule() -> Response:
    """Make a rule for a unit and those below, or for everybody."""
    try:
        commands.create_escalation_rule(actor(), parse(NewEscalationRule, picked(entered(), unit="unit")))
    except Invalid as problem:
        return _list_page(problem)
    return go(BASE, _(N_("The rule is made.")))


@door(pages, "GET /escalation-rules/<id:rule_id>")
def escalation_rule(rule_id: int) -> Response:
    """One rule, and a form for changing it."""
    return _rule_page(rule_id)


@door(pages, "PUT /escalation-rules/<id:rule_id>", takes=EscalationRuleForm)
def change_escalation_rule(rule_id: int) -> Response:
    """Change a rule; what is overdue is looked at again by it."""
    try:
        commands.change_escalation_rule(actor(), seen(rule_id), sent(EscalationRuleForm))
    except (Invalid, Stale) as problem:
        return _rule_page(rule_id, problem)
    return go(f"{BASE}/{rule_id}", _(N_("The rule is changed.")))


@door(pages, "POST /escalation-rules/<id:rule_id>/retirement")
def retire_escalation_rule(rule_id: int) -> Response:
    """The rule holds no longer; that of the unit above does."""
    commands.retire_escalation_rule(actor(), rule_id)
    return go(BASE, _(N_("The rule holds no longer.")))


def _list_page(problem: Invalid | None = None) -> Response:
    who = actor()
    return show(
        "work/escalation_rules.html",
        status=status_of(problem),
        rules=[(rule, _where(rule), reminders(rule), going_up(rule)) for rule in queries.all_rules(who)],
        form=_new_form(problem) if may_manage_rules(who, None) else None,
    )


def _where(rule: queries.RuleLine) -> str:
    kind = _(KIND_NAMES[rule.item_kind]) if rule.item_kind in KIND_NAMES else _(EVERY_KIND)
    return f"{rule.unit or _(EVERYWHERE)} · {kind}"


def _new_form(problem: Invalid | None) -> Entry:
    who = actor()
    hint = _(N_("Empty: everywhere.")) if who.is_administrator else ""
    kinds = (("", _(EVERY_KIND)), *((code, _(name)) for code, name in KIND_NAMES.items()))
    values: dict[str, object] = dict(USUAL)
    if not who.is_administrator:
        values["unit"] = next(iter(sorted(who.heads)), "")
    fields = [
        Field("unit", _(N_("Unit in which it holds, with those below")), "party", kinds="unit", hint=hint),
        Field("item_kind", _(N_("Kind of item")), "select", options=kinds),
        *_terms(),
    ]
    return entry(BASE, _(N_("Make rule")), fields, values, problem=problem, typed=entered())


def _terms() -> list[Field]:
    none = _(N_("0: none."))
    return [
        Field("nudge_every", _(N_("Remind whoever is awaited every … working days")), "number", required=True),
        Field("nudge_most", _(N_("At most so many reminders")), "number", required=True, hint=none),
        Field("first_after", _(N_("Up to the head when overdue by … working days")), "number", required=True),
        Field("then_every", _(N_("One level further up every … working days")), "number", required=True),
        Field("levels", _(N_("At most so many levels up")), "number", required=True, hint=none),
    ]


def _rule_page(rule_id: int, problem: Invalid | Stale | None = None) -> Response:
    who = actor()
    rule = queries.find_rule(who, rule_id)
    may = may_manage_rule(who, rule) and rule.retired_at is None  # type: ignore[arg-type]
    values = {name: getattr(rule, name) for name in USUAL}
    form = entry(
        f"{BASE}/{rule_id}?_method=PUT", _(N_("Save")), _terms(), values, problem=problem, typed=entered(),
        version=rule.version,
    )  # fmt: skip
    return show(
        "work/escalation_rule.html",
        status=status_of(problem),
        rule=rule,
        where=_where(rule),
        reminders=reminders(rule),
        going_up=going_up(rule),
        form=form if may else None,
        retirement=f"{BASE}/{rule_id}/retirement" if may else "",
    )
