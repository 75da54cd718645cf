"""Questions to the index. Every one begins with the actor and ends at the criterion of what it finds.

Only the newest thousand matches that the actor sees are ranked. A common word would have a hundred thousand: so the
newest stretch of ids is asked first, a wider one only where that gave little, in one statement whose later parts
PostgreSQL does not run when they are not needed. An actor who may see few asks within the scopes that may let them
see anything at all, which the index intersects with the words; who sees much is filtered along the way.

Where the last word may become others, what has it as typed comes first, then what begins so, then what sounds alike.
Beginnings are many, and could keep the word itself from being looked for among what is older: where few have it, one
more part of the statement asks for it alone, however old.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Integer,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.orm import aliased

from collab.core import readings
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.paging import Key, Keyset, Kind, Page
from collab.core.prepared import Prepared
from collab.files.models import Attachment
from collab.files.policy import visible_on as files_visible_on
from collab.messaging.models import Conversation, Message
from collab.messaging.policy import message_visible_to
from collab.messaging.queries.talks import NAMES_CALLED
from collab.people.models import Party, Unit
from collab.work.models import WorkItem
from collab.work.models.item import OPEN
from collab.work.policy import visible_to

from .asking import Asked
from .documents import EVERYBODY, FILE, ITEM, MESSAGE, WORK_ITEM
from .eras import SCALES, holds_all, newest
from .found import FoundFile, FoundItem, FoundMessage
from .models import SearchEntry

RANKED: Final = 1_000
LOOKED_AT: Final = 1_500
"""Matches of a stretch that are looked at for somebody who sees most of them; the last stretch is looked at whole, so
that nothing is missed by somebody who sees fewer than was thought."""
ENOUGH: Final = 200
"""With so many matches of a stretch seen, older ones are not looked for."""
SOME: Final = 12
"""With fewer matches of the newest stretch seen than these, wider ones are left out and all are asked at once: what has
so few there has few everywhere, and every stretch looks all its words up anew."""
FEW: Final = 100
"""With fewer than so many that have the word itself, it is asked for alone."""
STEP: Final = 2_000
"""More than any score within a step: the word as typed, what begins so, what sounds alike."""
WHOLE: Final = 2 * STEP
"""The score of what has every word as it was typed, at least."""
MOST_SCOPES: Final = 64
BODY: Final = 2_000
"""Characters of a body among which the found words are looked for."""
REMEMBERED: Final = 10.0
_LAST: Final = 2**53 - 1
F = TypeVar("F")

# Behind a select: with what it knows of what is asked PostgreSQL finds a plan of its own for each question, and to plan
# a statement this long takes it 2 to 5 ms.
_QUERY, _BEGUN, _FULL = (
    select(cast(bindparam(name, type_=Text), TSQUERY)).scalar_subquery() for name in ("q", "begun", "full")
)
_WIDENED: Any = select(bindparam("widened", type_=Boolean)).scalar_subquery()
# Where a few of each kind are shown, the newest stretch that gives enough will do; whoever turns page after page of one
# kind is taken further.
_ALL_OF_IT: Any = select(bindparam("all_of_it", type_=Boolean)).scalar_subquery()
_IDS: Any = ARRAY(BigInteger)
_BEST = Keyset(
    (
        Key("score", literal_column("score", BigInteger), Kind.INTEGER, descending=True),
        Key("id", literal_column("id", BigInteger), Kind.INTEGER, descending=True),
    )
)
_WEIGHTS: Final = "'{0.1, 0.3, 0.6, 1.0}'::real[]"


class Sought(NamedTuple):
    """One kind of thing: its table's id, who sees it, what is added to the score, and the columns shown."""

    kind: str
    id: Any
    seen: Callable[[Actor], ColumnElement[bool]]
    more: Any
    shown: Callable[[Any], Any]


