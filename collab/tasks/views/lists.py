"""Lists: the tasks, and the pending items by who waits for whom."""

from typing import Any

from flask import Response

from collab.core.i18n import N_
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import known_of
from collab.work.filters.tree import ALL, Leaf, Node, Not, either, every
from collab.work.forms import ListPage
from collab.work.queries.shapes import Row
from collab.work.views.listing import Asked, Listing, Way, listing, read, spoken, typed
from collab.work.views.lists import plain

from .. import queries
from ..forms import SIDES, PendingFilter, TaskFilter
from . import pages

TASKS = Listing(
    "/tasks", N_("Tasks"), "task", Leaf("kind", "task"),
    ways=(
        Way("mine", N_("Mine"), "holder:me"),
        Way("units", N_("In my units"), "desk:mine"),
        Way("overdue", N_("Overdue"), "desk:mine overdue:yes"),
        Way("nobody", N_("Nobody's"), "desk:mine holder:nobody"),
        Way("we-wait", N_("We wait for"), "asked-by:me,mine"),
        Way("all", N_("All that I may see"), ""),
    ),
    empty={
        "mine": (N_("No tasks here"), N_("What you promise to do, or give somebody to do, stands here by due date.")),
        "units": (N_("No tasks here"), N_("What lies in your units stands here by due date.")),
        "overdue": (N_("Nothing is overdue"), N_("What lies in your units and is late stands here.")),
        "nobody": (N_("Everything has somebody"), N_("What lies in a tray of your units stands here.")),
        "we-wait": (N_("We wait for nobody"), N_("What you asked of others stands here until it comes.")),
        "all": (N_("No tasks here"), N_("Tasks that you may see stand here.")),
    },
    new_href="/tasks/new",
)  # fmt: skip
PENDING = Listing(
    "/pending-items", N_("Pending items"), "pending", Leaf("kind", "pending"),
    ways=(
        Way("for-us", SIDES["for-us"], "desk:mine -state:waiting"),
        Way("we-wait", SIDES["we-wait"], "asked-by:me,mine"),
        Way("offered", SIDES["offered"], "offered:me,mine"),
        Way("mine", N_("Mine"), "holder:me"),
        Way("overdue", N_("Overdue"), "desk:mine overdue:yes"),
        Way("nobody", N_("Nobody's"), "desk:mine holder:nobody"),
        Way("all", SIDES["all"], ""),
    ),
    empty={
        "for-us": (N_("Nobody waits for us"), N_("Requests that your units have to answer stand here by deadline.")),
        "we-wait": (
            N_("We wait for nobody"), N_("What you asked of other units or offices stands here until it comes."),
        ),
        "offered": (
            N_("Nothing is offered to us"), N_("What other units hand over stands here until you accept it."),
        ),
        "mine": (N_("No pending items here"), N_("Requests in your own hands stand here by deadline.")),
        "overdue": (N_("Nothing is overdue"), N_("What lies in your units and is late stands here.")),
        "nobody": (N_("Everything has somebody"), N_("What lies in a tray of your units stands here.")),
        "all": (N_("No pending items here"), N_("Requests with a protocol number and a deadline stand here.")),
    },
    new_href="/pending-items/new",
)  # fmt: skip


class TaskPage(ListPage, TaskFilter):
    """The list of tasks by a query; the fields of the plain filter are understood as well."""


class PendingPage(ListPage, PendingFilter):
    """The list of pending items by a query; the fields of the plain filter are understood as well."""


@door(pages, "GET /tasks", query=TaskPage)
def tasks() -> Response:
    """The tasks: mine, those in my units, or what a query finds."""
    wanted = known_of(TaskPage)
    return listing(wanted, TASKS, _asked(wanted, _whose(wanted)))


@door(pages, "GET /pending-items", query=PendingPage)
def pending_items() -> Response:
    """The pending items: waiting for us, those we wait for, those offered to us, or what a query finds."""
    wanted = known_of(PendingPage)
    return listing(wanted, PENDING, _asked(wanted, _side(wanted)), notes=_notes)


def _asked(wanted: Any, usual: Node) -> Asked:
    """The query as it was typed; or the plain fields, beginning with whose items are meant."""
    query = typed(wanted)
    if query is not None:
        return read(query)
    rest = [Leaf(name, value) for name in ("protocol", "source") if (value := getattr(wanted, name, None))]
    return spoken(every(usual, plain(wanted), *rest))


def _whose(wanted: TaskFilter) -> Node:
    if wanted.holder is not None or wanted.unit is not None:
        return ALL
    if wanted.whose == "all":
        return ALL
    return Leaf("holder", "me") if wanted.whose == "mine" else Leaf("desk", "mine")


def _side(wanted: PendingFilter) -> Node:
    if wanted.side == "we-wait":
        return either(Leaf("asked-by", "me"), Leaf("asked-by", "mine"))
    if wanted.side == "offered":
        return either(Leaf("offered", "me"), Leaf("offered", "mine"))
    said = "whose" in wanted.model_fields_set or wanted.side == "for-us"
    whose = _whose(wanted) if said else ALL
    return every(whose, Not(Leaf("state", "waiting"))) if wanted.side == "for-us" else whose


def _notes(rows: list[Row]) -> dict[int, str]:
    """Protocol number and counterpart by item; one query."""
    return queries.notes_of(actor(), [row.id for row in rows])
