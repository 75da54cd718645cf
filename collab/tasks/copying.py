"""A task made anew after another one. Called by commands."""

from datetime import date
from typing import Any

from sqlalchemy import insert, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import attempt, session
from collab.core.errors import Invalid
from collab.people.models import Person
from collab.people.organisation import following, founding
from collab.work.forms import ItemFields
from collab.work.models import Checklist, Link, Participant, WorkItem
from collab.work.opening import Opening, carry_labels, labels_of, open_item
from collab.work.taking_part import join


def copy_of(owner_id: int, last: WorkItem, day: date) -> WorkItem:
    """A new task like `last`, due on `day`, for `owner_id` whose series it is: its checklist unticked, its followers,
    and a link back. A holder who left gives way to the unit's tray. Raises Invalid where nobody could hold it."""
    start = day - (last.due_on - last.start_on) if last.start_on and last.due_on else None
    fields = ItemFields.model_construct(
        title=last.title, body=last.body, priority=last.priority, start_on=start, due_on=day, reach=last.reach,
        labels=[], parent=None,
    )  # fmt: skip
    made = _opened(owner_id, last, fields)
    made.effort_minutes, made.parent_id = last.effort_minutes, _standing_parent(last)
    carry_labels(made, set(labels_of(last)))
    session().flush()
    copy_checklist(last.id, made.id)
    at = clock.now()
    followers = select(Participant.party_id, Participant.role).where(
        Participant.item_id == last.id, Participant.role.in_(("watcher", "named")), Participant.until.is_(None)
    )
    for party, role in session().execute(followers).all():
        join(made.id, party, role, at)
    session().execute(
        insert(Link).values(from_id=made.id, to_id=last.id, kind="follows", created_by=owner_id, created_at=at)
    )
    return made


def _opened(owner_id: int, last: WorkItem, fields: Any) -> WorkItem:
    owner = Actor(person_id=owner_id, via="system")
    # The last one may be finished and lie where it was, in a unit that is closed: the next belongs to its successor.
    unit = following.successor(session(), last.unit_id, founding.today(session())) or last.unit_id
    try:
        with attempt():
            return open_item(owner, fields, Opening(last.kind, unit, last.holder_id))
    except Invalid:
        if last.reach == "named":
            active = session().scalar(select(Person.active).where(Person.id == owner_id))
            if last.holder_id == owner_id or not active:
                raise
        return open_item(owner, fields, Opening(last.kind, unit, None))


def _standing_parent(last: WorkItem) -> int | None:
    """Part of what it was part of, while that is open."""
    if last.parent_id is None:
        return None
    return session().scalar(select(WorkItem.id).where(WorkItem.id == last.parent_id, WorkItem.closed_at.is_(None)))


def copy_checklist(from_id: int, to_id: int) -> None:
    """The lines of one checklist, unticked, as another's."""
    lines = session().execute(
        select(Checklist.position, Checklist.text).where(Checklist.item_id == from_id).order_by(Checklist.position)
    )
    rows = [{"item_id": to_id, "position": line.position, "text": line.text} for line in lines]
    if rows:
        session().execute(insert(Checklist), rows)
