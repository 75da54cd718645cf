"""How fast one may speak: more than a person can read is held back, in one conversation and in all of them together.

Counted where the messages are, under the lock that hands out their numbers, whatever Redis does and over all processes.
Bots say more than people, within limits of their own. A change of what was said is told to all who read it as well: it
is held back by the same limits, counted with what was said, in the ledger; so is a sign or a pin, which every open page
asks about.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import text

from collab.core import clock
from collab.core.errors import TooMany
from collab.core.i18n import ngettext
from collab.core.prepared import Fixed


class Limit(NamedTuple):
    """At most `most` messages within `within`."""

    most: int
    within: timedelta


HERE: Final = {"person": Limit(60, timedelta(seconds=30)), "bot": Limit(60, timedelta(seconds=60))}
ANYWHERE: Final = {"person": Limit(120, timedelta(seconds=60)), "bot": Limit(300, timedelta(seconds=60))}
LOOKED_BACK: Final = 400

SINCE: Final = """
    select p.kind,
      (select m.created_at from message m where m.conversation_id = :talk and m.author_id = p.id and m.seq > :first
        order by m.seq desc offset case when p.kind = 'bot' then :here_bot else :here end limit 1) as here,
      (select m.created_at from message m where m.author_id = p.id
        order by m.id desc offset case when p.kind = 'bot' then :anywhere_bot else :anywhere end limit 1)
      as anywhere
    from person p where p.id = :author
"""
"""Of a message just written: when its author said the one before which as many lie as are allowed, here and in all."""


def since(author_id: int, conversation_id: int, seq: int) -> dict[str, int]:
    """What `SINCE` asks of the message of this number. In a conversation where others say even more only the last few
    hundred are looked at."""
    return {"talk": conversation_id, "author": author_id, "first": seq - LOOKED_BACK, **_most()}


def refuse_flood(rows: Sequence[Any]) -> None:
    """Refuse the message just written when its author said too much just before, by what `SINCE` found. Raises
    TooMany."""
    wait = _longest(rows[0]) if rows else 0
    if wait > 0:
        raise TooMany(
            ngettext(
                "That was many messages in a short time. Wait %(n)s second, then send it again.",
                "That was many messages in a short time. Wait %(n)s seconds, then send it again.",
                wait,
            ),
            retry_after=wait,
        )


_CHANGED_SINCE: Final = Fixed(
    lambda: text(
        """
        with own as (
          select f.at, f.subject_id from facts f where f.actor_id = :author and f.subject_kind = 'conversation'
            and f.kind = any(cast(:kinds as text[])) order by f.id desc limit :anywhere_bot)
        select p.kind,
          (select at from own where subject_id = :talk order by at desc
            offset case when p.kind = 'bot' then :here_bot else :here end - 1 limit 1) as here,
          (select at from own order by at desc
            offset case when p.kind = 'bot' then :anywhere_bot else :anywhere end - 1 limit 1) as anywhere
        from person p where p.id = :author
        """
    )
)


SAID: Final = ["message-posted", "message-edited"]
MARKED: Final = [*SAID, "message-signed", "message-sign-removed", "message-pinned", "message-unpinned"]
"""Facts that are told to all who read: what holds back a change, and what holds back a sign or a pin."""


def hold_back_change(author_id: int, conversation_id: int, *, of: list[str] = SAID) -> None:
    """Refuse a change before it is made when its author did too much of these just before. Raises TooMany. For
    commands."""
    rows = _CHANGED_SINCE.rows(talk=conversation_id, author=author_id, kinds=of, **_most())
    wait = _longest(rows[0]) if rows else 0
    if wait > 0:
        raise TooMany(
            ngettext(
                "That was many messages and changes in a short time. Wait %(n)s second, then save it again.",
                "That was many messages and changes in a short time. Wait %(n)s seconds, then save it again.",
                wait,
            ),
            retry_after=wait,
        )


def _most() -> dict[str, int]:
    return {
        "here": HERE["person"].most, "here_bot": HERE["bot"].most, "anywhere": ANYWHERE["person"].most,
        "anywhere_bot": ANYWHERE["bot"].most,
    }  # fmt: skip


def _longest(row: Any) -> int:
    """Seconds to wait, by the limit here and the one over all conversations."""
    return max(_wait(row.here, HERE[row.kind]), _wait(row.anywhere, ANYWHERE[row.kind]))


def _wait(at: datetime | None, limit: Limit) -> int:
    """Seconds until the oldest of those that count counts no more."""
    left = (at + limit.within - clock.now()).total_seconds() if at is not None else 0
    return int(left) + 1 if left > 0 else 0
