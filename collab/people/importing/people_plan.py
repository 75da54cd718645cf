"""What bringing a list of people in comes to: one row for each unit somebody belongs to, by mail address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from collab.core.forms import Code, Email, Form, Line
from collab.core.i18n import N_, _

from ..models import Membership, Party, Person, Unit
from ..organisation import founding
from ..standing import valid_on
from .report import Fault, Outcome, lines_of
from .sheet import Row

NO_UNIT: Final = N_("No unit has the code %(code)s.")
CLOSED_UNIT: Final = N_("This unit is closed.")
TWICE: Final = N_("Another row puts the same person into the same unit.")
OTHER_NAME: Final = N_("Another row with this address has another name or language.")
GONE: Final = N_("This account is closed.")
MAIN_REFUSED: Final = N_("An earlier row of this person was refused (line %(line)s): it names their main unit.")
HAS_HEAD: Final = N_("This unit has another head already. Choose acting or deputy, or end that first.")


class PersonRow(Form):
    """Somebody in a unit. Several rows with one address put them into several units, the first being the main one.

    Of somebody known an empty cell, or a column that is left out, changes nothing; who is new in a unit is a member.
    """

    email: Email
    name: Line
    unit_code: Code
    post: Literal["head", "deputy", "acting", "member"] | None = None
    locale: Literal["en", "el", "fa"] | None = None


Said = dict[str, tuple[str, str | None]]
"""Name and language that the first row of an address gave."""


@dataclass(frozen=True, slots=True)
class PersonWanted:
    """What a row comes to. `person` is None while they are new; `has` the memberships in that unit today."""

    row: Row[PersonRow]
    unit: int
    person: Any
    first: bool
    has: tuple[Any, ...]

    @property
    def renames(self) -> bool:
        return self.first and self.person is not None and self.person.label != self.row.says.name

    @property
    def speaks_other(self) -> bool:
        says = self.row.says
        return self.first and self.person is not None and says.locale not in (None, self.person.locale)

    @property
    def post(self) -> str | None:
        """What they become in the unit; nothing while the row does not say and they are something there."""
        return self.row.says.post or (None if self.has else "member")

    @property
    def joins(self) -> bool:
        return self.post is not None and all(one.kind != self.post for one in self.has)

    @property
    def posts_ended(self) -> int:
        return sum(one.kind != "member" for one in self.has) if self.joins else 0


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """What bringing a list in comes to."""

    wanted: list[PersonWanted]
    outcome: Outcome


class _House:
    """Units, people and today's memberships, read once."""

    def __init__(self, reading: Session, addresses: set[str]) -> None:
        self.today = founding.today(reading)
        self.units = {
            row.code: row for row in reading.execute(select(Unit.code, Unit.id, Unit.valid_from, Unit.valid_to))
        }
        found = select(Person.id, Person.email, Person.locale, Person.active, Party.label, Party.names)
        of_list = found.join(Party, Party.id == Person.id).where(Person.email.in_(addresses))
        self.people = {row.email: row for row in reading.execute(of_list)}
        self.belongs: dict[tuple[int, int], list[Any]] = {}
        self.heads: dict[int, int | str] = {}
        held = select(Membership.id, Membership.person_id, Membership.unit_id, Membership.kind, Membership.main)
        for row in reading.execute(held.where(valid_on(Membership, self.today))):
            self.belongs.setdefault((row.person_id, row.unit_id), []).append(row)
            if row.kind == "head":
                self.heads[row.unit_id] = row.person_id


def plan_people(reading: Session, rows: Sequence[Row[PersonRow]], faults: Sequence[Fault] = ()) -> PeoplePlan:
    """Compare the rows with the people there are; nothing is written."""
    house = _House(reading, {row.says.email for row in rows})
    _stepping_down(rows, house)
    found = list(faults)
    wanted: list[PersonWanted] = []
    said: Said = {}
    seen: set[tuple[str, str]] = set()
    refused = {address.lower(): line for address, line in lines_of(found).items()}
    for row in rows:
        fault = _fault(row, house, said, seen) or _without_main(row, house, said, refused)
        if fault is not None:
            found.append(fault)
            refused.setdefault(row.says.email, row.line)
            continue
        says = row.says
        unit, person = house.units[says.unit_code], house.people.get(says.email)
        first = says.email not in said
        said.setdefault(says.email, (says.name, says.locale))
        seen.add((says.email, says.unit_code))
        if says.post == "head":
            house.heads[unit.id] = person.id if person else says.email
        has = tuple(house.belongs.get((person.id, unit.id), ())) if person else ()
        wanted.append(PersonWanted(row, unit.id, person, first, has))
    new = sum(one.person is None for one in wanted)
    updated = sum(one.person is not None and (one.joins or one.renames or one.speaks_other) for one in wanted)
    ended = sum(one.posts_ended for one in wanted)
    found.sort(key=lambda fault: fault.line)
    return PeoplePlan(wanted, Outcome(new, updated, len(wanted) - new - updated, tuple(found), ended))


def _stepping_down(rows: Sequence[Row[PersonRow]], house: _House) -> None:
    """Whoever is head today and something else by a good row of this list leaves the post to another row of it."""
    said: Said = {}
    seen: set[tuple[str, str]] = set()
    freed: set[int] = set()
    for row in rows:
        says = row.says
        if _fault(row, house, said, seen, of_heads=False) is not None:
            continue
        said.setdefault(says.email, (says.name, says.locale))
        seen.add((says.email, says.unit_code))
        unit, person = house.units[says.unit_code].id, house.people.get(says.email)
        if person is not None and says.post not in (None, "head") and house.heads.get(unit) == person.id:
            freed.add(unit)
    for unit in freed:
        del house.heads[unit]


def _without_main(row: Row[PersonRow], house: _House, said: Said, refused: dict[str, int]) -> Fault | None:
    """Somebody new is not taken into a further unit as if that were their main one."""
    email = row.says.email
    line = refused.get(email, row.line)
    if email in house.people or email in said or line >= row.line:
        return None
    return Fault(row.line, "email", _(MAIN_REFUSED, line=line))


def _fault(
    row: Row[PersonRow], house: _House, said: Said, seen: set[tuple[str, str]], of_heads: bool = True
) -> Fault | None:
    """Why this row cannot be taken, if so."""
    says, unit = row.says, house.units.get(row.says.unit_code)
    person = house.people.get(says.email)
    if unit is None:
        return Fault(row.line, "unit_code", _(NO_UNIT, code=says.unit_code))
    if unit.valid_from > house.today or (unit.valid_to is not None and unit.valid_to <= house.today):
        return Fault(row.line, "unit_code", _(CLOSED_UNIT))
    if person is not None and not person.active:
        return Fault(row.line, "email", _(GONE))
    name, locale = said.get(says.email, (says.name, says.locale))
    if name != says.name or says.locale not in (None, locale):
        return Fault(row.line, "name", _(OTHER_NAME))
    if (says.email, says.unit_code) in seen:
        return Fault(row.line, "unit_code", _(TWICE))
    me = person.id if person else says.email
    if of_heads and says.post == "head" and house.heads.get(unit.id, me) != me:
        return Fault(row.line, "post", _(HAS_HEAD))
    return None
