"""The same request twice is one change: `Idempotency-Key` on every POST of the API.

The key is claimed in the transaction of the command itself, so a retry after any cut finds either nothing (and
does the work) or the result (and repeats the answer). A second request while the first is under way waits for it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, LargeBinary, Text, bindparam, cast, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from . import clock
from .actor import Actor
from .db import Base
from .errors import Conflict
from .i18n import N_, _
from .prepared import Fixed


class IdempotencyKey(Base):
    """A request that was carried out, with the ids it made. Swept after a day."""

    __tablename__ = "idempotency_key"

    person_id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    result: Mapped[Any | None] = mapped_column(JSONB)
    at: Mapped[datetime]


@dataclass
class Claim:
    """A key presented by the caller, and whether this very request had been carried out before."""

    key: str
    request_hash: bytes
    used: bool = False
    replayed: bool = False


@dataclass
class Once:
    done: bool = False
    result: Any = None


_MINE: Final = (IdempotencyKey.person_id == bindparam("person", type_=BigInteger)) & (
    IdempotencyKey.key == bindparam("key", type_=Text)
)
_CLAIM: Final = Fixed(
    lambda: (
        insert(IdempotencyKey)
        .values(
            person_id=bindparam("person", type_=BigInteger),
            key=bindparam("key", type_=Text),
            request_hash=bindparam("request", type_=LargeBinary),
            at=bindparam("at", type_=DateTime(timezone=True)),
        )
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    )
)
_KEEP: Final = Fixed(
    lambda: update(IdempotencyKey).where(_MINE).values(result=cast(bindparam("result", type_=Text), JSONB))
)
_claim: ContextVar[Claim | None] = ContextVar("idempotency", default=None)


@contextmanager
def claiming(claim: Claim) -> Iterator[Claim]:
    """Commands inside the block are carried out once for this claim. For the API's door."""
    token = _claim.set(claim)
    try:
        yield claim
    finally:
        _claim.reset(token)


def forget_use() -> None:
    """The transaction that used the claim was rolled back: it may be used again."""
    claim = _claim.get()
    if claim is not None:
        claim.used = False


@contextmanager
def once(session: Session, actor: Actor) -> Iterator[Once]:
    """Around the outermost command: done, with the former result, when the key was used before.

    Raises Conflict when the key was used for another request.
    """
    claim = _claim.get()
    # What the house does by itself on the way, counting an attempt at a door before all, is done each time.
    if claim is None or claim.used or actor.is_system:
        yield Once()
        return
    claim.used = True
    mine = {"person": actor.person_id, "key": claim.key}
    if not _CLAIM.rows(**mine, request=claim.request_hash, at=clock.now()):
        known = session.execute(select(IdempotencyKey.request_hash, IdempotencyKey.result).where(_MINE), mine).one()
        if known.request_hash != claim.request_hash:
            raise Conflict(_(N_("This Idempotency-Key was already used for another request.")))
        claim.replayed = True
        yield Once(done=True, result=known.result)
        return
    outcome = Once()
    yield outcome
    _KEEP.run(**mine, result=json.dumps(outcome.result))
