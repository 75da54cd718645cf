"""What there is already: units, people and items that a list of work speaks of, read once."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from collab.core import clock
from collab.core.facts import FactRow
from collab.people.models import Membership, Organisation, Person, Unit
from collab.people.standing import valid_on
from collab.work.models import WorkItem

from .events import ItemImported, ItemImportedAgain

AT_ONCE = 5_000


class KnownItem(NamedTuple):
    """An item that was brought in before: its cells then, as hashes."""

    id: int
    parent_id: int | None
    cells: dict[str, str]
    created_at: datetime
    start_on: date | None
    due_on: date | None


KEPT = ("id", "parent_id", "created_at", "start_on", "due_on")


class Holder(NamedTuple):
    id: int
    active: bool


class Known:
    """Units by code, people by address, items by the other system's name for them."""

    def __init__(self, reading: Session, external_ids: Iterable[str], addresses: Iterable[str]) -> None:
        zone = reading.scalar(select(Organisation.time_zone).where(Organisation.id == 1)) or "UTC"
        self.zone = ZoneInfo(zone)
        self.now = clock.now()
        self.today: date = self.now.astimezone(self.zone).date()
        self.units = {row.code: row for row in reading.execute(select(Unit.code, Unit.id, Unit.valid_to))}
        self.people = _people(reading, sorted(set(addresses)))
        self.desks = _desks(reading, [person.id for person in self.people.values()], self.today)
        self.items = _items(reading, sorted(set(external_ids)))

    def is_open(self, unit: Any) -> bool:
        return unit.valid_to is None or unit.valid_to > self.today

    def desk_of(self, person_id: int, prefer: int) -> int | None:
        """The unit in which a person holds an item of `prefer`, as `collab.work.desks.desk_of` finds it."""
        units = self.desks.get(person_id, [])
        return prefer if prefer in units else units[0] if units else None


def _people(reading: Session, addresses: list[str]) -> dict[str, Holder]:
    found: dict[str, Holder] = {}
    for some in _in_portions(addresses):
        rows = reading.execute(select(Person.email, Person.id, Person.active).where(Person.email.in_(some)))
        found |= {row.email: Holder(row.id, row.active) for row in rows}
    return found


def _desks(reading: Session, people: list[int], today: date) -> dict[int, list[int]]:
    """Person → their units of today, the main one first."""
    found: dict[int, list[int]] = {}
    for some in _in_portions(people):
        query = (
            select(Membership.person_id, Membership.unit_id)
            .where(Membership.person_id.in_(some), valid_on(Membership, today))
            .order_by(Membership.main.desc(), Membership.id)
        )
        for row in reading.execute(query):
            found.setdefault(row.person_id, []).append(row.unit_id)
    return found


def _items(reading: Session, external_ids: list[str]) -> dict[str, KnownItem]:
    found: dict[str, KnownItem] = {}
    for some in _in_portions(external_ids):
        rows = reading.execute(
            select(WorkItem.external_id, *(getattr(WorkItem, name) for name in KEPT)).where(
                WorkItem.external_id.in_(some)
            )
        ).all()
        cells = _cells(reading, [row.id for row in rows])
        found |= {
            row.external_id: KnownItem(cells=cells.get(row.id, {}), **{name: getattr(row, name) for name in KEPT})
            for row in rows
        }
    return found


def _cells(reading: Session, item_ids: list[int]) -> dict[int, dict[str, str]]:
    """Item → the cells of its row when it was last brought in, from the ledger."""
    if not item_ids:
        return {}
    kinds = (ItemImported.kind, ItemImportedAgain.kind)
    last = (
        select(FactRow.subject_id, FactRow.payload["cells"].label("cells"))
        .where(FactRow.subject_kind == "work-item", FactRow.subject_id.in_(item_ids), FactRow.kind.in_(kinds))
        .order_by(FactRow.id)
    )
    return {row.subject_id: row.cells for row in reading.execute(last)}


def _in_portions(values: list[Any]) -> Iterable[list[Any]]:
    return (values[place : place + AT_ONCE] for place in range(0, len(values), AT_ONCE))
