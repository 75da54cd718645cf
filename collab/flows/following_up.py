"""From a decision to what carries it out: tasks that know their decision, and it them."""

from typing import Any

from sqlalchemy import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict
from collab.core.forms import Day, Form, Line, PartyId
from collab.core.i18n import N_, _
from collab.decisions.events import FollowUpMade
from collab.decisions.having import decision_of
from collab.decisions.models import FollowUp
from collab.decisions.policy import may_run
from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask
from collab.work.models import Link, WorkItem
from collab.work.policy import items

from .for_named import kept_to

NOTHING_YET = N_("Nothing is decided here yet.")


class NewFollowUp(Form):
    """What is to be done, by whom and until when. A holder elsewhere is offered it."""

    title: Line
    holder: PartyId | None = None
    due_on: Day | None = None


@command(may_run, on=items)
def make_follow_up(actor: Actor, item: WorkItem, form: NewFollowUp) -> dict[str, Any]:
    """Make a task of what was decided, linked both ways. Gives id and reference."""
    if decision_of(item).stage not in ("closed", "decided", "carried-out"):
        raise Conflict(_(NOTHING_YET))
    body = f"[{item.reference}](/decisions/{item.reference})"
    task = NewTask(
        title=form.title, body=body, unit=item.unit_id, holder=form.holder, due_on=form.due_on,
        reach=kept_to(item.reach, form.holder),
    )  # fmt: skip
    made = create_task(actor, task)
    session().add(FollowUp(item_id=item.id, task_id=made["id"]))
    tie = {"from_id": made["id"], "to_id": item.id, "kind": "relates", "lag_days": 0}
    session().execute(insert(Link).values(**tie, created_by=actor.person_id, created_at=clock.now()))
    session().flush()
    record(FollowUpMade(subject=item.id, task=made["id"]))
    return made
