"""What the frame of every page shows of the organisation."""

from flask import request
from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.package import Frame

from ..models import Person
from ..standing import remembered_here
from .tree import own_lines, tree


def frame(actor: Actor | None) -> Frame:
    """The organisation's name and, for somebody signed in, the units they live in; the present one marked."""
    house = tree()
    if actor is None:
        return Frame(house.name(), [], house.time_zone)
    lines = own_lines(actor)
    here = request.path.split("/")
    code = here[2] if len(here) > 2 and here[1] == "units" else None
    marked = [line._replace(current=True) if line.code == code else line for line in lines]
    return Frame(house.name(), marked, house.time_zone, units_stand=bool(house.nodes))


def nobody_yet() -> bool:
    """Whether there is no account yet. Once there was one it is not asked again: accounts are closed, never removed."""
    kept = remembered_here()
    if not kept.somebody:
        found = db.session.scalar(select(Person.id).where(Person.kind == "person").limit(1))
        kept.somebody = found is not None
    return not kept.somebody
