"""What somebody does with what they heard: read it, put it away, look at their day."""

from sqlalchemy import update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import anyone, command, open_command, session
from collab.people.models import Person

from .forms import Mark
from .models import Notification
from .policy import may_mark, notifications


@command(may_mark, on=notifications)
def mark(_actor: Actor, notification: Notification, form: Mark) -> int:
    """Mark a line of one's inbox as read or unread, archived or not."""
    at = clock.now()
    if form.read is not None and form.read is (notification.read_at is None):
        notification.read_at = at if form.read else None
    if form.archived is not None and form.archived is (notification.archived_at is None):
        notification.archived_at = at if form.archived else None
        if form.archived and notification.read_at is None:
            notification.read_at = at
    return notification.id


@open_command(anyone)
def read_about(actor: Actor, subject_kind: str, subject_id: int) -> int:
    """Mark what one heard of a thing as read, since one has it open. Gives 1 when something was unread."""
    about = (Notification.subject_kind == subject_kind) & (Notification.subject_id == subject_id)
    return _changed(actor, about & Notification.read_at.is_(None), read_at=clock.now())


@open_command(anyone)
def clear(actor: Actor) -> int:
    """Archive every line of one's inbox that was read. Gives their number."""
    read = Notification.read_at.is_not(None) & Notification.archived_at.is_(None)
    return _changed(actor, read, archived_at=clock.now())


def _changed(actor: Actor, which: object, **values: object) -> int:
    changed = session().execute(
        update(Notification)
        .where(Notification.person_id == actor.person_id, which)  # type: ignore[arg-type]
        .values(**values)
        .returning(Notification.id)
    )
    return len(changed.all())


@open_command(anyone)
def look(actor: Actor) -> None:
    """Note that one has looked at one's day: what comes later is new."""
    session().execute(update(Person).where(Person.id == actor.person_id).values(looked_at=clock.now()))
