"""Who reads and writes the talks of units and of groups: what messaging itself says of those it owns.

A unit's talk needs no list of members: it is read by whoever belongs to the unit today and by those who head it or a
unit above. When a unit was closed, those of the unit that took over read on. A group lists people, units and posts; an
announcement is written by those it lists and read by everybody of a unit and below.
"""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CollectionAggregate,
    ColumnElement,
    any_,
    bindparam,
    exists,
    false,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.package import Readable
from collab.people.models import UnitClosure

from .models import Conversation, ConversationMember
from .rooms import rooms_of_group, rooms_of_unit


def among(ids: frozenset[int]) -> CollectionAggregate[bool]:
    """`any(:ids)` as one bound array, so that the statement is the same for a clerk and a mayor."""
    return any_(bindparam(None, sorted(ids), type_=ARRAY(BigInteger), unique=True))


def reads_unit(actor: Actor, unit_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The talk of a unit: its people, its heads and those above; of a closed one, those of its successor."""
    closed = aliased(Conversation)
    taken_over = exists(
        select(closed.id).where(
            closed.owner_kind == "unit",
            closed.owner_id == unit_id,
            closed.archived_at.is_not(None),
            closed.into_id == among(actor.reach),
        )
    )
    return or_(unit_id == among(actor.reach), taken_over)


def writes_unit(actor: Actor, unit_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whoever belongs to it or heads it writes; an auditor only reads."""
    return false() if actor.is_auditor else unit_id == among(actor.reach)


def keeps_unit(actor: Actor, unit_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whoever heads the unit, or one above it, keeps order in its talk."""
    return false() if actor.is_auditor else unit_id == among(actor.headed)


def is_member(actor: Actor, conversation_id: Any, member: Any = ConversationMember) -> ColumnElement[bool]:
    """Whether the actor is listed: themselves, a post they hold, a unit they belong to, head or stand in at.

    What people share in a direct talk stays closed to those who stand in for them.
    """
    mine = or_(member.party_id == among(actor.named_parties), member.party_id == among(actor.reach))
    return exists(select(member.party_id).where(member.conversation_id == conversation_id, mine))


def hears(actor: Actor, talk: Any) -> ColumnElement[bool]:
    """Whether what is announced in `talk` is for the actor: said to all, or to a unit that they stand in or under."""
    under = exists(
        select(UnitClosure.ancestor_id).where(
            UnitClosure.ancestor_id == talk.audience_id, UnitClosure.descendant_id == among(actor.reach)
        )
    )
    return or_(talk.audience_id.is_(None), under)


def reads_group(actor: Actor, conversation_id: ColumnElement[int]) -> ColumnElement[bool]:
    """A group: whom it lists. An announcement: also everybody it is for."""
    announced = aliased(Conversation)
    told = exists(
        select(announced.id).where(
            announced.id == conversation_id, announced.kind == "announcement", hears(actor, announced)
        )
    )
    return or_(is_member(actor, conversation_id), told)


def writes_group(actor: Actor, conversation_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whom it lists; an auditor only reads."""
    return false() if actor.is_auditor else is_member(actor, conversation_id)


def keeps_group(actor: Actor, conversation_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Groups and announcements are kept by those listed as keepers; in a direct talk nobody stands above the others."""
    if actor.is_auditor:
        return false()
    member, talk = aliased(ConversationMember), aliased(Conversation)
    return exists(
        select(member.party_id)
        .join(talk, talk.id == member.conversation_id)
        .where(talk.id == conversation_id, talk.kind != "direct", member.keeper)
        .where(or_(member.party_id == among(actor.named_parties), member.party_id == among(actor.reach)))
    )


def joinable(actor: Actor) -> ColumnElement[bool]:
    """Groups that anybody on the staff may join. A program joins none by itself: somebody lets it in."""
    if actor.is_auditor or actor.bot:
        return false()
    return (Conversation.kind == "group") & Conversation.open & Conversation.archived_at.is_(None)


READABLES = (
    Readable(
        "unit", reads_unit, writes=writes_unit, keeps=keeps_unit, unit=lambda unit_id: unit_id, rooms=rooms_of_unit
    ),
    Readable("group", reads_group, writes=writes_group, keeps=keeps_group, rooms=rooms_of_group),
)
