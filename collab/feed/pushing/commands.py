"""Verbs of pop-ups: turn them on and off in a browser, write those that are due, and hand one in.

What is due is taken under lock, asked again whether it was read meanwhile and may still be seen, and written for each
browser under a key of its own in one transaction: a worker that dies leaves either nothing or everything. A pop-up that
is handed in twice carries the same mark, so that the service and the browser keep one.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.envelope import anyone, command, open_command, session, system
from collab.core.errors import Conflict
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Person
from collab.people.standing import compute
from collab.work.audience import today

from ..manner import Manner, free_from
from ..models import Notification
from ..queries.manner import manner_of
from ..queries.notifications import lines_among
from ..queries.work_days import works_on
from ..topics import URGENT
from .forms import Subscribe
from .models import PushMessage, PushSubscription
from .policy import ended, holds, is_own, subscriptions
from .reaching import may_be_reached
from .resting import rests
from .sealing import decoded, public_key
from .words import gathered, payloads, welcome

MOST_BROWSERS: Final = 10
MOST_OFF: Final = 50
MOST_TRIES: Final = 5
MOST_LINES: Final = 3
"""More than these at once are told in one pop-up that leads to the inbox."""
LEASE: Final = timedelta(minutes=1)
OFF: Final = N_("Pop-ups are off there.")
ADDRESS: Final = N_("This is not the address of a push service.")
KEY: Final = N_("This is not the key of a browser.")


@open_command(anyone)
def subscribe(actor: Actor, form: Subscribe) -> int:
    """Show in this browser what one hears of. Saying so again changes nothing; beyond ten the oldest is turned off.

    What was turned off stays so until somebody presses: raises Conflict where the browser only tells of itself `again`.
    Raises Invalid for an address or keys that no browser gives.
    """
    _refuse(form)
    mine = (PushSubscription.endpoint == form.endpoint) & (PushSubscription.person_id == actor.person_id)
    columns = (PushSubscription.off_at, PushSubscription.created_at, holds().label("holds"))
    known = session().execute(select(*columns).where(mine).with_for_update(of=PushSubscription)).one_or_none()
    if form.again and known and known.off_at:
        raise Conflict(_(OFF))
    row = {
        "person_id": actor.person_id, "session_id": None if actor.token_id else actor.session_id,
        "token_id": actor.token_id, "public_key": form.p256dh, "secret": form.auth, "off_at": None,
        "created_at": known.created_at if form.again and known else clock.now(),
    }  # fmt: skip
    put = insert(PushSubscription).values(endpoint=form.endpoint, **row)
    put = put.on_conflict_do_update(index_elements=["endpoint"], set_=row)
    made: int = session().execute(put.returning(PushSubscription.id)).scalar_one()
    others = select(PushSubscription.id).where(
        PushSubscription.person_id == actor.person_id, PushSubscription.id != made, holds()
    )
    newest = others.order_by(PushSubscription.created_at.desc(), PushSubscription.id.desc())
    _turn_off(actor.person_id, list(session().scalars(newest.offset(MOST_BROWSERS - 1))))
    if not form.again and not (known and known.holds):
        session().execute(delete(PushMessage).where(PushMessage.subscription_id == made))
        _write(made, "welcome", welcome(actor))
    return made


def _turn_off(person_id: int, browsers: list[int]) -> None:
    """Remembered, so that they stay off; of very many the newest."""
    if not browsers:
        return
    session().execute(delete(PushMessage).where(PushMessage.subscription_id.in_(browsers)))
    which = PushSubscription.id.in_(browsers)
    session().execute(update(PushSubscription).where(which).values(off_at=clock.now()))
    off = select(PushSubscription.id).where(
        PushSubscription.person_id == person_id, PushSubscription.off_at.is_not(None)
    )
    beyond = off.order_by(PushSubscription.off_at.desc(), PushSubscription.id.desc()).offset(MOST_OFF)
    session().execute(delete(PushSubscription).where(PushSubscription.id.in_(beyond)))


def _refuse(form: Subscribe) -> None:
    if not may_be_reached(form.endpoint):
        raise wrong("endpoint", _(ADDRESS))
    try:
        public_key(decoded(form.p256dh))
    except ValueError as error:
        raise wrong("p256dh", _(KEY)) from error
    try:
        secret = decoded(form.auth)
    except ValueError:
        secret = b""
    if len(secret) != 16:
        raise wrong("auth", _(KEY))


@command(is_own, on=subscriptions)
def unsubscribe(_actor: Actor, one: PushSubscription) -> None:
    """Show nothing more in one of one's browsers, until it is turned on there."""
    _turn_off(one.person_id, [one.id])


