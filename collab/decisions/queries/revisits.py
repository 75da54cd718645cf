"""Around looking at a decision again: what it waits for, of whom it is asked, what is drafted in its place."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, Text, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.prepared import Prepared
from collab.work.models import Wait, WorkItem
from collab.work.policy import visible_to

from ..models import Decision
from ..stages import PREPARING
from .page import Found


@dataclass(frozen=True, slots=True)
class Around:
    """References, empty where there is none or the reader does not see it; `asked`: who is to look at it again;
    `before`: reference and title of those whose place it took."""

    after: str = ""
    revised: str = ""
    asked: int | None = None
    before: tuple[tuple[str, str], ...] = ()


def _around(actor: Actor) -> Any:
    after = select(WorkItem.reference).where(WorkItem.id == bindparam("after", type_=BigInteger), visible_to(actor))
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
    asked = select(Wait.of_id).where(Wait.id == bindparam("wait", type_=BigInteger))
    return select(
        after.scalar_subquery().label("after"),
        revised.scalar_subquery().label("revised"),
        asked.scalar_subquery().label("asked"),
        before.scalar_subquery().label("before"),
    )


AROUND: Final = Prepared(_around)


def around(actor: Actor, found: Found) -> Around:
    """Around a decision that was found and is in force; one query."""
    [row] = AROUND.rows(actor, decision=found.id, after=found.revisit_after_id, wait=found.revisit_wait_id)
    before = tuple((reference, title) for reference, title in row.before or ())
    return Around(row.after or "", row.revised or "", row.asked, before)


def revised_by(actor: Actor, found: Found) -> str:
    """The reference of the decision whose place this one is to take, where the reader sees it; no query without one,
    nor once it took it or was given up."""
    if found.revises_id is None or found.stage not in PREPARING:
        return ""
    query = select(WorkItem.reference).where(WorkItem.id == found.revises_id, visible_to(actor))
    return db.session.scalar(query) or ""
