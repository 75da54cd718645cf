"""People from a list."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select, update

from collab.core.actor import Actor
from collab.core.db import long_statements
from collab.core.envelope import open_command, record, session
from collab.core.facts import Fact

from ..events import MembershipBegan, PeopleBroughtIn, PersonAdded, PersonChanged
from ..models import Membership, Organisation, Person
from ..organisation import founding, members, tree, units
from ..organisation.parties import Naming, rename_parties
from ..policy import may_administer
from .people_plan import PeoplePlan, PersonRow, PersonWanted, plan_people
from .report import Fault, refuse_unless
from .sheet import Row


@open_command(may_administer)
def bring_in_people(
    _actor: Actor, rows: Sequence[Row[PersonRow]], faults: Sequence[Fault] = (), skip_bad: bool = False
) -> PeoplePlan:
    """Bring a list of people in: make accounts and memberships that are missing, change names that differ. Nobody is
    invited and nobody is taken out of a unit; a post that a row gives otherwise ends. Raises Invalid while a row is
    bad, unless bad rows are to be left out."""
    long_statements(session())
    tree.hold_tree(session())
    plan = plan_people(session(), rows, faults)
    refuse_unless(skip_bad, plan.outcome)
    ids = _make(plan.wanted)
    _change(plan.wanted)
    today = founding.today(session())
    joined = _join(plan.wanted, ids, today)
    for one in plan.wanted:
        told = _told(one, ids, today)
        if told is not None:
            record(told, quiet=True)
    if joined:
        record(PeopleBroughtIn(subject=1, memberships=joined))
    return plan


def _make(wanted: list[PersonWanted]) -> dict[str, int]:
    """Accounts for the new; everybody's id by address."""
    locale, zone = session().execute(select(Organisation.locale, Organisation.time_zone)).one()
    new = [one.row.says for one in wanted if one.person is None and one.first]
    made = members.add_people(
        session(),
        [
            members.NewPerson(
                email=says.email,
                naming=Naming(says.name),
                locale=says.locale or locale,
                time_zone=zone,
                calendar="jalali" if (says.locale or locale) == "fa" else "gregorian",
            )
            for says in new
        ],
    )
    ids = {one.row.says.email: one.person.id for one in wanted if one.person is not None}
    return ids | dict(zip((says.email for says in new), made, strict=True))


def _change(wanted: list[PersonWanted]) -> None:
    rename_parties(
        session(), [(one.person.id, Naming(one.row.says.name, one.person.names)) for one in wanted if one.renames]
    )
    speaking = [{"who": one.person.id, "locale": one.row.says.locale} for one in wanted if one.speaks_other]
    if speaking:
        mine = update(Person).where(Person.id == bindparam("who")).values(locale=bindparam("locale"))
        session().connection().execute(mine, speaking)
    members.touch_people(session(), [one.person.id for one in wanted if one.renames or one.speaks_other])


def _join(wanted: list[PersonWanted], ids: dict[str, int], today: date) -> list[int]:
    """Memberships that are missing begin today; those of another kind in the same unit end. Gives those that begin."""
    joining = [one for one in wanted if one.joins]
    ending = [held.id for one in joining for held in one.has]
    if ending:
        units.end_memberships(session(), Membership.id.in_(ending), today)
    return members.add_memberships(
        session(),
        [
            members.NewMembership(
                person_id=ids[one.row.says.email],
                unit_id=one.unit,
                kind=one.post,
                valid_from=today,
                main=(one.first and one.person is None) or any(held.main for held in one.has),
            )
            for one in joining
            if one.post is not None
        ],
    )


def _told(one: PersonWanted, ids: dict[str, int], today: date) -> Fact | None:
    """The one fact of a row, if it changed anything."""
    person = ids[one.row.says.email]
    if one.person is None and one.first:
        return PersonAdded(subject=person, person=person)
    if one.joins and one.post is not None:
        return MembershipBegan(
            subject=person, person=person, unit=one.unit, role=one.post, post=None, since=today.isoformat()
        )
    if one.renames or one.speaks_other:
        return PersonChanged(subject=person, person=person)
    return None
