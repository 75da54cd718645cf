"""Deadline rules: read by everybody, made and changed by administrators and by heads for their units."""

from flask import Response

from collab.core.dates import digits
from collab.core.envelope import Seen
from collab.core.errors import Invalid, NotFound
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.people.views.entry import Entry, Field, entry, naming_fields, naming_values, picked
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, filled, go, show
from collab.work.lines import PRIORITIES

from .. import commands, queries
from ..deadlines import TERM
from ..forms import BEGINNINGS, SILENCES, NewRuleForm, RuleForm
from ..letters import queries as letters
from ..policy import may_manage_rule, may_manage_rules
from ..words import allowed, first, manner, measures, silences, stoppers
from . import pages

BASE = "/deadline-rules"
EVERYWHERE = N_("Everywhere")
YES_NO = (("on", N_("to the next working day")), ("false", N_("it ends there all the same")))


@door(pages, "GET /deadline-rules")
def deadline_rules() -> Response:
    """The deadlines that the law gives to cases of each sort."""
    return _list_page()


@door(pages, "POST /deadline-rules", takes=NewRuleForm)
def create_deadline_rule() -> Response:
    """Make a deadline rule."""
    try:
        rule_id = commands.create_rule(actor(), parse(NewRuleForm, picked(entered(), unit="unit")))
    except Invalid as problem:
        return _list_page(problem)
    return go(f"{BASE}/{rule_id}", _(N_("The rule is made.")))


def _list_page(problem: Invalid | None = None) -> Response:
    who = actor()
    found = queries.all_rules(who)
    return show(
        "tasks/deadline_rules.html",
        status=422 if problem else 200,
        rules=[(rule, allowed(rule.term), rule.unit or _(EVERYWHERE)) for rule in found],
        form=_new_form(problem) if may_manage_rules(who, None) else None,
    )


def _new_form(problem: Invalid | None) -> Entry:
    who = actor()
    hint = _(N_("Empty: everywhere.")) if who.is_administrator else ""
    unit = Field("unit", _(N_("Unit in which it holds")), "party", kinds="unit", hint=hint)
    values: dict[str, object] = {
        "rolls": "on", "measure": "days", "stopped_by": "anyone", "silence_measure": "days",
        "silence_after": "deadline",
    }  # fmt: skip
    if not who.is_administrator:
        values["unit"] = next(iter(sorted(who.heads)), "")
    fields = [*naming_fields(), unit, *_terms(), *_first(), *_silence([None, *who.headed])]
    return entry(BASE, _(N_("Make rule")), fields, values, problem=problem, typed=entered())


@door(pages, "GET /deadline-rules/<id:rule_id>")
def deadline_rule(rule_id: int) -> Response:
    """One rule: what it gives, how it counts, what stops it."""
    return _rule_page(rule_id)


@door(pages, "PUT /deadline-rules/<id:rule_id>", takes=RuleForm)
def change_deadline_rule(rule_id: int) -> Response:
    """Change a rule; deadlines of open items that follow it are reckoned again."""
    try:
        commands.change_rule(actor(), Seen(rule_id, None), filled(RuleForm))
    except Invalid as problem:
        return _rule_page(rule_id, problem)
    return go(f"{BASE}/{rule_id}", _(N_("The rule is changed; open items that follow it are reckoned again.")))


@door(pages, "POST /deadline-rules/<id:rule_id>/retirement")
def retire_deadline_rule(rule_id: int) -> Response:
    """Offer a rule no longer."""
    commands.retire_rule(actor(), rule_id)
    return go(BASE, _(N_("The rule is offered no longer; items that follow it keep its terms.")))


