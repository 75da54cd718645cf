"""Counterparts: somebody outside who is found by name, or written down when they are new. Called by commands."""

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.text.fold import fold
from collab.people.commands.outsiders import add_outsider, keep_private, use_outsider
from collab.people.forms.organisation import OutsiderForm
from collab.people.models import Outsider, Party
from collab.people.policy import finds_outsider
from collab.work.models import WorkItem

UNKNOWN = N_("Choose one from the list.")


def counterpart(
    actor: Actor, item_id: int, party_id: int | None, name: str | None, known: int | None = None
) -> int | None:
    """The party meant by an id, else by a name among outsiders; a new outsider where nobody is called so.

    On an item for named people a new outsider is found by nobody else. `known` is the counterpart the item has already.
    Raises Invalid at `counterpart` for an id that is nobody's, or private to somebody else.
    """
    if party_id is None and name is None:
        return None
    private = session().scalar(select(WorkItem.reach).where(WorkItem.id == item_id)) == "named"
    if party_id is None:
        party_id = session().scalar(
            select(Party.id)
            .join(Outsider, Outsider.id == Party.id)
            .where(Party.kind == "outsider", Party.folded == fold(name or ""), finds_outsider(actor))
            .order_by(Party.id)
            .limit(1)
        )
    if party_id is None:
        made = add_outsider(actor, OutsiderForm(name=name or ""))
        if private and not actor.is_system:
            keep_private(actor, made)
        return made
    if party_id == known:
        return party_id
    if session().scalar(select(Party.id).where(Party.id == party_id)) is None:
        raise wrong("counterpart", _(UNKNOWN))
    if not use_outsider(actor, party_id, private=private):
        raise wrong("counterpart", _(UNKNOWN))
    return party_id
