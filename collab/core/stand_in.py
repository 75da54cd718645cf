"""Somebody made up, for whom a statement is built that is then run for everybody with the same roles.

Their ids go into the statement and are known there again. What asks them for more than ids, or looks at their ids
before it says what it wants, holds for one alone: it is noted, and not built for everybody.
"""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import fields
from datetime import date
from typing import Any, Final

from .actor import Actor

STAND_IN: Final = Actor(
    person_id=-1, units=frozenset({-11}), headed=frozenset({-12}), reach=frozenset({-11, -12, -13}),
    parties=frozenset({-1, -11, -12, -13, -14}), named_parties=frozenset({-1, -15}), substitutes=frozenset({-16}),
    heads=frozenset({-17}),
)  # fmt: skip
SETS: Final = ("units", "headed", "reach", "parties", "named_parties", "substitutes", "heads")
_NAMED: Final = {*SETS, "person_id", "roles", "is_system", "is_administrator", "is_auditor", "beyond", "note", "noting"}
_MADE_UP: Final = frozenset(range(-17, 0))


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

    def noting(self, ids: Set[int]) -> Any:
        """Ids that belong to the stand-in too, among those that it has by itself."""
        return ids if isinstance(ids, _Ids) else _Ids(frozenset(ids), self)

    @classmethod
    def with_roles(cls, roles: frozenset[str]) -> "Asked":
        """One who has these roles, and has been asked nothing yet."""
        made = cls(**{field.name: getattr(STAND_IN, field.name) for field in fields(Actor)} | {"roles": roles})
        for name in SETS:
            object.__setattr__(made, name, made.noting(getattr(STAND_IN, name)))
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

    def __or__(self, others: Set[Any]) -> Set[int]:
        if isinstance(others, _Ids):
            return _Ids(self._ids | others._ids, self._asked)
        self._asked.note()
        return self._ids | others

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


def holds_a_day(value: Any) -> bool:
    """Whether a value holds today alone."""
    return any(isinstance(each, date) for each in _several(value))


def is_made_up(value: Any) -> bool:
    """Whether a value is what was made up, or was made of it."""
    return isinstance(value, _Ids) or any(type(each) is int and each in _MADE_UP for each in _several(value))


def _several(value: Any) -> Any:
    return value if isinstance(value, list | tuple | set | frozenset) else [value]
