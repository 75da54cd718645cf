"""What goes with saying something, in one way to the database: no draft is left, one has read up to here, and whoever
said too much just before is held back, which undoes it all."""

from datetime import datetime
from typing import Final

from sqlalchemy import text

from collab.core.prepared import Fixed

from ..flood import SINCE, refuse_flood, since
from ..owners import Owner

_SETTLED: Final = Fixed(
    lambda: text(
        f"""
        with dropped as (
          delete from message_draft
          where person_id = :author and owner_kind = cast(:owner_kind as text) and owner_id = cast(:owner as bigint)),
        seen as (
          insert into read_state (conversation_id, person_id, read_seq, at)
          values (:talk, :author, cast(:seq as bigint), cast(:now as timestamptz))
          on conflict (conversation_id, person_id)
          do update set read_seq = greatest(read_state.read_seq, excluded.read_seq), at = excluded.at)
        {SINCE}
        """  # noqa: S608 only a constant
    )
)


def settle(author_id: int, owner: Owner, conversation_id: int, seq: int, at: datetime) -> None:
    """After the message of this number was written. Raises TooMany. For commands."""
    rows = _SETTLED.rows(
        owner_kind=owner.kind, owner=owner.id, seq=seq, now=at, **since(author_id, conversation_id, seq)
    )  # fmt: skip
    refuse_flood(rows)
