"""Counterparts: somebody outside who is found by name, or written down when they are new. Called by commands."""

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.text.fold import fold
from collab.people.commands.outsiders import add_outsider
from collab.people.forms.organisation import OutsiderForm
from collab.people.models import Party

UNKNOWN = N_("Choose one from the list.")


def counterpart(actor: Actor, party_id: int | None, name: str | None) -> int | None:
    """The party meant by an id, else by a name among outsiders; a new outsider where nobody is called so.

    Raises Invalid at `counterpart` for an id that is nobody's.
    """
    if party_id is not None:
        if session().scalar(select(Party.id).where(Party.id == party_id)) is None:
            raise wrong("counterpart", _(UNKNOWN))
        return party_id
    if name is None:
        return None
    known = session().scalar(
        select(Party.id).where(Party.kind == "outsider", Party.folded == fold(name)).order_by(Party.id).limit(1)
    )
    return known if known is not None else add_outsider(actor, OutsiderForm(name=name))
