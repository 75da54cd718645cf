"""What somebody has in hand of meetings: those that they chair or keep the minutes of, while they are not over."""

from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, or_, select

from collab.core.actor import Actor
from collab.core.i18n import N_, _
from collab.core.in_hand import MOST, InHand, Thing, listed
from collab.core.prepared import Prepared
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from .models import Meeting

MEETINGS: Final = N_("Meetings that they run")
NOTE: Final = N_("Name somebody else with Edit on the page of each. Of a series it is the newest one that is followed.")
CHAIR, SECRETARY = N_("chair"), N_("secretary")
STANDING: Final = ("planned", "running", "minutes")


def in_hand(actor: Actor, person_id: int) -> list[InHand]:
    """One sort, in one query."""
    rows = _RUN.rows(actor, person=person_id)
    things = [
        Thing(
            f"/meetings/{row.reference}",
            row.title,
            row.reference,
            _(CHAIR) if row.chair_id == person_id else _(SECRETARY),
            row.starts_at,
        )
        for row in rows
    ]
    return listed(_(MEETINGS), _(NOTE), things)


def _run(actor: Actor) -> Any:
    person = bindparam("person", type_=BigInteger)
    return (
        select(WorkItem.reference, WorkItem.title, Meeting.starts_at, Meeting.chair_id)
        .join(Meeting, Meeting.item_id == WorkItem.id)
        .where(
            visible_to(actor),
            or_(*(Meeting.stage == stage for stage in STANDING)),
            or_(Meeting.chair_id == person, Meeting.secretary_id == person),
        )
        .order_by(Meeting.starts_at, WorkItem.id)
        .limit(MOST + 1)
    )


_RUN: Final = Prepared(_run)
