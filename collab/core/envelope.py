"""The command envelope: the one way anything changes.

    @command(may_edit, on=items)
    def retitle(actor: Actor, item: WorkItem, form: Retitle) -> None: ...

    retitle(actor, 7, form)            # or Seen(7, version) when the caller says what they saw

It opens the only writing transaction, loads the thing under lock through the actor's own visibility, asks the
rule, compares the version, runs the body, writes the facts with their outbox rows, commits once and wakes the
teller. A command called by a command joins its transaction; its rule is asked all the same.
"""

import functools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Concatenate, Final, Generic, NamedTuple, ParamSpec, Protocol, TypeVar

from sqlalchemy import ColumnElement, insert, inspect, select, text
from sqlalchemy.orm import Session, aliased

from . import broker, clock, idempotency
from .actor import SYSTEM, Actor
from .db import is_deadlock, long_statements, writing
from .errors import Busy, Conflict, Forbidden, NotFound, Stale
from .facts import Fact, FactRow, FactText, new_salt, seal
from .outbox import OutboxRow
from .prepared import Fixed
from .reactions import REGISTRY, Reaction, Told, run_now

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Seen(NamedTuple):
    """A thing as the caller saw it: refused with Stale when somebody changed it since."""

    id: int
    version: int | None


@dataclass(frozen=True, slots=True)
class Reach(Generic[T]):
    """A table together with who may see its rows. What is out of reach does not exist.

    `inside`: the table and the column that name the whole of which a row is a part (the item of a wait). A command
    locks the whole before the part, so that all commands lock in one order.
    """

    model: type[T]
    visible_to: Callable[[Actor], ColumnElement[bool]]
    inside: tuple[Any, Any] | None = None


class Rule(Protocol[T_contra]):
    """May this actor do it to this thing? Pure: it looks only at what it is given."""

    def __call__(self, actor: Actor, thing: T_contra, /) -> bool: ...


def anyone(actor: Actor, _thing: object = None) -> bool:
    """Every signed-in person whose token may write."""
    return not actor.is_system


def system(actor: Actor, _thing: object = None) -> bool:
    """Collab itself: sweeps, reactions, imports from the command line."""
    return actor.is_system


def anonymous(_actor: Actor, _thing: object = None) -> bool:
    """Even somebody who has not signed in (sign-in itself, a reset asked for)."""
    return True


class Happened(NamedTuple):
    """A fact in the making: whether it is told to anybody, and for whom the actor stood in when they did it."""

    fact: Fact
    quiet: bool
    on_behalf_of: int | None


@dataclass
class Envelope:
    """One transaction in the making: who acts, and what has happened so far."""

    actor: Actor
    session: Session
    facts: list[Happened] = field(default_factory=list)
    hushed: bool = False


_current: ContextVar[Envelope | None] = ContextVar("envelope", default=None)


def record(fact: Fact, *, quiet: bool = False, on_behalf_of: int | None = None) -> None:
    """Write down what happened; it commits with the change it describes.

    `quiet` facts stand in the ledger and are told to nobody (bulk verbs). `on_behalf_of` is said of this fact alone:
    a transaction may do one thing for somebody absent and the next in one's own name. Raises RuntimeError outside a
    command.
    """
    envelope = _current.get()
    if envelope is None:
        raise RuntimeError("a fact is recorded inside a command")
    envelope.facts.append(Happened(fact, quiet, on_behalf_of))


def session() -> Session:
    """The writing session of the command that is running. Raises RuntimeError outside a command."""
    envelope = _current.get()
    if envelope is None:
        raise RuntimeError("only a command writes")
    return envelope.session


def take_long() -> None:
    """Give the bulk verb that is running more time than a page gets. Raises RuntimeError outside a command."""
    long_statements(session())


def hush() -> None:
    """What this bulk verb does is written down fact by fact, but notifies nobody. Raises RuntimeError outside."""
    envelope = _current.get()
    if envelope is None:
        raise RuntimeError("only a command is hushed")
    envelope.hushed = True


@contextmanager
def attempt() -> Iterator[None]:
    """One row of a bulk verb: when it is refused, neither its changes nor its facts stay. Raises what was raised."""
    envelope = _current.get()
    if envelope is None:
        raise RuntimeError("only a command writes")
    before = len(envelope.facts)
    try:
        with envelope.session.begin_nested():
            yield
    except Exception:
        del envelope.facts[before:]
        raise


@contextmanager
def envelope(actor: Actor) -> Iterator[Envelope]:
    """The transaction of a command, or the one already open around it. For core: doors call commands."""
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    with writing() as open_session:
        current = Envelope(actor=actor, session=open_session)
        token = _current.set(current)
        try:
            yield current
            open_session.flush()
            due_now = _write_facts(current)
        finally:
            _current.reset(token)
    broker.wake()
    run_now(due_now)


