"""Quick add over the API: a line in, a task out; or what is understood of it, piece by piece."""

from typing import Any

from flask import Blueprint

from collab.core.errors import Invalid
from collab.web.actors import actor
from collab.web.api import Answer, endpoint
from collab.work.queries.items import find_item

from .as_json import item_json
from .commands.said import create_as_said
from .forms import QuickLine
from .queries.quick import Chip, Draft, draft_of
from .quick_making import at_the_line, new_task, reminder
from .recurring import to_text


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "POST /quick-tasks", takes=QuickLine, gives="Task")(add_quick_task)
    endpoint(api, "POST /quick-tasks/reading", takes=QuickLine, gives="QuickReading")(read_quick_task)


def add_quick_task(form: QuickLine) -> Answer:
    """Create the task that a line describes, such as "call Forestry next Fri !high @maria #storm"."""
    draft = draft_of(actor(), form.text)
    try:
        made = create_as_said(actor(), new_task(draft), reminder(draft), draft.repeat)
    except Invalid as problem:
        raise at_the_line(problem) from problem
    found = find_item(actor(), made["id"])
    return item_json(actor(), found), 201, {"Location": f"/api/v1/tasks/{made['reference']}"}


def read_quick_task(form: QuickLine) -> Answer:
    """What is understood of a line. Nothing is kept. Places count characters (code points) from 0."""
    return _reading(form.text, draft_of(actor(), form.text))


def _reading(text: str, draft: Draft) -> dict[str, Any]:
    due = draft.fields["due_on"]
    return {
        "title": draft.understood.title,
        "task": draft.fields | {"due_on": due.isoformat() if due else None},
        "reminder": f"{draft.reminder[0].isoformat()}T{draft.reminder[1]:%H:%M}" if draft.reminder else None,
        "recurrence": _recurrence(draft),
        "problem": draft.problem or None,
        "pieces": [_piece(text, chip) for chip in draft.chips],
    }


def _recurrence(draft: Draft) -> dict[str, Any] | None:
    if draft.repeat is None:
        return None
    said: dict[str, Any] = draft.repeat.model_dump(mode="json")
    return said | {"rrule": to_text(draft.repeat.rule())}


def _piece(text: str, chip: Chip) -> dict[str, Any]:
    return {
        "kind": chip.kind,
        "start": chip.start,
        "end": chip.end,
        "written": text[chip.start : chip.end],
        "meant": chip.text,
        "problem": chip.problem or None,
        "choices": [{"name": one.name, "hint": one.hint, "written": one.written} for one in chip.choices],
    }
