"""Absence with a named substitute, who reaches what the absent one reaches as long as it lasts."""

from datetime import timedelta

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _

from ..events import AbsenceCancelled, AbsenceRecorded
from ..forms.people import AbsenceForm
from ..models import Absence, Membership, Person
from ..organisation import founding, members
from ..policy import absences, may_administer, may_cancel_absence, may_record_absence, people
from ..standing import valid_on
from .only_people import refuse_bot

LONGEST = timedelta(days=3 * 366)


@command(may_record_absence, on=people)
def record_absence(actor: Actor, person: Person, form: AbsenceForm) -> int:
    """Note that somebody is away from a day to a day, and who stands in. Returns the absence's id."""
    _refuse_strangers(actor, person.id)
    if form.last_day < form.first_day:
        raise wrong("last_day", _(N_("The last day must not come before the first.")))
    if form.last_day - form.first_day > LONGEST:
        raise wrong("last_day", _(N_("An absence lasts three years at most.")))
    if form.substitute_id == person.id:
        raise wrong("substitute_id", _(N_("Choose somebody else.")))
    if form.substitute_id is not None:
        _refuse_lending_others(actor, person.id)
        substitute = session().get(Person, form.substitute_id)
        if substitute is None or not substitute.active:
            raise wrong("substitute_id", _(N_("Choose one from the list.")))
        refuse_bot(substitute, "substitute_id")
    meets = (Absence.first_day <= form.last_day) & (Absence.last_day >= form.first_day) & Absence.cancelled_at.is_(None)
    if session().scalar(select(Absence.id).where(Absence.person_id == person.id, meets).limit(1)) is not None:
        raise wrong("first_day", _(N_("There is an absence at that time already.")))
    absence = Absence(
        person_id=person.id,
        substitute_id=form.substitute_id,
        first_day=form.first_day,
        last_day=form.last_day,
        note=form.note,
    )
    session().add(absence)
    session().flush()
    members.touch_people(session(), _concerned(absence))
    record(
        AbsenceRecorded(
            subject=person.id,
            absence=absence.id,
            person=person.id,
            substitute=form.substitute_id,
            since=form.first_day.isoformat(),
            until=form.last_day.isoformat(),
        )
    )
    return absence.id


@command(may_cancel_absence, on=absences)
def cancel_absence(actor: Actor, absence: Absence) -> None:
    """Take an absence back. One that has begun ends today: what was done on someone's behalf stays explained."""
    _refuse_strangers(actor, absence.person_id)
    today = founding.today(session())
    if absence.cancelled_at is not None or absence.last_day < today:
        raise wrong("", _(N_("This absence is over.")))
    if absence.first_day < today:
        absence.last_day = today - timedelta(days=1)
    else:
        absence.cancelled_at = clock.now()
    members.touch_people(session(), _concerned(absence))
    record(
        AbsenceCancelled(
            subject=absence.person_id,
            absence=absence.id,
            person=absence.person_id,
            substitute=absence.substitute_id,
            since=absence.first_day.isoformat(),
        )
    )


def _refuse_lending_others(actor: Actor, person_id: int) -> None:
    """Whoever stands in gets all posts of the absent one: a head lends only what is all in units they head."""
    if actor.person_id == person_id or may_administer(actor):
        return
    today = founding.today(session())
    elsewhere = select(Membership.id).where(
        Membership.person_id == person_id, Membership.unit_id.not_in(actor.own_headed), valid_on(Membership, today)
    )
    if session().scalar(elsewhere.limit(1)) is not None:
        raise wrong(
            "substitute_id", _(N_("They also belong to units you do not head; they or an administrator choose."))
        )


def _concerned(absence: Absence) -> list[int]:
    return [id_ for id_ in (absence.person_id, absence.substitute_id) if id_ is not None]


def _refuse_strangers(actor: Actor, person_id: int) -> None:
    """Heads speak for the people of units they head in their own name: an absence lasts, and what somebody may who
    stands in for a head ends with that day. Substitutes never speak for those they stand in for."""
    if actor.person_id == person_id or may_administer(actor):
        return
    if person_id in actor.substitutes:
        raise Forbidden
    today = founding.today(session())
    mine = select(Membership.id).where(
        Membership.person_id == person_id, Membership.unit_id.in_(actor.own_headed), valid_on(Membership, today)
    )
    if session().scalar(mine.limit(1)) is None:
        raise Forbidden