@open_command(system)
def write_due(_actor: Actor, person_id: int) -> list[int]:
    """Write the pop-ups that are due to one person now, for each of their browsers. Gives the ids of messages."""
    now = clock.now()
    mine = (Notification.person_id == person_id) & (Notification.push_at <= now)
    columns = (
        Notification.id, Notification.last_fact_id, Notification.read_at, Notification.archived_at,
        Notification.snoozed_until, Notification.untold, Notification.mail_at,
    )  # fmt: skip
    due = session().execute(select(*columns).where(mine).order_by(Notification.id).with_for_update()).all()
    if not due:
        return []
    person, manner = _reader(person_id)
    if person is not None:
        works = works_on(session(), person_id, dates.local_day(now, person.time_zone))
        free = free_from(manner, now, person.time_zone, works)
        if free > now:
            _set([row.id for row in due if URGENT not in row.untold], push_at=free)
            due = [row for row in due if URGENT in row.untold]
            if not due:
                return []
    _set([row.id for row in due], push_at=None)
    _set([row.id for row in due if row.mail_at is None], untold=[])
    fresh = {row.id: row for row in due if not (row.read_at or row.archived_at or row.snoozed_until)}
    held = (PushSubscription.person_id == person_id) & holds()
    browsers = list(session().scalars(select(PushSubscription.id).where(held))) if person and fresh else []
    if not browsers:
        return []
    actor = compute(session(), [person_id], today(session()))[person_id]
    seen = lines_among(session(), actor, fresh)
    facts = {heard.id: fresh[heard.id].last_fact_id for heard in seen}
    if len(seen) > MOST_LINES:
        told = [("gathered", list(facts), gathered(actor, seen))]
    else:
        told = [(str(id_), [id_], said) for id_, said in zip(facts, payloads(actor, seen), strict=True)]
    written = [
        _write(browser, f"heard-{what}-{max(facts[id_] for id_ in about)}", said, about)
        for what, about, said in told
        for browser in browsers
    ]
    return [message for message in written if message]


def _reader(person_id: int) -> tuple[Any, Manner]:
    columns = (Person.id, Person.time_zone)
    person = session().execute(select(*columns).where(Person.id == person_id, Person.active)).one_or_none()
    return person, manner_of(session(), person_id)


def _set(ids: list[int], **values: Any) -> None:
    session().execute(update(Notification).where(Notification.id.in_(ids)).values(**values))


def _write(subscription_id: int, effect: str, payload: dict[str, Any], about: Sequence[int] = ()) -> int | None:
    row = {
        "subscription_id": subscription_id, "effect": effect, "payload": payload, "about": list(about),
        "next_at": clock.now(),
    }  # fmt: skip
    once = insert(PushMessage).values(row).on_conflict_do_nothing(index_elements=["subscription_id", "effect"])
    return session().execute(once.returning(PushMessage.id)).scalar_one_or_none()


@open_command(system)
def begin(_actor: Actor, message_id: int) -> dict[str, Any] | None:
    """Take a due pop-up in hand: nobody else does for a while, longer after each try. None when it is not due, or its
    browser was signed out or turned off meanwhile, or what it tells of was read or is out of sight by now, or its
    service is left alone, which counts as a try."""
    now = clock.now()
    columns = (
        PushMessage.tries, PushMessage.payload, PushMessage.about, PushSubscription.person_id,
        PushSubscription.endpoint, PushSubscription.public_key, PushSubscription.secret,
        PushSubscription.id.label("browser"), holds().label("holds"),
    )  # fmt: skip
    due = select(*columns).join(PushSubscription, PushSubscription.id == PushMessage.subscription_id)
    mine = due.where(PushMessage.id == message_id, PushMessage.next_at <= now)
    row = session().execute(mine.with_for_update(of=PushMessage)).one_or_none()
    if row is None:
        return None
    if not row.holds or row.tries >= MOST_TRIES or (row.about and not _is_news(row.person_id, row.about)):
        session().execute(delete(PushMessage).where(PushMessage.id == message_id))
        return None
    later = {"tries": row.tries + 1, "next_at": now + LEASE * 2**row.tries}
    session().execute(update(PushMessage).where(PushMessage.id == message_id).values(**later))
    return None if rests(row.endpoint) else dict(row._mapping)


@open_command(system)
def sweep_ended(_actor: Actor) -> None:
    """Forget the browsers whose session or token is over, with what still waited for them."""
    session().execute(delete(PushSubscription).where(ended()))


def _is_news(person_id: int, about: list[int]) -> bool:
    """Whether something of it is still unread, and may still be seen."""
    unread = session().scalars(
        select(Notification.id).where(
            Notification.id.in_(about), Notification.person_id == person_id, Notification.read_at.is_(None),
            Notification.archived_at.is_(None), Notification.snoozed_until.is_(None),
        )
    ).all()  # fmt: skip
    actor = compute(session(), [person_id], today(session())).get(person_id) if unread else None
    return actor is not None and bool(lines_among(session(), actor, unread))


def forget(subscription_id: int) -> None:
    session().execute(delete(PushSubscription).where(PushSubscription.id == subscription_id))


@open_command(system)
def finish(_actor: Actor, message_id: int, subscription_id: int | None = None) -> None:
    """It was taken, or cannot be: it is not kept. With `subscription_id` the browser itself is not there any more."""
    if subscription_id is not None:
        forget(subscription_id)
    session().execute(delete(PushMessage).where(PushMessage.id == message_id))
