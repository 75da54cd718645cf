"""The people and units that every test knows by name.

CITY ─┬─ TECH ─┬─ PARKS   Eleni, Giorgos (clerks), Nikos (head), Babis (deputy)
      │        └─ ROADS   Maria (clerk), Petros (head)
      └─ ADMIN ┬─ LEGAL   Dimitra (clerk), Sofia (head)
               └─ FINANCE Leila (clerk, Persian: the stranger), Reza (auditor), Katerina (clerk),
                               Thanos (clerk; until the end of 2025 a clerk of PARKS)
Yannis heads TECH, Anna heads CITY; Kostas is administrator and Shirin secretary of ideas, both in ADMIN.
"""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from collab.people.calendar.days import days
from collab.people.calendar.rules import CalendarRule
from collab.people.models import (
    Calendar,
    Membership,
    Organisation,
    Outsider,
    Party,
    Person,
    Post,
    Unit,
    UnitClosure,
    UnitEdge,
    WorkingDay,
)

PASSWORD = "correct horse battery"
BEGINNING = date(2015, 1, 1)

UNITS = (
    ("CITY", None, "Municipality", "directorate"),
    ("TECH", "CITY", "Technical Services", "directorate"),
    ("PARKS", "TECH", "Parks", "department"),
    ("ROADS", "TECH", "Roads", "department"),
    ("ADMIN", "CITY", "Administration", "directorate"),
    ("LEGAL", "ADMIN", "Legal Service", "department"),
    ("FINANCE", "ADMIN", "Finance", "department"),
)

PEOPLE = (
    ("Eleni", "Eleni Markou", "PARKS", "member", "en", ()),
    ("Nikos", "Nikos Pappas", "PARKS", "head", "el", ()),
    ("Babis", "Babis Ioannou", "PARKS", "deputy", "el", ()),
    ("Maria", "Maria Lekka", "ROADS", "member", "en", ()),
    ("Petros", "Petros Vlachos", "ROADS", "head", "en", ()),
    ("Dimitra", "Dimitra Kosta", "LEGAL", "member", "en", ()),
    ("Sofia", "Sofia Rigas", "LEGAL", "head", "en", ()),
    ("Yannis", "Yannis Dellas", "TECH", "head", "en", ()),
    ("Anna", "Anna Stathi", "CITY", "head", "en", ()),
    ("Kostas", "Kostas Fotiou", "ADMIN", "member", "en", ("administrator",)),
    ("Reza", "Reza Karimi", "FINANCE", "member", "fa", ("auditor",)),
    ("Shirin", "Shirin Moradi", "ADMIN", "member", "fa", ("secretary",)),
    ("Leila", "Leila Ahmadi", "FINANCE", "member", "fa", ()),
    ("Giorgos", "Giorgos Zervas", "PARKS", "member", "el", ()),
    ("Katerina", "Katerina Douka", "FINANCE", "member", "en", ()),
    ("Thanos", "Thanos Galanis", "FINANCE", "member", "en", ()),
)


@dataclass
class Cast:
    """Ids by first name and by unit code."""

    people: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    head_posts: dict[str, int] = field(default_factory=dict)
    forestry: int = 0

    def __getattr__(self, name: str) -> int:
        if name in self.people:
            return self.people[name]
        if name in self.units:
            return self.units[name]
        raise AttributeError(name)

    def email(self, name: str) -> str:
        return f"{name.lower()}@city.example"


def _party(session: Session, kind: str, label: str) -> int:
    from collab.core.text.fold import fold

    party = Party(kind=kind, label=label, sort_key=fold(label), folded=fold(label))
    session.add(party)
    session.flush()
    return party.id


def fill(session: Session, password_hash: str) -> Cast:
    """Write the cast into an empty, migrated database. The caller commits."""
    cast = Cast()
    calendar = Calendar(name="Greece", country="GR", weekend=[5, 6])
    session.add(calendar)
    session.flush()
    ordinal = 0
    for each in days(CalendarRule(country="GR", weekend=frozenset({5, 6})), range(2015, 2036)):
        ordinal += each.working
        name = each.names.get("en")
        session.add(WorkingDay(calendar_id=calendar.id, day=each.day, working=each.working, ordinal=ordinal, name=name))
    session.add(
        Organisation(id=1, name="Municipality", locale="en", time_zone="Europe/Athens", calendar_id=calendar.id)
    )
    parents: dict[str, str | None] = {}
    for code, parent, name, level in UNITS:
        cast.units[code] = unit = _party(session, "unit", name)
        parents[code] = parent
        session.add(Unit(id=unit, code=code, level=level, valid_from=BEGINNING))
        session.flush()
        session.add(UnitEdge(unit_id=unit, parent_id=cast.units.get(parent or ""), valid_from=BEGINNING))
        above, depth = code, 0
        while above is not None:
            session.add(UnitClosure(ancestor_id=cast.units[above], descendant_id=unit, depth=depth))
            above, depth = parents[above], depth + 1  # type: ignore[assignment]
        cast.head_posts[code] = post = _party(session, "post", f"Head of {name}")
        session.add(Post(id=post, unit_id=unit, kind="head", valid_from=BEGINNING))
        session.flush()
    for first, name, unit_code, kind, locale, roles in PEOPLE:
        cast.people[first] = person = _party(session, "person", name)
        session.add(
            Person(
                id=person,
                email=cast.email(first),
                password_hash=password_hash,
                locale=locale,
                calendar="jalali" if locale == "fa" else "gregorian",
                time_zone="Europe/Athens",
                roles=list(roles),
            )
        )
        session.flush()
        session.add(
            Membership(
                person_id=person,
                unit_id=cast.units[unit_code],
                post_id=cast.head_posts[unit_code] if kind == "head" else None,
                kind=kind,
                main=True,
                valid_from=BEGINNING,
            )
        )
    session.add(
        Membership(
            person_id=cast.people["Thanos"],
            unit_id=cast.units["PARKS"],
            kind="member",
            valid_from=BEGINNING,
            valid_to=date(2026, 1, 1),
        )
    )
    cast.forestry = _party(session, "outsider", "Forestry Office")
    session.add(Outsider(id=cast.forestry, email="forestry@region.example"))
    session.flush()
    return cast
