"""Keeping the index: it follows the ledger, so that whatever was changed is found anew, told or quiet.

Every change leaves a fact. The index walks them in the order of their commits, below the horizon of transactions
still open (as the teller does), and writes its place down in the transaction of what it wrote: each change is
indexed exactly once, several changes of one thing in one go, and an import of twenty thousand quiet facts as well.
In a database that was restored elsewhere, what it brought along comes first, in its old order, and then what happened
there, from the beginning.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import delete, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from collab.core.actor import SYSTEM, Actor
from collab.core.db import long_statements
from collab.core.envelope import open_command, session, system
from collab.core.horizon import AHEAD, SETTLED, counted_anew
from collab.core.text.keys import key
from collab.core.text.stem import words
from collab.files.models import Attachment
from collab.messaging.models import Conversation, Message

from .documents import DOCUMENTS, FILE, ITEM, MESSAGE, TABLES, WORK_ITEM, Document
from .lag import caught_up
from .models import PARTY_KINDS, SearchEntry, SearchPlace, SearchWord

log = logging.getLogger(__name__)

BATCH: Final = 400
A_WHILE: Final = 0.5
"""Seconds for which one sweep goes on when there is much to do."""
PARTY: Final = "party"

_READ: Final = """
    select f.xid::text as xid, f.id, f.subject_kind, f.subject_id, f.payload
    from facts f
    where (f.xid, f.id) > (cast(cast(:xid as text) as xid8), :fact) and f.id > :brought and f.xid {}
    order by f.xid, f.id
    limit :batch
    """
_NEWS: Final = text(_READ.format(f"< {SETTLED}"))
_BROUGHT_ALONG: Final = text(_READ.format(f">= {AHEAD}"))
_LAST_BROUGHT: Final = text(f"select max(id) from facts where xid >= {AHEAD}")  # noqa: S608
_SETTLED: Final = text(f"select {SETTLED}::text")


def keep_up() -> bool:
    """Follow the ledger as far as it goes, for a while at most. True when something is left."""
    began = time.monotonic()
    while (left := follow(SYSTEM) == BATCH) and time.monotonic() - began < A_WHILE:
        pass
    if not left:
        caught_up()
    return left


@open_command(system)
def follow(_actor: Actor) -> int:
    """Index what the next facts of the ledger are about. Gives how many facts were read; 0 when up to date."""
    current = session()
    place = current.scalars(select(SearchPlace).with_for_update()).one()
    news = _news(current, place)
    if not news:
        return 0
    touched: dict[str, set[int]] = defaultdict(set)
    for fact in news:
        if fact.subject_kind == WORK_ITEM:
            touched[ITEM].add(fact.subject_id)
        elif fact.subject_kind in PARTY_KINDS:
            touched[PARTY].add(fact.subject_id)
        elif isinstance(message := fact.payload.get("message"), int):
            touched[MESSAGE].add(message)
            # Whoever is called takes part in the item from then on.
            if fact.payload.get("called") and fact.payload.get("owner_kind") == WORK_ITEM:
                touched[ITEM].add(fact.payload["owner"])
        else:
            # A rule of retention took the words of many at once, and their files.
            touched[MESSAGE].update(fact.payload.get("messages") or ())
            touched[FILE].update(fact.payload.get("files") or ())
    for kind in (ITEM, MESSAGE, PARTY, FILE):
        index(current, kind, sorted(touched[kind]))
    _index_files(current, sorted(touched[ITEM]), sorted(touched[MESSAGE]))
    place.xid, place.fact_id = news[-1].xid, news[-1].id
    return len(news)


def _news(current: Session, place: SearchPlace) -> Sequence[Any]:
    """The next facts. After a restore those brought along are all before the first one that happened here."""
    if counted_anew(current, place.xid):
        brought = current.execute(_BROUGHT_ALONG, _from(place)).all()
        if brought:
            return brought
        last = current.scalar(_LAST_BROUGHT) or 0
        place.xid, place.fact_id, place.brought = "0", 0, max(place.brought, last)
        log.warning("the database counts its transactions anew: it was restored; search follows it from fact %s", last)
    return current.execute(_NEWS, _from(place)).all()


def _from(place: SearchPlace) -> dict[str, Any]:
    return {"xid": place.xid, "fact": place.fact_id, "brought": place.brought, "batch": BATCH}


def index(current: Session, kind: str, ids: Sequence[int]) -> int:
    """Write the entries of the things with these ids as they are now; what is gone leaves the index."""
    if not ids:
        return 0
    found = DOCUMENTS[kind](current, ids)
    _learn(current, found)
    _write(current, found)
    _forget(current, kind, set(ids) - {document.subject_id for document in found})
    if kind == ITEM:
        _let_see(current, ids)
    return len(found)


def _write(current: Session, found: Iterable[Document]) -> None:
    rows = [document.row() for document in found]
    if not rows:
        return
    new = insert(SearchEntry).values(rows)
    columns = ("vector", "scopes", "parent_id")
    current.execute(
        new.on_conflict_do_update(
            index_elements=["kind", "subject_id"],
            set_={name: new.excluded[name] for name in columns},
            # What says the same is left alone: an index entry costs more than looking.
            where=or_(*(getattr(SearchEntry, name).is_distinct_from(new.excluded[name]) for name in columns)),
        )
    )


def _forget(current: Session, kind: str, ids: set[int]) -> None:
    if ids:
        which = SearchEntry.kind.in_(PARTY_KINDS) if kind == PARTY else SearchEntry.kind == kind
        current.execute(delete(SearchEntry).where(which, SearchEntry.subject_id.in_(ids)))


def _learn(current: Session, found: Iterable[Document]) -> None:
    """Words that were never met before, for what an unfinished word may become."""
    known = {word.folded: word for document in found for _weight, said in document.fields for word in words(said)}
    rows = [{"word": word, "stem": one.stem, "sound": key(word)} for word, one in sorted(known.items())]
    if rows:
        new = [*current.scalars(select(SearchWord.word).where(SearchWord.word.in_(list(known))))]
        rows = [row for row in rows if row["word"] not in set(new)]
    if rows:
        current.execute(insert(SearchWord).on_conflict_do_nothing(), rows)


def _let_see(current: Session, ids: Sequence[int]) -> None:
    """Messages and files stand in the scopes of their item, which may just have changed."""
    positive = text(
        """
        update search_entry e
        set scopes = near.scopes || (select array_agg(s) from unnest(e.scopes) s where s < 0)
        from (select subject_id, array(select s from unnest(scopes) s where s >= 0) as scopes
              from search_entry where kind = 'item' and subject_id = any(:ids)) near
        where e.parent_id = near.subject_id and e.parent_id is not null
          and array(select s from unnest(e.scopes) s where s >= 0) <> near.scopes
        """
    )
    current.execute(positive, {"ids": list(ids)})


def _index_files(current: Session, items: Sequence[int], said: Sequence[int]) -> None:
    if not items and not said:
        return
    in_talk = (
        select(Message.id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.owner_kind == WORK_ITEM, Conversation.owner_id.in_(items))
    )
    ids = current.scalars(
        select(Attachment.id).where(
            or_(
                (Attachment.owner_kind == WORK_ITEM) & Attachment.owner_id.in_(items),
                (Attachment.owner_kind == MESSAGE) & (Attachment.owner_id.in_(said) | Attachment.owner_id.in_(in_talk)),
            )
        )
    )
    index(current, FILE, sorted(ids))


@open_command(system)
def begin_anew(_actor: Actor) -> None:
    """Empty the index and go on from the end of the ledger: what came before is to be brought in by `bring`."""
    current = session()
    long_statements(current)
    place = current.scalars(select(SearchPlace).with_for_update()).one()
    place.xid, place.fact_id = str(current.scalar(_SETTLED)), 0
    current.execute(text("truncate search_entry, search_word"))


@open_command(system)
def bring(_actor: Actor, kind: str, after: int) -> int | None:
    """Index the next things of a kind after an id. Gives the last id, None when there are no more."""
    current, column = session(), TABLES[kind]
    long_statements(current)  # a slow machine takes its time over the words of a batch, between two statements
    ids = list(current.scalars(select(column).where(column > after).order_by(column).limit(BATCH)))
    index(current, kind, ids)
    return int(ids[-1]) if ids else None


def rebuild(heard: Callable[[str, int], Any] = lambda _kind, _last: None) -> None:
    """Make the whole index anew; people go on working, and searching finds more and more meanwhile."""
    begin_anew(SYSTEM)
    for kind in ("party", ITEM, MESSAGE, FILE):
        last: int | None = 0
        while last is not None:
            heard(kind, last)
            last = bring(SYSTEM, kind, last)
