"""The letter that is due to somebody: the day's digest, or word at once of what cannot wait.

All of it is one transaction: what is due is taken under lock, asked again whether it was read meanwhile and may still
be seen, written into the outbox of letters under a key of its own, and marked as told. So a worker that dies at any
point leaves either nothing or everything, and two workers write one letter.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import select, update

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.envelope import open_command, session, system
from collab.people.mailing import write_mail
from collab.people.models import Mail, Organisation, Person
from collab.people.standing import compute
from collab.work.audience import today

from ..letters import letter
from ..manner import Manner, digest_from, free_from
from ..models import Notification
from ..queries.manner import manner_of
from ..queries.notifications import lines_among
from ..queries.work_days import works_on
from ..topics import URGENT
from ..unsubscribing import address

_DUE: Final = (
    Notification.id, Notification.last_fact_id, Notification.at_once, Notification.untold, Notification.read_at,
    Notification.archived_at, Notification.snoozed_until,
)  # fmt: skip


@open_command(system)
def post(_actor: Actor, person_id: int) -> str | None:
    """Write the letter that is due to one person now. Gives the key of its effect, None where none was written."""
    now = clock.now()
    due = _due(person_id, now)
    if not due:
        return None
    person, manner = reader_of(person_id)
    if person is None or not manner.mails:
        _done(due)
        return None
    free = works_on(session(), person_id, dates.local_day(now, person.time_zone))
    if free_from(manner, now, person.time_zone, free) > now:
        calm = [row for row in due if URGENT not in row.untold]
        _later([row for row in calm if row.at_once], free_from(manner, now, person.time_zone, free))
        _later([row for row in calm if not row.at_once], digest_from(manner, now, person.time_zone, free))
        due = [row for row in due if URGENT in row.untold]
        if not due:
            return None
    fresh = [row for row in due if row.read_at is None and row.archived_at is None and row.snoozed_until is None]
    return _write(person, due, fresh, _next_digest(person, manner, now, free))


def _next_digest(person: Any, manner: Manner, now: datetime, free: Any) -> datetime:
    tomorrow = dates.instant_of(dates.local_day(now, person.time_zone) + timedelta(days=1), time(0), person.time_zone)
    return digest_from(manner, tomorrow, person.time_zone, free)


def _due(person_id: int, now: datetime) -> list[Any]:
    mine = (Notification.person_id == person_id) & (Notification.mail_at <= now)
    return list(session().execute(select(*_DUE).where(mine).order_by(Notification.id).with_for_update()).all())


def reader_of(person_id: int) -> tuple[Any, Manner]:
    """The person, None where they are not told by mail any more, and when letters may come to them."""
    columns = (Person.id, Person.email, Person.time_zone, Person.locale)
    person = session().execute(select(*columns).where(Person.id == person_id, Person.active, Person.kind == "person"))
    return person.one_or_none(), manner_of(session(), person_id)


def _write(person: Any, due: list[Any], fresh: list[Any], next_digest: datetime) -> str | None:
    day = dates.local_day(clock.now(), person.time_zone)
    key, is_digest = f"digest-{person.id}-{day.isoformat()}", any(not row.at_once for row in fresh)
    if is_digest and session().scalar(select(Mail.id).where(Mail.effect == key)) is not None:
        # One digest a day: what came too late for it waits for the next.
        _later([row for row in due if not row.at_once], next_digest)
        due, fresh = ([row for row in rows if row.at_once] for rows in (due, fresh))
        is_digest = False
    if not is_digest:
        key = f"heard-{person.id}-{_digest((row.id, row.last_fact_id) for row in fresh)}"
    actor = compute(session(), [person.id], today(session()))[person.id]
    untold = {row.id: row.untold for row in fresh}
    found = [heard._replace(reasons=untold[heard.id]) for heard in lines_among(session(), actor, untold)]
    _done(due)
    if not found:
        return None
    written = letter(actor, found, organisation_of(actor), is_digest=is_digest)
    stop = address(person.id)
    write_mail(session(), key, person.email, written.subject, written.body(stop), html=written.html(stop), stop=stop)
    return key


def organisation_of(actor: Actor) -> str:
    """The name of the house, in their language."""
    row = session().execute(select(Organisation.name, Organisation.names)).first()
    return ((row.names or {}).get(actor.locale) or str(row.name)) if row else "Collab"


def _digest(pairs: Iterable[tuple[int, int]]) -> str:
    return hashlib.sha256(repr(sorted(pairs)).encode()).hexdigest()[:20]


def _done(rows: list[Any]) -> None:
    """What was told, or needs not be told by letter any more."""
    _set(rows, mail_at=None, untold=[], at_once=False)


def _later(rows: list[Any], moment: datetime) -> None:
    _set(rows, mail_at=moment)


def _set(rows: list[Any], **values: Any) -> None:
    if rows:
        chosen = Notification.id.in_([row.id for row in rows])
        session().execute(update(Notification).where(chosen).values(**values))
