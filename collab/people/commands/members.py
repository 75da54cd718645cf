"""Memberships: who belongs where, as what, from when to when."""

from sqlalchemy import or_, select

from collab.core.actor import Actor
from collab.core.dates import shown
from collab.core.envelope import command, record, session
from collab.core.forms import wrong
from collab.core.i18n import N_, _

from ..events import MainUnitChosen, MembershipBegan, MembershipEnded
from ..forms.organisation import CloseForm, MembershipForm
from ..models import Membership, Person, Post, Unit
from ..organisation import members
from ..policy import may_administer, memberships, people
from .only_people import refuse_bot

UNIT_ENDS = N_("The unit exists until %(day)s; a membership in it ends then at the latest.")


@command(may_administer, on=people)
def begin_membership(_actor: Actor, person: Person, form: MembershipForm) -> int:
    """Put a person into a unit from a day on. Returns the membership's id."""
    unit = session().get(Unit, form.unit_id, with_for_update={"key_share": True})
    if unit is None:
        raise wrong("unit_id", _(N_("Choose one from the list.")))
    if form.valid_to is not None and form.valid_to <= form.valid_from:
        raise wrong("valid_to", _(N_("This day must come after the first day.")))
    if form.valid_from < unit.valid_from or (unit.valid_to is not None and form.valid_from >= unit.valid_to):
        raise wrong("valid_from", _(N_("The unit does not exist on that day.")))
    if form.valid_to is not None and unit.valid_to is not None and form.valid_to > unit.valid_to:
        raise wrong("valid_to", _(UNIT_ENDS, day=shown(unit.valid_to)))
    if not person.active:
        raise wrong("person", _(N_("This account is closed.")))
    if form.kind != "member" or form.post_id is not None:
        refuse_bot(person, "kind")
    _refuse_foreign_post(form, unit)
    _refuse_overlap(person, form)
    until = form.valid_to or unit.valid_to
    first = session().scalar(select(Membership.id).where(Membership.person_id == person.id).limit(1)) is None
    new = members.NewMembership(person.id, unit.id, form.kind, form.valid_from, until, form.post_id)
    membership_id = members.add_memberships(session(), [new])[0]
    if form.main or first:
        members.make_main(session(), person.id, membership_id)
    record(
        MembershipBegan(
            subject=person.id,
            person=person.id,
            unit=unit.id,
            role=form.kind,
            post=form.post_id,
            since=form.valid_from.isoformat(),
        )
    )
    return membership_id


@command(may_administer, on=memberships)
def end_membership(_actor: Actor, membership: Membership, form: CloseForm) -> None:
    """Take a person out of a unit on a day. A membership that never began by then is taken back."""
    if membership.valid_to is not None and form.on >= membership.valid_to:
        raise wrong("on", _(N_("It ends earlier already.")))
    if form.on <= membership.valid_from:
        session().delete(membership)
    else:
        membership.valid_to = form.on
    members.touch_people(session(), [membership.person_id])
    person, unit = membership.person_id, membership.unit_id
    record(MembershipEnded(subject=person, person=person, unit=unit, on=form.on.isoformat()))


@command(may_administer, on=memberships)
def choose_main(_actor: Actor, membership: Membership) -> None:
    """Make this membership the person's main one."""
    members.make_main(session(), membership.person_id, membership.id)
    person = membership.person_id
    record(MainUnitChosen(subject=person, person=person, unit=membership.unit_id))


def _refuse_foreign_post(form: MembershipForm, unit: Unit) -> None:
    if form.post_id is None:
        return
    post = session().get(Post, form.post_id)
    if post is None or post.unit_id != unit.id:
        raise wrong("post_id", _(N_("This post belongs to another unit.")))
    if post.valid_from > form.valid_from or (post.valid_to is not None and post.valid_to <= form.valid_from):
        raise wrong("post_id", _(N_("This post does not exist on that day.")))
    if (post.kind == "head") != (form.kind == "head"):
        raise wrong("post_id", _(N_("Only the head of a unit holds its head's post.")))


def _refuse_overlap(person: Person, form: MembershipForm) -> None:
    """Nobody is the same twice in one unit; a unit has one head at a time, and any number of acting ones."""
    meets = or_(Membership.valid_to.is_(None), Membership.valid_to > form.valid_from)
    if form.valid_to is not None:
        meets &= Membership.valid_from < form.valid_to
    there = (
        select(Membership.id).where(Membership.unit_id == form.unit_id, Membership.kind == form.kind, meets).limit(1)
    )
    if session().scalar(there.where(Membership.person_id == person.id)) is not None:
        raise wrong("kind", _(N_("They are that already in this unit at that time.")))
    if form.kind == "head" and session().scalar(there.where(Membership.person_id != person.id)) is not None:
        raise wrong("kind", _(N_("This unit has a head at that time. End that first, or choose acting head.")))
