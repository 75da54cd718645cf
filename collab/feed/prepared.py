"""Statements built once, as `collab.core.prepared`, for those that also ask for today and for whom one acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.prepared import STAND_IN, Compiled, compiled_with, run, sent, values_of, written
from collab.people.queries.today import today

Build = Callable[[Actor, "Asked"], Select[Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a statement asks beside the actor's rights: today, who is acted for, and a moment where it needs one."""

    today: date
    own: frozenset[int]
    units: frozenset[int]
    moment: datetime | None = None


def asked(actor: Actor, moment: datetime | None = None) -> Asked:
    """`today` is the organisation's, wherever its reader sits, as in every list and deadline. `own`: those for whom
    this person answers in their own name: themselves, their posts, whom they stand in for."""
    own = (actor.parties - actor.reach) | actor.substitutes
    return Asked(today(), own, actor.units | actor.heads, moment)


_THEN: Final = datetime.max.replace(tzinfo=clock.now().tzinfo)
_ASKED: Final = frozenset({"actor_own", "actor_our", "actor_today", "actor_moment"})


@dataclass(frozen=True)
class Prepared:
    """A statement by how it is built. `rows(actor)` runs it."""

    build: Build
    _compiled: dict[Any, Compiled] = field(default_factory=dict, repr=False)

    def rows(self, actor: Actor, asking: Asked | None = None) -> Sequence[Any]:
        """The rows for this actor, as tuples."""
        asking = asking or asked(actor)
        kind = (actor.roles, asking.moment is None)
        compiled = self._compiled.get(kind) or self._compile(actor, asking, kind)
        values = sent(actor, [name for name in compiled.names if name not in _ASKED]) | {
            "actor_own": written(asking.own),
            "actor_our": written(asking.units),
            "actor_today": asking.today,
            "actor_moment": asking.moment,
        }
        return run(compiled.sql, {**compiled.constants, **values})

    def fresh(self, actor: Actor, asking: Asked | None = None) -> Sequence[Any]:
        """The same, built anew: what `rows` must equal."""
        return db.session.execute(self.build(actor, asking or asked(actor))).all()

    def _compile(self, actor: Actor, asking: Asked, kind: Any) -> Compiled:
        stand_in = replace(STAND_IN, roles=actor.roles)
        made_up = replace(asked(stand_in), today=date.max, moment=None if asking.moment is None else _THEN)
        values = values_of(stand_in) | {
            "actor_own": sorted(made_up.own),
            "actor_our": sorted(made_up.units),
            "actor_today": made_up.today,
        }
        if made_up.moment is not None:
            values["actor_moment"] = made_up.moment
        compiled = self._compiled[kind] = compiled_with(self.build(stand_in, made_up), values)
        return compiled
