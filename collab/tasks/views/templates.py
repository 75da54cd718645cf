"""Templates of tasks: used by everybody in the unit and below, kept by those who head it."""

from typing import Any

from flask import Response

from collab.core.actor import Actor
from collab.core.errors import Invalid, NotFound
from collab.core.forms import parse
from collab.core.i18n import N_, _, listed
from collab.people.views.entry import Entry, Field, entry, picked
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, filled, go, show
from collab.work.lines import PRIORITIES
from collab.work.queries.items import id_of

from ..commands.templates import change_template, create_template, keep_as_template, retire_template, use_template
from ..policy import may_keep_templates, may_manage_template
from ..queries.templates import Template, find_template, templates_for
from ..template_forms import NewTemplate, TemplateForm, UseTemplate
from ..template_words import HOLDERS, gives
from . import pages
from .answers import arrived
from .typing_in import typed_lists

BASE = "/task-templates"
HOLDING = "person,post,unit"


@door(pages, "GET /task-templates")
def task_templates() -> Response:
    """The templates that you may use."""
    return _list_page()


@door(pages, "POST /task-templates", takes=NewTemplate)
def create_task_template() -> Response:
    """Make a template."""
    try:
        made = create_template(actor(), parse(NewTemplate, _typed(unit="unit")))
    except Invalid as problem:
        return _list_page(problem)
    return go(f"{BASE}/{made}", _(N_("The template is made.")))


@door(pages, "POST /task-templates/<id:template_id>/tasks", takes=UseTemplate)
def use_task_template(template_id: int) -> Response:
    """Make a task from a template."""
    made = use_template(actor(), template_id, filled(UseTemplate))
    return arrived(f"/work-items/{made['reference']}", _(N_("%(reference)s was created."), reference=made["reference"]))


@door(pages, "POST /work-items/<ref:item>/template")
def keep_task_as_template(item: str) -> Response:
    """Keep what an item says as a template."""
    made = keep_as_template(actor(), id_of(actor(), item))
    return arrived(f"{BASE}/{made}", _(N_("It is kept as a template. Look over what it says.")))


@door(pages, "GET /task-templates/<id:template_id>")
def task_template(template_id: int) -> Response:
    """One template: what a task from it begins with."""
    return _template_page(template_id)


@door(pages, "PUT /task-templates/<id:template_id>", takes=TemplateForm)
def change_task_template(template_id: int) -> Response:
    """Change a template; tasks made from it stay as they are."""
    try:
        change_template(actor(), template_id, parse(TemplateForm, _typed()))
    except Invalid as problem:
        return _template_page(template_id, problem)
    return go(f"{BASE}/{template_id}", _(N_("Saved.")))


@door(pages, "POST /task-templates/<id:template_id>/retirement")
def retire_task_template(template_id: int) -> Response:
    """Offer a template no longer."""
    retire_template(actor(), template_id)
    return go(BASE, _(N_("The template is offered no longer.")))


def _typed(**kinds: str) -> dict[str, Any]:
    """What was typed, with the parties by id whose names stand in the fields. Raises Invalid at the field."""
    return typed_lists(picked(entered(), party=HOLDING, **kinds))


def _list_page(problem: Invalid | None = None) -> Response:
    who = actor()
    keeps = may_keep_templates(who, None)
    form = None
    if keeps:
        unit = Field("unit", _(N_("For this unit and those below")), "party", kinds="unit")
        values = {"unit": next(iter(sorted(who.heads)), ""), "holder": "user", "priority": "0"}
        fields = [_fields()[0], unit, *_fields()[1:]]
        form = entry(BASE, _(N_("Make template")), fields, values, problem=problem, typed=entered())
    return show(
        "tasks/task_templates.html",
        fragment="tasks/_task_templates.html",
        status=422 if problem else 200,
        templates=[(one, gives(one)) for one in templates_for(who)],
        uses=bool(who.reach) and not who.is_auditor,
        keeps=keeps,
        form=form,
    )


def _template_page(template_id: int, problem: Invalid | None = None) -> Response:
    who = actor()
    template = find_template(who, template_id)
    may = may_manage_template(who, template)  # type: ignore[arg-type]
    if problem is not None and not may:
        raise NotFound
    return show(
        "tasks/task_template.html",
        status=422 if problem else 200,
        one=template,
        gives=gives(template),
        uses=bool(who.reach) and not who.is_auditor and template.retired_at is None,
        form=_change_form(who, template, problem) if may and template.retired_at is None else None,
        retirement=f"{BASE}/{template_id}/retirement" if may and template.retired_at is None else "",
    )


def _change_form(_who: Actor, template: Template, problem: Invalid | None) -> Entry:
    values: dict[str, Any] = {
        "name": template.name, "title": template.title, "body": template.body, "labels": listed(template.labels),
        "priority": str(template.priority), "due_after": "" if template.due_after is None else template.due_after,
        "holder": template.holder, "party": template.holder_id or "",
        "checklist": "\n".join(template.checklist), "parts": "\n".join(template.parts),
    }  # fmt: skip
    return entry(
        f"{BASE}/{template.id}?_method=PUT", _(N_("Save")), _fields(), values, problem=problem, typed=entered()
    )


def _fields() -> list[Field]:
    return [
        Field("name", _(N_("Name of the template")), required=True),
        Field("title", _(N_("Title of the task")), hint=_(N_("Empty: the name of the template."))),
        Field("body", _(N_("Description")), "textarea"),
        Field("checklist", _(N_("Checklist")), "textarea", hint=_(N_("A line for each step."))),
        Field("parts", _(N_("Parts")), "textarea", hint=_(N_("A line for each; each becomes a task below."))),
        Field("due_after", _(N_("Due after so many working days")), "number", hint=_(N_("Empty: no due day."))),
        Field(
            "holder", _(N_("Who has it?")), "select", options=tuple((code, _(word)) for code, word in HOLDERS.items())
        ),
        Field("party", _(N_("Always this person, post or unit")), "party", kinds=HOLDING),
        Field(
            "priority", _(N_("Priority")), "select", options=tuple((str(code), _(w)) for code, w in PRIORITIES.items())
        ),
        Field("labels", _(N_("Labels")), hint=_(N_("With commas between them"))),
    ]
