"""Invitations: what is expected of whoever is invited, their answer, and when nothing is expected any more."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import clock as wall
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden
from collab.core.i18n import N_, _
from collab.work.models import Wait, WorkItem
from collab.work.policy import items
from collab.work.taking_part import join

from ..events import InvitationAnswered
from ..forms import AnswerInvitation
from ..having import invited, meeting_of
from ..models import Meeting, MeetingPerson
from ..policy import may_take_part
from ..words import is_over

NOT_INVITED: Final = N_("You are not invited to this meeting.")


@command(may_take_part, on=items)
def answer_invitation(actor: Actor, item: WorkItem, form: AnswerInvitation) -> int:
    """Say whether one comes; until the meeting begins one may think otherwise."""
    meeting_of(item, ("planned",))
    line = invited(item.id, actor.person_id)
    if line is None:
        raise Forbidden(_(NOT_INVITED))
    if line.answer != form.answer:
        line.answer = form.answer
        session().flush()
        record(InvitationAnswered(subject=item.id, answer=form.answer))
    end_invitations(item.id, actor.person_id, "answered", [actor.person_id])
    return item.id


def invite(actor: Actor, item: WorkItem, row: Meeting, people: Iterable[int]) -> None:
    """Invite them; whoever calls the meeting comes to it themselves. Nobody is asked of a day that is over."""
    at, over = clock.now(), is_over(row.starts_at, actor.time_zone)
    for person in sorted(people):
        own = person == actor.person_id
        session().add(MeetingPerson(item_id=item.id, person_id=person, answer="yes" if own else None))
        join(item.id, person, "asked", at)
        if not own and not over:
            session().add(_wait(actor, item, row, person))
    session().flush()


def ask_again(actor: Actor, item: WorkItem, row: Meeting) -> None:
    """The meeting is held at another time: who had answered is asked again, on the new day unless it is over."""
    end_invitations(item.id, actor.person_id, "withdrawn")
    for line in session().scalars(select(MeetingPerson).where(MeetingPerson.item_id == item.id)):
        line.answer = "yes" if line.person_id == actor.person_id else None
        if line.answer is None and not is_over(row.starts_at, actor.time_zone):
            session().add(_wait(actor, item, row, line.person_id))
    session().flush()


def end_invitations(item_id: int, by_id: int | None, how: str, people: Iterable[int] | None = None) -> None:
    """No answer is expected any more: of these, or of anybody. `by_id` None: their day is over."""
    open_ = update(Wait).where(Wait.item_id == item_id, Wait.sense == "invitation", Wait.ended_at.is_(None))
    if people is not None:
        open_ = open_.where(Wait.of_id.in_(list(people)))
    session().execute(
        open_.values(ended_at=clock.now(), ended_how=how, ended_by=by_id).execution_options(synchronize_session=False)
    )


def _wait(actor: Actor, item: WorkItem, row: Meeting, person: int) -> Wait:
    """It is in their own hands: nobody who stands in for them answers. It says when and where."""
    what = " · ".join(part for part in (wall(row.starts_at, actor.time_zone, locale="en"), row.place) if part)
    return Wait(
        item_id=item.id, sense="invitation", what=what[:200], of_id=person, by_id=actor.person_id, since=clock.now(),
        until=item.due_on, next_action_at=None, taken_by=person, version=1,
    )  # fmt: skip