def _ranked(actor: Actor, sought: Sought, narrowed: bool) -> Any:
    """The ids and scores of the best of the newest matches the actor sees."""
    windows: list[Any] = []
    for scale in range(len(SCALES) + 2):
        entry, alone = aliased(SearchEntry, name=f"entry{scale}"), scale > len(SCALES)
        words = _FULL if alone else _QUERY
        asks = [literal_column(f"entry{scale}.kind = '{sought.kind}'"), entry.vector.op("@@")(words)]
        if scale < len(SCALES):
            asks.append(entry.scopes.op("&&")(bindparam(f"era{scale}", type_=_IDS)))
        if narrowed:
            asks.append(entry.scopes.op("&&")(bindparam("mine", type_=_IDS)))
        if alone:
            asks += [_WIDENED, _having_the_word(windows) < FEW]
        elif windows:
            counts = [select(func.count()).select_from(each).scalar_subquery() < ENOUGH for each in windows]
            asks += [or_(_ALL_OF_IT, and_(true(), *counts[:-1])), counts[-1]]
            if scale < len(SCALES):
                asks.append(select(func.count()).select_from(windows[0]).scalar_subquery() >= SOME)
        # Ordered by an expression, so that the words lead to the rows and never the order.
        matching = select(
            entry.subject_id.label("id"), entry.vector.label("vector"), (entry.subject_id + 0).label("newness")
        ).where(*asks).order_by((entry.subject_id + 0).desc())  # fmt: skip
        if not narrowed and scale < len(SCALES):
            matching = matching.limit(LOOKED_AT)
        matches = matching.subquery(f"matches{scale}")
        within = (
            select(matches.c.id, _score(matches.c.vector, sought).label("score"))
            .join(sought.id.class_, sought.id == matches.c.id)
            .where(sought.seen(actor))
            .order_by(matches.c.newness.desc())
            .limit(RANKED)
        )
        windows.append(within.cte(f"window{scale}").prefix_with("materialized"))
    both = union_all(*(select(each.c.id, each.c.score) for each in windows)).subquery("both")
    before = func.row(both.c.score, both.c.id) < func.row(
        bindparam("below", type_=BigInteger), bindparam("before", type_=BigInteger)
    )
    return (
        select(both.c.id, both.c.score)
        .distinct()
        .where(before)
        .order_by(both.c.score.desc(), both.c.id.desc())
        .limit(bindparam("rows", type_=Integer))
        .subquery("best")
    )


def _having_the_word(windows: Sequence[Any]) -> Any:
    found = union_all(*(select(each.c.score) for each in windows)).subquery("scored")
    return select(func.count()).select_from(found).where(found.c.score >= WHOLE).scalar_subquery()


def _score(vector: Any, sought: Sought) -> Any:
    within = func.round(1000 * func.ts_rank(literal_column(_WEIGHTS), vector, _QUERY)).cast(BigInteger) + sought.more
    steps = cast(vector.op("@@")(_BEGUN), Integer) + cast(vector.op("@@")(_FULL), Integer)
    return within + STEP * steps


_Holder, _Author, _Item = aliased(Party), aliased(Party), aliased(WorkItem)


def _items(best: Any) -> Any:
    return (
        select(
            best.c.score, WorkItem.id, WorkItem.kind, WorkItem.reference, WorkItem.title,
            func.left(WorkItem.body, BODY), WorkItem.state_kind, WorkItem.due_on, WorkItem.changed_at, Unit.code,
            WorkItem.holder_id, _Holder.kind, _Holder.label, _Holder.names,
        )
        .join(WorkItem, WorkItem.id == best.c.id)
        .join(Unit, Unit.id == WorkItem.unit_id)
        .outerjoin(_Holder, _Holder.id == WorkItem.holder_id)
    )  # fmt: skip


