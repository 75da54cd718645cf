"""Lists: the tasks, and the pending items by who waits for whom."""

from typing import Any
from urllib.parse import urlencode

from flask import Response

from collab.core.i18n import N_, _
from collab.core.paging import Page
from collab.people.queries.today import today
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, show
from collab.work.events import STATES
from collab.work.queries.lists import OPEN_STATES
from collab.work.queries.shapes import Row

from .. import queries
from ..forms import SIDES, SOURCES, PendingFilter, TaskFilter
from ..rows import groups
from . import pages

WHOSE = {"mine": N_("Mine"), "units": N_("In my units"), "all": N_("All that I may see")}
STATE_CHOICES = {"open": N_("open"), "closed": N_("closed"), "any": N_("open and closed")} | STATES
ORDERS = {
    "due": N_("by due date"),
    "newest": N_("newest first"),
    "changed": N_("last changed first"),
    "priority": N_("most urgent first"),
}
EMPTY = {
    "tasks": (N_("No tasks here"), N_("What you promise to do, or give somebody to do, stands here by due date.")),
    "for-us": (N_("Nobody waits for us"), N_("Requests that your units have to answer stand here by deadline.")),
    "we-wait": (N_("We wait for nobody"), N_("What you asked of other units or offices stands here until it comes.")),
    "offered": (N_("Nothing is offered to us"), N_("What other units hand over stands here until you accept it.")),
    "all": (N_("No pending items here"), N_("Requests with a protocol number and a deadline stand here.")),
}


@door(pages, "GET /tasks", query=TaskFilter)
def tasks() -> Response:
    """The tasks: mine, those in my units, or all that I may see."""
    wanted = asked(TaskFilter)
    page = queries.tasks(actor(), wanted)
    tabs = _tabs("/tasks", wanted, "whose", WHOSE)
    return _shown("tasks/tasks.html", "/tasks", wanted, page, tabs, EMPTY["tasks"])


@door(pages, "GET /pending-items", query=PendingFilter)
def pending_items() -> Response:
    """The pending items: waiting for us, those we wait for, those offered to us, or all."""
    wanted = asked(PendingFilter)
    page = queries.pending_items(actor(), wanted)
    tabs = _tabs("/pending-items", wanted, "side", SIDES)
    sources = {code: _(label) for code, label in SOURCES.items()}
    details = queries.details_of(actor(), [row.id for row in page.items])
    return _shown(
        "tasks/pending_items.html", "/pending-items", wanted, page, tabs, EMPTY[wanted.side], details, sources=sources
    )


def _shown(
    template: str,
    address: str,
    wanted: TaskFilter,
    page: Page[Row],
    tabs: list[dict[str, Any]],
    empty: tuple[str, str],
    details: dict[int, queries.Details] | None = None,
    **more: Any,
) -> Response:
    by_due = wanted.order == "due" and wanted.state in OPEN_STATES
    said = wanted.model_dump(exclude_unset=True, mode="json")
    return show(
        template,
        fragment="tasks/_list.html",
        address=address,
        here=_address(address, said),
        wanted=wanted,
        tabs=tabs,
        filtered=bool(set(said) - {"whose", "side", "after", "limit"}),
        groups=groups(actor(), page.items, today(), details, by_due=by_due),
        previous_href=_address(address, said | {"after": page.previous}) if page.previous else None,
        next_href=_address(address, said | {"after": page.next}) if page.next else None,
        empty_title=_(empty[0]),
        empty_text=_(empty[1]),
        states={code: _(label) for code, label in STATE_CHOICES.items()},
        orders={code: _(label) for code, label in ORDERS.items()},
        **more,
    )


def _tabs(address: str, wanted: TaskFilter, name: str, labels: dict[str, str]) -> list[dict[str, Any]]:
    """Ways to look at the list that keep the rest of the filter."""
    said = wanted.model_dump(exclude_unset=True, mode="json")
    said.pop("after", None)
    return [
        {
            "href": _address(address, said | {name: code}),
            "label": _(label),
            "current": getattr(wanted, name) == code,
        }
        for code, label in labels.items()
    ]


def _address(address: str, said: dict[str, Any]) -> str:
    chosen = {name: value for name, value in said.items() if value not in (None, "", False)}
    return f"{address}?{urlencode(chosen)}" if chosen else address
