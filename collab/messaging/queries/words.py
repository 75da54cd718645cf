"""Words that stand in the newest messages of some conversations. Whether they may be read is asked before."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text

from collab.core.db import db
from collab.core.text.vector import quoted

NEWEST: Final = 60
"""Messages of each conversation."""

_LEXEMES: Final = text(
    """
    select distinct l.lexeme from unnest(cast(:talks as bigint[])) t(id)
    cross join lateral (select vector from message where conversation_id = t.id and deleted_at is null
      and hidden_reason is null order by seq desc limit :newest) m
    cross join lateral unnest(m.vector) l where length(l.lexeme) between 3 and 30 and l.lexeme !~ '^~'
    """
)
_SAID: Final = text(
    """
    select m.text from unnest(cast(:talks as bigint[])) t(id)
    cross join lateral (select id, text, vector from message where conversation_id = t.id and deleted_at is null
      and hidden_reason is null order by seq desc limit :newest) m
    where m.vector @@ cast(:lexeme as tsquery) order by m.id desc limit 1
    """
)


def lexemes_in(talks: Sequence[int]) -> set[str]:
    """The stems of what was said last in these conversations, without what was deleted or hidden."""
    return set(db.session.scalars(_LEXEMES, {"talks": list(talks), "newest": NEWEST}))


def said_with(lexeme: str, talks: Sequence[int]) -> str:
    """The newest of those messages with this stem, "" where there is none."""
    asked = {"talks": list(talks), "newest": NEWEST, "lexeme": quoted(lexeme)}
    return db.session.scalar(_SAID, asked) or ""
