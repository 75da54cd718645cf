"""The same request twice is one change: `Idempotency-Key` on every POST of the API, `once` in every form that makes.

The key is claimed in the transaction of each command itself, so a retry after any cut finds either nothing (and
does the work) or the result (and repeats the answer). A second request while the first is under way waits for it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, Index, LargeBinary, Text, bindparam, cast, delete, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from . import clock
from .actor import Actor
from .db import Base
from .errors import Conflict
from .i18n import N_, _
from .prepared import Fixed


class IdempotencyKey(Base):
    """A request that was carried out, with the ids it made. Forgotten after a day (collab.core.forgetting)."""

    __tablename__ = "idempotency_key"

    person_id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    result: Mapped[Any | None] = mapped_column(JSONB)
    command: Mapped[str] = mapped_column(Text, server_default="", default="")
    at: Mapped[datetime]

    __table_args__ = (Index("ix_idempotency_key_at", "at"),)


@dataclass
class Claim:
    """A key presented by the caller, and whether this very request had been carried out before.

    `steps` are the commands that the request has carried out so far, each known by its name and its thing.
    """

    key: str
    request_hash: bytes
    replayed: bool = False
    running: bool = False
    steps: list[str] = field(default_factory=list)


@dataclass
class Once:
    done: bool = False
    result: Any = None


_PLAIN: Final = (dict, list, tuple, str, int, float, bool, type(None))
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
            command=bindparam("command", type_=Text),
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


def steps_so_far() -> int:
    """How many commands of the request were carried out."""
    claim = _claim.get()
    return len(claim.steps) if claim is not None else 0


def forget_after(steps: int) -> None:
    """The transaction of the command after so many was rolled back: it is carried out again under the same key."""
    claim = _claim.get()
    if claim is not None:
        del claim.steps[steps:]


@contextmanager
def once(session: Session, actor: Actor, command: str) -> Iterator[Once]:
    """Around an outermost command, named with its thing: done, with the former result, when this request carried it out
    before.

    A request may carry out several. The first stands under the caller's key, each further one under a key of its own,
    made of the caller's, its name, its thing, and which time it is; so a repeated request does what it had not come to,
    and nothing twice. A result that is no plain value is a look ahead that changes nothing: it is made each time.
    Raises Conflict when the key was used for another request.
    """
    claim = _claim.get()
    # What the house does by itself on the way, counting an attempt at a door before all, is done each time.
    if claim is None or claim.running or actor.is_system:
        yield Once()
        return
    before, first = claim.steps.count(command), not claim.steps
    name = f"{command} {before}" if before else command
    claim.steps.append(command)
    claim.running = True
    try:
        outcome, key = _begun(session, actor, claim, name, first)
        yield outcome
        if not outcome.done:
            _keep(session, {"person": actor.person_id, "key": key}, outcome.result)
    except BaseException:
        claim.steps.pop()
        raise
    finally:
        claim.running = False


def _begun(session: Session, actor: Actor, claim: Claim, name: str, first: bool) -> tuple[Once, str]:
    """Whether this command was carried out before, and the key it stands under."""
    found = (_claimed if first else _known_as_first)(session, actor, claim, claim.key, name)
    if found is not None:
        return found, claim.key
    own = f"{claim.key}\n{name}"
    return _claimed(session, actor, claim, own, name) or Once(), own


def _claimed(session: Session, actor: Actor, claim: Claim, key: str, name: str) -> Once | None:
    """The key taken for this command, or what it gave before; None when the key stands for another command."""
    mine = {"person": actor.person_id, "key": key}
    columns = (IdempotencyKey.request_hash, IdempotencyKey.result, IdempotencyKey.command)
    known = None
    while known is None:  # once, but for one that is forgotten between the two questions
        if _CLAIM.rows(**mine, request=claim.request_hash, at=clock.now(), command=name):
            return Once()
        known = session.execute(select(*columns).where(_MINE), mine).one_or_none()
    if known.request_hash != claim.request_hash:
        raise Conflict(_(N_("This Idempotency-Key was already used for another request.")))
    claim.replayed = True
    return Once(done=True, result=known.result) if known.command in ("", name) else None


def _known_as_first(session: Session, actor: Actor, claim: Claim, key: str, name: str) -> Once | None:
    """The result of this command, when it was the first of the request that was carried out before."""
    columns = (IdempotencyKey.request_hash, IdempotencyKey.result, IdempotencyKey.command)
    known = session.execute(select(*columns).where(_MINE), {"person": actor.person_id, "key": key}).one_or_none()
    if known is None or (known.request_hash, known.command) != (claim.request_hash, name):
        return None
    return Once(done=True, result=known.result)


def _keep(session: Session, mine: dict[str, Any], result: Any) -> None:
    if _is_plain(result):
        _KEEP.run(**mine, result=json.dumps(result))
    else:
        session.execute(delete(IdempotencyKey).where(_MINE), mine)


def _is_plain(value: Any) -> bool:
    """Whether a value comes back from JSON as it was; a pair comes back as a list, which reads the same."""
    if type(value) is dict:
        return all(type(name) is str and _is_plain(one) for name, one in value.items())
    if type(value) in (list, tuple):
        return all(_is_plain(one) for one in value)
    return type(value) in _PLAIN
