"""What somebody does with what they heard: read it, put it away, put it off, mute it; and look at their day."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, update
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import anyone, command, open_command, session, system
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Person

from ..forms import Grouping, Mark, Snooze
from ..models import HearingManner, Notification
from ..policy import may_mark, notifications
from ..snoozing import moments, morning_of

CHOOSE: Final = N_("Choose when it should come back.")
PAST: Final = N_("Choose a day from tomorrow on.")
TOO_LATE: Final = N_("It is too late for that today. Choose another moment.")
SATURDAY: Final = 5


@command(may_mark, on=notifications)
def mark(_actor: Actor, notification: Notification, form: Mark) -> int:
    """Mark a line of one's inbox as read or unread, archived or not, muted or not."""
    at = clock.now()
    if form.read is not None and form.read is (notification.read_at is None):
        notification.read_at = at if form.read else None
    if form.archived is not None and form.archived is (notification.archived_at is None):
        notification.archived_at = at if form.archived else None
        notification.snoozed_until = None
        if form.archived and notification.read_at is None:
            notification.read_at = at
    if form.muted is not None and form.muted is (notification.muted_at is None):
        notification.muted_at = at if form.muted else None
    return notification.id


@command(may_mark, on=notifications)
def bring_back(_actor: Actor, notification: Notification) -> int:
    """Put a line back into one's inbox as it was before it was put away or put off."""
    if notification.archived_at is not None and notification.read_at == notification.archived_at:
        notification.read_at = None
    notification.archived_at = notification.snoozed_until = None
    return notification.id


@command(may_mark, on=notifications)
def snooze(actor: Actor, notification: Notification, form: Snooze) -> int:
    """Put a line of one's inbox off; it comes back once, unread, at that moment, or when something new happens."""
    notification.snoozed_until = moment_of(actor, form)
    notification.archived_at = None
    return notification.id


def moment_of(actor: Actor, form: Snooze) -> datetime:
    """When something comes back. Raises Invalid where nothing, or a moment that has passed, was chosen."""
    today = clock.today(actor.time_zone)
    if form.until is not None:
        if form.until <= today:
            raise wrong("until", _(PAST))
        return morning_of(form.until, actor.time_zone)
    if form.later is None:
        raise wrong("until", _(CHOOSE))
    found = moments_of(actor).get(form.later)
    if found is None:
        raise wrong("later", _(TOO_LATE))
    return found


def moments_of(actor: Actor) -> dict[str, datetime]:
    """The usual moments to which this person may put a line off; the week begins as in their calendar."""
    begins = SATURDAY if actor.calendar == "jalali" else 0
    return moments(clock.now(), actor.time_zone, week_begins=begins)


@open_command(system)
def wake_snoozed(_actor: Actor, now: datetime) -> list[int]:
    """Bring the lines back whose moment has come, as unread and of that moment. Gives the people they belong to."""
    back = session().execute(
        update(Notification)
        .where(Notification.snoozed_until <= now)
        .values(at=Notification.snoozed_until, snoozed_until=None, read_at=None)
        .returning(Notification.person_id)
    )
    return sorted(set(back.scalars()))


@open_command(anyone)
def read_about(actor: Actor, subject_kind: str, subject_id: int) -> int:
    """Mark what one heard of a thing as read, since one has it open. Gives 1 when something was unread."""
    about = (Notification.subject_kind == subject_kind) & (Notification.subject_id == subject_id)
    return _changed(actor, about & Notification.read_at.is_(None), read_at=clock.now())


@open_command(anyone)
def clear(actor: Actor) -> tuple[int, int]:
    """Archive every line of one's inbox that was read. Gives their number, and the moment by which to bring them
    back, in microseconds since 1970."""
    at = clock.now()
    there = Notification.archived_at.is_(None) & Notification.snoozed_until.is_(None)
    return _changed(actor, Notification.read_at.is_not(None) & there, archived_at=at), _stamp(at)


@open_command(anyone)
def bring_back_cleared(actor: Actor, stamp: int) -> int:
    """Put back what was archived at once, at the moment that `clear` gave. Gives the number of lines."""
    at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=stamp)
    return _changed(actor, Notification.archived_at == at, archived_at=None)


def _stamp(at: datetime) -> int:
    return (at - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)


def _changed(actor: Actor, which: ColumnElement[bool], **values: Any) -> int:
    changed = session().execute(
        update(Notification)
        .where(Notification.person_id == actor.person_id, which)
        .values(**values)
        .returning(Notification.id)
    )
    return len(changed.all())


@open_command(anyone)
def group_inbox(actor: Actor, form: Grouping) -> None:
    """Say under which headings one's inbox stands."""
    row = {"person_id": actor.person_id, "inbox_by": form.by}
    session().execute(
        insert(HearingManner)
        .values(row)
        .on_conflict_do_update(index_elements=["person_id"], set_={"inbox_by": form.by})
    )


@open_command(anyone)
def look(actor: Actor) -> None:
    """Note that one has looked at one's day: what comes later is new."""
    session().execute(update(Person).where(Person.id == actor.person_id).values(looked_at=clock.now()))
