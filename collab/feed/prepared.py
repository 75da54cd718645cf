"""Statements that are built once and run for everybody.

Putting a statement of many criteria together costs more than running it. Who may see what is still said in one
place, `collab.work.policy.visible_to`: the statement is built through it for a stand-in with the actor's roles and
made-up ids, compiled, and each made-up value is then known by its name, to be replaced by the actor's own. A law test
holds prepared and freshly built statements to the same rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
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
    """Every value that may stand in a statement, by name, in the form in which it is bound."""
    values: dict[str, Any] = {f"actor_{name}": sorted(getattr(actor, name)) for name in _SETS}
    return values | {
        "me": actor.person_id,
        "own": sorted(asking.own),
        "our": sorted(asking.units),
        "today": asking.today,
        "moment": asking.moment,
    }


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    constants: Mapping[str, Any]
    names: Mapping[str, str]


def _unseen(sql: str, names: Mapping[str, str]) -> str:
    """`sql` with each array of the actor behind a subquery: 400 units of a mayor, weighed by the planner against
    its statistics wherever they stand, cost more than the rows."""
    for parameter in names:
        sql = sql.replace(f"%({parameter})s::BIGINT[]", f"(select %({parameter})s::BIGINT[])::BIGINT[]")
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
        values = _values(actor, asking)
        given = {**compiled.constants, **{name: values[value] for name, value in compiled.names.items()}}
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
        compiled = _Compiled(_unseen(found.string, names), constants, names)
        with self._lock:
            self._compiled[kind] = compiled
        return compiled
