"""Counterparts: somebody outside who is found by name, or written down when they are new. Called by commands."""

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.envelope import record, session
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.commands.outsiders import (
    CONTACT,
    complete_outsider,
    named_outsider,
    outsider_called,
    use_outsider,
)
from collab.people.forms.organisation import NewOutsider
from collab.people.models import Party
from collab.work.models import WorkItem

from .events import CounterpartCompleted
from .forms import Details

UNKNOWN = N_("Choose one from the list.")
WHOSE = N_("Say whose this is: name the counterpart.")
NOT_OUTSIDE = N_("This is kept of those outside who are on your list; leave it empty.")


def counterpart(actor: Actor, item_id: int, entered: Details, known: int | None = None) -> int | None:
    """The party meant by an id, else by a name among outsiders; a new outsider where nobody is called so.

    On an item for named people a new outsider is found by nobody else. `known` is the counterpart the item has already.
    What is entered of somebody on the list is added where it is missing, and the history of the item says so. Raises
    Invalid at `counterpart` for an id that is nobody's, or private to somebody else.
    """
    party_id, name = entered.counterpart, entered.counterpart_name
    about = NewOutsider.model_construct(
        name=name or "",
        email=entered.counterpart_email,
        phone=entered.counterpart_phone,
        address=entered.counterpart_address,
        another=entered.counterpart_another,
    )
    given = [part for part in CONTACT if getattr(about, part)]
    if party_id is None and name is None:
        if given:
            raise wrong("counterpart", _(WHOSE))
        return None
    private = session().scalar(select(WorkItem.reach).where(WorkItem.id == item_id)) == "named"
    if about.another and name is not None:
        party_id = None  # a field that chooses by the name chose whoever is called the same
    elif party_id is None:
        party_id = outsider_called(actor, name or "")
    if party_id is None:
        return named_outsider(actor, about, private=private)
    if party_id != known:
        if session().scalar(select(Party.id).where(Party.id == party_id)) is None:
            raise wrong("counterpart", _(UNKNOWN))
        if not use_outsider(actor, party_id, private=private):
            raise wrong("counterpart", _(UNKNOWN))
    if given:
        _complete(actor, item_id, party_id, about, given)
    return party_id


def _complete(actor: Actor, item_id: int, party_id: int, about: NewOutsider, given: list[str]) -> None:
    """Raises Invalid at what was given of people and units of the house, and of those whom `actor` does not find."""
    added = complete_outsider(actor, party_id, about)
    if added is None:
        raise wrong(f"counterpart_{given[0]}", _(NOT_OUTSIDE))
    if added:
        record(CounterpartCompleted(subject=item_id, counterpart=party_id, added=",".join(added)))
