"""Whom a message calls: checked when it is sent, written under their own names."""

from typing import Final

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.prepared import Fixed
from collab.people.models import Party

from .. import mentions
from ..models import MessageMention
from ..owners import Owner, readable

MOST: Final = 20_000
"""Characters of a message as it is kept, with the whole names of those it calls."""
TOO_LONG = N_("This is too long: at most %(limit)s characters.")
NOBODY = N_("Somebody who is called here does not exist.")
TOO_MANY_CALLED = N_("A message can call at most %(limit)s people, units and posts.")


def addressed(words: str) -> tuple[str, list[int]]:
    """The text as it is kept, and whom it calls. Raises Invalid at `text`."""
    ids = list(mentions.called(words))
    if not ids:
        return words, []
    refuse_too_many(set(ids))
    known = session().execute(
        select(Party.id, Party.label).where(Party.id.in_(ids), Party.kind.in_(("person", "unit", "post")))
    )
    names = {row.id: row.label for row in known}
    kept = mentions.rewritten(words, names)
    if mentions.called(kept) != {id_: mentions.plain(names[id_]) for id_ in ids if id_ in names}:
        raise wrong("text", _(NOBODY))
    if len(kept) > MOST:
        raise wrong("text", _(TOO_LONG, limit=MOST))
    return kept, ids


_CALLED_BEFORE: Final = Fixed(
    lambda: text(
        """
        select distinct (jsonb_array_elements_text(f.payload -> 'called'))::bigint as party from facts f
        where f.subject_kind = 'conversation' and f.subject_id = :talk and f.text_hash is not null
          and (f.payload ->> 'message')::bigint = :message and f.kind in ('message-posted', 'message-edited')
        """
    )
)


def ever_called(conversation_id: int, message_id: int) -> set[int]:
    """Whom a message has called so far, also where a change took the call back. They were told."""
    return {row.party for row in _CALLED_BEFORE.rows(talk=conversation_id, message=message_id)}


def refuse_too_many(called: set[int]) -> None:
    """Raises Invalid where a message would call more than it may, with all that it called before."""
    if len(called) > mentions.MOST_CALLED:
        raise wrong("text", _(TOO_MANY_CALLED, limit=mentions.MOST_CALLED))


def call(actor: Actor, owner: Owner, message_id: int, called: list[int]) -> None:
    """Write down whom a message calls; the owner's package may let them take part."""
    if not called:
        return
    session().execute(insert(MessageMention), [{"message_id": message_id, "party_id": id_} for id_ in called])
    rule = readable(owner.kind)
    if rule.called is not None:
        rule.called(actor, owner.id, frozenset(called))
