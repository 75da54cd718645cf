"""Whom a message calls: by what names, and who is called in vain, for they may not read the talk it stands in."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from collab.core.db import db
from collab.core.i18n import in_language
from collab.people.models import Party, Person
from collab.people.queries.today import today
from collab.people.standing import compute

from ..owners import Owner, reads

CALLED: Final = ("person", "unit", "post")
MOST: Final = 20
"""People beyond these are not looked at: one question each."""


def names_called(called: Iterable[int]) -> dict[int, str]:
    """Party id → the name under which the reader reads whoever is called. One query, none for nobody."""
    ids = list(called)
    if not ids:
        return {}
    among = select(Party.id, Party.label, Party.names).where(Party.id.in_(ids), Party.kind.in_(CALLED))
    return {row.id: in_language(row.names, row.label) for row in db.session.execute(among)}


def unheard(owner: Owner, called: Iterable[int]) -> dict[int, str]:
    """Id → name of those people among `called` who may not read the talk of `owner` today."""
    people = {
        row.id: in_language(row.names, row.label)
        for row in db.session.execute(
            select(Party.id, Party.label, Party.names)
            .join(Person, Person.id == Party.id)
            .where(Party.id.in_(list(called)), Person.active)
            .order_by(Party.id)
            .limit(MOST)
        )
    }
    actors = compute(db.session(), sorted(people), today())
    return {id_: people[id_] for id_, actor in actors.items() if not db.session.scalar(select(reads(actor, owner)))}


def called_in_vain(owner: Owner, called: Iterable[int]) -> list[str]:
    """The names of those people among `called` who may not read the talk of `owner` today."""
    return list(unheard(owner, called).values())
