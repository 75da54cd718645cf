"""Tasks and pending items over the API. A kind's address shows items of that kind alone."""

from typing import Any

from collab.core.envelope import Seen
from collab.core.errors import NotFound
from collab.core.forms import parse
from collab.web.actors import actor
from collab.web.api import Answer, api_blueprint, endpoint, seen, write_over
from collab.work.api import sub_resources
from collab.work.forms import ChangeKind
from collab.work.queries.items import find_item, id_of
from collab.work.queries.shapes import Item

from . import (
    commands,
    merging_api,
    queries,
    quick_api,
    recurring_api,
    reminders_api,
    silence_api,
    steps_api,
    templates_api,
)
from .as_json import item_json, rows_json
from .forms import (
    EditPendingItem,
    EditTask,
    NewPendingItem,
    NewTask,
    PendingFilter,
    PendingItemChange,
    TaskChange,
    TaskFilter,
)
from .letters import api as letters_api
from .panel import PLAIN
from .registry import views as registry_api

api = api_blueprint("tasks")
sub_resources(api, "tasks", "task")
sub_resources(api, "pending-items", "pending")
quick_api.install(api)
steps_api.install(api)
recurring_api.install(api)
letters_api.install(api)
reminders_api.install(api)
registry_api.install(api)
merging_api.install(api)
templates_api.install(api)
silence_api.install(api)


@endpoint(api, "GET /tasks", query=TaskFilter, gives="Tasks")
def tasks(query: TaskFilter) -> Answer:
    """The tasks that the filter lets through, a page at a time."""
    return rows_json(queries.tasks(actor(), query))


@endpoint(api, "POST /tasks", takes=NewTask, gives="Task")
def create_task(form: NewTask) -> Answer:
    """Create a task in a unit of one's own."""
    return _created("/api/v1/tasks", commands.create_task(actor(), form))


@endpoint(api, "GET /tasks/<ref:item>", gives="Task")
def task(item: str) -> Answer:
    """One task."""
    return item_json(actor(), _of_kind(item, "task"))


@endpoint(api, "PATCH /tasks/<ref:item>", takes=TaskChange, gives="Task")
def change_task(item: str, form: TaskChange) -> Answer:
    """Change some of what a task says."""
    who, given = actor(), form.model_dump(exclude_unset=True)
    write_over(
        lambda: _of_kind(item, "task"),
        lambda found, seen: commands.edit_task(who, seen, parse(EditTask, _said(found) | given, typed=True)),
    )
    return item_json(who, find_item(who, item))


@endpoint(api, "GET /pending-items", query=PendingFilter, gives="PendingItems")
def pending_items(query: PendingFilter) -> Answer:
    """The pending items that the filter lets through, a page at a time."""
    page = queries.pending_items(actor(), query)
    return rows_json(page, queries.details_of(actor(), [row.id for row in page.items]))


@endpoint(api, "POST /pending-items", takes=NewPendingItem, gives="PendingItem")
def create_pending_item(form: NewPendingItem) -> Answer:
    """Create a pending item in a unit of one's own."""
    return _created("/api/v1/pending-items", commands.create_pending_item(actor(), form))


@endpoint(api, "GET /pending-items/<ref:item>", gives="PendingItem")
def pending_item(item: str) -> Answer:
    """One pending item, with its case and why its deadline is the day it is."""
    return item_json(actor(), _of_kind(item, "pending"))


@endpoint(api, "PATCH /pending-items/<ref:item>", takes=PendingItemChange, gives="PendingItem")
def change_pending_item(item: str, form: PendingItemChange) -> Answer:
    """Change some of what a pending item says. A due date of null follows what the law gives."""
    who, given = actor(), form.model_dump(exclude_unset=True)
    if form.counterpart_name is not None and "counterpart" not in form.model_fields_set:
        given["counterpart"] = None

    def write(found: Item, seen: Seen) -> None:
        said = _said(found) | _case(found) | given
        commands.edit_pending_item(who, seen, parse(EditPendingItem, said, typed=True))

    write_over(lambda: _of_kind(item, "pending"), write)
    return item_json(who, find_item(who, item))


@endpoint(api, "PUT /work-items/<ref:item>/kind", takes=ChangeKind, gives="WorkItem")
def change_kind(item: str, form: ChangeKind) -> Answer:
    """Turn a task into a pending item or back, in place."""
    id_ = id_of(actor(), item)
    commands.change_kind(actor(), seen(id_), form)
    return item_json(actor(), find_item(actor(), id_))


def _created(address: str, made: dict[str, Any]) -> Answer:
    found = find_item(actor(), made["id"])
    return item_json(actor(), found), 201, {"Location": f"{address}/{made['reference']}"}


def _of_kind(ref: str, kind: str) -> Item:
    found = find_item(actor(), ref)
    if found.kind != kind:
        raise NotFound
    return found


def _said(found: Item) -> dict[str, Any]:
    """What an item says now, under the names of the form."""
    return {
        "title": found.title,
        "body": found.body,
        "priority": found.priority,
        "start_on": found.start_on,
        "due_on": found.due_on,
        "reach": found.reach,
        "labels": list(found.labels),
        "parent": found.parent_id,
        "effort_minutes": found.effort_minutes,
        "spent_minutes": found.spent_minutes,
    }


def _case(found: Item) -> dict[str, Any]:
    """What its case says now. A due date that follows from the law is none of its own."""
    details = queries.details_of(actor(), [found.id]).get(found.id, PLAIN)
    said = {
        "source": details.source,
        "protocol_number": details.protocol_number,
        "protocol_on": details.protocol_on,
        "counterpart": details.counterpart.id if details.counterpart else None,
        "rule": details.rule.id if details.rule else None,
        **details.term._asdict(),
    }
    if not queries.explained(found, details).by_hand:
        said["due_on"] = None
    return said
