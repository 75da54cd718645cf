"""The same request twice is one change: `Idempotency-Key` on every POST of the API.

The key is claimed in the transaction of the command itself, so a retry after any cut finds either nothing (and
does the work) or the result (and repeats the answer). A second request while the first is under way waits for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, Text, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from . import clock
from .actor import Actor
from .db import Base
from .errors import Conflict
from .i18n import N_, _


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
    if claim is None or claim.used:
        yield Once()
        return
    claim.used = True
    mine = (IdempotencyKey.person_id == actor.person_id) & (IdempotencyKey.key == claim.key)
    row = {
        "person_id": actor.person_id, "key": claim.key, "request_hash": claim.request_hash, "at": clock.now(),
    }  # fmt: skip
    added = session.execute(insert(IdempotencyKey).values(row).on_conflict_do_nothing().returning(IdempotencyKey.key))
    if added.scalar() is None:
        known = session.execute(select(IdempotencyKey.request_hash, IdempotencyKey.result).where(mine)).one()
        if known.request_hash != claim.request_hash:
            raise Conflict(_(N_("This Idempotency-Key was already used for another request.")))
        claim.replayed = True
        yield Once(done=True, result=known.result)
        return
    outcome = Once()
    yield outcome
    session.execute(update(IdempotencyKey).where(mine).values(result=outcome.result))
