"""What the command line asks of people: the same verbs, with mail addresses instead of ids."""

from collections.abc import Sequence

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.envelope import open_command, record, session, system
from collab.core.forms import parse, wrong

from .commands.doors import add_token
from .commands.members import begin_membership
from .commands.people import give_roles
from .events import PersonAdded, PersonInvited
from .forms.doors import TokenForm
from .forms.organisation import MembershipForm
from .forms.people import NewPersonForm, RolesForm
from .models import Organisation, Person, Unit
from .organisation import codes, founding, members, parties
from .secrets import MARK, digest, new_secret


def person_of(email: str) -> int:
    """The id of the person with a mail address. Raises Invalid with a sentence."""
    found = db.session.scalar(select(Person.id).where(Person.email == email.strip().lower()))
    if found is None:
        raise wrong("", f"nobody has the mail address {email}")
    return found


@open_command(system)
def add_from_outside(
    actor: Actor,
    email: str,
    name: str,
    unit_code: str | None,
    kind: str,
    roles: Sequence[str],
    locale: str | None,
    organisation: str,
    site: str,
) -> str:
    """Add a person, founding the organisation for the very first; returns the link of the invitation."""
    form = parse(NewPersonForm, {"email": email, "name": name, "locale": locale, "kind": kind}, typed=True)
    founding.found(session(), organisation, locale=locale or "en")
    if members.person_ids(session(), [form.email]):
        raise wrong("email", "somebody has this mail address already")
    house = session().execute(select(Organisation.locale, Organisation.time_zone)).one()
    new = members.NewPerson(
        email=form.email,
        naming=parties.Naming(form.name),
        locale=form.locale or house.locale,
        time_zone=house.time_zone,
    )
    person_id = members.add_people(session(), [new])[0]
    record(PersonAdded(subject=person_id, person=person_id))
    if roles:
        give_roles(actor, person_id, parse(RolesForm, {"roles": list(roles)}, typed=True))
    if unit_code is not None:
        unit_id = session().scalar(select(Unit.id).where(Unit.code == unit_code))
        if unit_id is None:
            raise wrong("unit", f"no unit has the code {unit_code}")
        belongs = {"unit_id": unit_id, "kind": kind, "valid_from": founding.today(session()), "main": True}
        begin_membership(actor, person_id, parse(MembershipForm, belongs, typed=True))
    code = codes.send_code(session(), person_id, "invitation", site)
    record(PersonInvited(subject=person_id, person=person_id))
    return f"{site}/invitations/{code}"


@open_command(system)
def reset_from_outside(_actor: Actor, email: str, site: str) -> str:
    """Send a link for a new password; returns it."""
    return f"{site}/password-reset/{codes.send_code(session(), person_of(email), 'reset', site)}"


@open_command(system)
def token_from_outside(actor: Actor, email: str, name: str, scopes: Sequence[str], days: int) -> str:
    """Make an access token for a person; returns it."""
    person_id = person_of(email)
    wanted = [scope.strip() for scope in scopes]
    form = parse(TokenForm, {"name": name, "scopes": wanted, "days": days}, typed=True)
    secret = new_secret(MARK)
    add_token(actor, person_id, form, digest(secret), secret[:12])
    return secret
