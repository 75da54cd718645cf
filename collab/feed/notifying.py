"""Writing notifications: one row per person and subject, however often and in whatever order facts are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, and_, bindparam, case, cast, column, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import JSONB, TEXT, insert
from sqlalchemy.orm import Session

from collab.core.actor import Actor
from collab.core.prepared import Prepared
from collab.core.reactions import Told
from collab.messaging.models import Conversation, ReadState
from collab.messaging.owners import own_visible_to as talk_visible_to
from collab.messaging.queries import listening, still_asked
from collab.people.standing import compute
from collab.work.audience import interested, readers_among, today
from collab.work.models import WorkItem

from .audience import people_behind, standing_in
from .hearing import CONVERSATION, LATER, WORK_ITEM, Hearing
from .models import Notification
from .topics import URGENT
from .wishes import Plan, plan, wishes

OWN_WISH: Final = frozenset({"thread", "followed"})
"""What somebody hears because they chose to: nobody hears it in their place."""

REMEMBERED = 40
"""Facts that a row remembers, so that one told twice counts once."""

_TYPES: Final = {each.name: each.type for each in Notification.__table__.c}
_EACH: Final = ("person_id", "reasons", "for_id", "untold", "at_once", "mail_at", "push_at")
"""What differs from one whom a fact is told to another. It is handed over as one value, for a whole house too: an
insert has at most 65,535 of them, and one with a place for each is put together anew for each number of people."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """What one person is told; `for_id`: for whom, where it concerns only somebody they stand in for."""

    plan: Plan
    for_id: int | None = None


def _may_read(actor: Actor) -> Any:
    talk = bindparam("talk", type_=BigInteger)
    return select(Conversation.id).where(Conversation.id == talk, talk_visible_to(actor))


_MAY_READ: Final = Prepared(_may_read)


def recipients(session: Session, told: Told, heard: Hearing) -> dict[int, Recipient]:
    """Who is told what: never who did it, never somebody who may not see the item now, each as they wish.

    Whoever is addressed is told so, and not once more that they have an interest. Whoever stands in for somebody
    absent hears what arrives for them, unless the item is for named people only.
    """
    if heard.about == CONVERSATION:
        return _in_conversation(session, told, heard)
    if heard.about == LATER:
        return _planned(session, told, heard, _addressed(session, heard))
    found = _addressed(session, heard)
    _add_listening(session, heard, found)
    if heard.interested is not None:
        quiet = _muted(session, heard.item_id) if heard.interested == "said" else set()
        for person in interested(session, heard.item_id).keys() - quiet:
            found.setdefault(person, {heard.interested})
    item = session.execute(select(WorkItem.kind, WorkItem.reach).where(WorkItem.id == heard.item_id)).first()
    if item is None or not found:
        return {}
    found.pop(told.actor_id, None)
    instead = standing_in(session, found) if item.reach != "named" and not heard.private else {}
    instead.pop(told.actor_id, None)
    for substitute, absent in instead.items():
        found[substitute] = found[absent] - OWN_WISH
        found[absent].discard("nudged")  # nobody is reminded while they are away: whoever stands in is
    readers = readers_among(session, heard.item_id, set(found)) if found else set()
    wished = wishes(session, heard.item_id, item.kind, readers) if readers else {}
    planned = {
        person: Recipient(plan(wished[person], found[person], told.at), instead.get(person)) for person in wished
    }
    return {person: one for person, one in planned.items() if one.plan.reasons}


def _addressed(session: Session, heard: Hearing) -> dict[int, set[str]]:
    """Person → the reasons for which they are addressed; whoever is called urgently is not told once more that they
    were called."""
    found: dict[int, set[str]] = {}
    apart = [pair for pair in heard.addressed if pair[1] in heard.heading]
    together = [pair for pair in heard.addressed if pair[1] not in heard.heading]
    for pairs, whole_units in ((together, heard.whole_units), (apart, False)):
        behind = people_behind(session, (party for party, _ in pairs), whole_units=whole_units)
        for party, reason in pairs:
            for person in behind.get(party, ()):
                found.setdefault(person, set()).add(reason)
    for reasons in found.values():
        if URGENT in reasons:
            reasons.discard("mentioned")
    return found


def _add_listening(session: Session, heard: Hearing, found: dict[int, set[str]]) -> None:
    """To whom a direct talk speaks, and whoever follows the talk or the thread of a message, unless they are called in
    it anyway."""
    if heard.message is None:
        return
    follow = listening(session, heard.message)
    for people, reason in ((follow.direct, "direct"), (follow.thread, "thread"), (follow.talk, "followed")):
        for person in people:
            found.setdefault(person, {reason})


def _in_conversation(session: Session, told: Told, heard: Hearing) -> dict[int, Recipient]:
    """Whoever is called or spoken to in a conversation that is no item's, or follows it, and may read it now; and who
    is asked to confirm what was said there: a whole house, whose readers nobody asks for one by one."""
    found = _addressed(session, heard)
    asked = _asked_to_confirm(session, heard)
    for person in asked:
        found.setdefault(person, set()).add(heard.confirming)
    _add_listening(session, heard, found)
    found.pop(told.actor_id, None)
    others = sorted(found.keys() - asked)
    actors = compute(session, others, today(session)) if others else {}
    readers = asked.union(person for person, actor in actors.items() if _MAY_READ.rows(actor, talk=heard.item_id))
    return _planned(session, told, heard, {person: why for person, why in found.items() if person in readers})


def _asked_to_confirm(session: Session, heard: Hearing) -> frozenset[int]:
    """Nobody is reminded while they are away."""
    if heard.to_confirm is None:
        return frozenset()
    return still_asked(session, heard.to_confirm, present=heard.confirming == "nudged")


def _planned(session: Session, told: Told, heard: Hearing, found: dict[int, set[str]]) -> dict[int, Recipient]:
    """How those hear of it who hear of something that is no item."""
    wished = wishes(session, heard.item_id, heard.about, found, about=heard.about) if found else {}
    planned = {person: Recipient(plan(wished[person], found[person], told.at)) for person in wished}
    return {person: one for person, one in planned.items() if one.plan.reasons}


def _muted(session: Session, item_id: int) -> set[int]:
    """Who wants to hear nothing of the item's talk unless called."""
    talk = and_(Conversation.owner_kind == WORK_ITEM, Conversation.owner_id == item_id)
    muted = select(ReadState.person_id).join(Conversation, Conversation.id == ReadState.conversation_id)
    return set(session.scalars(muted.where(talk, ReadState.hears == "muted")))


