"""What is expected: of me, by me, on an item, one by its number."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, and_, case, exists, func, literal_column, not_, or_, select
from sqlalchemy.orm import aliased

from collab.core import readings
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.paging import Key, Keyset, Kind, Page, Window

from ..asked_words import asked_words
from ..models import OF_EACH, Handover, Snooze, Wait, WorkItem
from ..policy import among, visible_to, wait_visible_to
from .history import SUBJECT
from .parties import Names, names_of
from .shapes import WaitLine

NO_DAY: Final = date(9999, 12, 31)
_UNTIL: Any = literal_column("coalesce(wait.until, '9999-12-31'::date)", Date)
_BY_UNTIL = Keyset((Key("until", _UNTIL, Kind.DAY), Key("id", Wait.id, Kind.INTEGER)))
WAIT_COLUMNS: Final = (
    Wait.id, Wait.item_id, Wait.sense, Wait.what, Wait.of_id, Wait.by_id, Wait.by_unit_id, Wait.tray_unit_id,
    Wait.taken_by, Wait.for_item_id, Wait.since, Wait.until, Wait.stops_clock, Wait.nudges, Wait.ended_at,
    Wait.ended_how, Wait.ended_by, Wait.version, Wait.nudge_every, Wait.nudge_most, Wait.over_id, Wait.level,
)  # fmt: skip

_NAMES: Final = tuple(column.key for column in WAIT_COLUMNS)
_Its = aliased(WorkItem)


@dataclass(frozen=True, slots=True)
class Expected:
    """A wait with the item it is on, if the actor sees that item. `handover_id`: the offer to be decided, if any."""

    wait: WaitLine
    reference: str | None
    title: str | None
    kind: str | None
    state_kind: str | None
    priority: int
    changed_at: datetime | None
    handover_id: int | None


def window_of(after: str | None = None, limit: int = 50) -> Window:
    """A stretch of a list of waits, the soonest first. Raises BadCursor."""
    return _BY_UNTIL.window(after, limit)


def own_parties(actor: Actor) -> frozenset[int]:
    """Those for whom somebody answers in their own name: themselves, their posts, whom they stand in for."""
    return (actor.parties - actor.reach) | actor.substitutes


def of_me(actor: Actor, own: frozenset[int] | None = None) -> ColumnElement[bool]:
    """Waits on the actor or their posts, those they took out of a tray, and the trays of units they head; without
    what they put off, and without what a colleague took. `own`: their `own_parties`, where a statement that is built
    once gives them by name."""
    mine = or_(
        and_(Wait.of_id == among(own_parties(actor) if own is None else own), Wait.taken_by.is_(None)),
        Wait.taken_by == actor.person_id,
        Wait.tray_unit_id == among(actor.heads),
    )
    return and_(mine, not_put_off(actor))


def in_trays(actor: Actor, units: frozenset[int]) -> ColumnElement[bool]:
    """What nobody has taken yet out of the trays of `units` that the actor does not head: work and questions."""
    ours = and_(Wait.tray_unit_id == among(units), not_(Wait.tray_unit_id == among(actor.heads)))
    to_take = or_(Wait.sense == "task", Wait.sense == "answer", Wait.sense == "approval")
    return and_(ours, to_take, Wait.taken_by.is_(None), not_put_off(actor))


def not_put_off(actor: Actor) -> ColumnElement[bool]:
    """Waits that the actor did not put off for themselves."""
    return Wait.id.not_in(select(Snooze.wait_id).where(Snooze.person_id == actor.person_id))


def expected_of(actor: Actor, window: Window, *, sense: str | None = None) -> Page[Expected]:
    """Everything open that is expected of the actor, their posts and the trays of units they head; two queries."""
    return page_of_waits(actor, (of_me(actor), Wait.ended_at.is_(None)), window, sense)


def to_be_taken(actor: Actor, window: Window, *, sense: str | None = None) -> Page[Expected]:
    """What nobody has taken yet out of the trays of the actor's units; two queries. Auditors take nothing."""
    units: frozenset[int] = frozenset() if actor.is_auditor else actor.units
    return page_of_waits(actor, (in_trays(actor, units), Wait.ended_at.is_(None)), window, sense)


def expected_by(actor: Actor, window: Window, *, sense: str | None = None) -> Page[Expected]:
    """Everything open that the actor expects of others; two queries. Tasks are their holders' own."""
    asked = (Wait.by_id == actor.person_id, Wait.ended_at.is_(None), Wait.sense.not_in(("task", *OF_EACH)))
    return page_of_waits(actor, asked, window, sense)


def find_wait(actor: Actor, wait_id: int) -> Expected:
    """A wait the actor may see; two queries. Raises NotFound."""
    row = db.session.execute(expected_rows(actor).where(Wait.id == wait_id)).first()
    if row is None:
        raise NotFound
    if row.item_id is not None:
        readings.note(actor, SUBJECT, row.item_id)
    return _line(row, names_of(actor, _parties(row)))


def waits_on(actor: Actor, item_id: int, window: Window) -> Page[Expected]:
    """The open waits on an item found within sight; two queries."""
    return page_of_waits(actor, (Wait.item_id == item_id, Wait.ended_at.is_(None)), window)


def expected_rows(actor: Actor) -> Any:
    """Waits with their items, as far as the actor may see either."""
    handover = (
        select(Handover.id)
        .where(Handover.wait_id == Wait.id, Handover.state == "offered", Wait.sense == "handover")
        .correlate(Wait)
        .limit(1)
        .scalar_subquery()
    )
    seen = exists(select(WorkItem.id).where(WorkItem.id == _Its.id, visible_to(actor)))
    known = exists(select(WorkItem.id).where(WorkItem.id == Wait.for_item_id, visible_to(actor)))
    awaited = case((known, Wait.for_item_id)).label("for_item_id")
    columns = [awaited if column is Wait.for_item_id else column for column in WAIT_COLUMNS]
    return select(
        *columns, _Its.reference, _Its.title, _Its.kind, _Its.state_kind,
        func.coalesce(_Its.priority, 0).label("priority"), _Its.changed_at, handover.label("handover_id"),
    ).outerjoin(_Its, and_(_Its.id == Wait.item_id, seen)).where(wait_visible_to(actor))  # fmt: skip


def page_of_waits(actor: Actor, criteria: tuple[Any, ...], window: Window, sense: str | None = None) -> Page[Expected]:
    """A page of the waits the actor may see and the criteria let through; two queries."""
    query = expected_rows(actor).where(*criteria)
    if sense is not None:
        query = query.where(Wait.sense == sense)
    page = window.page(db.session.execute(window.applied(query)).all(), lambda row: (row.until or NO_DAY, row.id))
    ids: set[int | None] = set()
    for row in page.items:
        ids |= _parties(row)
    names = names_of(actor, ids)
    return Page([_line(row, names) for row in page.items], page.next, page.previous)


def _parties(row: Any) -> set[int | None]:
    return {row.of_id, row.by_id, row.taken_by}


def _line(row: Any, names: Names) -> Expected:
    values = tuple(row)
    columns = dict(zip(_NAMES, values[: len(_NAMES)], strict=True))
    columns["what"] = asked_words(row.sense, row.what)
    line = WaitLine(**columns, of=names.maybe(row.of_id), by=names.one(row.by_id), taker=names.maybe(row.taken_by))
    return Expected(line, *values[len(_NAMES) :])
