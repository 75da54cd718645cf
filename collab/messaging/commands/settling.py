"""What goes with saying something, in one way to the database: no draft is left, one has read up to here, and whoever
said too much just before is held back, which undoes it all.

Whoever says something from elsewhere, at its time, by forwarding, in a thread, has not seen what others said in the
talk: that stays unread. Their own words count as read where nothing before them was unread. What waited to be sent
ends the draft that it was itself, and none that was begun since.
"""

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
          where person_id = :author and owner_kind = cast(:owner_kind as text) and owner_id = cast(:owner as bigint)
            and cast(:drafted as boolean)
            and (cast(:written as timestamptz) is null or at <= cast(:written as timestamptz)
                 or starts_with(cast(:said as text), text))),
        seen as (
          insert into read_state (conversation_id, person_id, read_seq, at)
          select :talk, :author, cast(:seq as bigint), cast(:now as timestamptz)
          where cast(:present as boolean) or cast(:seq as bigint) = 1 or exists (
            select 1 from read_state r where r.conversation_id = :talk and r.person_id = :author
              and r.read_seq >= cast(:seq as bigint) - 1)
          on conflict (conversation_id, person_id)
          do update set read_seq = greatest(read_state.read_seq, excluded.read_seq), at = excluded.at)
        {SINCE}
        """  # noqa: S608 only a constant
    )
)


def settle(
    author_id: int, owner: Owner, conversation_id: int, seq: int, at: datetime, *, said: str, drafted: bool,
    written: datetime | None, here: bool,
) -> None:  # fmt: skip
    """After the message of this number was written. `drafted`: what it `said` was being written in the talk of `owner`,
    and waited there since it was `written`; `here`: by somebody who has the talk before their eyes. Raises TooMany. For
    commands."""
    rows = _SETTLED.rows(
        owner_kind=owner.kind, owner=owner.id, seq=seq, now=at, said=said, drafted=drafted, written=written,
        present=here, **since(author_id, conversation_id, seq),
    )  # fmt: skip
    refuse_flood(rows)
