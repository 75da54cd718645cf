"""Statements that are built once and run for everybody.

Putting a statement of many criteria together costs more than running it. Who may see what is still said in one
place, `collab.work.policy.visible_to`: the statement is built through it for a stand-in with the actor's roles and
made-up ids, compiled, and each made-up value is then known by its name, to be replaced by the actor's own. A law test
holds prepared and freshly built statements to the same rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import Any, Final

from sqlalchemy import Select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db

Build = Callable[[Actor, "Asked"], Select[Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a statement asks beside the actor's rights: today, who is acted for, and a moment where it needs one."""

    today: date
    own: frozenset[int]
    units: frozenset[int]
    moment: datetime | None = None


def asked(actor: Actor, moment: datetime | None = None) -> Asked:
    """`own`: those for whom this person answers in their own name: themselves, their posts, whom they stand in for."""
    own = (actor.parties - actor.reach) | actor.substitutes
    return Asked(clock.today(actor.time_zone), own, actor.units | actor.heads, moment)


_STAND_IN: Final = Actor(
    person_id=-1,
    units=frozenset({-11}),
    headed=frozenset({-12}),
    reach=frozenset({-11, -12, -13}),
    parties=frozenset({-1, -11, -12, -13, -14}),
    named_parties=frozenset({-1, -15}),
    substitutes=frozenset({-16}),
    heads=frozenset({-17}),
)
_THEN: Final = datetime.max.replace(tzinfo=clock.now().tzinfo)
_SETS: Final = ("units", "headed", "reach", "parties", "named_parties", "substitutes", "heads")


def _values(actor: Actor, asking: Asked) -> dict[str, Any]:
    """Every value that may stand in a statement, by name, as it is bound when the statement is built."""
    values: dict[str, Any] = {f"actor_{name}": sorted(getattr(actor, name)) for name in _SETS}
    return values | {
        "actor_id": actor.person_id,
        "actor_own": sorted(asking.own),
        "actor_our": sorted(asking.units),
        "actor_today": asking.today,
        "actor_moment": asking.moment,
    }


def _given(actor: Actor, asking: Asked) -> dict[str, Any]:
    """The same as it is sent: ids as the text of an array, written once for people with the same rights."""
    values: dict[str, Any] = {f"actor_{name}": _written(getattr(actor, name)) for name in _SETS}
    return values | {
        "actor_id": actor.person_id,
        "actor_own": _written(asking.own),
        "actor_our": _written(asking.units),
        "actor_today": asking.today,
        "actor_moment": asking.moment,
    }


@lru_cache(maxsize=4_000)
def _written(ids: frozenset[int]) -> str:
    return "{" + ",".join(map(str, sorted(ids))) + "}"


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    constants: Mapping[str, Any]
    names: tuple[str, ...]


def _named(sql: str, names: Mapping[str, str]) -> str:
    """`sql` with the actor's values by name, each sent once, and arrays behind a subquery: the 400 units of a mayor,
    weighed by the planner against its statistics wherever they stand, cost more than the rows."""
    for parameter, name in names.items():
        array = f"(select %({name})s::BIGINT[])::BIGINT[]"
        sql = sql.replace(f"%({parameter})s::BIGINT[]", array).replace(f"%({parameter})s", f"%({name})s")
    return sql


@dataclass(frozen=True)
class Prepared:
    """A statement by how it is built. `rows(actor)` runs it."""

    build: Build
    _compiled: dict[Any, _Compiled] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def rows(self, actor: Actor, asking: Asked | None = None) -> Sequence[Any]:
        """The rows for this actor, as tuples."""
        asking = asking or asked(actor)
        kind = (actor.roles, asking.moment is None)
        compiled = self._compiled.get(kind) or self._compile(actor, asking, kind)
        values = _given(actor, asking)
        given = {**compiled.constants, **{name: values[name] for name in compiled.names}}
        return db.session.connection().exec_driver_sql(compiled.sql, given).fetchall()

    def fresh(self, actor: Actor, asking: Asked | None = None) -> Sequence[Any]:
        """The same, built anew: what `rows` must equal."""
        return db.session.execute(self.build(actor, asking or asked(actor))).all()

    def _compile(self, actor: Actor, asking: Asked, kind: Any) -> _Compiled:
        stand_in = replace(_STAND_IN, roles=actor.roles)
        made_up = replace(asked(stand_in), today=date.max, moment=None if asking.moment is None else _THEN)
        known = [(value, name) for name, value in _values(stand_in, made_up).items() if value is not None]
        found = self.build(stand_in, made_up).compile(dialect=db.engine.dialect)
        constants, names = {}, {}
        for parameter, value in found.params.items():
            name = next((name for made, name in known if type(made) is type(value) and made == value), None)
            if name is None:
                constants[parameter] = value
            else:
                names[parameter] = name
        compiled = _Compiled(_named(found.string, names), constants, tuple(set(names.values())))
        with self._lock:
            self._compiled[kind] = compiled
        return compiled