def _messages(best: Any) -> Any:
    return (
        select(
            best.c.score, Message.id, func.left(Message.text, BODY), Message.created_at, Message.author_id,
            _Author.label, _Author.names, _Item.reference, _Item.title, Conversation.id, Conversation.kind,
            Conversation.owner_id, Conversation.title, NAMES_CALLED,
        )
        .join(Message, Message.id == best.c.id)
        .join(_Author, _Author.id == Message.author_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(_Item, and_(Conversation.owner_kind == WORK_ITEM, _Item.id == Conversation.owner_id))
    )  # fmt: skip


def _files(best: Any) -> Any:
    return (
        select(
            best.c.score, Attachment.id, Attachment.name, Attachment.added_at, Attachment.owner_kind,
            Attachment.owner_id, _Item.reference, _Item.title,
        )
        .join(Attachment, Attachment.id == best.c.id)
        .outerjoin(SearchEntry, and_(SearchEntry.kind == FILE, SearchEntry.subject_id == Attachment.id))
        .outerjoin(_Item, _Item.id == SearchEntry.parent_id)
    )  # fmt: skip


def _file_seen(actor: Actor) -> ColumnElement[bool]:
    """A file is seen by whoever sees what it hangs on, as `collab.files` says; only those of items and messages are
    in the index."""
    return files_visible_on(actor, (WORK_ITEM, MESSAGE))


def _message_seen(actor: Actor) -> ColumnElement[bool]:
    return and_(Message.deleted_at.is_(None), Message.hidden_reason.is_(None), message_visible_to(actor))


_OPEN_FIRST: Any = literal_column(f"case when {OPEN.replace('state_kind', 'work_item.state_kind')} then 100 else 0 end")
_NO_MORE = literal_column("0", BigInteger)
SOUGHT: Final = {
    ITEM: Sought(ITEM, WorkItem.id, visible_to, _OPEN_FIRST, _items),
    MESSAGE: Sought(MESSAGE, Message.id, _message_seen, _NO_MORE, _messages),
    FILE: Sought(FILE, Attachment.id, _file_seen, _NO_MORE, _files),
}


def _statement(kind: str, narrowed: bool) -> Prepared:
    def build(actor: Actor) -> Any:
        best = _ranked(actor, SOUGHT[kind], narrowed)
        return SOUGHT[kind].shown(best).order_by(best.c.score.desc(), best.c.id.desc())

    return Prepared(build)


STATEMENTS: Final = {(kind, narrowed): _statement(kind, narrowed) for kind in SOUGHT for narrowed in (False, True)}
_NEWEST: Final = {
    ITEM: select(func.max(WorkItem.id)), MESSAGE: select(func.max(Message.id)), FILE: select(func.max(Attachment.id)),
}  # fmt: skip


def find_items(
    actor: Actor, asked: Asked, after: str | None = None, limit: int = 20, *, few: bool = False
) -> Page[FoundItem]:
    """The items that have all the words, the best of the newest thousand first. Raises BadCursor."""
    return _find(actor, ITEM, FoundItem, asked, after, limit, few)


def find_similar(actor: Actor, asked: Asked, limit: int) -> Page[FoundItem]:
    """The first items that have some of the words: two at least where three or more were asked."""
    some = replace(asked, all_words=asked.some_words, begun=asked.some_words, full=asked.some_words)
    return _find(actor, ITEM, FoundItem, some, None, limit, few=False)


def find_messages(
    actor: Actor, asked: Asked, after: str | None = None, limit: int = 20, *, few: bool = False
) -> Page[FoundMessage]:
    """Messages in talks the actor may read. Raises BadCursor."""
    return _find(actor, MESSAGE, FoundMessage, asked, after, limit, few)


def find_files(
    actor: Actor, asked: Asked, after: str | None = None, limit: int = 20, *, few: bool = False
) -> Page[FoundFile]:
    """Files by name, on what the actor sees. Raises BadCursor."""
    return _find(actor, FILE, FoundFile, asked, after, limit, few)


def scopes(actor: Actor) -> frozenset[int] | None:
    """The scopes within which everything lies that this actor may see; None where they are many or no bound."""
    if actor.is_system or actor.is_auditor or len(actor.reach) > MOST_SCOPES:
        return None
    return actor.reach | actor.parties | {EVERYBODY, actor.person_id}


def _find(
    actor: Actor, kind: str, shape: Callable[..., F], asked: Asked, after: str | None, limit: int, few: bool
) -> Page[F]:
    window = _BEST.window(after, limit)
    if not asked.all_words:
        return Page([], None, None)
    mine = scopes(actor)
    below, before = window.position or (_LAST, _LAST)
    given: dict[str, Any] = {"rows": window.limit + 1, "below": below, "before": before, "widened": asked.widened}
    given |= {"all_of_it": not few, "q": asked.all_words, "begun": asked.begun, "full": asked.full}
    last = _last(kind)
    given |= {f"era{scale}": newest(scale, last) for scale in range(len(SCALES))}
    if few:
        given |= {f"era{scale}": [] for scale in range(1, len(SCALES)) if holds_all(scale, last)}
    if mine is not None:
        given["mine"] = sorted(mine)
    rows: Sequence[Any] = STATEMENTS[kind, mine is not None].rows(actor, **given)
    page = window.page([shape(*row) for row in rows], lambda row: (row.score, row.id))  # type: ignore[attr-defined]
    readings.note_list(actor, len(page.items))
    return Page(page.items, page.next, None)


def newest_of(kind: str) -> list[int]:
    """The newest stretch of a kind."""
    return newest(0, _last(kind))


_KNOWN_LAST: dict[str, tuple[float, int]] = {}


def _last(kind: str) -> int:
    """The newest id of a kind, as it was within the last seconds: the stretch after it is asked for as well."""
    known = _KNOWN_LAST.get(kind)
    if known is None or time.monotonic() - known[0] > REMEMBERED:
        known = _KNOWN_LAST[kind] = (time.monotonic(), db.session.scalar(_NEWEST[kind]) or 0)
    return known[1]
