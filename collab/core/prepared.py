"""Statements that are built once and run for everybody.

Putting a statement of many criteria together costs more than running it. Who may see what is still said in one place,
a package's `visible_to`: the statement is built through it for a stand-in with the actor's roles and made-up ids,
compiled, and each made-up value is then known by its name, to be replaced by the actor's own. A law test holds
prepared and freshly built statements to the same rows.

    NEWEST = Prepared(lambda actor: select(…).where(visible_to(actor)).limit(bindparam("rows")))
    NEWEST.rows(actor, rows=20)

    BY_ID = Fixed(lambda: select(…).where(Unit.id == bindparam("unit")))     # asks nothing of the actor
    BY_ID.rows(unit=7)
"""

import re
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, Final

import psycopg
from sqlalchemy.exc import DBAPIError

from .actor import Actor
from .db import db
from .stand_in import SETS, Asked, holds_a_day, is_made_up

_PLACE: Final = re.compile(r"%\((\w+)\)s|%%")
_TYPED: Final = re.compile(r"(?<!%)%\((\w+)\)s(?=::)")
_IDS: Final = re.compile(r"(?<!\(select )(?<!%)%\(\w+\)s::BIGINT(\[\])?")


def own_parties(actor: Actor) -> frozenset[int]:
    """Those in whose own name somebody acts: themselves and their posts, whose work lies in hands, not in trays."""
    return actor.parties - actor.reach


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement as PostgreSQL reads it, with what is the same for everybody and the names of what is not."""

    sql: str
    constants: Mapping[str, Any]
    names: tuple[str, ...] = ()


def run(sql: str, values: Mapping[str, Any]) -> Sequence[Any]:
    """The rows of a compiled statement, in the transaction that is open or one of its own; none where it gives none.

    The driver is asked itself: nothing in such a statement is left for SQLAlchemy to say or to read, and its own way
    costs as much again. Where somebody listens to what is asked (tests that count), it goes that way.
    """
    connection = db.session.connection()
    if connection._has_events or connection.engine._has_events:
        result = connection.exec_driver_sql(sql, values)
        return result.fetchall() if result.returns_rows else []
    raw: Any = connection.connection.driver_connection
    numbered, names = _numbered(sql)
    cursor = raw.asking = raw.asking or psycopg.RawCursor(raw, row_factory=_named_rows)
    try:
        cursor.execute(numbered, [values[name] for name in names], prepare=True)
    except psycopg.Error as error:
        lost = connection.dialect.is_disconnect(error, raw, None)  # type: ignore[arg-type]
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            sql, dict(values), error, psycopg.Error, connection_invalidated=lost, dialect=connection.dialect
        ) from error
    answered = cursor.pgresult
    return cursor.fetchall() if answered is not None and answered.nfields else []


@lru_cache(maxsize=4_000)
def _numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """`sql` with its values by number, as PostgreSQL reads it, and their names in that order."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return "%" if found[0] == "%%" else f"${numbers.setdefault(found[1], len(numbers) + 1)}"

    numbered = _PLACE.sub(number, sql)
    return numbered, tuple(numbers)


def _named_rows(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], Any]:
    """Rows as tuples with names."""
    result = cursor.pgresult
    if result is None:
        return tuple
    names = tuple(result.fname(place) or b"" for place in range(result.nfields))
    return partial(tuple.__new__, _shape(names))


@lru_cache(maxsize=4_000)
def _shape(names: tuple[bytes, ...]) -> Any:
    plain = namedtuple("Row", [name.decode() for name in names], rename=True)  # type: ignore[misc]
    return type("Row", (plain,), {"__slots__": (), "_mapping": property(lambda row: row._asdict())})


def values_of(actor: Actor) -> dict[str, Any]:
    """Every value of the actor that may stand in a statement, by name, as it is bound when the statement is built."""
    sets = {f"actor_{name}": sorted(getattr(actor, name)) for name in SETS}
    return {"actor_id": actor.person_id, "actor_own": sorted(own_parties(actor)), **sets}


def sent(actor: Actor, names: Iterable[str]) -> dict[str, Any]:
    """The same as it is sent, those that are asked for: ids as the text of an array, written once for each set."""
    values: dict[str, Any] = {}
    for name in names:
        if name == "actor_id":
            values[name] = actor.person_id
        else:
            values[name] = written(own_parties(actor) if name == "actor_own" else getattr(actor, name[6:]))
    return values


@lru_cache(maxsize=4_000)
def written(ids: frozenset[int]) -> str:
    """Ids as the text of a PostgreSQL array."""
    return "{" + ",".join(map(str, sorted(ids))) + "}"


def _named(sql: str, names: Mapping[str, str]) -> str:
    """`sql` with the actor's values by name, each sent once, and arrays behind a subquery: the 400 units of a mayor,
    weighed by the planner against its statistics wherever they stand, cost more than the rows."""
    for parameter, name in names.items():
        array = f"(select %({name})s::BIGINT[])::BIGINT[]"
        sql = sql.replace(f"%({parameter})s::BIGINT[]", array).replace(f"%({parameter})s", f"%({name})s")
    return sql