def _rule_page(rule_id: int, problem: Invalid | None = None) -> Response:
    who = actor()
    rule = queries.find_rule(who, rule_id)
    may = may_manage_rule(who, rule)  # type: ignore[arg-type]
    if problem is not None and not may:
        raise NotFound
    values = naming_values(rule.own_name, rule.names) | {name: getattr(rule.term, name) for name in TERM}
    values |= _beyond(rule)
    values |= {"rolls": "on" if rule.term.rolls else "false", "least_working_days": rule.term.least_working_days or ""}
    form = entry(
        f"{BASE}/{rule_id}?_method=PUT", _(N_("Save")),
        [*naming_fields(), *_terms(), *_first(), *_silence([rule.unit_id])], values, problem=problem, typed=entered(),
    )  # fmt: skip
    return show(
        "tasks/deadline_rule.html",
        status=422 if problem else 200,
        rule=rule,
        where=rule.unit or _(EVERYWHERE),
        gives=allowed(rule.term),
        manner=manner(rule.term),
        first=first(rule),
        silences=silences(rule),
        followed_by=digits(queries.open_items_under(who, rule_id)),
        form=form if may and rule.retired_at is None else None,
        retirement=f"{BASE}/{rule_id}/retirement" if may and rule.retired_at is None else "",
    )


def _terms() -> list[Field]:
    rolls = tuple((code, _(word)) for code, word in YES_NO)
    return [
        Field("legal_basis", _(N_("Legal basis")), hint=_(N_("The provision, as people cite it."))),
        Field("allowed", _(N_("The law gives")), "number", required=True),
        Field("measure", _(N_("Counted in")), "select", options=tuple(measures().items())),
        Field("rolls", _(N_("An end on a day not worked")), "select", options=rolls),
        Field("stopped_by", _(N_("The clock is stopped by")), "select", options=tuple(stoppers().items())),
        Field("first_day_counts", _(N_("The first day counts")), "check"),
        Field("last_day_free", _(N_("The day of the act does not count")), "check"),
        Field("least_working_days", _(N_("At least so many working days")), "number"),
    ]


def _first() -> list[Field]:
    priorities = (("", _(N_("as usual"))), *((str(code), _(word)) for code, word in PRIORITIES.items() if code))
    hint = _(N_("In the same measure as above. Empty: like all others."))
    return [
        Field("electronic", _(N_("Electronic applications go first")), "heading"),
        Field("electronic_allowed", _(N_("They are given only")), "number", hint=hint),
        Field("electronic_priority", _(N_("Their priority is at least")), "select", options=priorities),
    ]


def _silence(units: list[int | None]) -> list[Field]:
    hint = _(N_("Only where a provision says so. Each item shows it beforehand, and there one can let it not count."))
    nothing = ("", _(N_("nothing follows")))
    found = letters.templates_in(actor(), [unit for unit in units if unit is not None])
    named = (("", _(N_("plain words"))), *((str(one.id), one.name) for one in found))
    return [
        Field("silent", _(N_("Answer after silence")), "heading", hint=hint),
        Field("silence", _(N_("When nothing comes")), "select", options=(nothing, *_said(SILENCES))),
        Field("silence_within", _(N_("Within")), "number", hint=_(N_("0: on the day itself."))),
        Field("silence_measure", _(N_("Counted in")), "select", options=tuple(measures().items())),
        Field("silence_after", _(N_("It counts")), "select", options=_said(BEGINNINGS)),
        Field("silence_basis", _(N_("Legal basis of the silence"))),
        Field("silence_template", _(N_("Letter that is drafted")), "select", options=named),
    ]


def _said(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, _(word)) for code, word in words.items())


def _beyond(rule: queries.Rule) -> dict[str, object]:
    """What a rule says beyond its term, under the names of the form."""
    silence = rule.silence
    said: dict[str, object] = {
        "electronic_allowed": rule.electronic_allowed or "",
        "electronic_priority": rule.electronic_priority or "",
    }
    if silence is None:
        return said | {"silence_measure": "days"}
    return said | {
        "silence": silence.outcome, "silence_after": silence.after, "silence_within": silence.within,
        "silence_measure": silence.measure, "silence_basis": silence.basis, "silence_template": silence.template_id,
    }  # fmt: skip
