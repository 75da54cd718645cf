"""A desk handed over: everything on it in one envelope, signed by both, closed by an administrator."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session, take_long
from collab.core.errors import Conflict, Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.commands.members import end_membership
from collab.people.commands.people import deactivate_person
from collab.people.forms.organisation import CloseForm
from collab.people.models import Membership, Party, Person, Unit
from collab.people.policy import may_administer, people

from ..desk_contents import Handed, OnDesk, handed_by, on_desk
from ..desk_forms import HandDesk
from ..desks import holder_desk, organisation_day, refuse_closed_unit
from ..events import DeskClosed, DeskHandedOver, DeskSigned
from ..models import OPEN_STATES, DeskHandover, DeskLine, Participant, WorkItem
from ..policy import desks, may_hand_desk, may_sign_desk
from .passing_on import Successor, pass_on
from .transferring import put_into_unit

NOT_YOURS = N_("Choose somebody of your own units: a person, a post, or the unit's tray.")
THEMSELVES = N_("This is the desk that is handed over. Choose somebody else.")
NO_LONGER = N_("“%(line)s” is no longer on this desk. Look at it again.")
NOT_LEAVING = N_("They belong to another unit now. You hand over what was left lying in yours, nothing else.")
NOT_ALONG = N_("Only items go along, and only to another unit.")
NOT_WITHDRAWN = N_("Only an offer of theirs can be taken back.")


@command(may_hand_desk, on=people)
def hand_desk(actor: Actor, person: Person, form: HandDesk) -> int:
    """Give everything on a desk to its successors at once; what is for named people only stays. The protocol's id.

    The person's row is locked, so of two heads at once the second finds an empty desk, and is led to the protocol.
    """
    take_long()
    at = clock.now()
    (unit, member, whole), into = _agreed(actor, person, form, at)
    found = _locked(actor, person.id, whole)
    already = _just_handed(person.id, unit)
    if not any(line.movable for line in found) and already is not None:
        return already
    own = _own(form, found)
    successors = _successors(actor, person.id, {form.to, *(to for to in own.values() if isinstance(to, int))})
    made = DeskHandover(
        person_id=person.id, unit_id=unit, kind=form.kind, into_id=into, last_day=form.last_day,
        carried_by=actor.person_id, carried_at=at, gone=not (member and person.active), watched=0, version=1,
    )  # fmt: skip
    session().add(made)
    session().flush()
    made.watched = _stop_watching(person.id, at) if form.kind == "leaving" else 0
    _carry_out(actor, person.id, made, found, own, successors[form.to], successors)
    if into in actor.headed and member and whole:
        put_into_unit(made)  # whoever heads both units has them to give; else an administrator enters it
    record(
        DeskHandedOver(
            subject=made.id,
            person=person.id,
            unit=unit,
            why=form.kind,
            number=len(found),
            watched=made.watched,
            last_day=form.last_day.isoformat() if form.last_day else None,
        )
    )
    return made.id


@command(may_hand_desk, on=people, lock=False)
def rehearse_desk(actor: Actor, person: Person, form: HandDesk) -> list[tuple[OnDesk, int | str]]:
    """What `hand_desk` would do with each line that it moves: to whom, along, or withdraw. Raises Invalid."""
    handed, _to_unit = _agreed(actor, person, form, clock.now())
    found = [OnDesk(*row) for row in session().execute(on_desk(actor, person.id, whole=handed.whole))]
    own = _own(form, found)
    _successors(actor, person.id, {form.to, *(to for to in own.values() if isinstance(to, int))})
    return [(line, own.get(line.key, form.to)) for line in found if line.movable]


def _agreed(actor: Actor, person: Person, form: HandDesk, at: datetime) -> tuple[Handed, int | None]:
    """As what the actor hands this desk over, and to which unit its person goes. Raises Invalid, Forbidden."""
    handed = _unit(actor, person.id, organisation_day(at))
    if form.kind == "leaving" and not handed.whole:
        raise wrong("kind", _(NOT_LEAVING))
    return handed, _into(form, handed.unit)


def _carry_out(
    actor: Actor,
    person: int,
    made: DeskHandover,
    found: list[OnDesk],
    own: dict[str, int | str],
    usual: Successor,
    successors: dict[int, Successor],
) -> None:
    told: set[int] = set()
    for position, line in enumerate(found):
        to = own.get(line.key, usual.id)
        outcome, whom = "left", None
        if line.movable:
            outcome = to if isinstance(to, str) else "moved"
            successor = successors.get(to) if isinstance(to, int) else None
            whom = to if isinstance(to, int) else None
            pass_on(actor, person, line, successor, made.into_id, quiet=whom in told or whom is None)
            if whom is not None:
                told.add(whom)
        session().add(
            DeskLine(
                handover_id=made.id,
                position=position,
                part=line.part,
                item_id=line.item_id,
                to_id=whom,
                outcome={"withdraw": "withdrawn"}.get(outcome, outcome),
            )
        )
    session().flush()


def _locked(actor: Actor, person: int, whole: bool) -> list[OnDesk]:
    """What is on the desk, with its items locked: asked again, for something may have moved until they were."""
    query = on_desk(actor, person, whole=whole)
    items = {row.item_id for row in session().execute(query)}
    locked = select(WorkItem).where(WorkItem.id.in_(items)).order_by(WorkItem.id).with_for_update(key_share=True)
    session().scalars(locked).all()
    return [line for row in session().execute(query) if (line := OnDesk(*row)).item_id in items]


def _unit(actor: Actor, person: int, day: date) -> Handed:
    """In which of the actor's units the person is, or was last. Raises Forbidden where they never were in one."""
    places = select(Membership.unit_id, Membership.valid_from, Membership.valid_to).where(
        Membership.person_id == person
    )
    order = (Membership.main.desc(), Membership.valid_from.desc(), Membership.id.desc())
    found = handed_by(actor, day, session().execute(places.order_by(*order)).all())
    if found is None:
        raise Forbidden
    return found


