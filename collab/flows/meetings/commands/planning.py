"""Calling a meeting, and changing when, where and with whom it is held."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import local_day
from collab.core.envelope import command, open_command, record, session
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.decisions.electing import electors, entitled
from collab.decisions.forms import Electorate
from collab.decisions.having import touch
from collab.people.models import Party, Person
from collab.work.audience import today
from collab.work.ball import give, settle
from collab.work.desks import holder_desk
from collab.work.forms import ItemFields
from collab.work.models import WorkItem
from collab.work.opening import Opening, open_item
from collab.work.policy import items
from collab.work.taking_part import leave

from ..events import MeetingCalled, MeetingChanged
from ..forms import EditMeeting, MeetingFields, NewMeeting
from ..having import led
from ..models import Meeting, MeetingPerson
from ..policy import KIND, may_plan, may_take_part
from ..words import LONGEST_AGO
from .inviting import ask_again, end_invitations, invite

NOT_YOURS = N_("You call meetings in your own units.")
LONG_AGO = N_("This day lies more than a year back.")
NO_SUCH = N_("Choose one from the list.")
AUDITS = N_("Whoever audits reads and does nothing else. Choose somebody else.")


@open_command(may_plan)
def plan_meeting(actor: Actor, form: NewMeeting) -> dict[str, Any]:
    """Call a meeting in a unit of one's own. Returns its id and reference."""
    if not actor.is_system and form.unit not in actor.reach:
        raise wrong("unit", _(NOT_YOURS))
    _recent(actor, form.on)
    settled = _settled(actor, form)
    wanted = _invited(form, settled)
    if form.whole_unit:
        found = electors(session(), Electorate(), form.unit, today(session()))
        wanted |= {one.person_id for one in entitled(found)}
    entered = ItemFields(title=form.title, body=form.body, reach=form.reach, due_on=form.on)
    item = open_item(actor, entered, Opening(KIND, form.unit, settled["secretary_id"]))
    row = Meeting(item_id=item.id, stage="planned", **settled)
    session().add(row)
    session().flush()
    invite(actor, item, row, wanted)
    record(MeetingCalled(subject=item.id, people=tuple(sorted(wanted))))
    return {"id": item.id, "reference": item.reference}


@command(may_take_part, on=items)
def edit_meeting(actor: Actor, item: WorkItem, form: EditMeeting) -> int:
    """Change what a planned meeting says; those newly invited hear so, the others that it changed."""
    row = led(actor, item, ("planned",))
    if form.on != local_day(row.starts_at, actor.time_zone):
        _recent(actor, form.on)
    settled, said = _settled(actor, form), {"title": form.title, "body": form.body, "reach": form.reach}
    changed = [name for name, value in said.items() if getattr(item, name) != value]
    changed += [name for name, value in settled.items() if getattr(row, name) != value]
    moved = row.starts_at != settled["starts_at"]
    for name, value in said.items():
        setattr(item, name, value)
    for name, value in settled.items():
        setattr(row, name, value)
    item.due_on = form.on
    query = select(MeetingPerson.person_id).where(MeetingPerson.item_id == item.id)
    had, wanted = set(session().scalars(query)), _invited(form, settled)
    if moved:
        ask_again(actor, item, row)
    invite(actor, item, row, wanted - had)
    end_invitations(item.id, actor.person_id, "withdrawn", had - wanted)
    for person in had - wanted:
        session().delete(session().get_one(MeetingPerson, (item.id, person)))
        leave(item.id, "asked", clock.now(), party_id=person)
    at = clock.now()
    if item.holder_id != row.secretary_id:
        give(item, row.secretary_id, holder_desk(row.secretary_id, prefer=item.unit_id), actor.person_id, at)
    if had != wanted:
        changed.append("people")
    if changed:
        touch(item)
        settle(item, actor.person_id, at)
        record(MeetingChanged(subject=item.id, fields=",".join(dict.fromkeys(changed))))
    if wanted - had:
        record(MeetingCalled(subject=item.id, people=tuple(sorted(wanted - had))))
    return item.id


def _recent(actor: Actor, on: date) -> None:
    if on < local_day(clock.now(), actor.time_zone) - LONGEST_AGO:
        raise wrong("on", _(LONG_AGO))


def _settled(actor: Actor, form: MeetingFields) -> dict[str, Any]:
    """The columns of the meeting; whoever calls it chairs it and writes, unless somebody else is named."""
    hour, minute = (int(part) for part in form.clock.split(":"))
    starts = datetime.combine(form.on, time(hour, minute), ZoneInfo(actor.time_zone)).astimezone(ZoneInfo("UTC"))
    return {
        "starts_at": starts,
        "place": form.place,
        "chair_id": _known("chair", form.chair or actor.person_id),
        "secretary_id": _known("secretary", form.secretary or actor.person_id),
        "quorum": form.quorum,
        "quorum_base": form.quorum_base,
        "open": form.open,
    }


def _known(field: str, person_id: int) -> int:
    person = session().get(Person, person_id)
    if person is None or person.kind != "person":  # nothing is awaited of a program
        raise wrong(field, _(NO_SUCH))
    if "auditor" in person.roles:
        raise wrong(field, _(AUDITS))
    return person_id


def _invited(form: MeetingFields, settled: dict[str, Any]) -> set[int]:
    """Everybody named, with chair and secretary. A unit or post brings whoever belongs to it today."""
    many = set(session().scalars(select(Party.id).where(Party.id.in_(form.people), Party.kind.in_(("unit", "post")))))
    wanted = {*form.people, settled["chair_id"], settled["secretary_id"]} - many
    if many:
        found = electors(session(), Electorate(people=sorted(many)), 0, today(session()))
        wanted |= {one.person_id for one in entitled(found)}
    if set(session().scalars(select(Person.id).where(Person.id.in_(wanted), Person.kind == "person"))) != wanted:
        raise wrong("people", _(NO_SUCH))
    return wanted
