"""How a command loads what it is on: seen by the actor, locked, as it stands now.

The statement says who may see it, and to build that anew costs more than to run it. It is built once for each set of
roles with a stand-in, as other prepared statements are. A criterion that asks the stand-in for what has no name there
(whether it is a program, which browser it sits at), or that holds a day, is built anew each time.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Set
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar, cast

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from .actor import Actor
from .prepared import STAND_IN, Compiled, compiled_with, run, sent, values_of

T = TypeVar("T")

_SETS: Final = frozenset({"units", "headed", "reach", "parties", "named_parties", "substitutes", "heads"})
_NAMED: Final = _SETS | {"person_id", "roles", "is_system", "is_administrator", "is_auditor", "beyond", "note"}
_MADE_UP: Final = frozenset(range(-17, 0))
_PLACE: Final = re.compile(r"%\((\w+)\)s|%%|(?<!:):(?!:)")


class Asked(Actor):
    """A stand-in that notes when it is asked for more than can be given a name, or when something hangs on its ids."""

    __slots__ = ("beyond",)
    beyond: bool
    __hash__, __eq__ = object.__hash__, object.__eq__  # a criterion that is remembered by the actor asks for nothing

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("__") and name not in _NAMED:
            self.note()
        return super().__getattribute__(name)

    @property
    def is_system(self) -> bool:
        return False

    def note(self) -> None:
        """This has no name: what is built with it is for one alone."""
        object.__setattr__(self, "beyond", True)

    @classmethod
    def with_roles(cls, roles: frozenset[str]) -> "Asked":
        """One who has these roles, and has been asked nothing yet."""
        made = cls(**{field.name: getattr(STAND_IN, field.name) for field in fields(Actor)} | {"roles": roles})
        for name in _SETS:
            object.__setattr__(made, name, _Ids(getattr(STAND_IN, name), made))
        object.__setattr__(made, "person_id", _Id(STAND_IN.person_id).told_to(made))
        object.__setattr__(made, "beyond", False)
        return made


class _Id(int):
    """An id of somebody made up: it goes into the statement; whatever else is asked of it, or made of it, is noted."""

    asked: Asked

    def told_to(self, asked: Asked) -> "_Id":
        self.asked = asked
        return self


def _noting(name: str) -> Callable[..., Any]:
    """What an int answers, noted: the answer is that of somebody made up."""
    answer = getattr(int, name)

    def noted(one: _Id, *given: Any) -> Any:
        one.asked.note()
        return answer(one, *given)

    return noted


_SIGNS: Final = "eq ne lt le gt ge bool hash str repr format int index float neg abs divmod rdivmod"
_BOTH_WAYS: Final = "add sub mul mod floordiv truediv pow and or xor lshift rshift"
for _sign in (*_SIGNS.split(), *_BOTH_WAYS.split(), *(f"r{each}" for each in _BOTH_WAYS.split())):
    setattr(_Id, f"__{_sign}__", _noting(f"__{_sign}__"))


class _Ids(Set[int]):
    """The same of several. They are handed over whole, by `sorted(…)` or `list(…)`; whoever asks whether one is among
    them, whether there are any, or walks along them, is noted, and how many there are is not answered.

    Everything else that sets do is made of these questions (`collections.abc.Set`).
    """

    def __init__(self, ids: frozenset[int], asked: Asked) -> None:
        self._ids, self._asked = ids, asked
        self._walk: _Walk | None = None

    def __contains__(self, one: object) -> bool:
        self._asked.note()
        return one in self._ids

    def __bool__(self) -> bool:
        self._asked.note()
        return True

    def __iter__(self) -> Iterator[int]:
        self._walk = _Walk(self._ids, self._asked)
        return self._walk

    def __len__(self) -> int:
        # Before they take all of it, `sorted` and `list` ask how much room they need, and do without an answer.
        if self._walk:
            self._walk.whole = True
        raise TypeError("a statement is built once for many: it may not depend on how many ids somebody has")

    def __sub__(self, others: Set[Any]) -> Set[int]:
        if isinstance(others, _Ids):
            return _Ids(self._ids - others._ids, self._asked)
        self._asked.note()
        return self._ids - others

    @classmethod
    def _from_iterable(cls, ids: Iterable[Any]) -> frozenset[Any]:
        return frozenset(ids)


class _Walk(Iterator[int]):
    """Along ids, one by one; noted unless all of them are taken."""

    def __init__(self, ids: frozenset[int], asked: Asked) -> None:
        self._ids, self._asked, self.whole = iter(ids), asked, False

    def __next__(self) -> int:
        if not self.whole:
            self._asked.note()
        return next(self._ids)


class Built(Generic[T]):
    """A statement about one thing, `thing`, by how it is built for an actor."""

    def __init__(self, model: type[T], build: Callable[[Actor], Any]) -> None:
        self.model, self.build = model, build
        self._compiled: dict[frozenset[str], Compiled | None] = {}

    def one(self, session: Session, actor: Actor, thing: int) -> T | None:
        """The thing as an object of the session, read anew; None where the actor does not see it."""
        compiled = self.compiled(actor)
        if compiled is None:
            statement, values = self.build(actor), {"thing": thing}
        else:
            statement, values = _of(compiled.sql, cast("Hashable", self.model)), _values(compiled, actor, thing)
        found: T | None = session.scalar(statement, values, execution_options={"populate_existing": True})
        return found

    def first(self, session: Session, actor: Actor, thing: int) -> Any:
        """The first column of its one row; None where there is none."""
        compiled = self.compiled(actor)
        if compiled is None:
            return session.scalar(self.build(actor), {"thing": thing})
        session.flush()
        rows = run(compiled.sql, _values(compiled, actor, thing))
        return rows[0][0] if rows else None

    def compiled(self, actor: Actor) -> Compiled | None:
        """The statement as it is for everybody with these roles; None where it is to be built for each."""
        if actor.is_system:
            return None
        if actor.roles not in self._compiled:
            self._compiled[actor.roles] = self._prepare(actor.roles)
        return self._compiled[actor.roles]

    def _prepare(self, roles: frozenset[str]) -> Compiled | None:
        stand_in = Asked.with_roles(roles)
        statement = self.build(stand_in)
        if stand_in.beyond or "__[POSTCOMPILE_" in str(statement):
            return None
        compiled = compiled_with(statement, values_of(stand_in))
        return None if any(_is_of_its_hour(value) for value in compiled.constants.values()) else compiled


def _is_of_its_hour(value: Any) -> bool:
    """Whether a value holds today alone, or is what somebody made up."""
    several = value if isinstance(value, list | tuple | set | frozenset) else [value]
    return isinstance(value, _Ids) or any(
        isinstance(each, date) or (type(each) is int and each in _MADE_UP) for each in several
    )


def _values(compiled: Compiled, actor: Actor, thing: int) -> dict[str, Any]:
    return {**compiled.constants, **sent(actor, compiled.names), "thing": thing}


@lru_cache(maxsize=1_000)
def _of(sql: str, model: Any) -> Select[Any]:
    """A prepared statement, whose rows become objects of the session."""
    return select(model).from_statement(text(_PLACE.sub(_colon, sql)))  # type: ignore[return-value]


def _colon(found: re.Match[str]) -> str:
    if found[1]:
        return f"(:{found[1]})"  # what follows may be the colons of a cast
    return "%" if found[0] == "%%" else r"\:"