class AsksAList(TypeError):
    """Built once, a statement asks nothing with `in_` over a list: write `any_` over an array."""


def _refuse_lists(sql: str) -> None:
    if "__[POSTCOMPILE_" in sql:
        raise AsksAList(AsksAList.__doc__)


def _spelt(found: Any, sql: str, constants: Mapping[str, Any], names: Iterable[str] = ()) -> Compiled:
    """The statement, with what is the same each time written out: kinds, states, how many rows.

    PostgreSQL plans such a statement once, before it knows what is sent with it. What is sent can be held to no
    statistics and to no partial index, so that it would plan anew each time, which costs more than the rows.
    """
    spelt = {name: text for name, value in constants.items() if found.binds[name].unique and (text := _literal(value))}
    sql = _TYPED.sub(lambda place: spelt.get(place[1], place[0]), sql)
    if found.statement.is_select:
        sql = _IDS.sub(_behind, sql)
    left = {name: value for name, value in constants.items() if f"%({name})s" in sql}
    return Compiled(sql, left, tuple(names))


def _behind(place: re.Match[str]) -> str:
    """Ids that are sent, behind a subquery: with what the planner knows of each one a plan looks cheaper than the one
    for all by less than it costs to plan again."""
    return f"(select {place[0]})" + ("::BIGINT[]" if place[1] else "")


def _literal(value: Any) -> str | None:
    """`value` as it may stand in a statement before its type; None for what is better sent."""
    if type(value) not in (str, int, bool) or is_made_up(value):
        return None
    text = str(value)
    return "'" + text.replace("'", "''").replace("%", "%%") + "'" if text.isprintable() and "\\" not in text else None


def compiled_with(statement: Any, made_up: Mapping[str, Any]) -> Compiled:
    """`statement`, in which each made-up value is known again by its name."""
    found = statement.compile(dialect=db.engine.dialect)
    _refuse_lists(found.string)
    constants, names = {}, {}
    for parameter, value in found.params.items():
        name = next((name for name, made in made_up.items() if type(made) is type(value) and made == value), None)
        if name is None:
            constants[parameter] = value
        else:
            names[parameter] = name
    return _spelt(found, _named(found.string, names), constants, set(names.values()))


def for_everybody(
    build: Callable[[Asked], Any], roles: frozenset[str], also: Mapping[str, Any] | None = None
) -> Compiled | None:
    """A statement as it is for everybody with these roles; None where it is to be built for each: it asks an actor for
    more than ids, looks at their ids before it says what it wants, or holds a day.

    `also` are further made-up values by their names. Raises AsksAList.
    """
    stand_in = Asked.with_roles(roles)
    statement = build(stand_in)
    if stand_in.beyond:
        return None
    compiled = compiled_with(statement, {**values_of(stand_in), **(also or {})})
    odd = any(holds_a_day(value) or is_made_up(value) for value in compiled.constants.values())
    return None if odd else compiled


@dataclass(frozen=True)
class Prepared:
    """A statement by how it is built for an actor; what else it asks are bound parameters with names of their own.

    Not for `in_` over a list (write `any_` over an array) nor for values that PostgreSQL must be told how to read. What
    asks the actor for more than ids, or holds a day, is built anew each time.
    """

    build: Callable[[Actor], Any]
    _compiled: dict[frozenset[str], Compiled | None] = field(default_factory=dict, repr=False)

    def rows(self, actor: Actor, **given: Any) -> Sequence[Any]:
        """The rows for this actor and these values, as tuples with names."""
        compiled = None if actor.is_system else self.compiled(actor.roles)
        if compiled is None:
            return self.fresh(actor, **given)
        return run(compiled.sql, {**compiled.constants, **sent(actor, compiled.names), **given})

    def fresh(self, actor: Actor, **given: Any) -> Sequence[Any]:
        """The same, built anew: what `rows` must equal."""
        found: Sequence[Any] = db.session.execute(self.build(actor), given).all()
        return found

    def compiled(self, roles: frozenset[str]) -> Compiled | None:
        """The statement as it is for everybody with these roles; None where it is built for each."""
        if roles not in self._compiled:
            self._compiled[roles] = for_everybody(self.build, roles)
        return self._compiled[roles]


@dataclass(frozen=True)
class Fixed:
    """A statement that is the same for everybody: whoever asks it has been let in by another one."""

    build: Callable[[], Any]
    _compiled: list[Compiled] = field(default_factory=list, repr=False)

    def rows(self, **given: Any) -> Sequence[Any]:
        """The rows for these values, as tuples with names."""
        return run(*self._with(given))

    def run(self, **given: Any) -> None:
        """For a statement that returns no rows, in the transaction of the command that is running."""
        run(*self._with(given))

    def _with(self, given: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        compiled = self._compiled[0] if self._compiled else self.compiled()
        return compiled.sql, {**compiled.constants, **given}

    def compiled(self) -> Compiled:
        """The statement as it is for everybody, kept unless it holds a day."""
        found = self.build().compile(dialect=db.engine.dialect)
        _refuse_lists(found.string)
        compiled = _spelt(found, found.string, found.params)
        if not any(holds_a_day(value) for value in compiled.constants.values()):
            self._compiled.append(compiled)
        return compiled
