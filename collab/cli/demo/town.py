"""Founding the sample organisation: calendars, units, people, outsiders, in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.envelope import open_command, record, session, system
from collab.people.calendar.rules import WEEKENDS
from collab.people.events import OutsiderAdded, PersonAdded, UnitCreated
from collab.people.models import Calendar, Organisation, Outsider, Party, Person, Unit
from collab.people.organisation import calendars, founding, members, parties, tree, units
from collab.people.passwords import hashed
from collab.people.tree import Edge

from . import house

YEARS_BACK = 2


@dataclass
class Town:
    """Ids of the sample by its own keys, and the names they are called by."""

    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    outsiders: dict[str, int] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)


def is_sample() -> bool:
    """Whether the organisation in this database is the sample."""
    first = house.PEOPLE[0].email
    return db.session.scalar(select(Person.id).where(Person.email == first)) is not None


def is_empty() -> bool:
    """Whether there is no organisation at all yet."""
    return db.session.scalar(select(Organisation.id)) is None


def town() -> Town:
    """The sample as it stands in the database."""
    found = Town(
        units=_pairs(db.session.execute(select(Unit.code, Unit.id))),
        labels=_pairs(db.session.execute(select(Party.id, Party.label))),
    )
    by_email = _pairs(db.session.execute(select(Person.email, Person.id)))
    found.people = {person.key: by_email[person.email] for person in house.PEOPLE}
    outside = db.session.execute(select(Party.label, Party.id).where(Party.kind == "outsider"))
    by_label = _pairs(outside)
    found.outsiders = {one.key: by_label[one.el] for one in house.OUTSIDERS}
    return found


def _pairs(rows: Iterable[Any]) -> dict[Any, Any]:
    return dict(map(tuple, rows))


@open_command(system)
def found_town(_actor: Actor) -> None:
    """Make the sample organisation as it began, two years ago."""
    founding.found(
        session(),
        house.TOWN[house.LOCALE],
        names=house.TOWN,
        locale=house.LOCALE,
        time_zone=house.TIME_ZONE,
        country=house.COUNTRY,
    )
    since = founding.today(session())
    twin = _calendars()
    unit_ids = _units(since, twin)
    _people(since, unit_ids)
    _outsiders()


def _calendars() -> int:
    """The town keeps its feast; the office of the twin town keeps the days of Iran."""
    month, day, names = house.FEAST
    own = session().scalars(select(Calendar)).one()
    own.feasts = [{"month": month, "day": day, "name": names[house.LOCALE]}]
    session().flush()
    twin = calendars.add_calendar(session(), house.TWIN_CALENDAR, "IR", WEEKENDS["IR"])
    month, day, name = house.TWIN_FEAST
    session().get_one(Calendar, twin).feasts = [{"month": month, "day": day, "name": name}]
    session().flush()
    # Ten years from today on, not from the day on which the clock of the sample stands.
    this_year = founding.today(session()).year + YEARS_BACK
    years = range(this_year - calendars.BACK, this_year + calendars.AHEAD + 1)
    calendars.regenerate(session(), own.id, years, house.LOCALE)
    calendars.regenerate(session(), twin, years, "fa")
    return twin


def _units(since: date, twin_calendar: int) -> dict[str, int]:
    new = [
        units.NewUnit(
            code=unit.code,
            naming=parties.Naming(unit.el, {"en": unit.en, "el": unit.el, "fa": unit.fa}),
            valid_from=since,
            level=unit.level,
            calendar_id=twin_calendar if unit.code == "TWIN" else None,
        )
        for unit in house.UNITS
    ]
    made = units.add_units(session(), new, house.LOCALE, in_tree=False)
    ids = dict(zip((unit.code for unit in house.UNITS), made, strict=True))
    tree.add_edges(
        session(),
        [Edge(ids[unit.code], ids[unit.parent] if unit.parent else None, since, None) for unit in house.UNITS],
    )
    tree.refresh_closure(session(), since)
    tree.raise_tree_version(session())
    for unit in house.UNITS:
        above = ids[unit.parent] if unit.parent else None
        record(UnitCreated(subject=ids[unit.code], parent=above, since=since.isoformat()), quiet=True)
    return ids


def _people(since: date, unit_ids: dict[str, int]) -> None:
    password = hashed(house.PASSWORD)
    new = [
        members.NewPerson(
            email=person.email,
            naming=parties.Naming(person.el, {"en": person.en, "el": person.el, "fa": person.fa}),
            locale=person.locale,
            time_zone=house.TIME_ZONE,
            calendar="jalali" if person.locale == "fa" else "gregorian",
            roles=(person.role,) if person.role else (),
            title=person.title or None,
            password_hash=password,
        )
        for person in house.PEOPLE
    ]
    ids = dict(zip((one.key for one in house.PEOPLE), members.add_people(session(), new), strict=True))
    belongs = [
        members.NewMembership(ids[one.key], unit_ids[one.unit], one.kind, since, main=True) for one in house.PEOPLE
    ]
    belongs += [members.NewMembership(ids[key], unit_ids[unit], kind, since) for key, unit, kind in house.ALSO]
    members.add_memberships(session(), belongs)
    for id_ in ids.values():
        record(PersonAdded(subject=id_, person=id_), quiet=True)


def _outsiders() -> None:
    namings = [parties.Naming(one.el, {"en": one.en, "el": one.el, "fa": one.fa}) for one in house.OUTSIDERS]
    ids = parties.add_parties(session(), "outsider", namings)
    session().execute(insert(Outsider), [{"id": id_} for id_ in ids])
    for id_ in ids:
        record(OutsiderAdded(subject=id_, outsider=id_), quiet=True)
