"""How fast one may speak: more than a person can read is held back, in one conversation and in all of them together.

Counted where the messages are, under the lock that hands out their numbers, whatever Redis does and over all processes.
Bots say more than people, within limits of their own.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

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

_SINCE: Final = Fixed(
    lambda: text(
        """
        select p.kind,
          (select m.created_at from message m where m.conversation_id = :talk and m.author_id = p.id and m.seq > :first
            order by m.seq desc offset case when p.kind = 'bot' then :here_bot else :here end limit 1) as here,
          (select m.created_at from message m where m.author_id = p.id
            order by m.id desc offset case when p.kind = 'bot' then :anywhere_bot else :anywhere end limit 1)
          as anywhere
        from person p where p.id = :author
        """
    )
)


def hold_back(author_id: int, conversation_id: int, seq: int) -> None:
    """Refuse the message just written when its author said too much just before. Raises TooMany. For commands.

    `seq` is its number. In a conversation where others say even more only the last few hundred are looked at.
    """
    rows = _SINCE.rows(
        talk=conversation_id, author=author_id, first=seq - LOOKED_BACK, here=HERE["person"].most,
        here_bot=HERE["bot"].most, anywhere=ANYWHERE["person"].most, anywhere_bot=ANYWHERE["bot"].most,
    )  # fmt: skip
    if not rows:
        return
    [row] = rows
    wait = max(_wait(row.here, HERE[row.kind]), _wait(row.anywhere, ANYWHERE[row.kind]))
    if wait > 0:
        raise TooMany(
            ngettext(
                "That was many messages in a short time. Wait %(n)s second, then send it again.",
                "That was many messages in a short time. Wait %(n)s seconds, then send it again.",
                wait,
            ),
            retry_after=wait,
        )


def _wait(at: datetime | None, limit: Limit) -> int:
    """Seconds until the oldest of those that count counts no more."""
    left = (at + limit.within - clock.now()).total_seconds() if at is not None else 0
    return int(left) + 1 if left > 0 else 0
