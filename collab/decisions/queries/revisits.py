"""Around a decision: what it was made of, in which meeting it was begun, whose place it takes, what takes its own; and
what looking at it again waits for, of whom that is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, Text, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from collab.core.actor import Actor
from collab.core.origins import origins_said, origins_seen
from collab.core.prepared import Prepared
from collab.core.venue import Venue, venue_said, venues_seen
from collab.work.models import Wait, WorkItem
from collab.work.policy import visible_to

from ..evidence import STOOD
from ..exhibits import Stood, stood_in
from ..models import Decision
from ..stages import PREPARING
from .page import Found


@dataclass(frozen=True, slots=True)
class Around:
    """References, empty where there is none or the reader does not see it; `asked`: who is to look at it again;
    `before`: reference and title of those whose place it took, `successor` of the one that took its own, `revises` that
    whose place it is to take; `origins`: label and address of what it was made of."""

    after: str = ""
    revised: str = ""
    asked: int | None = None
    before: tuple[tuple[str, str], ...] = ()
    successor: tuple[str, str] | None = None
    revises: str = ""
    origins: tuple[tuple[str, str], ...] = ()
    venue: Venue | None = None
    stood: Sequence[Stood] | None = None


def _around(actor: Actor) -> Any:
    def seen(column: Any, name: str) -> Any:
        return select(column).where(WorkItem.id == bindparam(name, type_=BigInteger), visible_to(actor))

    revised: Any = (
        select(WorkItem.reference)
        .join(Decision, Decision.item_id == WorkItem.id)
        .where(Decision.revises_id == bindparam("decision", type_=BigInteger))
        .where(Decision.stage == any_(bindparam("preparing", sorted(PREPARING), type_=ARRAY(Text))), visible_to(actor))
        .order_by(WorkItem.id.desc())
        .limit(1)
    )
    named = func.jsonb_build_array(WorkItem.reference, WorkItem.title)
    before = (
        select(func.jsonb_agg(aggregate_order_by(named, WorkItem.id)))
        .join(Decision, Decision.item_id == WorkItem.id)
        .where(Decision.superseded_by == bindparam("decision", type_=BigInteger), visible_to(actor))
    )
    stood = select(STOOD).where(Decision.item_id == bindparam("decision", type_=BigInteger))
    asked = select(Wait.of_id).where(Wait.id == bindparam("wait", type_=BigInteger))
    return select(
        seen(WorkItem.reference, "after").scalar_subquery().label("after"),
        revised.scalar_subquery().label("revised"),
        asked.scalar_subquery().label("asked"),
        before.scalar_subquery().label("before"),
        seen(named, "superseded_by").scalar_subquery().label("successor"),
        seen(WorkItem.reference, "revises").scalar_subquery().label("revises"),
        origins_seen(actor, bindparam("decision", type_=BigInteger)).label("origins"),
        venues_seen(actor, bindparam("decision", type_=BigInteger)).label("venues"),
        stood.scalar_subquery().label("stood"),
    )


AROUND: Final = Prepared(_around)


def around(actor: Actor, found: Found) -> Around:
    """Around a decision that was found; one query."""
    [row] = AROUND.rows(
        actor, decision=found.id, after=found.revisit_after_id, wait=found.revisit_wait_id,
        superseded_by=found.superseded_by, revises=found.revises_id if is_to_revise(found) else None,
    )  # fmt: skip
    before = tuple((reference, title) for reference, title in row.before or ())
    successor = tuple(row.successor) if row.successor else None
    return Around(
        row.after or "", row.revised or "", row.asked, before, successor, row.revises or "",
        tuple(origins_said(row.origins)), venue_said(actor, row.venues), stood_in(row.stood),
    )  # fmt: skip


def is_to_revise(found: Found) -> bool:
    """Whether it is to take the place of another: neither once it took it, nor once it was given up."""
    return found.revises_id is not None and found.stage in PREPARING
