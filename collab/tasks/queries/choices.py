"""What a form offers to choose from."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.people.models import Membership, Party, Unit
from collab.work.policy import among


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit in which somebody may create. `main`: the one they belong to first of all."""

    id: int
    code: str
    name: str
    main: bool


def units_for(actor: Actor, also: str | None = None) -> list[UnitChoice]:
    """Units the actor belongs to or heads themselves, the main one first; with that of code `also` if it is theirs."""
    near = actor.units | actor.heads
    wanted = Unit.id == among(near)
    if also is not None and also.isprintable():  # a form that was refused is shown again with whatever was typed
        wanted = or_(wanted, (Unit.code == also) & (Unit.id == among(actor.reach)))
    mine = aliased(Membership)
    rows = db.session.execute(
        select(Unit.id, Unit.code, Party.label, Party.names, mine.main)
        .join(Party, Party.id == Unit.id)
        .outerjoin(mine, (mine.unit_id == Unit.id) & (mine.person_id == actor.person_id) & mine.main)
        .where(wanted)
        .order_by(mine.main.nulls_last(), Party.sort_key, Unit.id)
    )
    found: dict[int, UnitChoice] = {}
    for id_, code, label, names, main in rows:
        found.setdefault(id_, UnitChoice(id_, code, (names or {}).get(actor.locale) or label, bool(main)))
    return list(found.values())


def name_of(actor: Actor, party_id: int) -> str:
    """The name of a party in the reader's language, empty for an id that is nobody's."""
    row = db.session.execute(select(Party.label, Party.names).where(Party.id == party_id)).first()
    return (row.names or {}).get(actor.locale) or row.label if row else ""
