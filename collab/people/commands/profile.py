"""How Collab looks and speaks to somebody: theirs alone to say."""

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.envelope import command, record, session

from ..events import ProfileChanged
from ..forms.people import ProfileForm
from ..models import Party, Person
from ..organisation import members, parties
from ..policy import may_change_profile, people


@command(may_change_profile, on=people)
def change_profile(_actor: Actor, person: Person, form: ProfileForm) -> None:
    """Change one's language, calendar, theme, time zone, or what colleagues read of one."""
    given = form.model_dump(exclude_unset=True)
    name = given.pop("name", None)
    if name is not None:
        known = session().execute(select(Party.label, Party.names).where(Party.id == person.id)).one()
        if name != known.label:
            parties.rename_parties(session(), [(person.id, parties.Naming(name, known.names))])
            person.version += 1
    for field, value in given.items():
        if value is not None or field in ("title", "phone"):
            setattr(person, field, value)
    members.touch_people(session(), [person.id])
    record(ProfileChanged(subject=person.id, person=person.id))
