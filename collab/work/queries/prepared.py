"""Statements that are built once and run for everybody.

Putting a statement of many criteria together costs more than running it. Who may see what is still said in one
place, `visible_to`: the statement is built through it for a stand-in with the actor's roles and made-up ids, compiled,
and each made-up value is then known by its name, to be replaced by the actor's own. A law test holds prepared and
freshly built statements to the same rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, Final

from collab.core.actor import Actor
from collab.core.db import db

_STAND_IN: Final = Actor(
    person_id=-1, units=frozenset({-11}), headed=frozenset({-12}), reach=frozenset({-11, -12, -13}),
    parties=frozenset({-1, -11, -12, -13, -14}),
)  # fmt: skip
_SETS: Final = ("units", "headed", "reach", "parties")


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    constants: Mapping[str, Any]
    names: Mapping[str, str]


def _values(actor: Actor) -> dict[str, Any]:
    return {name: sorted(getattr(actor, name)) for name in _SETS} | {"person_id": actor.person_id}


@dataclass(frozen=True)
class Prepared:
    """A statement by how it is built for an actor; what else it asks are bound parameters with names of their own."""

    build: Callable[[Actor], Any]
    _compiled: dict[frozenset[str], _Compiled] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def rows(self, actor: Actor, **given: Any) -> Any:
        """The rows for this actor and these values, as tuples with names."""
        if actor.is_system:
            return self.fresh(actor, **given)
        compiled = self._compiled.get(actor.roles) or self._compile(actor.roles)
        values = _values(actor)
        bound = {**compiled.constants, **{name: values[value] for name, value in compiled.names.items()}, **given}
        return db.session.connection().exec_driver_sql(compiled.sql, bound).all()

    def fresh(self, actor: Actor, **given: Any) -> Any:
        """The same, built anew: what `rows` must equal."""
        return db.session.execute(self.build(actor), given).all()

    def _compile(self, roles: frozenset[str]) -> _Compiled:
        stand_in = replace(_STAND_IN, roles=roles)
        made_up = [(value, name) for name, value in _values(stand_in).items()]
        found = self.build(stand_in).compile(dialect=db.engine.dialect)
        constants, names = {}, {}
        for parameter, value in found.params.items():
            name = next((name for made, name in made_up if type(made) is type(value) and made == value), None)
            if name is None:
                constants[parameter] = value
            else:
                names[parameter] = name
        compiled = _Compiled(found.string, constants, names)
        with self._lock:
            self._compiled[roles] = compiled
        return compiled