class Command(Generic[T, P, R]):
    """A verb with its rule. Called with the actor, the thing (id or Seen) and what the verb needs."""

    def __init__(self, body: Callable[Concatenate[Actor, T, P], R], rule: Rule[T], on: Reach[T], lock: bool) -> None:
        self.body, self.rule, self.on, self.lock = body, rule, on, lock
        self.name = _name(body)
        functools.update_wrapper(self, body)

    def __call__(self, actor: Actor, thing: int | Seen, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return _again_after_deadlock(lambda: self._run(actor, thing, *args, **kwargs))

    def _run(self, actor: Actor, thing: int | Seen, /, *args: P.args, **kwargs: P.kwargs) -> R:
        seen = thing if isinstance(thing, Seen) else Seen(thing, None)
        with envelope(actor) as current, idempotency.once(current.session, actor, f"{self.name} {seen.id}") as once:
            if once.done:
                return once.result  # type: ignore[no-any-return]
            subject = self._load(current.session, actor, seen.id)
            _check(actor, self.rule, subject)
            if seen.version is not None and seen.version != getattr(subject, "version", None):
                raise Stale
            before = _columns(subject)
            once.result = result = self.body(actor, subject, *args, **kwargs)
            if "version" in before and before["version"] == subject.version and before != _columns(subject):  # type: ignore[attr-defined]
                subject.version += 1  # type: ignore[attr-defined]
                current.session.flush()
            return result

    def _load(self, current: Session, actor: Actor, id_: int) -> T:
        whole = self._whole(current, actor, id_) if self.lock and self.on.inside is not None else None
        query: Any = select(self.on.model).where(self.on.model.id == id_)  # type: ignore[attr-defined]
        if not actor.is_system:
            query = query.where(self.on.visible_to(actor))
        if self.lock:
            query = query.with_for_update(of=self.on.model, key_share=True)
        subject: T | None = current.scalar(query.execution_options(populate_existing=True))
        if subject is None:
            raise NotFound
        if self.lock and self.on.inside is not None and getattr(subject, self.on.inside[1].key) != whole:
            raise Conflict  # it went to another whole while that one was waited for
        return subject

    def _whole(self, current: Session, actor: Actor, id_: int) -> int | None:
        """The thing in which this one lies, locked; None when it lies in none, or is not to be seen."""
        assert self.on.inside is not None
        whole, column = aliased(self.on.inside[0]), self.on.inside[1]
        query: Any = select(whole.id).join(self.on.model, column == whole.id).where(self.on.model.id == id_)  # type: ignore[attr-defined]
        if not actor.is_system:
            query = query.where(self.on.visible_to(actor))
        found: int | None = current.scalar(query.with_for_update(of=whole, key_share=True))
        return found


class OpenCommand(Generic[P, R]):
    """A verb on nothing that exists yet: its rule looks at the actor alone."""

    def __init__(self, body: Callable[Concatenate[Actor, P], R], rule: Rule[None]) -> None:
        self.body, self.rule = body, rule
        self.name = _name(body)
        functools.update_wrapper(self, body)

    def __call__(self, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return _again_after_deadlock(lambda: self._run(actor, *args, **kwargs))

    def _run(self, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with envelope(actor) as current, idempotency.once(current.session, actor, self.name) as once:
            if once.done:
                return once.result  # type: ignore[no-any-return]
            _check(actor, self.rule, None)
            once.result = result = self.body(actor, *args, **kwargs)
            return result


def _columns(subject: object) -> dict[str, Any]:
    """What the row of a thing says now. A body may have flushed it, so the session no longer knows that it changed.

    Deferred columns follow from the others."""
    columns = inspect(type(subject)).column_attrs
    return {column.key: getattr(subject, column.key) for column in columns if not column.deferred}


COMMANDS: dict[str, tuple[object, str]] = {}


def command(
    rule: Rule[T], *, on: Reach[T], lock: bool = True
) -> Callable[[Callable[Concatenate[Actor, T, P], R]], Command[T, P, R]]:
    """Declare a verb on things of one kind. Without a rule the module does not import."""
    if not callable(rule) or not isinstance(on, Reach):
        raise TypeError("a command needs a rule and says what it is on: @command(may_edit, on=items)")

    def declare(body: Callable[Concatenate[Actor, T, P], R]) -> Command[T, P, R]:
        _register(body, rule)
        return Command(body, rule, on, lock)

    return declare


def open_command(rule: Rule[None]) -> Callable[[Callable[Concatenate[Actor, P], R]], OpenCommand[P, R]]:
    """Declare a verb that starts from nothing (create, import, sign in)."""
    if not callable(rule):
        raise TypeError("a command needs a rule: @open_command(anyone)")

    def declare(body: Callable[Concatenate[Actor, P], R]) -> OpenCommand[P, R]:
        _register(body, rule)
        return OpenCommand(body, rule)

    return declare


def _again_after_deadlock(run: Callable[[], R]) -> R:
    """Two commands that lock the same rows in another order: the one PostgreSQL gave up is simply run again."""
    if _current.get() is not None:
        return run()
    before = idempotency.steps_so_far()
    try:
        return run()
    except Busy as busy:
        if not is_deadlock(busy.__cause__):
            raise
        idempotency.forget_after(before)
        return run()


def _name(body: Callable[..., object]) -> str:
    return f"{body.__module__}.{body.__name__}"


def _register(body: Callable[..., object], rule: object) -> None:
    COMMANDS[_name(body)] = (body, getattr(rule, "__name__", str(rule)))


def _check(actor: Actor, rule: Rule[Any], thing: object) -> None:
    if not actor.may_scope("write") or not rule(actor, thing):
        raise Forbidden


def _write_facts(current: Envelope) -> list[tuple[Reaction, Told]]:
    """Facts, their texts and their outbox rows: three statements whatever their number. Gives what follows at once."""
    if not current.facts:
        return []
    at = clock.now()
    rows, texts = [], []
    for fact, _quiet, behalf_of in current.facts:
        words = [(name, text, new_salt()) for name, text in fact.texts().items()]
        texts.append(words)
        rows.append(
            {
                "at": at,
                "kind": fact.kind,
                "subject_kind": fact.subject_kind,
                "subject_id": fact.subject,
                "actor_id": current.actor.person_id,
                "on_behalf_of": behalf_of,
                "via": current.actor.via,
                "payload": fact.payload(),
                "text_hash": seal(words) if words else None,
            }
        )
    if len(rows) == 1:
        return _write_one(current, rows[0], texts[0])
    # By the tables: rows of the ledger are never objects of the session.
    ledger = current.session.connection()
    returning = insert(FactRow.__table__).returning(FactRow.id, sort_by_parameter_order=True)  # type: ignore[arg-type]
    ids = ledger.execute(returning, rows).scalars().all()
    erasable = [
        {"fact_id": id_, "name": name, "text": text, "salt": salt}
        for id_, words in zip(ids, texts, strict=True)
        for name, text, salt in words
    ]
    if erasable:
        ledger.execute(insert(FactText.__table__), erasable)  # type: ignore[arg-type]
    following = [
        (reaction, Told(id_, happened.fact, at, current.actor.person_id, happened.on_behalf_of))
        for id_, happened in zip(ids, current.facts, strict=True)
        for reaction in _heard(current, happened)
    ]
    due = [
        {
            "fact_id": told.id,
            "reaction": reaction.name,
            "lane": reaction.lane,
            "subject_kind": told.fact.subject_kind,
            "subject_id": told.fact.subject,
            "next_at": at,
        }
        for reaction, told in following
        if reaction.lane != "now"
    ]
    if due:
        ledger.execute(insert(OutboxRow.__table__), due)  # type: ignore[arg-type]
    return [(reaction, told) for reaction, told in following if reaction.lane == "now"]


def _heard(current: Envelope, happened: Happened) -> list[Reaction]:
    """What follows from something that happened here."""
    if happened.quiet:
        return []
    return [each for each in REGISTRY.following(happened.fact.kind) if not (current.hushed and each.notifies)]


_WRITE_ONE: Final = Fixed(
    lambda: text(
        """
        with made as (
          insert into facts (at, kind, subject_kind, subject_id, actor_id, on_behalf_of, via, payload, text_hash)
          values (cast(:at as timestamptz), cast(:kind as text), cast(:subject_kind as text),
                  cast(:subject_id as bigint), cast(:actor_id as bigint), cast(:on_behalf_of as bigint),
                  cast(:via as text), cast(:payload as jsonb), cast(:text_hash as bytea))
          returning id
        ), said as (
          insert into fact_text (fact_id, name, text, salt)
          select made.id, prose.name, prose.text, prose.salt
          from made, unnest(cast(:names as text[]), cast(:texts as text[]), cast(:salts as bytea[]))
            as prose(name, text, salt)
        ), due as (
          insert into outbox (fact_id, reaction, lane, subject_kind, subject_id, next_at)
          select made.id, told.reaction, told.lane, cast(:subject_kind as text), cast(:subject_id as bigint),
            cast(:at as timestamptz)
          from made, unnest(cast(:reactions as text[]), cast(:lanes as text[])) as told(reaction, lane)
        )
        select id from made
        """
    )
)


def _write_one(
    current: Envelope, row: dict[str, Any], words: list[tuple[str, str, bytes]]
) -> list[tuple[Reaction, Told]]:
    """The same for one fact, as most commands have it: one statement."""
    [happened] = current.facts
    heard = _heard(current, happened)
    due = [each for each in heard if each.lane != "now"]
    [made] = _WRITE_ONE.rows(
        **{**row, "payload": json.dumps(row["payload"])},
        names=[name for name, _text, _salt in words], texts=[said for _name, said, _salt in words],
        salts=[salt for _name, _text, salt in words],
        reactions=[each.name for each in due], lanes=[each.lane for each in due],
    )  # fmt: skip
    told = Told(made.id, happened.fact, row["at"], row["actor_id"], row["on_behalf_of"])
    return [(each, told) for each in heard if each.lane == "now"]


__all__ = [
    "COMMANDS", "SYSTEM", "Command", "OpenCommand", "Reach", "Rule", "Seen", "anonymous", "anyone", "attempt",
    "command", "envelope", "hush", "open_command", "record", "session", "system", "take_long",
]  # fmt: skip
