"""Verbs of lists by mail: having one sent, ending it, and writing the letter that is due.

A letter is made before, by reading; it is written under the lock of its row, if that is still due at the same instant.
So two workers write one letter, and one that dies leaves either nothing or everything.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.envelope import anonymous, command, open_command, session, system
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.turns import one_by_one
from collab.people.mailing import write_mail
from collab.work.models import SavedView
from collab.work.policy import views

from ..queries.manner import manner_of
from ..queries.work_days import works_on
from ..unsubscribing import address
from .forms import ByMail
from .models import ViewLetter
from .policy import may_have_by_mail
from .queries import Due
from .rhythm import next_letter
from .words import ListLetter

MOST: Final = 20
TOO_MANY: Final = N_("%(count)s lists come to you by mail already. End one first.")


@command(may_have_by_mail, on=views, lock=False)
def subscribe(actor: Actor, view: SavedView, form: ByMail) -> int:
    """Have a view sent to oneself by mail, or have it sent at another time. Returns the view. Raises Invalid."""
    one_by_one("view-letters", actor.person_id)
    others = (ViewLetter.person_id == actor.person_id) & (ViewLetter.view_id != view.id)
    if (session().scalar(select(func.count()).where(others)) or 0) >= MOST:
        raise wrong("rhythm", _(TOO_MANY, count=dates.digits(MOST)))
    first = next_for(actor, form.rhythm, form.hour, clock.now())
    wish = {"rhythm": form.rhythm, "hour": form.hour, "empties": form.empties, "next_at": first}
    row = {"view_id": view.id, "person_id": actor.person_id, **wish}
    session().execute(
        insert(ViewLetter).values(row).on_conflict_do_update(index_elements=["view_id", "person_id"], set_=wish)
    )
    return view.id


@command(may_have_by_mail, on=views, lock=False)
def unsubscribe(actor: Actor, view: SavedView) -> int:
    """Have a view sent no more. Returns the view."""
    _end(view.id, actor.person_id)
    return view.id


@open_command(anonymous)
def stop_list(_actor: Actor, view_id: int, person_id: int) -> None:
    """Send somebody a view no more. Whoever asks holds a signed address from such a letter."""
    _end(view_id, person_id)


@open_command(system)
def end_list(_actor: Actor, view_id: int, person_id: int) -> None:
    """Send a view no more to somebody who may not open it any longer, or has left."""
    _end(view_id, person_id)


@open_command(system)
def move_list(_actor: Actor, due: Due, to: datetime) -> bool:
    """Let a letter wait, or leave it out. Whether it was still due."""
    return _turned(due, next_at=to)


@open_command(system)
def post_list(_actor: Actor, due: Due, to: str, letter: ListLetter, following: datetime) -> str | None:
    """Write the letter that was made. Gives the key of its effect, None where it was not due any more."""
    if not _turned(due, next_at=following, sent_at=clock.now(), kept=letter.kept):
        return None
    key = f"list-{due.view_id}-{due.person_id}-{int(due.next_at.timestamp())}"
    stop = address(due.person_id, due.view_id)
    write_mail(session(), key, to, letter.subject, letter.body(stop), html=letter.html(stop), stop=stop)
    return key


def next_for(actor: Actor, rhythm: str, hour: int, after: datetime) -> datetime:
    """When a list is due to this person for the first time after an instant."""
    free = works_on(session(), actor.person_id, dates.local_day(after, actor.time_zone))
    calendar: dates.Calendar = actor.calendar  # type: ignore[assignment]
    return next_letter(rhythm, hour, after, actor.time_zone, calendar, manner_of(session(), actor.person_id), free)


def _turned(due: Due, **values: object) -> bool:
    mine = (ViewLetter.view_id == due.view_id) & (ViewLetter.person_id == due.person_id)
    turned = update(ViewLetter).where(mine, ViewLetter.next_at == due.next_at).values(**values)
    return session().scalar(turned.returning(ViewLetter.view_id)) is not None


def _end(view_id: int, person_id: int) -> None:
    mine = (ViewLetter.view_id == view_id) & (ViewLetter.person_id == person_id)
    session().execute(delete(ViewLetter).where(mine))
