"""Finding messages by their words and by who said them where and when, in everything the reader may read.

The newest come first, a page at a time, each page from where the last one ended.
"""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, cast, exists, false, literal, or_, select
from sqlalchemy.dialects.postgresql import TSQUERY

from collab.core.actor import Actor
from collab.core.dates import instant_of
from collab.core.db import db
from collab.core.paging import Key, Keyset, Kind, Page
from collab.core.text.fold import fold
from collab.core.text.vector import query as words_query
from collab.files.models import Attachment
from collab.people.models import Membership, UnitClosure
from collab.people.queries.parties import Choice, find_parties, offer_parties
from collab.people.queries.today import today
from collab.people.standing import valid_on

from ..models import Conversation, Message
from ..owners import MESSAGE, visible_to
from ..seeking import Sought
from .conversations import Entry
from .talks import COLUMNS, Said, messages_query

PAGE: Final = 25
ME: Final = frozenset(map(fold, ("me", "εγώ", "εμένα", "من", "خودم")))
MOST_NEAR: Final = 5
NEWEST_FIRST: Final = Keyset((Key("id", Message.id, Kind.INTEGER, descending=True),))


class Hit(NamedTuple):
    """A message that was found, with the conversation it stands in."""

    said: Said
    entry: Entry


def seek(
    actor: Actor, wanted: Sought, places: Sequence[int] | None = None, after: str | None = None, limit: int = PAGE
) -> Page[Hit]:
    """A page of the messages that answer. `places`: only in these conversations. Raises BadCursor."""
    window = NEWEST_FIRST.window(after, limit)
    if wanted.nothing:
        return window.page([], lambda hit: (hit.said.id,))
    query = (
        messages_query()
        .add_columns(*_ENTRY)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(visible_to(actor), Message.deleted_at.is_(None), Message.hidden_reason.is_(None))
        .where(*_criteria(actor, wanted, places))
    )
    rows = db.session.execute(window.applied(query)).all()
    width = len(COLUMNS)
    hits = [Hit(Said(*row[:width]), Entry(*row[width:])) for row in rows]
    return window.page(hits, lambda hit: (hit.said.id,))


_ENTRY: Final = (
    Conversation.id, Conversation.kind, Conversation.owner_id, Conversation.title, Conversation.last_seq,
    Conversation.last_at, Conversation.archived_at,
)  # fmt: skip


def _criteria(actor: Actor, wanted: Sought, places: Sequence[int] | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.words:
        asked = words_query(wanted.words, typing=True)
        found.append(Message.vector.op("@@")(cast(asked, TSQUERY)) if asked else false())
    if wanted.author:
        found.append(Message.author_id.in_(_authors(actor, wanted.author)))
    if places is not None:
        found.append(Message.conversation_id.in_(list(places)))
    if wanted.unit:
        found.append(_of_unit(actor, wanted.unit))
    if wanted.before is not None:
        found.append(Message.created_at < _instant(actor, wanted.before))
    if wanted.since is not None:
        found.append(Message.created_at >= _instant(actor, wanted.since))
    if wanted.files:
        hangs = and_(Attachment.owner_kind == MESSAGE, Attachment.owner_id == Message.id)
        found.append(exists(select(literal(1)).where(hangs)))
    return found


def _named(actor: Actor, name: str, kind: str, most: int) -> list[Choice]:
    """Those called so; where nobody is, those a slip of the keyboard or another alphabet away, a few of them."""
    if not fold(name).strip():  # of no letter that counts: everybody's name begins so
        return []
    return find_parties(actor, name, (kind,), most) or offer_parties(actor, name, (kind,), MOST_NEAR)


def instead(actor: Actor, wanted: Sought) -> list[str]:
    """Whom a search looks for though they are called otherwise than was typed: what it forgave."""
    asked = [(wanted.author, "person", 20), (wanted.unit, "unit", 5)]
    given = [one for one in asked if one[0] and fold(one[0]) not in ME]
    return [
        found.name
        for name, kind, most in given
        if not find_parties(actor, name, (kind,), most)
        for found in _named(actor, name, kind, most)
    ]


def unnamed(actor: Actor, wanted: Sought) -> tuple[str, str]:
    """By whom and in which unit is asked for though nobody, and no unit, is called so or nearly so; nothing for whoever
    is known."""
    author = wanted.author if wanted.author and fold(wanted.author) not in ME else ""
    return (
        "" if not author or _named(actor, author, "person", 1) else author,
        "" if not wanted.unit or _named(actor, wanted.unit, "unit", 1) else wanted.unit,
    )


def _authors(actor: Actor, name: str) -> list[int]:
    if fold(name) in ME:
        return [actor.person_id]
    return [one.id for one in _named(actor, name, "person", 20)] or [0]


def _of_unit(actor: Actor, name: str) -> ColumnElement[bool]:
    """In the conversation of the unit or of one below it, or said by somebody who belongs there today."""
    units = [one.id for one in _named(actor, name, "unit", 5)] or [0]
    below: Any = select(UnitClosure.descendant_id).where(UnitClosure.ancestor_id.in_(units))
    people = select(Membership.person_id).where(Membership.unit_id.in_(below), valid_on(Membership, today()))
    return or_(and_(Conversation.owner_kind == "unit", Conversation.owner_id.in_(below)), Message.author_id.in_(people))


def _instant(actor: Actor, day: Any) -> datetime:
    return instant_of(day, time(0), actor.time_zone)
