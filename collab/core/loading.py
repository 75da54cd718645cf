"""How a command loads what it is on: seen by the actor, locked, as it stands now.

The statement says who may see it, and to build that anew costs more than to run it. It is built once for each set of
roles with a stand-in, as other prepared statements are; as there, a criterion that asks for what has no name (whether
somebody is a program, which browser they sit at), or that holds a day, is built anew each time.
"""

import re
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar, cast

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from .actor import Actor
from .prepared import AsksAList, Compiled, for_everybody, run, sent

T = TypeVar("T")

_PLACE: Final = re.compile(r"%\((\w+)\)s|%%|(?<!:):(?!:)")


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
            try:
                self._compiled[actor.roles] = for_everybody(self.build, actor.roles)
            except AsksAList:
                self._compiled[actor.roles] = None
        return self._compiled[actor.roles]


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