def _into(form: HandDesk, unit: int) -> int | None:
    if form.kind == "leaving":
        return None
    if form.into is None or form.into == unit:
        raise wrong("into", _(N_("To which unit do they go?")))
    if session().get(Unit, form.into) is None:
        raise wrong("into", _(N_("Choose one from the list.")))
    refuse_closed_unit(form.into, "into")
    return form.into


def _just_handed(person: int, unit: int) -> int | None:
    """The newest protocol of this desk that somebody still has to sign."""
    return session().scalar(
        select(DeskHandover.id)
        .where(DeskHandover.person_id == person, DeskHandover.unit_id == unit, DeskHandover.closed_at.is_(None))
        .where(DeskHandover.head_signed_at.is_(None))
        .order_by(DeskHandover.id.desc())
        .limit(1)
    )


def _own(form: HandDesk, found: list[OnDesk]) -> dict[str, int | str]:
    """Line → where it goes other than the rest; an answer that they wait for goes where its item goes, unless another
    was chosen. Raises Invalid for lines that are not (or no longer) there."""
    known = {line.key: line for line in found if line.movable}
    chosen: dict[str, int | str] = {}
    for each in form.own:
        key, to = each.split(":")
        if key not in known:
            raise wrong("own", _(NO_LONGER, line=key))
        if to == "along" and (form.kind != "transfer" or known[key].part != "item"):
            raise wrong("own", _(NOT_ALONG))
        if to == "withdraw" and known[key].part != "offer":
            raise wrong("own", _(NOT_WITHDRAWN))
        chosen[key] = int(to) if to.isdigit() else to
    items = {line.item_id: chosen[line.key] for line in known.values() if line.part == "item" and line.key in chosen}
    follow = {
        line.key: items[line.item_id] for line in known.values() if line.part == "asking" and line.item_id in items
    }
    return follow | chosen


def _successors(actor: Actor, person: int, ids: set[int]) -> dict[int, Successor]:
    """Who takes over, each within the units that the actor heads."""
    kinds = {row.id: row.kind for row in session().execute(select(Party.id, Party.kind).where(Party.id.in_(ids)))}
    found = {}
    for each in sorted(ids):
        if each == person:
            raise wrong("to", _(THEMSELVES))
        desk = holder_desk(each, field="to")
        if desk not in actor.headed:
            raise wrong("to", _(NOT_YOURS))
        found[each] = Successor(each, kinds[each], desk)
    return found


def _stop_watching(person: int, at: datetime) -> int:
    ended: Any = session().execute(
        update(Participant)
        .where(Participant.party_id == person, Participant.role == "watcher", Participant.until.is_(None))
        .values(until=at)
    )
    return int(ended.rowcount)


@command(may_sign_desk, on=desks)
def sign_desk(actor: Actor, desk: DeskHandover) -> int:
    """Sign the protocol: whose desk it was and the head, each for themselves. Signing twice changes nothing."""
    at = clock.now()
    if actor.person_id == desk.person_id:
        if desk.person_signed_at is not None:
            return desk.id
        desk.person_signed_at = at
    elif desk.head_signed_at is not None:
        return desk.id
    else:
        desk.head_signed_at, desk.head_signed_by = at, actor.person_id
    record(DeskSigned(subject=desk.id, person=desk.person_id))
    return desk.id


@command(may_administer, on=desks)
def close_desk(actor: Actor, desk: DeskHandover) -> int:
    """After the last day: the memberships end with it, and the account is closed. Who goes to another unit is put into
    it from the day after, whenever this is done."""
    if desk.closed_at is not None:
        return desk.id
    if desk.kind != "leaving":
        put_into_unit(desk)
        return desk.id
    day = organisation_day()
    last = desk.last_day or day
    if last > day:
        raise Conflict(_(N_("Their last day is still to come.")))
    held = select(func.count()).where(WorkItem.holder_id == desk.person_id, WorkItem.reach != "named")
    if session().scalar(held.where(WorkItem.state_kind.in_(OPEN_STATES))):
        raise Conflict(_(N_("There is work on their desk again. Hand it over first.")))
    after = last + timedelta(days=1)
    open_ones = (
        session()
        .execute(select(Membership.id, Membership.valid_to).where(Membership.person_id == desk.person_id))
        .all()
    )
    for membership, until in open_ones:
        if until is None or until > after:
            end_membership(actor, membership, CloseForm(on=after))
    deactivate_person(actor, desk.person_id)
    desk.closed_at, desk.closed_by = clock.now(), actor.person_id
    record(DeskClosed(subject=desk.id, person=desk.person_id))
    return desk.id
