"""Templates of tasks over the API."""

from typing import Any

from flask import Blueprint

from collab.web.actors import actor
from collab.web.api import Answer, endpoint
from collab.work.queries.items import find_item, id_of

from .as_json import item_json
from .commands.templates import change_template, create_template, keep_as_template, retire_template, use_template
from .queries.templates import Template, find_template, templates_for
from .template_forms import NewTemplate, TemplateForm, UseTemplate


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    at = "/task-templates"
    endpoint(api, f"GET {at}", gives="TaskTemplates")(task_templates)
    endpoint(api, f"POST {at}", takes=NewTemplate, gives="TaskTemplate")(create_task_template)
    endpoint(api, f"GET {at}/<id:template_id>", gives="TaskTemplate")(task_template)
    endpoint(api, f"PUT {at}/<id:template_id>", takes=TemplateForm, gives="TaskTemplate")(change_task_template)
    endpoint(api, f"POST {at}/<id:template_id>/retirement", gives="TaskTemplate")(retire_task_template)
    endpoint(api, f"POST {at}/<id:template_id>/tasks", takes=UseTemplate, gives="Task")(use_task_template)
    endpoint(api, "POST /work-items/<ref:item>/template", gives="TaskTemplate")(keep_task_as_template)


def task_templates() -> Answer:
    """The templates that you may use, by name."""
    return {"items": [_json(one) for one in templates_for(actor())]}


def create_task_template(form: NewTemplate) -> Answer:
    """Make a template for a unit that you head, and those below."""
    return _made(create_template(actor(), form))


def task_template(template_id: int) -> Answer:
    """One template: what a task from it begins with."""
    return _json(find_template(actor(), template_id))


def change_task_template(template_id: int, form: TemplateForm) -> Answer:
    """Change a template; tasks made from it stay as they are."""
    change_template(actor(), template_id, form)
    return task_template(template_id)


def retire_task_template(template_id: int) -> Answer:
    """Offer a template no longer."""
    retire_template(actor(), template_id)
    return task_template(template_id)


def use_task_template(template_id: int, form: UseTemplate) -> Answer:
    """Make a task from a template, with its checklist and parts."""
    made = use_template(actor(), template_id, form)
    found = find_item(actor(), made["id"])
    return item_json(actor(), found), 201, {"Location": f"/api/v1/tasks/{made['reference']}"}


def keep_task_as_template(item: str) -> Answer:
    """Keep what an item says as a template."""
    return _made(keep_as_template(actor(), id_of(actor(), item)))


def _made(template_id: int) -> Answer:
    return _json(find_template(actor(), template_id)), 201, {"Location": f"/api/v1/task-templates/{template_id}"}


def _json(one: Template) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "title": one.title,
        "body": one.body,
        "labels": list(one.labels),
        "priority": one.priority,
        "effort_minutes": one.effort_minutes,
        "due_after": one.due_after,
        "holder": one.holder,
        "party": {"id": one.holder_id, "name": one.holder_name} if one.holder_id else None,
        "checklist": list(one.checklist),
        "parts": list(one.parts),
        "unit": {"id": one.unit_id, "name": one.unit},
        "retired_at": one.retired_at.isoformat() if one.retired_at else None,
    }
