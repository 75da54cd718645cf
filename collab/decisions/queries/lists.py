"""Which decisions there are: waiting for my vote, mine, open, closed, not carried out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, get_args

from sqlalchemy import ARRAY, BigInteger, Select, and_, any_, bindparam, func, or_, select, true

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language
from collab.core.paging import USUAL, Key, Keyset, Kind, Page, Window
from collab.core.prepared import Fixed, Prepared
from collab.people.models import Party
from collab.work.models import Wait, WorkItem
from collab.work.policy import among, visible_to
from collab.work.queries.waits import of_me

from ..forms import DecisionList
from ..models import Decision, Roll, votes_of
from ..words import COUNTED

AWAITED = {"my-vote": "vote", "my-advice": "advice", "my-review": "revisit"}
NEWEST = Keyset((Key("id", WorkItem.id, Kind.INTEGER, descending=True),))
BY_CLOSE: Final = ("my-vote", "open")
_IDS: Final[Any] = bindparam("ids", type_=ARRAY(BigInteger))
SOONEST = Keyset((Key("closes", Decision.closes_at, Kind.INSTANT, nulls="last"), Key("id", WorkItem.id, Kind.INTEGER)))


@dataclass(frozen=True, slots=True)
class Line:
    """A decision as a line of a list; turnout where the vote is open or was held. `asked_at`: since when the reader's
    vote, advice or review is awaited, `answer_by` until what day. `form`, `outcome`, `winners`: of what came out of a
    closed vote; `unopened`: why nothing did."""

    id: int
    reference: str
    title: str
    unit: str
    stage: str
    level: str
    preset: str
    created_at: datetime
    opened_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    revisit_on: Any
    hands: bool
    unopened: str | None = None
    form: str = ""
    outcome: str | None = None
    winners: tuple[str, ...] = ()
    entitled: int = 0
    cast: int = 0
    asked_at: datetime | None = None
    answer_by: Any = None


def _awaits(actor: Actor, sense: str) -> Any:
    """What is awaited of the reader: votes of themselves and of whom they stand in for; advice and review of their
    posts and trays of units too."""
    open_ = and_(Wait.sense == sense, Wait.ended_at.is_(None))
    if sense != "vote":
        return and_(open_, of_me(actor))
    theirs = or_(Wait.of_id == actor.person_id, Wait.of_id == among(actor.substitutes))
    return and_(open_, or_(and_(theirs, Wait.taken_by.is_(None)), Wait.taken_by == actor.person_id))


def _awaited(actor: Actor, sense: str) -> Any:
    return select(Wait.id).where(Wait.item_id == WorkItem.id, _awaits(actor, sense)).exists()


def _criterion(actor: Actor, whose: str) -> Any:
    run = or_(WorkItem.created_by == actor.person_id, WorkItem.holder_id == among(actor.parties))
    if whose == "my-vote":
        return and_(Decision.stage == "open", _awaited(actor, "vote"))
    if whose in ("my-advice", "my-review"):
        return _awaited(actor, AWAITED[whose])
    if whose == "to-open":
        return and_(Decision.stage == "discussion", WorkItem.unit_id == among(actor.headed))
    if whose == "mine":
        return or_(run, Decision.opened_by == actor.person_id)
    if whose == "open":
        return Decision.stage == "open"
    if whose == "not-carried-out":
        return and_(Decision.stage == "decided", or_(WorkItem.unit_id == among(actor.headed), run))
    over = or_(*(Decision.stage == stage for stage in COUNTED), Decision.unopened.is_not(None))
    return over if whose == "decided" else true()


def _lines(actor: Actor, whose: str, window: Window) -> Any:
    query: Select[Any] = (
        select(
            WorkItem.id, WorkItem.reference, WorkItem.title, Party.label, Party.names, Decision.stage, Decision.level,
            Decision.preset, WorkItem.created_at, Decision.opened_at, Decision.closes_at,
            Decision.closed_at, Decision.revisit_on,
            Decision.rule["hands"].as_boolean().label("hands"), Decision.result["cast"].as_integer().label("counted"),
            Decision.unopened, Decision.rule["form"].as_string().label("form"),
            Decision.result["outcome"].as_string().label("outcome"), Decision.result["winners"].label("winners"),
        )
        .join(Decision, Decision.item_id == WorkItem.id)
        .join(Party, Party.id == WorkItem.unit_id)
        .where(visible_to(actor), _criterion(actor, whose))
    )  # fmt: skip
    return window.applied(query)


def _first(whose: str) -> Prepared:
    return Prepared(lambda actor: _lines(actor, whose, _order(whose).window(None, USUAL)))


def _order(whose: str) -> Keyset:
    return SOONEST if whose in BY_CLOSE else NEWEST


FIRST: Final = {whose: _first(whose) for whose in get_args(DecisionList.model_fields["whose"].annotation)}
"""The first page of each list, as most ask for it."""


def decisions(actor: Actor, wanted: DecisionList) -> Page[Line]:
    """A page of decisions; two queries, three where something is awaited of the reader."""
    window = _order(wanted.whose).window(wanted.after or None, wanted.limit)
    if not wanted.after and wanted.limit == USUAL:
        rows = FIRST[wanted.whose].rows(actor)
    else:
        rows = db.session.execute(_lines(actor, wanted.whose, window)).all()
    page = window.page(
        rows, (lambda row: (row.closes_at, row.id)) if wanted.whose in BY_CLOSE else (lambda row: (row.id,))
    )
    counts = _counts([row.id for row in page.items if row.opened_at is not None])
    ages = _ages(actor, [row.id for row in page.items], wanted.whose)
    lines = [
        Line(
            row.id, row.reference, row.title, in_language(row.names, row.label), row.stage, row.level, row.preset,
            row.created_at, row.opened_at, row.closes_at, row.closed_at, row.revisit_on, bool(row.hands),
            row.unopened, row.form, row.outcome, tuple(row.winners or ()), *_turnout(counts, row),
            *ages.get(row.id, (None, None)),
        )
        for row in page.items
    ]  # fmt: skip
    return Page(lines, page.next, page.previous)


def _turnout(counts: dict[int, tuple[int, int]], row: Any) -> tuple[int, int]:
    """How many may vote and have; of a show of hands it is the result that says how many did."""
    able, cast = counts.get(row.id, (0, 0))
    return able, row.counted if row.hands and row.counted is not None else cast


def _ages(actor: Actor, ids: list[int], whose: str) -> dict[int, tuple[datetime, Any]]:
    """Since when each is awaited of the reader, and until when."""
    if not ids or whose not in AWAITED:
        return {}
    return {id_: (since, until) for id_, since, until in AGES[whose].rows(actor, ids=ids) if id_}


def _asked(actor: Actor, sense: str) -> Any:
    query = select(Wait.item_id, func.min(Wait.since), func.min(Wait.until)).where(Wait.item_id == any_(_IDS))
    return query.where(_awaits(actor, sense)).group_by(Wait.item_id)


def _aged(sense: str) -> Prepared:
    return Prepared(lambda actor: _asked(actor, sense))


AGES: Final = {whose: _aged(sense) for whose, sense in AWAITED.items()}


def _counted() -> Any:
    entitled, cast = votes_of(Roll.left_out.is_(None), Roll.recused_at.is_(None)), votes_of(Roll.cast_at.is_not(None))
    query = select(Roll.item_id, entitled, cast).where(Roll.item_id == any_(_IDS))
    return query.group_by(Roll.item_id)


_COUNTED: Final = Fixed(_counted)


def _counts(ids: list[int]) -> dict[int, tuple[int, int]]:
    return {id_: (able, cast) for id_, able, cast in _COUNTED.rows(ids=ids)} if ids else {}
