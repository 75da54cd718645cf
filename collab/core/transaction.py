"""The one writing transaction: what is done in it, what is recorded in it, and what follows when it has committed."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from . import broker
from .actor import Actor
from .db import long_statements, writing
from .facts import Fact
from .reactions import run_now
from .recording import Happened, write_facts


@dataclass
class Envelope:
    """One transaction in the making: who acts, and what has happened so far."""

    actor: Actor
    session: Session
    facts: list[Happened] = field(default_factory=list)
    hushed: bool = False
    after: list[Callable[[], None]] = field(default_factory=list)


log = logging.getLogger(__name__)
running: ContextVar[Envelope | None] = ContextVar("envelope", default=None)


def record(fact: Fact, *, quiet: bool = False, on_behalf_of: int | None = None) -> None:
    """Write down what happened; it commits with the change it describes.

    `quiet` facts stand in the ledger and are told to nobody (bulk verbs). `on_behalf_of` is said of this fact alone:
    a transaction may do one thing for somebody absent and the next in one's own name. Raises RuntimeError outside a
    command.
    """
    envelope = running.get()
    if envelope is None:
        raise RuntimeError("a fact is recorded inside a command")
    envelope.facts.append(Happened(fact, quiet, on_behalf_of))


def session() -> Session:
    """The writing session of the command that is running. Raises RuntimeError outside a command."""
    envelope = running.get()
    if envelope is None:
        raise RuntimeError("only a command writes")
    return envelope.session


def take_long() -> None:
    """Give the bulk verb that is running more time than a page gets. Raises RuntimeError outside a command."""
    long_statements(session())


def hush() -> None:
    """What this bulk verb does is written down fact by fact, but notifies nobody. Raises RuntimeError outside."""
    envelope = running.get()
    if envelope is None:
        raise RuntimeError("only a command is hushed")
    envelope.hushed = True


def afterwards(act: Callable[[], None]) -> None:
    """Do `act` once the change is committed, and never where it is not. Nothing waits for it and nobody is told that
    it failed, but the log: for what a sweep would do as well. Raises RuntimeError outside a command."""
    envelope = running.get()
    if envelope is None:
        raise RuntimeError("something follows a command alone")
    envelope.after.append(act)


@contextmanager
def attempt() -> Iterator[None]:
    """One row of a bulk verb: when it is refused, neither its changes nor its facts stay, nor what would follow them.
    Raises what was raised."""
    envelope = running.get()
    if envelope is None:
        raise RuntimeError("only a command writes")
    facts, after = len(envelope.facts), len(envelope.after)
    try:
        with envelope.session.begin_nested():
            yield
    except Exception:
        del envelope.facts[facts:], envelope.after[after:]
        raise


@contextmanager
def envelope(actor: Actor) -> Iterator[Envelope]:
    """The transaction of a command, or the one already open around it. For core: doors call commands."""
    outer = running.get()
    if outer is not None:
        yield outer
        return
    with writing() as open_session:
        current = Envelope(actor=actor, session=open_session)
        token = running.set(current)
        try:
            yield current
            open_session.flush()
            due_now = write_facts(open_session, actor, current.facts, hushed=current.hushed)
        finally:
            running.reset(token)
    broker.wake()
    run_now(due_now)
    for act in current.after:
        try:
            act()
        except Exception:
            log.exception("what follows a change was not done")
