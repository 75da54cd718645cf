"""The votes of a meeting: those begun at a point, and decisions that a point is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select, union

from collab.core.actor import Actor
from collab.core.dates import clock as wall
from collab.core.dates import digits
from collab.core.db import db
from collab.core.i18n import _, ngettext
from collab.decisions.models import Decision, Roll
from collab.decisions.models import votes_of as weighing
from collab.decisions.result_words import chaired_words, outcome_words
from collab.decisions.words import COUNTED
from collab.decisions.words import STAGES as VOTE_STAGES
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from .models import MeetingPoint, MeetingVote
from .queries import Found


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote that was opened, as far as the reader sees it. `entitled`: they may vote; `voted`: they have."""

    point_id: int
    id: int
    reference: str
    title: str
    stage: str
    rule: dict[str, Any]
    result: dict[str, Any] | None
    chosen: dict[str, Any] | None
    closes_at: datetime | None
    able: int
    cast: int
    entitled: bool
    voted: bool

    @property
    def counted(self) -> bool:
        return self.stage in COUNTED


@dataclass(frozen=True, slots=True)
class ShownVote:
    """`said`: how many voted and until when, or what came out."""

    it: Vote
    href: str
    stage: str
    said: str


def votes_of(actor: Actor, found: Found) -> list[Vote]:
    """The votes at the points of a meeting that was found, in the order in which they were made; one query."""
    point, mine = MeetingPoint, Roll.__table__.alias("mine")
    here = union(
        select(point.id, point.about_id.label("decision_id")).where(point.item_id == found.id),
        select(MeetingVote.point_id, MeetingVote.decision_id)
        .join(point, point.id == MeetingVote.point_id)
        .where(point.item_id == found.id),
    ).subquery("here")
    roll = select(weighing()).where(Roll.item_id == WorkItem.id).correlate(WorkItem)
    query = (
        select(
            here.c.id.label("point_id"), WorkItem.id, WorkItem.reference, WorkItem.title, Decision.stage,
            Decision.rule, Decision.result, Decision.chosen, Decision.closes_at,
            roll.where(Roll.left_out.is_(None), Roll.recused_at.is_(None)).scalar_subquery().label("able"),
            roll.where(Roll.cast_at.is_not(None)).scalar_subquery().label("cast"),
            and_(mine.c.person_id.is_not(None), mine.c.left_out.is_(None), mine.c.recused_at.is_(None)),
            mine.c.cast_at.is_not(None),
        )
        .join(Decision, Decision.item_id == here.c.decision_id)
        .join(WorkItem, WorkItem.id == Decision.item_id)
        .outerjoin(mine, and_(mine.c.item_id == WorkItem.id, mine.c.person_id == actor.person_id))
        .where(visible_to(actor), Decision.stage.not_in(("draft", "discussion")))
        .order_by(WorkItem.id)
    )  # fmt: skip
    return [Vote(*row) for row in db.session.execute(query)]


def votes_shown(actor: Actor, found: Found) -> dict[int, list[ShownVote]]:
    """Point → its votes as a page shows them; one query."""
    by_point: dict[int, list[ShownVote]] = {}
    for one in votes_of(actor, found):
        shown = ShownVote(one, f"/decisions/{one.reference}", _(VOTE_STAGES[one.stage]), vote_words(actor, one))
        by_point.setdefault(one.point_id, []).append(shown)
    return by_point


def vote_words(actor: Actor, vote: Vote) -> str:
    """Of an open vote how many voted and until when, of a counted one what came out; in sentences."""
    it: Any = vote
    if vote.counted:
        return " ".join(part for part in (*outcome_words(it), chaired_words(it)) if part)
    if vote.stage != "open" or vote.closes_at is None:
        return ""
    said = ngettext(
        "%(cast)s of %(entitled)s voted", "%(cast)s of %(entitled)s voted", vote.cast,
        cast=digits(vote.cast), entitled=digits(vote.able),
    )  # fmt: skip
    return said + " · " + _("until %(clock)s", clock=wall(vote.closes_at, actor.time_zone))
