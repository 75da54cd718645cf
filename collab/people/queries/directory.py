"""The directory: people by name and unit, with where they belong and whether they are away."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language
from collab.core.package import NAMED
from collab.core.paging import Page
from collab.core.text.fold import fold

from ..accounts import INVITED, NARROWED, NO_PASSWORD, NOT_INVITED, STANDS_AT, Account
from ..models import Absence, Membership, Party, Person, UnitClosure
from ..standing import valid_on
from .by_name import page_by_name
from .parties import LEAST_FORGIVEN, folded_words, found_by
from .today import today
from .tree import tree

MOST_ALIKE: Final = 100
"""People called so by sound or in another alphabet, beside those whose names begin with what was typed."""


class Belongs(NamedTuple):
    """A membership of today as it is shown beside a name."""

    unit_id: int
    code: str
    unit: str
    kind: str
    main: bool


class Colleague(NamedTuple):
    """A line of the directory. `away_until` is the last day of an absence of today, else None; `account` is open,
    not-invited, invited (no password yet) or closed."""

    id: int
    name: str
    email: str
    title: str | None
    phone: str | None
    active: bool
    roles: tuple[str, ...]
    belongs: tuple[Belongs, ...]
    away_until: date | None
    account: str
    version: int


def colleagues(
    _actor: Actor,
    text: str = "",
    unit_id: int | None = None,
    cursor: str | None = None,
    limit: int = 50,
    *,
    closed: bool = False,
    account: Account = "",
) -> Page[Colleague]:
    """A page of people in order of their names; of `unit_id` and below, when given. Three queries, five with a text.

    `closed` shows those whose accounts are closed instead. Programs stand on a page of their own. Raises BadCursor.
    """
    day = today()
    query = (
        select(
            Party.id, Party.label, Party.names, Party.sort_key, Person.email, Person.title, Person.phone,
            Person.active, Person.roles, Person.version, STANDS_AT,
        )
        .join(Person, Person.id == Party.id)
        .where(Party.kind == "person", Person.kind == "person", Person.active.is_(not closed))
    )  # fmt: skip
    if account:
        query = query.where(NARROWED[account])
    if folded_words(text):
        query = query.where(_called(text))
    if unit_id is not None:
        below = select(UnitClosure.descendant_id).where(UnitClosure.ancestor_id == unit_id)
        members = select(Membership.person_id).where(Membership.unit_id.in_(below), valid_on(Membership, day))
        query = query.where(Person.id.in_(members))
    page = page_by_name(query, cursor, limit)
    ids = [row.id for row in page.items]
    homes, away = belongings(ids, day), absent(ids, day)
    return Page([_colleague(row, homes, away) for row in page.items], page.next, page.previous)


def _colleague(row: Any, homes: dict[int, list[Belongs]], away: dict[int, date]) -> Colleague:
    return Colleague(
        id=row.id,
        name=in_language(row.names, row.label),
        email=row.email,
        title=row.title,
        phone=row.phone,
        active=row.active,
        roles=tuple(row.roles),
        belongs=tuple(homes.get(row.id, ())),
        away_until=away.get(row.id),
        account=row.account,
        version=row.version,
    )


def _called(text: str) -> ColumnElement[bool]:
    """Whose names or mail address begin so; and, as in the fields where one chooses, whoever is called so by sound, in
    another alphabet or, where nobody is, with a slip of the keyboard."""
    address = Person.email.startswith(text.strip().lower(), autoescape=True)
    alike = []
    if len(fold(text)) >= LEAST_FORGIVEN:
        alike = [id_ for search in NAMED for id_ in search(text, ["person"], MOST_ALIKE)]
    return or_(found_by(folded_words(text)), address, Party.id.in_(alike))


def without_password(_actor: Actor) -> tuple[int, int]:
    """How many people were not invited yet, and how many were and chose no password yet. One query."""
    counted = select(func.count().filter(NOT_INVITED), func.count().filter(INVITED)).select_from(Person)
    found = db.session.execute(counted.where(NO_PASSWORD)).one()
    return found[0], found[1]


def belongings(people: Sequence[int], day: date) -> dict[int, list[Belongs]]:
    """Where people belong on `day`, the main unit first."""
    if not people:
        return {}
    here = tree()
    query = (
        select(Membership.person_id, Membership.unit_id, Membership.kind, Membership.main)
        .where(Membership.person_id.in_(people), valid_on(Membership, day))
        .order_by(Membership.main.desc(), Membership.id)
    )
    found: dict[int, list[Belongs]] = defaultdict(list)
    for row in db.session.execute(query):
        node = here.nodes.get(row.unit_id)
        if node is not None:
            found[row.person_id].append(Belongs(node.id, node.code, node.name(), row.kind, row.main))
    return found


def absent(people: Sequence[int], day: date) -> dict[int, date]:
    """Of these people those away on `day`, with their last day away."""
    if not people:
        return {}
    query = select(Absence.person_id, Absence.last_day).where(
        Absence.person_id.in_(people), Absence.cancelled_at.is_(None), Absence.first_day <= day, Absence.last_day >= day
    )
    return {row.person_id: row.last_day for row in db.session.execute(query)}
