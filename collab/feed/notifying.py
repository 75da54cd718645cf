"""Writing notifications: one row per person and subject, however often and in whatever order facts are told."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ARRAY, BigInteger, and_, case, cast, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import TEXT, insert
from sqlalchemy.orm import Session

from collab.core.reactions import Told
from collab.messaging.models import Conversation, ReadState
from collab.work.audience import interested, readers_among

from .audience import people_behind
from .hearing import WORK_ITEM, Hearing
from .models import Notification
from .topics import NEVER_LOST

REMEMBERED = 40
"""Facts that a row remembers, so that one told twice counts once."""


def recipients(session: Session, told: Told, heard: Hearing) -> dict[int, set[str]]:
    """Person → reasons: never who did it, never somebody who may not see the item now.

    Whoever is addressed is told so, and not once more that they have an interest.
    """
    found: dict[int, set[str]] = {}
    behind = people_behind(session, (party for party, _ in heard.addressed), whole_units=heard.whole_units)
    for party, reason in heard.addressed:
        for person in behind.get(party, ()):
            found.setdefault(person, set()).add(reason)
    if heard.interested is not None:
        quiet = _muted(session, heard.item_id) if heard.interested == "said" else set()
        for person in interested(session, heard.item_id).keys() - quiet:
            found.setdefault(person, {heard.interested})
    found.pop(told.actor_id, None)
    readers = readers_among(session, heard.item_id, set(found)) if found else set()
    found = {person: reasons for person, reasons in found.items() if person in readers}
    for person in _deaf(session, heard.item_id, found):
        found[person] &= NEVER_LOST
    return {person: reasons for person, reasons in found.items() if reasons}


def _deaf(session: Session, item_id: int, people: Iterable[int]) -> list[int]:
    """Who of these muted what they hear of the item."""
    about = and_(Notification.subject_kind == WORK_ITEM, Notification.subject_id == item_id)
    muted = select(Notification.person_id).where(about, Notification.muted_at.is_not(None))
    return list(session.scalars(muted.where(Notification.person_id.in_(people))))


def _muted(session: Session, item_id: int) -> set[int]:
    """Who wants to hear nothing of the item's talk unless called."""
    talk = and_(Conversation.owner_kind == WORK_ITEM, Conversation.owner_id == item_id)
    muted = select(ReadState.person_id).join(Conversation, Conversation.id == ReadState.conversation_id)
    return set(session.scalars(muted.where(talk, ReadState.muted)))


def write(session: Session, told: Told, item_id: int, found: Mapping[int, set[str]]) -> list[int]:
    """Upsert one row per person in `found`; the ids of the people for whom something changed."""
    if not found:
        return []
    rows = [
        {
            "person_id": person, "subject_kind": WORK_ITEM, "subject_id": item_id, "reasons": sorted(reasons),
            "count": 1, "first_fact_id": told.id, "last_fact_id": told.id, "told": [told.id],
            "actor_id": told.actor_id, "at": told.at,
        }
        for person, reasons in sorted(found.items())
    ]  # fmt: skip
    mine, new = Notification, insert(Notification).excluded
    fresh = or_(mine.read_at.is_not(None), mine.archived_at.is_not(None))
    newest = new.last_fact_id > mine.last_fact_id
    both = select(func.array_agg(text("distinct reason"))).select_from(
        func.unnest(mine.reasons.op("||")(new.reasons)).alias("reason")
    )
    change = {
        "reasons": case((fresh, new.reasons), else_=cast(both.scalar_subquery(), ARRAY(TEXT))),
        "count": case((fresh, 1), else_=mine.count + 1),
        "first_fact_id": case((fresh, new.first_fact_id), else_=mine.first_fact_id),
        "last_fact_id": func.greatest(mine.last_fact_id, new.last_fact_id),
        "told": func.trim_array(
            new.told.op("||")(mine.told), func.greatest(func.cardinality(mine.told) + 1 - REMEMBERED, 0)
        ),
        "actor_id": case((newest, new.actor_id), else_=mine.actor_id),
        "at": func.greatest(mine.at, new.at),
        "read_at": None,
        "archived_at": None,
        "snoozed_until": None,
    }
    known = literal(told.id, BigInteger) == func.any(mine.told)
    statement = (
        insert(Notification)
        .values(rows)
        .on_conflict_do_update(index_elements=["person_id", "subject_kind", "subject_id"], set_=change, where=~known)
        .returning(Notification.person_id)
    )
    return list(session.scalars(statement))
