"""Somebody goes to another unit: memberships change on a day, and they and the heads of both units are written to."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import or_, select

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.dates.shown import shown
from collab.core.envelope import record, session
from collab.core.i18n import N_, _, in_language, speaking
from collab.people.commands.members import begin_membership, end_membership
from collab.people.forms.organisation import CloseForm, MembershipForm
from collab.people.mailing import site, write_mail
from collab.people.models import Membership, Party, Person
from collab.people.standing import valid_on

from ..desks import organisation_day, refuse_closed_unit
from ..events import PersonTransferred
from ..models import DeskHandover

LEADING: Final = ("head", "acting")
SUBJECT: Final = N_("%(person)s goes to %(into)s, from %(day)s")
BODY: Final = N_(
    "Hello %(name)s,\n\nfrom %(day)s %(person)s belongs to %(into)s, no longer to %(unit)s. Their card:\n\n%(link)s\n"
)


def put_into_unit(desk: DeskHandover) -> None:
    """End the membership in the old unit and begin the one in the new, from the day after the last one, today at the
    earliest. Their rights follow on that day. Doing it twice changes nothing."""
    if desk.entered_at is not None or desk.into_id is None:
        return
    refuse_closed_unit(desk.into_id, "into")
    today = organisation_day()
    on = max(today, desk.last_day + timedelta(days=1)) if desk.last_day else today
    reaching = or_(Membership.valid_to.is_(None), Membership.valid_to > on)
    mine = select(Membership).where(Membership.person_id == desk.person_id, reaching)
    here = session().scalars(mine.where(Membership.unit_id == desk.unit_id)).all()
    there = session().scalars(mine.where(Membership.unit_id == desk.into_id, Membership.valid_from <= on)).all()
    main = any(one.main for one in here)
    for one in here:
        end_membership(SYSTEM, one.id, CloseForm(on=on))
    if not there:
        form = MembershipForm(unit_id=desk.into_id, kind="member", main=main, valid_from=on)
        begin_membership(SYSTEM, desk.person_id, form)
    desk.starts_on, desk.entered_at = on, clock.now()
    record(
        PersonTransferred(
            subject=desk.id, person=desk.person_id, unit=desk.unit_id, into=desk.into_id, since=on.isoformat()
        )
    )
    _write(desk, on, today)


def _write(desk: DeskHandover, on: date, today: date) -> None:
    """A letter each, once: to the person, and to those who head the two units."""
    heads = select(Membership.person_id).where(
        Membership.unit_id.in_((desk.unit_id, desk.into_id)), Membership.kind.in_(LEADING), valid_on(Membership, today)
    )
    readers = session().execute(
        select(Person.id, Person.email, Person.locale, Person.calendar, Party.label)
        .join(Party, Party.id == Person.id)
        .where(Person.active, Person.kind == "person", or_(Person.id == desk.person_id, Person.id.in_(heads)))
        .order_by(Person.id)
    )
    ids = (desk.person_id, desk.unit_id, desk.into_id)
    parties = {
        row.id: row for row in session().execute(select(Party.id, Party.label, Party.names).where(Party.id.in_(ids)))
    }
    for reader in readers:
        with speaking(reader.locale):
            person, unit, into = (in_language(parties[id_].names, parties[id_].label) for id_ in ids)
            day = shown(on, "long", calendar=reader.calendar, locale=reader.locale)
            body = _(BODY, name=reader.label, day=day, person=person, into=into, unit=unit,
                     link=f"{site()}/people/{desk.person_id}")  # fmt: skip
            subject = _(SUBJECT, person=person, into=into, day=day)
            write_mail(session(), f"transfer-{desk.id}-{reader.id}", reader.email, subject, body)
