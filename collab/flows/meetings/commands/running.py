"""A meeting begins, ends, its minutes are approved; or it is cancelled."""

from sqlalchemy import func, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _, ngettext
from collab.decisions.having import touch
from collab.decisions.models import Decision
from collab.work.ball import settle
from collab.work.models import WorkItem
from collab.work.policy import items

from ..events import MeetingCancelled, MeetingStaged, MinutesApproved, MinutesPublished
from ..forms import CancelMeeting, EndMeeting
from ..having import both, led, locked, standing
from ..models import MeetingPerson, MeetingPoint, MeetingVote
from ..policy import may_approve, may_take_part
from .inviting import end_invitations
from .repeating import carry_on

NOT_CHAIR_OUT = N_("The chair publishes the minutes.")
NOT_OPEN = N_("This meeting is not open to citizens: its minutes stay in the house.")
NOT_CHAIR = N_("The chair approves the minutes.")


@command(may_take_part, on=items)
def start_meeting(actor: Actor, item: WorkItem) -> int:
    """The meeting begins: from now on minutes are written."""
    row = led(actor, item, ("planned",))
    row.stage, row.started_at, item.state_kind = "running", clock.now(), "active"
    _expected(item.id)
    end_invitations(item.id, actor.person_id, "lapsed")
    _settled(actor, item)
    record(MeetingStaged(subject=item.id, stage="running"))
    return item.id


@command(may_take_part, on=items)
def end_meeting(actor: Actor, item: WorkItem, form: EndMeeting) -> int:
    """The meeting ends; its minutes can be written on until the chair approves them. No day is due any more. Raises
    Invalid at `votes_stay` while votes begun in it are open, unless they stay so."""
    row = led(actor, item, ("running",))
    if not form.votes_stay:
        _refuse_open_votes(item.id)
    row.stage, row.ended_at, item.due_on = "minutes", clock.now(), None
    carry_on(item.id, row)
    _settled(actor, item)
    record(MeetingStaged(subject=item.id, stage="minutes"))
    return item.id


def _refuse_open_votes(item_id: int) -> None:
    begun = select(func.count()).select_from(MeetingVote).join(MeetingPoint, MeetingPoint.id == MeetingVote.point_id)
    begun = begun.join(Decision, Decision.item_id == MeetingVote.decision_id)
    left = session().scalar(begun.where(MeetingPoint.item_id == item_id, Decision.stage == "open")) or 0
    if left:
        said = ngettext(
            "%(count)s vote begun here is still open, and stays open until its hour.",
            "%(count)s votes begun here are still open, and stay open until their hour.",
            left,
            count=digits(left),
        )
        raise wrong("votes_stay", said)


@command(may_take_part, on=items)
def approve_minutes(actor: Actor, item: WorkItem) -> int:
    """Approve the minutes, as chair: from here on they stand as they are."""
    row = locked(item)
    if not may_approve(actor, both(item, row)):
        raise Forbidden(_(NOT_CHAIR))
    standing(row, ("minutes",))
    row.stage, row.approved_at, row.approved_by = "closed", clock.now(), actor.person_id
    item.state_kind, item.closed_at = "done", clock.now()
    _settled(actor, item)
    record(MinutesApproved(subject=item.id))
    return item.id


@command(may_take_part, on=items)
def publish_minutes(actor: Actor, item: WorkItem) -> int:
    """Publish the version of the approved minutes that is without what is internal, as chair."""
    row = locked(item)
    if not may_approve(actor, both(item, row)):
        raise Forbidden(_(NOT_CHAIR_OUT))
    standing(row, ("closed",))
    if not row.open:
        raise Conflict(_(NOT_OPEN))
    if row.published_at is None:
        row.published_at, row.published_by = clock.now(), actor.person_id
        touch(item)
        record(MinutesPublished(subject=item.id))
    return item.id


@command(may_take_part, on=items)
def cancel_meeting(actor: Actor, item: WorkItem, form: CancelMeeting) -> int:
    """Call a planned meeting off, with the reason."""
    row = led(actor, item, ("planned",))
    row.stage, row.ended_reason = "cancelled", form.reason
    end_invitations(item.id, actor.person_id, "withdrawn")
    carry_on(item.id, row)
    item.state_kind, item.closed_at = "cancelled", clock.now()
    _settled(actor, item)
    record(MeetingCancelled(subject=item.id, reason=form.reason))
    return item.id


def _expected(item_id: int) -> None:
    """Whoever said that they cannot come is excused, unless their presence was noted."""
    session().execute(
        update(MeetingPerson)
        .where(MeetingPerson.item_id == item_id, MeetingPerson.answer == "no", MeetingPerson.presence.is_(None))
        .values(presence="excused")
    )


def _settled(actor: Actor, item: WorkItem) -> None:
    touch(item)
    settle(item, actor.person_id, clock.now())