def write(
    session: Session, told: Told, item_id: int, found: Mapping[int, Recipient], about: str = WORK_ITEM
) -> list[int]:
    """Upsert one row per person in `found`; the ids of the people for whom something changed."""
    if not found:
        return []
    rows = [
        {
            "person_id": person, "reasons": sorted(one.plan.reasons), "for_id": one.for_id,
            "untold": sorted(one.plan.untold), "at_once": one.plan.at_once, "mail_at": _moment(one.plan.mail_at),
            "push_at": _moment(one.plan.push_at),
        }
        for person, one in sorted(found.items())
    ]  # fmt: skip
    same = {
        "subject_kind": about, "subject_id": item_id, "count": 1, "first_fact_id": told.id, "last_fact_id": told.id,
        "told": [told.id], "actor_id": told.actor_id, "at": told.at,
    }  # fmt: skip
    each = (
        func.jsonb_to_recordset(literal(rows, JSONB))
        .table_valued(*(column(name, _TYPES[name]) for name in _EACH))
        .render_derived("each_row", with_types=True)
    )
    mine, new = Notification, insert(Notification).excluded
    fresh = or_(mine.read_at.is_not(None), mine.archived_at.is_not(None))
    newest = new.last_fact_id > mine.last_fact_id
    change = {
        "reasons": case((fresh, new.reasons), else_=_together(mine.reasons, new.reasons)),
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
        "for_id": case((fresh, new.for_id), (mine.for_id == new.for_id, new.for_id), else_=None),
        "untold": case((fresh, new.untold), else_=_together(mine.untold, new.untold)),
        "at_once": case((fresh, new.at_once), else_=mine.at_once | new.at_once),
        "mail_at": case((fresh, new.mail_at), else_=func.least(mine.mail_at, new.mail_at)),
        "push_at": case((fresh, new.push_at), else_=func.least(mine.push_at, new.push_at)),
    }
    known = literal(told.id, BigInteger) == func.any(mine.told)
    statement = (
        insert(Notification)
        .from_select([*_EACH, *same], select(*each.c, *(literal(said, _TYPES[name]) for name, said in same.items())))
        .on_conflict_do_update(index_elements=["person_id", "subject_kind", "subject_id"], set_=change, where=~known)
        .returning(Notification.person_id)
    )
    return list(session.scalars(statement))


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _together(before: Any, after: Any) -> Any:
    """Both arrays of reasons as one, each reason once."""
    both = select(func.array_agg(text("distinct reason"))).select_from(
        func.unnest(before.op("||")(after)).alias("reason")
    )
    return func.coalesce(cast(both.scalar_subquery(), ARRAY(TEXT)), cast([], ARRAY(TEXT)))
