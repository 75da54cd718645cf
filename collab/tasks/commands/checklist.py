"""The lines of an item's checklist: added, ticked, worded, put in order, removed, made tasks of their own."""

from typing import Any

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.work.desks import holder_desk
from collab.work.models import Checklist, WorkItem
from collab.work.opening import Opening, open_item
from collab.work.policy import is_open, items, may_change

from ..checklist import LONGEST, MOST, lines_in
from ..forms import LineChange, NewLines, NewTask
from ..step_events import (
    ChecklistOrdered,
    LineBecameTask,
    LineRemoved,
    LinesAdded,
    LineTicked,
    LineUnticked,
    LineWorded,
)

CLOSED = N_("This item is finished; open it again to change its checklist.")
EMPTY = N_("Write what is to be ticked off.")
TOO_MANY = N_("A checklist has at most %(most)s lines.")
TOO_LONG = N_("A line has at most %(most)s characters.")
TASK_ALREADY = N_("This line is a task already.")


@command(may_change, on=items)
def add_lines(actor: Actor, item: WorkItem, form: NewLines) -> list[int]:
    """Add lines at the end of the checklist. Returns their ids."""
    _refuse_closed(item)
    written = lines_in(form.text)
    if not written:
        raise wrong("text", _(EMPTY))
    if any(len(line.text) > LONGEST for line in written):
        raise wrong("text", _(TOO_LONG, most=LONGEST))
    number, last = (
        session()
        .execute(
            select(func.count(), func.coalesce(func.max(Checklist.position), 0)).where(Checklist.item_id == item.id)
        )
        .one()
    )
    if number + len(written) > MOST:
        raise wrong("text", _(TOO_MANY, most=MOST))
    at = clock.now()
    rows = [
        Checklist(
            item_id=item.id,
            position=last + place,
            text=line.text,
            done_at=at if line.done else None,
            done_by=actor.person_id if line.done else None,
        )
        for place, line in enumerate(written, start=1)
    ]
    session().add_all(rows)
    session().flush()
    record(LinesAdded(subject=item.id, number=len(rows)))
    return [row.id for row in rows]


@command(may_change, on=items)
def change_line(actor: Actor, item: WorkItem, line_id: int, form: LineChange) -> int:
    """Word a line otherwise, tick it, take the tick away, or put it in another place."""
    _refuse_closed(item)
    line = _line(item, line_id)
    if form.text is not None and form.text != line.text:
        line.text = form.text
        record(LineWorded(subject=item.id, text=form.text))
    if form.done is not None and form.done != (line.done_at is not None):
        line.done_at = clock.now() if form.done else None
        line.done_by = actor.person_id if form.done else None
        record((LineTicked if form.done else LineUnticked)(subject=item.id, text=line.text))
    if form.position is not None:
        _place(item, line, form.position)
    session().flush()
    return line.id


def _place(item: WorkItem, line: Checklist, position: int) -> None:
    """Put a line in a place among the others; one beyond the last is the last."""
    query = select(Checklist).where(Checklist.item_id == item.id).order_by(Checklist.position, Checklist.id)
    others = [row for row in session().scalars(query) if row.id != line.id]
    others.insert(position - 1, line)
    for place, row in enumerate(others, start=1):
        row.position = place
    record(ChecklistOrdered(subject=item.id))


@command(may_change, on=items)
def remove_line(_actor: Actor, item: WorkItem, line_id: int) -> int:
    """Remove a line. A task that it became stays."""
    _refuse_closed(item)
    line = _line(item, line_id)
    record(LineRemoved(subject=item.id, text=line.text))
    session().delete(line)
    session().flush()
    return item.id


@command(may_change, on=items)
def make_task_of(actor: Actor, item: WorkItem, line_id: int) -> dict[str, Any]:
    """Make a line a task below its item, with the item's holder. From then on the line is done when the task is."""
    _refuse_closed(item)
    line = _line(item, line_id)
    if line.became_id is not None:
        raise Conflict(_(TASK_ALREADY))
    holder = item.holder_id or (actor.person_id if item.reach == "named" else None)
    desk = holder_desk(holder, prefer=item.desk_unit_id) if holder is not None else None
    form = NewTask(title=line.text, unit=item.unit_id, reach=item.reach, parent=item.id)  # type: ignore[arg-type]
    made = open_item(actor, form, Opening("task", item.unit_id, holder, desk_id=desk))
    line.became_id = made.id
    session().flush()
    record(LineBecameTask(subject=item.id, task=made.id, text=line.text))
    return {"id": made.id, "reference": made.reference}


def _line(item: WorkItem, line_id: int) -> Checklist:
    line = session().scalar(
        select(Checklist).where(Checklist.id == line_id, Checklist.item_id == item.id).with_for_update()
    )
    if line is None:
        raise NotFound
    return line


def _refuse_closed(item: WorkItem) -> None:
    if not is_open(item):
        raise Conflict(_(CLOSED))
