"""Who is there, what was said of each point, and the tasks that come of it."""

from typing import Any

from sqlalchemy import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden, NotFound, Stale
from collab.files.papers import want_paper
from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask
from collab.work.models import Link, WorkItem
from collab.work.policy import items

from ...for_named import kept_to
from ..events import ActionMade, AttendanceNoted, MinutesWritten
from ..forms import Attendance, NewAction, NotePoint
from ..having import both, invited, led, meeting_of, point_of
from ..models import MeetingTask
from ..policy import leads, may_print, may_take_part
from ..words import NOTED


@command(may_take_part, on=items)
def note_attendance(actor: Actor, item: WorkItem, person_id: int, form: Attendance) -> int:
    """Note whether somebody is there: whoever runs the meeting of everybody, everybody of themselves."""
    row = meeting_of(item, ("planned", *NOTED))
    if not leads(actor, both(item, row)) and person_id != actor.person_id:
        raise Forbidden
    line = invited(item.id, person_id)
    if line is None:
        raise NotFound
    if line.presence != form.presence:
        line.presence = form.presence
        session().flush()
        record(AttendanceNoted(subject=item.id, person=person_id, presence=form.presence))
    return person_id


@command(may_take_part, on=items)
def note_point(actor: Actor, item: WorkItem, point_id: int, form: NotePoint) -> int:
    """Write the minutes of a point. Raises Stale when somebody wrote since they were read."""
    led(actor, item, NOTED)
    point = point_of(item, point_id)
    if point.version != form.version:
        raise Stale
    if (point.notes, point.outcome) != (form.notes, form.outcome):
        point.notes, point.outcome = form.notes, form.outcome
        point.version += 1
        session().flush()
        record(MinutesWritten(subject=item.id, point=point.id))
    return point.id


@command(may_take_part, on=items)
def make_action(actor: Actor, item: WorkItem, point_id: int, form: NewAction) -> dict[str, Any]:
    """Make a task of a point, linked both ways. Gives id and reference."""
    led(actor, item, NOTED)
    point = point_of(item, point_id)
    unit = item.unit_id if item.unit_id in actor.reach or not actor.reach else min(actor.reach)
    body = f"[{item.reference}](/meetings/{item.reference}) · {point.title}"
    task = NewTask(
        title=form.title, body=body, unit=unit, holder=form.holder, due_on=form.due_on,
        reach=kept_to(item.reach, form.holder),
    )  # fmt: skip
    made = create_task(actor, task)
    session().add(MeetingTask(point_id=point.id, task_id=made["id"]))
    tie = {"from_id": made["id"], "to_id": item.id, "kind": "relates", "lag_days": 0}
    session().execute(insert(Link).values(**tie, created_by=actor.person_id, created_at=clock.now()))
    session().flush()
    record(ActionMade(subject=item.id, point=point.id, task=made["id"]))
    return made


@command(may_print, on=items, lock=False)
def print_minutes(actor: Actor, _item: WorkItem, sheet: dict[str, Any], name: str) -> int:
    """Ask for the minutes as PDF; they are the asker's alone, in a language of their own. Returns the paper."""
    return want_paper(actor, "report", sheet, name)
