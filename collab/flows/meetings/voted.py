"""The votes of a meeting: those begun at a point, and decisions that a point is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, false, func, select, true, union_all

from collab.core.actor import Actor
from collab.core.dates import clock as wall
from collab.core.dates import digits
from collab.core.db import db
from collab.core.i18n import _, ngettext
from collab.decisions.counting.words import apart
from collab.decisions.hands import by_hands, hands_words, typists
from collab.decisions.models import Decision, Roll
from collab.decisions.models import votes_of as weighing
from collab.decisions.policy import leads, may_run
from collab.decisions.queries.page import SHORT_RESULT
from collab.decisions.result_words import chaired_words, outcome_words
from collab.decisions.words import COUNTED
from collab.decisions.words import STAGES as VOTE_STAGES
from collab.work.models import WorkItem
from collab.work.policy import visible_to
from collab.work.queries.parties import Names, names_of

from .models import MeetingPoint, MeetingVote
from .policy import leads as runs
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
    kind: str
    unit_id: int
    created_by: int
    holder_id: int | None
    chair_id: int | None
    begun: bool
    names: Names

    @property
    def counted(self) -> bool:
        return self.stage in COUNTED

    @property
    def hands(self) -> bool:
        return by_hands(self.rule)


@dataclass(frozen=True, slots=True)
class ShownVote:
    """`said`: how many voted and until when, or what came out; `types`: the reader may type in the hands that
    were shown; `closes`: they may close it before its hour, since everybody has voted."""

    it: Vote
    href: str
    stage: str
    said: str
    types: bool
    closes: bool = False


def votes_of(actor: Actor, found: Found) -> list[Vote]:
    """The votes at the points of a meeting that was found, in the order in which they were made; one query, and one
    for the names of those who typed in hands."""
    point, mine = MeetingPoint, Roll.__table__.alias("mine")
    at_points = union_all(
        select(point.id.label("point_id"), point.about_id.label("decision_id"), false().label("begun")).where(
            point.item_id == found.id
        ),
        select(MeetingVote.point_id, MeetingVote.decision_id, true().label("begun"))
        .join(point, point.id == MeetingVote.point_id)
        .where(point.item_id == found.id),
    ).subquery("at_points")
    there = at_points.c
    here = (
        select(there.point_id, there.decision_id, func.bool_or(there.begun).label("begun"))
        .group_by(there.point_id, there.decision_id)
        .subquery("here")
    )
    roll = select(weighing()).where(Roll.item_id == WorkItem.id).correlate(WorkItem)
    query = (
        select(
            here.c.point_id, WorkItem.id, WorkItem.reference, WorkItem.title, Decision.stage,
            Decision.rule, SHORT_RESULT, Decision.chosen, Decision.closes_at,
            roll.where(Roll.left_out.is_(None), Roll.recused_at.is_(None)).scalar_subquery().label("able"),
            roll.where(Roll.cast_at.is_not(None)).scalar_subquery().label("cast"),
            and_(mine.c.person_id.is_not(None), mine.c.left_out.is_(None), mine.c.recused_at.is_(None)),
            mine.c.cast_at.is_not(None), WorkItem.kind, WorkItem.unit_id, WorkItem.created_by, WorkItem.holder_id,
            Decision.chair_id, here.c.begun,
        )
        .join(Decision, Decision.item_id == here.c.decision_id)
        .join(WorkItem, WorkItem.id == Decision.item_id)
        .outerjoin(mine, and_(mine.c.item_id == WorkItem.id, mine.c.person_id == actor.person_id))
        .where(visible_to(actor), Decision.stage.not_in(("draft", "discussion")))
        .order_by(WorkItem.id)
    )  # fmt: skip
    made: Any = Vote
    rows = db.session.execute(query).all()
    names = names_of(actor, [id_ for row in rows for id_ in typists(row.result)])
    return [made(*row, names) for row in rows]


def votes_shown(actor: Actor, found: Found) -> dict[int, list[ShownVote]]:
    """Point → its votes as a page shows them; one query."""
    it: Any = found
    keeps, by_point = runs(actor, it), dict[int, list[ShownVote]]()
    for one in votes_of(actor, found):
        vote: Any = one
        shown = ShownVote(one, f"/decisions/{one.reference}", _(VOTE_STAGES[one.stage]), vote_words(actor, one),
            one.hands and one.stage == "open" and ((one.begun and keeps) or leads(actor, one)),
            one.stage == "open" and not one.hands and one.cast >= one.able and may_run(actor, vote))  # fmt: skip
        by_point.setdefault(one.point_id, []).append(shown)
    return by_point


def vote_words(actor: Actor, vote: Vote) -> str:
    """Of an open vote how many voted and until when, of a counted one what came out; in sentences."""
    it: Any = vote
    if vote.counted:
        hands = hands_words(vote.rule, vote.result, lambda by: vote.names.one(by).name, actor.time_zone, actor.calendar)
        return _said(it, hands)
    if vote.stage != "open" or vote.closes_at is None:
        return ""
    until = _("until %(clock)s", clock=wall(vote.closes_at, actor.time_zone))
    if vote.hands:
        return _("by show of hands") + " · " + until
    said = ngettext(
        "%(cast)s of %(entitled)s voted", "%(cast)s of %(entitled)s voted", vote.cast,
        cast=digits(vote.cast), entitled=digits(vote.able),
    )  # fmt: skip
    return said + " · " + until


def _said(it: Any, hands: list[str]) -> str:
    """The numbers, what came out, what was corrected, and the chair's word: its reason may end without a full stop."""
    return " ".join(part for part in (*hands[:1], *outcome_words(it), *hands[1:], chaired_words(it)) if part)


def public_votes(found: Found) -> dict[int, list[str]]:
    """Point of a meeting that was found → what came out of the votes begun there, as its public minutes say it: the
    same for everybody who reads them, without references and without who typed numbers in; one query."""
    point = MeetingPoint
    query = (
        select(point.id, WorkItem.title, Decision.rule, SHORT_RESULT, Decision.chosen)
        .join(MeetingVote, MeetingVote.point_id == point.id)
        .join(Decision, Decision.item_id == MeetingVote.decision_id)
        .join(WorkItem, WorkItem.id == Decision.item_id)
        .where(point.item_id == found.id, point.internal.is_(False), Decision.stage.in_(COUNTED))
        .order_by(WorkItem.id)
    )
    said: dict[int, list[str]] = {}
    for row in db.session.execute(query):
        it: Any = row
        outcome = _said(it, hands_words(row.rule, row.result, None, "UTC"))
        said.setdefault(row.id, []).append(_("“%(title)s”: %(outcome)s", title=apart(row.title), outcome=outcome))
    return said
