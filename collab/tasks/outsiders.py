"""Counterparts: somebody outside who is found by name, or written down when they are new. Called by commands."""

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.commands.outsiders import named_outsider, use_outsider
from collab.people.forms.organisation import NewOutsider
from collab.people.models import Party
from collab.work.models import WorkItem

from .forms import Details

UNKNOWN = N_("Choose one from the list.")


def counterpart(actor: Actor, item_id: int, entered: Details, known: int | None = None) -> int | None:
    """The party meant by an id, else by a name among outsiders; a new outsider where nobody is called so.

    On an item for named people a new outsider is found by nobody else. `known` is the counterpart the item has already.
    Raises Invalid at `counterpart` for an id that is nobody's, or private to somebody else.
    """
    party_id, name = entered.counterpart, entered.counterpart_name
    if party_id is None and name is None:
        return None
    private = session().scalar(select(WorkItem.reach).where(WorkItem.id == item_id)) == "named"
    if party_id is None:
        return named_outsider(
            actor,
            NewOutsider(
                name=name or "",
                email=entered.counterpart_email,
                phone=entered.counterpart_phone,
                address=entered.counterpart_address,
                another=entered.counterpart_another,
            ),
            private=private,
        )
    if party_id == known:
        return party_id
    if session().scalar(select(Party.id).where(Party.id == party_id)) is None:
        raise wrong("counterpart", _(UNKNOWN))
    if not use_outsider(actor, party_id, private=private):
        raise wrong("counterpart", _(UNKNOWN))
    return party_id
