"""What is expected of one may leave one's own day for a while. The wait stays open, and on the days of the others."""

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, session, system
from collab.work.models import Snooze, Wait
from collab.work.policy import may_put_off, waits

from .commands import moment_of
from .forms import PutOff


@command(may_put_off, on=waits)
def put_off(actor: Actor, wait: Wait, form: PutOff) -> int:
    """Put something off that is expected of one, until a moment or until somebody else touches the item."""
    until = None if form.touched else moment_of(actor, form)
    row = {"person_id": actor.person_id, "wait_id": wait.id, "until": until, "at": clock.now()}
    session().execute(
        insert(Snooze)
        .values(row)
        .on_conflict_do_update(index_elements=["person_id", "wait_id"], set_={"until": until, "at": row["at"]})
    )
    return wait.id


@command(may_put_off, on=waits)
def take_up(actor: Actor, wait: Wait) -> int:
    """Put it back on one's day before its time."""
    session().execute(delete(Snooze).where(Snooze.person_id == actor.person_id, Snooze.wait_id == wait.id))
    return wait.id


@open_command(system)
def wake_waits(_actor: Actor, now: datetime) -> list[int]:
    """Bring back what was put off until now. Gives the people on whose day it stands again."""
    gone = session().execute(delete(Snooze).where(Snooze.until <= now).returning(Snooze.person_id))
    return sorted(set(gone.scalars()))


def bring_back_touched(item_id: int, by: int, at: datetime) -> list[int]:
    """Somebody touched an item: what others put off until then comes back, and what ended is forgotten. For the
    reaction. Gives the people on whose day it stands again."""
    on_item = select(Wait.id).where(Wait.item_id == item_id)
    ended = select(Wait.id).where(Wait.item_id == item_id, Wait.ended_at.is_not(None))
    touched = Snooze.until.is_(None) & (Snooze.person_id != by) & (Snooze.at <= at)
    gone = session().execute(
        delete(Snooze)
        .where(Snooze.wait_id.in_(on_item), or_(touched, Snooze.wait_id.in_(ended)))
        .returning(Snooze.person_id)
    )
    return sorted(set(gone.scalars()))
