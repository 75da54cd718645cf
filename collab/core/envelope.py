"""The command envelope: the one way anything changes.

    @command(may_edit, on=items)
    def retitle(actor: Actor, item: WorkItem, form: Retitle) -> None: ...

    retitle(actor, 7, form)            # or Seen(7, version) when the caller says what they saw

It opens the only writing transaction, loads the thing under lock through the actor's own visibility, asks the
rule, compares the version, runs the body, writes the facts with their outbox rows, commits once and wakes the
teller. A command called by a command joins its transaction; its rule is asked all the same.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, NamedTuple, ParamSpec, Protocol, TypeVar

from sqlalchemy import BigInteger, ColumnElement, bindparam, inspect, select
from sqlalchemy.orm import Session, aliased

from . import idempotency
from .actor import SYSTEM, Actor
from .db import is_deadlock
from .errors import Busy, Conflict, Forbidden, NotFound, Stale
from .loading import Built
from .standing import While
from .transaction import afterwards, attempt, envelope, hush, record, running, session, take_long

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


class Command(Generic[T, P, R]):
    """A verb with its rule. Called with the actor, the thing (id or Seen) and what the verb needs."""

    def __init__(self, body: Callable[Concatenate[Actor, T, P], R], rule: Rule[T], on: Reach[T], lock: bool) -> None:
        self.body, self.rule, self.on, self.lock = body, rule, on, lock
        self.thing = Built(on.model, self._thing)
        self.whole = Built(on.model, self._whole) if lock and on.inside is not None else None
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
        whole = self.whole.first(current, actor, id_) if self.whole is not None else None
        subject = self.thing.one(current, actor, id_)
        if subject is None:
            raise NotFound
        if self.whole is not None and self.on.inside and getattr(subject, self.on.inside[1].key) != whole:
            raise Conflict  # it went to another whole while that one was waited for
        return subject

    def _thing(self, actor: Actor) -> Any:
        """The thing as far as the actor sees it, locked where the command changes it."""
        query: Any = self._seen(select(self.on.model), actor)
        return query.with_for_update(of=self.on.model, key_share=True) if self.lock else query

    def _whole(self, actor: Actor) -> Any:
        """The thing in which this one lies, locked; none when it lies in none, or is not to be seen."""
        assert self.on.inside is not None
        whole, column = aliased(self.on.inside[0]), self.on.inside[1]
        query: Any = self._seen(select(whole.id).join(self.on.model, column == whole.id), actor)
        return query.with_for_update(of=whole, key_share=True)

    def _seen(self, query: Any, actor: Actor) -> Any:
        query = query.where(self.on.model.id == bindparam("thing", type_=BigInteger))  # type: ignore[attr-defined]
        return query if actor.is_system else query.where(self.on.visible_to(actor))


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
    if running.get() is not None:
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
    if not actor.may_scope("write"):
        raise Forbidden
    if not rule(actor, thing):
        raise rule.refusal(actor, thing) if isinstance(rule, While) else Forbidden


__all__ = [
    "COMMANDS", "SYSTEM", "Command", "OpenCommand", "Reach", "Rule", "Seen", "afterwards", "anonymous", "anyone",
    "attempt", "command", "envelope", "hush", "open_command", "record", "session", "system", "take_long",
]  # fmt: skip
