"""To whom a letter about a meeting is due after a fact, and when: whoever wants to hear of invitations by mail is sent
one with an entry for their calendar; and what stands in a calendar is kept right from then on, whoever changed it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from collab.core.reactions import Told
from collab.feed.manner import SETTLE, next_digest
from collab.feed.notifying import Recipient
from collab.feed.wishes import wishes

from . import events
from .models import Meeting, MeetingLetter, MeetingPerson
from .policy import KIND

Recipients = dict[int, Recipient]
Apart = Callable[[Recipients], Recipients]
SHOWN: Final = frozenset({"title", "starts_at", "place", "reach"})
"""What an entry in a calendar says, and who may see the meeting: of one for named people only it says when, no more."""


def awaited(writing: Session, told: Told) -> Apart:
    """What of those told of a fact stays for their inbox and the letters they have anyway: nothing of it is told by two
    letters. The letters of their own are noted as due."""
    fact: Any = told.fact
    if isinstance(fact, events.MeetingCalled):
        return lambda found: _first(writing, told, found)
    changed = fact.fields.split(",") if isinstance(fact, events.MeetingChanged) else []
    entered = _entered(writing, fact.subject)
    if isinstance(fact, events.MeetingCancelled) or SHOWN.intersection(changed):
        _again(writing, fact.subject, entered, told.at)
        return lambda found: found | {person: _unmailed(one) for person, one in found.items() if person in entered}
    if "people" in changed:  # for whoever is still invited nothing differs from what they were told
        gone = entered.keys() - invited(writing, fact.subject)
        _again(writing, fact.subject, {person: entered[person] for person in gone}, told.at)
    return lambda found: found


def _first(writing: Session, told: Told, found: Recipients) -> Recipients:
    """Those invited who hear of it by mail have a letter of their own; whoever stands in for them is not invited. What
    was held already, and is noted now, is entered into no calendar, nor is what begins before a letter comes."""
    item_id = told.fact.subject
    begins = _begins(writing, item_id)
    coming = {person: one for person, one in found.items() if one.plan.mail_at and one.plan.mail_at < begins}
    mailed = {person: one for person, one in coming.items() if one.for_id is None}
    _due(writing, item_id, {person: (one.plan.mail_at, one.plan.at_once) for person, one in mailed.items()})
    return found | {person: _unmailed(one) for person, one in mailed.items()}


def _unmailed(one: Recipient) -> Recipient:
    return replace(one, plan=replace(one.plan, untold=frozenset(), at_once=False, mail_at=None))


class Entered(NamedTuple):
    """Whether somebody is written to at once, and when it begins by what stands in their calendar, if it does."""

    at_once: bool
    begins: datetime | None


def _entered(writing: Session, item_id: int) -> dict[int, Entered]:
    """Those in whose calendar the meeting stands or to whom a letter is due."""
    it = MeetingLetter
    mine = or_(it.told.is_not(None), it.due_at.is_not(None))
    query = select(it.person_id, it.at_once, it.told).where(it.item_id == item_id, mine)
    return {
        row.person_id: Entered(row.at_once, datetime.fromisoformat(row.told["starts_at"]) if row.told else None)
        for row in writing.execute(query)
    }


def _begins(writing: Session, item_id: int) -> datetime:
    return writing.scalars(select(Meeting.starts_at).where(Meeting.item_id == item_id)).one()


def _again(writing: Session, item_id: int, known: Mapping[int, Entered], at: datetime) -> None:
    """What stands in their calendars may be right no longer: it is looked at again, as soon as they hear by letter; and
    at once where they would go there before the next one."""
    if not known:
        return
    begins = _begins(writing, item_id)
    moments = {}
    for person, wish in wishes(writing, item_id, KIND, known).items():
        daily = next_digest(wish.manner, at, wish.time_zone)
        wished, late = known[person].at_once, daily >= min(begins, known[person].begins or begins)
        moments[person] = (at + SETTLE if wished or late else daily, wished)
    _due(writing, item_id, moments)


def _due(writing: Session, item_id: int, moments: Mapping[int, tuple[datetime | None, bool]]) -> None:
    if not moments:
        return
    rows = [
        {"item_id": item_id, "person_id": person, "due_at": moment, "at_once": at_once}
        for person, (moment, at_once) in sorted(moments.items())
    ]
    mine, new = MeetingLetter, insert(MeetingLetter).excluded
    change = {"due_at": func.least(mine.due_at, new.due_at), "at_once": new.at_once}
    writing.execute(
        insert(MeetingLetter).values(rows).on_conflict_do_update(index_elements=["item_id", "person_id"], set_=change)
    )


def invited(reading: Session, item_id: int) -> set[int]:
    """Everybody invited by now."""
    return set(reading.scalars(select(MeetingPerson.person_id).where(MeetingPerson.item_id == item_id)))
