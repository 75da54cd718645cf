"""What a form offers to choose from."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.text.fold import fold
from collab.people.models import Membership, Party, Unit
from collab.work.policy import among

NOBODY_CALLED_SO = N_("Nobody is called so. Type the name as it stands in the directory.")
SEVERAL_CALLED_SO = N_("Several are called so: choose one from the list.")


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


def party_called(name: str, field: str) -> int:
    """The one person, unit or post of this name, for whoever chose from no list. Raises Invalid at `field`."""
    rows = db.session.scalars(
        select(Party.id).where(Party.folded == fold(name), Party.kind.in_(("person", "unit", "post"))).limit(2)
    ).all()
    if not rows:
        raise wrong(field, _(NOBODY_CALLED_SO))
    if len(rows) > 1:
        raise wrong(field, _(SEVERAL_CALLED_SO))
    return rows[0]


def name_of(actor: Actor, party_id: int) -> str:
    """The name of a party in the reader's language, empty for an id that is nobody's."""
    row = db.session.execute(select(Party.label, Party.names).where(Party.id == party_id)).first()
    return (row.names or {}).get(actor.locale) or row.label if row else ""
