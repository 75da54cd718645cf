"""Statements built once, as `collab.core.prepared`, for those that also ask for today and for whom one acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.prepared import Compiled, for_everybody, run, sent, written
from collab.core.stand_in import STAND_IN
from collab.core.stand_in import Asked as StandIn
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
    _compiled: dict[Any, Compiled | None] = field(default_factory=dict, repr=False)

    def rows(self, actor: Actor, asking: Asked | None = None) -> Sequence[Any]:
        """The rows for this actor, as tuples."""
        asking = asking or asked(actor)
        compiled = None if actor.is_system else self.compiled(actor.roles, at_a_moment=asking.moment is not None)
        if compiled is None:
            return self.fresh(actor, asking)
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

    def compiled(self, roles: frozenset[str], *, at_a_moment: bool) -> Compiled | None:
        """The statement as it is for everybody with these roles; None where it is built for each."""
        kind = (roles, at_a_moment)
        if kind not in self._compiled:
            moment = _THEN if at_a_moment else None
            made_up = _made_up(STAND_IN, moment)
            also = {"actor_own": sorted(made_up.own), "actor_our": sorted(made_up.units), "actor_today": made_up.today}
            if at_a_moment:
                also["actor_moment"] = _THEN
            self._compiled[kind] = for_everybody(lambda who: self.build(who, _made_up(who, moment)), roles, also)
        return self._compiled[kind]


def _made_up(who: Actor, moment: datetime | None) -> Asked:
    """What is asked beside the rights of somebody made up; who looks at it before saying what they want is noted."""
    plain = asked(who, moment)
    noting = who.noting if isinstance(who, StandIn) else frozenset
    return Asked(date.max, noting(plain.own), noting(plain.units), moment)
