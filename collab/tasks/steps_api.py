"""Checklist, parts and links of an item over the API."""

from typing import Any

from flask import Blueprint

from collab.web.actors import actor
from collab.web.api import Answer, endpoint
from collab.work.queries.items import find_item, id_of
from collab.work.queries.named import named

from . import commands
from .as_json import item_json
from .commands.linking import link, unlink
from .forms import LineChange, NewLines
from .link_forms import NewLink
from .queries.checklist import Line, Part, lines_of, parts_of


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    at = "/work-items/<ref:item>"
    endpoint(api, f"GET {at}/checklist", gives="Checklist")(checklist)
    endpoint(api, f"POST {at}/checklist", takes=NewLines, gives="Checklist")(add_lines)
    endpoint(api, f"PATCH {at}/checklist/<id:line_id>", takes=LineChange, gives="Checklist")(change_line)
    endpoint(api, f"DELETE {at}/checklist/<id:line_id>")(remove_line)
    endpoint(api, f"POST {at}/checklist/<id:line_id>/task", gives="Task")(make_task_of_line)
    endpoint(api, f"POST {at}/links", takes=NewLink, gives="WorkItem")(add_link)
    endpoint(api, f"DELETE {at}/links/<ref:other>")(remove_link)
    endpoint(api, f"GET {at}/parts", gives="Parts")(parts)


def checklist(item: str) -> Answer:
    """The checklist of an item, line by line."""
    lines = lines_of(actor(), named(actor(), item).id)
    return {"items": [_line(line) for line in lines], "done": sum(line.done for line in lines), "all": len(lines)}


def add_lines(item: str, form: NewLines) -> Answer:
    """Add lines at the end of the checklist, one for each line of the text."""
    commands.add_lines(actor(), id_of(actor(), item), form)
    return checklist(item), 201


def change_line(item: str, line_id: int, form: LineChange) -> Answer:
    """Word a line otherwise, tick it, take the tick away, or put it in another place."""
    commands.change_line(actor(), id_of(actor(), item), line_id, form)
    return checklist(item)


def remove_line(item: str, line_id: int) -> Answer:
    """Remove a line. A task that it became stays."""
    commands.remove_line(actor(), id_of(actor(), item), line_id)
    return None, 204


def make_task_of_line(item: str, line_id: int) -> Answer:
    """Make a line a task of its own, below its item."""
    made = commands.make_task_of(actor(), id_of(actor(), item), line_id)
    location = {"Location": f"/api/v1/tasks/{made['reference']}"}
    return item_json(actor(), find_item(actor(), made["id"])), 201, location


def add_link(item: str, form: NewLink) -> Answer:
    """Link an item with another; `relations` of both then name the other where it may be seen."""
    id_ = id_of(actor(), item)
    link(actor(), id_, form)
    return item_json(actor(), find_item(actor(), id_)), 201


def remove_link(item: str, other: str) -> Answer:
    """Take the links between two items away."""
    unlink(actor(), id_of(actor(), item), other)
    return None, 204


def parts(item: str) -> Answer:
    """The items below an item, four levels deep."""
    found = parts_of(actor(), named(actor(), item).id)
    done = sum(part.closed for part in found)
    return {"items": [_part(part) for part in found], "done": done, "all": len(found)}


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "text": line.text,
        "done": line.done,
        "done_at": line.done_at.isoformat() if line.done_at else None,
        "task": {"reference": line.reference, "state": line.state_kind} if line.reference else None,
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "id": part.id,
        "reference": part.reference,
        "title": part.title,
        "state": part.state_kind,
        "parts": [_part(each) for each in part.parts],
    }
