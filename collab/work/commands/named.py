"""Who sees an item that is for named people only: everybody who takes part, by name. Following it is not being named,
and whoever may change it takes people off again, but for who made it."""

from sqlalchemy import or_, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, NotFound
from collab.core.i18n import N_, _
from collab.people.models import Party

from ..events import PersonTakenOff
from ..models import Participant, Wait, WorkItem
from ..policy import items, may_change

NOT_NAMED = N_("Only an item for named people has people who can be taken off it.")
MADE_IT = N_("Whoever made it sees it.")
HOLDS_IT = N_("Whoever holds it sees it. Give it to somebody else first.")
IS_ASKED = N_("Something is expected of them on it. End that first.")
ONESELF = N_("You cannot take yourself off.")
BY_NAME = ("creator", "holder", "named")


@command(may_change, on=items)
def take_off(actor: Actor, item: WorkItem, person_id: int) -> int:
    """Somebody sees an item for named people no more; until they are asked, called or given it again."""
    if item.reach != "named":
        raise Conflict(_(NOT_NAMED))
    theirs = (Participant.item_id == item.id, Participant.party_id == person_id, Participant.until.is_(None))
    of_people = select(Party.id).where(Party.id == person_id, Party.kind == "person")
    if session().scalar(of_people.where(select(Participant.role).where(*theirs).exists())) is None:
        raise NotFound
    if person_id == item.holder_id:
        raise Conflict(_(HOLDS_IT))
    if person_id == item.created_by:
        raise Conflict(_(MADE_IT))
    if person_id == actor.person_id:
        raise Conflict(_(ONESELF))
    if _is_asked(item.id, person_id):
        raise Conflict(_(IS_ASKED))
    session().execute(update(Participant).where(*theirs).values(until=clock.now()))
    item.changed_at = clock.now()
    record(PersonTakenOff(subject=item.id, person=person_id))
    return item.id


def _is_asked(item_id: int, person_id: int) -> bool:
    theirs = or_(Wait.of_id == person_id, Wait.taken_by == person_id)
    found = select(Wait.id).where(Wait.item_id == item_id, Wait.ended_at.is_(None), theirs).limit(1)
    return session().scalar(found) is not None


def end_watching(item: WorkItem) -> None:
    """Kept to named people from now on: those who only follow it do so no more."""
    named = select(Participant.party_id).where(
        Participant.item_id == item.id, Participant.role.in_(BY_NAME), Participant.until.is_(None)
    )
    watching = (Participant.item_id == item.id, Participant.role == "watcher", Participant.until.is_(None))
    session().execute(
        update(Participant)
        .where(*watching, Participant.party_id.not_in(named))
        .values(until=clock.now())
        .execution_options(synchronize_session=False)
    )
