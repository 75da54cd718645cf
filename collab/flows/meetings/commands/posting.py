"""The letters about meetings that are due to somebody: what stands in their calendar is compared with what is so.

So a burst is one letter, what was moved there and back is none, and a fact told twice changes nothing. All of it is one
transaction, like the letters about news: a worker that dies leaves either nothing or everything.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, select

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.envelope import open_command, session, system
from collab.core.i18n import in_language
from collab.feed.commands.posting import organisation_of, reader_of
from collab.feed.manner import digest_from, free_from
from collab.feed.queries.work_days import works_on
from collab.feed.unsubscribing import address
from collab.people.mailing import write_mail
from collab.people.models import Party
from collab.people.standing import compute
from collab.work.audience import readers_among, today
from collab.work.models import WorkItem

from ..calendars import Entry
from ..letters import ENTERED, letter, shown_in
from ..models import Meeting, MeetingLetter, MeetingPerson, MeetingPoint

AGENDA: Final = 50
"""So many points stand in an entry; all of them on the page."""


@open_command(system)
def post_invitations(_actor: Actor, person_id: int) -> int:
    """Write the letters about meetings that are due to one person now. Returns how many were written."""
    now = clock.now()
    mine = (MeetingLetter.person_id == person_id) & (MeetingLetter.due_at <= now)
    due = list(session().scalars(select(MeetingLetter).where(mine).order_by(MeetingLetter.item_id).with_for_update()))
    person, manner = reader_of(person_id)
    if person is None or not manner.mails:  # nothing is sent to whoever left, or wants no letters
        for row in due:
            row.due_at = None
        return 0
    free = works_on(session(), person_id, dates.local_day(now, person.time_zone))
    then = free_from(manner, now, person.time_zone, free)
    if then > now:
        daily = digest_from(manner, now, person.time_zone, free)
        for row, begins in _begin(due):  # after free days the hour of the daily mail may be too late
            row.due_at = then if row.at_once or daily >= begins else daily
        return 0
    reader = compute(session(), [person_id], today(session()))[person_id]
    return sum(_write(reader, row, now) for row in due)


def _begin(due: Sequence[MeetingLetter]) -> list[tuple[MeetingLetter, datetime]]:
    """Each with when somebody would go there: as it is by now, or as it stands in their calendar."""
    it = Meeting
    query = select(it.item_id, it.starts_at).where(it.item_id.in_([row.item_id for row in due]))
    starts: dict[int, datetime] = {row.item_id: row.starts_at for row in session().execute(query)}
    stood = [datetime.fromisoformat(row.told["starts_at"]) if row.told else starts[row.item_id] for row in due]
    return [(row, min(starts[row.item_id], then)) for row, then in zip(due, stood, strict=True)]


def _write(reader: Actor, row: MeetingLetter, now: datetime) -> bool:
    """The letter about one meeting, where what stands in their calendar is not so. One that has begun is over for it,
    and so is one whose time has passed."""
    row.due_at = None
    found = _found(row)
    if found.stage not in ("planned", "cancelled"):
        return False
    entry = shown_in(_entry(found, now), found.reach, reader.locale)
    invited = found.invited is not None and bool(readers_among(session(), row.item_id, {reader.person_id}))
    said = {"title": entry.title, "place": entry.place, "starts_at": entry.starts_at.isoformat()}
    what = _what(row.told, said if invited and found.stage == "planned" else None, found.stage)
    before = _as_told(entry, row.told)
    if what is None or max(entry.starts_at, before.starts_at) <= now:
        return False
    if what not in ENTERED:  # whoever is invited no longer may not see what it became since
        entry = before
    chair = in_language(found.names, found.label)
    written = letter(reader, entry, what, chair, found.answer, organisation_of(reader))
    stop = address(reader.person_id)
    effect = f"meeting-{row.item_id}-{reader.person_id}-{entry.sequence}-{what}"
    write_mail(
        session(), effect, reader.email, written.subject, written.body(stop), html=written.html(stop), stop=stop,
        calendar=written.calendar,
    )  # fmt: skip
    row.told = said if what in ENTERED else None
    return True


def _what(told: dict[str, Any] | None, said: dict[str, Any] | None, stage: str) -> str | None:
    """What is to be told to somebody who was `told` this, where by now `said` is so, or nothing any more."""
    if told == said:
        return None
    if said is not None:
        return "changed" if told else "invited"
    return "cancelled" if stage == "cancelled" else "taken-off"


def _as_told(entry: Entry, told: dict[str, Any] | None) -> Entry:
    """The entry as it stands in their calendar."""
    if told is None:
        return entry
    starts_at = datetime.fromisoformat(told["starts_at"])
    return replace(entry, title=told["title"], place=told["place"], starts_at=starts_at, agenda=())


def _found(row: MeetingLetter) -> Any:
    """The meeting, its chair, and the line of whoever is written to, if they are invited."""
    query = (
        select(
            WorkItem.id, WorkItem.reference, WorkItem.title, WorkItem.reach, WorkItem.version, Meeting.stage,
            Meeting.starts_at, Meeting.place, Party.label, Party.names, MeetingPerson.answer,
            MeetingPerson.person_id.label("invited"),
        )
        .join(Meeting, Meeting.item_id == WorkItem.id)
        .join(Party, Party.id == Meeting.chair_id)
        .outerjoin(
            MeetingPerson, and_(MeetingPerson.item_id == WorkItem.id, MeetingPerson.person_id == row.person_id)
        )
        .where(WorkItem.id == row.item_id)
    )  # fmt: skip
    return session().execute(query).one()


def _entry(found: Any, now: datetime) -> Entry:
    it = MeetingPoint
    accepted = select(it.title, it.minutes).where(it.item_id == found.id, it.state == "accepted")
    points = session().execute(accepted.order_by(it.position, it.id)).all()
    return Entry(
        id=found.id, reference=found.reference, sequence=found.version, stamp=now, starts_at=found.starts_at,
        minutes=sum(point.minutes for point in points), title=found.title, place=found.place,
        agenda=tuple(point.title for point in points[:AGENDA]),
    )  # fmt: skip
