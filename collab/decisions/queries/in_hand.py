"""What somebody has in hand of decisions: open votes in which they are entitled, and decisions that they chair.

Whether they voted is not said: that is nobody's to see while the vote is open.
"""

from typing import Any, Final

from sqlalchemy import BigInteger, and_, bindparam, false, func, or_, select

from collab.core.actor import Actor
from collab.core.i18n import N_, _
from collab.core.in_hand import MOST, InHand, Thing, listed
from collab.core.prepared import Prepared
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from ..models import Decision, Roll
from ..stages import PREPARING

VOTES: Final = N_("Open votes in which they are entitled")
VOTES_NOTE: Final = N_(
    "Each votes for themselves, before the last day, or gives the vote to somebody where the rule allows it."
)
CHAIRS: Final = N_("Decisions that they chair")
CHAIRS_NOTE: Final = N_(
    "Name another chair on the page of each. While a vote is open the chair passes, when they are gone, to whoever "
    "follows on their post, else to whoever leads the unit."
)


def in_hand(actor: Actor, person_id: int) -> list[InHand]:
    """The two sorts, in one query."""
    rows = _CONCERNED.rows(actor, person=person_id)
    return [
        *listed(_(VOTES), _(VOTES_NOTE), [_thing(row) for row in rows if row.votes]),
        *listed(_(CHAIRS), _(CHAIRS_NOTE), [_thing(row) for row in rows if row.chairs]),
    ]


def _concerned(actor: Actor) -> Any:
    person = bindparam("person", type_=BigInteger)
    entitled = (
        select(Roll.item_id)
        .where(
            Roll.item_id == Decision.item_id,
            Roll.person_id == person,
            Roll.left_out.is_(None),
            Roll.recused_at.is_(None),
        )
        .exists()
    )
    votes, chairs = and_(Decision.stage == "open", entitled), Decision.chair_id == person
    return (
        select(
            WorkItem.reference, WorkItem.title, Decision.closes_at, votes.label("votes"),
            func.coalesce(chairs, false()).label("chairs"),
        )
        .join(Decision, Decision.item_id == WorkItem.id)
        .where(visible_to(actor), or_(*(Decision.stage == stage for stage in PREPARING)), or_(votes, chairs))
        .order_by(Decision.closes_at.nulls_last(), WorkItem.id)
        .limit(2 * MOST + 1)
    )  # fmt: skip


_CONCERNED: Final = Prepared(_concerned)


def _thing(row: Any) -> Thing:
    return Thing(f"/decisions/{row.reference}", row.title, row.reference, until=row.closes_at)
