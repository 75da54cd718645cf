"""People: added, invited, changed; their accounts closed and opened again; their roles."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session, take_long
from collab.core.forms import wrong
from collab.core.i18n import N_, _

from ..accounts import NOT_INVITED
from ..events import PersonAdded, PersonChanged, PersonDeactivated, PersonInvited, PersonReactivated, RolesChanged
from ..forms.organisation import MembershipForm
from ..forms.people import ChangePersonForm, NewPersonForm, RolesForm
from ..models import Organisation, Person
from ..organisation import codes, founding, members, parties
from ..policy import may_administer, people
from .members import begin_membership
from .only_people import refuse_bot

AT_ONCE = 500
KNOWN_ADDRESS = N_("Somebody has this mail address already.")


@open_command(may_administer)
def add_person(actor: Actor, form: NewPersonForm, site: str) -> int:
    """Give somebody an account and send the invitation. Returns their id."""
    _refuse_known_address(form.email)
    house = session().execute(select(Organisation.locale, Organisation.time_zone)).one()
    locale = form.locale or house.locale
    new = members.NewPerson(
        email=form.email,
        naming=parties.Naming(form.name, form.names()),
        locale=locale,
        time_zone=house.time_zone,
        calendar="jalali" if locale == "fa" else "gregorian",
        title=form.title,
        phone=form.phone,
    )
    with _address_still_free():
        person_id = members.add_people(session(), [new])[0]
    record(PersonAdded(subject=person_id, person=person_id))
    if form.unit_id is not None:
        begins = form.valid_from or founding.today(session())
        belongs = MembershipForm(unit_id=form.unit_id, kind=form.kind, valid_from=begins, main=True)
        begin_membership(actor, person_id, belongs)
    invite_person(actor, person_id, site)
    return person_id


@command(may_administer, on=people)
def invite_person(_actor: Actor, person: Person, site: str) -> None:
    """Send the letter with which somebody chooses their first password. The link in an earlier one ends."""
    refuse_bot(person)
    if not person.active:
        raise wrong("", _(N_("This account is closed.")))
    codes.send_code(session(), person.id, "invitation", site)
    record(PersonInvited(subject=person.id, person=person.id))


@open_command(may_administer)
def invite_all(_actor: Actor, site: str) -> int:
    """Send the first invitation to everybody with an account to whom none went yet. Returns how many those are.

    Their rows are locked first, so that of two who do this at once one invites nobody."""
    take_long()
    waiting = select(Person.id).where(NOT_INVITED).order_by(Person.id).with_for_update(key_share=True)
    ids = session().scalars(waiting).all()
    for begin in range(0, len(ids), AT_ONCE):
        codes.send_first_invitations(session(), ids[begin : begin + AT_ONCE], site)
    for id_ in ids:
        record(PersonInvited(subject=id_, person=id_), quiet=True)
    return len(ids)


@command(may_administer, on=people)
def change_person(_actor: Actor, person: Person, form: ChangePersonForm) -> None:
    """Change name, mail address, title or telephone of a person."""
    if form.email != person.email:
        _refuse_known_address(form.email)
        # A letter on its way to the old address opens nothing any more.
        members.end_codes(session(), person.id, clock.now())
        if person.active and person.password_hash is not None:  # an address that nobody ever used may be mistyped
            codes.tell_address_changed(session(), person.id)
    parties.rename_parties(session(), [(person.id, parties.Naming(form.name, form.names()))])
    person.email, person.title, person.phone = form.email, form.title, form.phone
    with _address_still_free():
        session().flush()
    person.version += 1
    members.touch_people(session(), [person.id])
    record(PersonChanged(subject=person.id, person=person.id))


@command(may_administer, on=people)
def deactivate_person(_actor: Actor, person: Person) -> None:
    """Close an account: sessions, tokens and links end at once. What the person did stays theirs."""
    if not person.active:
        return
    _keep_an_administrator(person)
    now = clock.now()
    person.active, person.deactivated_at = False, now
    members.close_doors(session(), person.id, now)
    members.revoke_tokens(session(), person.id, now)
    members.touch_people(session(), [person.id])
    record(PersonDeactivated(subject=person.id, person=person.id))


@command(may_administer, on=people)
def reactivate_person(_actor: Actor, person: Person) -> None:
    """Open a closed account again. Tokens and sessions of before stay ended."""
    refuse_bot(person)
    if person.active:
        return
    person.active, person.deactivated_at = True, None
    members.touch_people(session(), [person.id])
    record(PersonReactivated(subject=person.id, person=person.id))


@command(may_administer, on=people)
def give_roles(_actor: Actor, person: Person, form: RolesForm) -> None:
    """Say which roles somebody has in the whole organisation."""
    refuse_bot(person, "roles")
    were, roles = sorted(person.roles), sorted(set(form.roles))
    if were == roles:
        return
    if "administrator" in were and "administrator" not in roles:
        _keep_an_administrator(person)
    person.roles = list(roles)
    members.touch_people(session(), [person.id])
    record(RolesChanged(subject=person.id, person=person.id, roles=",".join(roles), were=",".join(were)))


def _keep_an_administrator(person: Person) -> None:
    if "administrator" in person.roles and not members.administrators_left(session(), person.id):
        raise wrong("roles", _(N_("This is the only administrator. Name another one first.")))


def _refuse_known_address(email: str) -> None:
    if session().scalar(select(Person.id).where(Person.email == email)) is not None:
        raise wrong("email", _(KNOWN_ADDRESS))


@contextmanager
def _address_still_free() -> Iterator[None]:
    """Whoever was given the same address in this very moment has it: that is said as if they had had it before."""
    try:
        yield
    except IntegrityError as error:
        if getattr(getattr(error.orig, "diag", None), "constraint_name", None) != "uq_person_email":
            raise
        raise wrong("email", _(KNOWN_ADDRESS)) from error
