"""The checklist of an item on its page: every act answers with the checklist as it is then."""

from flask import Response, request

from collab.core.errors import Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, filled, go, reasons_of, show
from collab.work.queries.items import find_item, id_of

from .. import commands
from ..forms import LineChange, NewLines
from ..steps import checklist
from . import pages
from .answers import changed

MADE = N_("%(reference)s was made of it.")


@door(pages, "POST /work-items/<ref:item>/checklist", takes=NewLines)
def add_lines(item: str) -> Response:
    """Add a line to the checklist, or several at once."""
    typed = entered()
    try:
        commands.add_lines(actor(), id_of(actor(), item), parse(NewLines, typed))
    except Invalid as problem:
        return _shown(item, 422, typed.get("text", ""), reasons_of(problem).get("text", [problem.detail])[0])
    return _shown(item)


@door(pages, "PATCH /work-items/<ref:item>/checklist/<id:line_id>", takes=LineChange)
def change_line(item: str, line_id: int) -> Response:
    """Tick a line, take the tick away, word it otherwise, or put it in another place."""
    commands.change_line(actor(), id_of(actor(), item), line_id, filled(LineChange))
    return _shown(item)


@door(pages, "DELETE /work-items/<ref:item>/checklist/<id:line_id>")
def remove_line(item: str, line_id: int) -> Response:
    """Remove a line."""
    commands.remove_line(actor(), id_of(actor(), item), line_id)
    return _shown(item)


@door(pages, "POST /work-items/<ref:item>/checklist/<id:line_id>/task")
def make_task_of_line(item: str, line_id: int) -> Response:
    """Make a line a task of its own, below its item."""
    found = find_item(actor(), item)
    made = commands.make_task_of(actor(), found.id, line_id)
    return changed(found.reference, _(MADE, reference=made["reference"]))


def _shown(item: str, status: int = 200, typed: object = "", error: str = "") -> Response:
    found = find_item(actor(), item)
    if request.headers.get("HX-Request-Type") != "partial" and not error:
        return go(f"/work-items/{found.reference}#checklist")
    return show(
        "tasks/checklist.html",
        fragment="tasks/_checklist.html",
        status=status,
        item=found,
        checklist_text=typed,
        checklist_error=error,
        **checklist(actor(), found),
    )
