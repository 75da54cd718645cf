"""What a unit and everything below did in a period: opened, closed, how old at closing, where the time went, what was
handed over. Each beside the period of the same length before it."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Text,
    and_,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import instant_of
from collab.core.prepared import Prepared
from collab.people.models import WorkingDay

from ...models import Handover, Interval, WorkItem
from ...policy import visible_to
from ..parties import names_of
from ..plans import IS_OPEN
from ..shapes import PartyRef
from .place import Place

MOST: Final = 10_000
"""Items looked at for what was opened and closed."""
MOST_TIMED: Final = 2_000
"""Items whose time is told: those closed in the period, then open ones."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, and as many before them."""

    days: int
    first: date
    last: date
    before: date


@dataclass(frozen=True, slots=True)
class Flow:
    """What came and went in a period. Ages at closing in working days: of half the items, of nine in ten at most."""

    opened: int
    closed: int
    median: int | None
    ninetieth: int | None


@dataclass(frozen=True, slots=True)
class Flows:
    """A period beside the one before. `open_then`: how many were open when it began, as far as what is closed tells."""

    now: Flow
    before: Flow
    open_now: int
    open_then: int
    capped: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Working days in which a unit had the ball of items of the place; `stopped`: in which it was awaited with the
    clock standing still. `unit` is None for whoever is outside."""

    unit: PartyRef | None
    days: int
    stopped: int
    items: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """Offers from one unit to another in the period, and what became of them."""

    by: PartyRef
    to: PartyRef
    offered: int
    accepted: int
    returned: int
    returned_before: int


@dataclass(frozen=True, slots=True)
class Past:
    """The whole. `open_then`: how many were open when the period began, as far as what is closed now tells."""

    period: Period
    now: Flow
    before: Flow
    open_now: int
    open_then: int
    held: tuple[Held, ...]
    exchanges: tuple[Exchange, ...]
    capped: bool
    timed_capped: bool


_UNITS: Final[Any] = bindparam("units", type_=ARRAY(BigInteger))
_CALENDAR: Final[Any] = bindparam("calendar", type_=BigInteger)
_ZONE: Final[Any] = bindparam("zone", type_=Text)


def _at(name: str) -> Any:
    return bindparam(name, type_=DateTime(timezone=True))


def period_of(place: Place, days: int) -> Period:
    """The last so many days, today included."""
    last = place.days.today
    return Period(days, last - timedelta(days=days - 1), last, last - timedelta(days=2 * days - 1))


def flows(actor: Actor, place: Place, period: Period) -> Flows:
    """What came and went in a period, beside the one before; two queries."""
    given = _given(place, period)
    days = {"calendar": place.days.calendar_id, "zone": place.days.zone}
    closed = {row.recent: row for row in CLOSED.rows(actor, **given, **days)}
    still = OPEN.rows(actor, **given)[0]
    now = _flow(closed.get(True), still.opened + sum(row.opened for row in closed.values()))
    before = _flow(closed.get(False), still.opened_before + sum(row.opened_before for row in closed.values()))
    return Flows(
        now=now,
        before=before,
        open_now=still.items,
        open_then=max(0, still.items - now.opened + now.closed),
        capped=still.items >= MOST or sum(row.items for row in closed.values()) >= MOST,
    )


def _given(place: Place, period: Period) -> dict[str, Any]:
    begin, before = (instant_of(day, time(0), place.days.zone) for day in (period.first, period.before))
    return {**place.given, "begin": begin, "before": before}


def past(actor: Actor, place: Place, period: Period) -> Past:
    """The figures of a period; five queries."""
    given = _given(place, period)
    found = flows(actor, place, period)
    held, timed_capped = _held(actor, given | {"calendar": place.days.calendar_id, "zone": place.days.zone})
    return Past(
        period=period,
        now=found.now,
        before=found.before,
        open_now=found.open_now,
        open_then=found.open_then,
        held=held,
        exchanges=_exchanges(actor, given),
        capped=found.capped,
        timed_capped=timed_capped,
    )


def _flow(row: Any, opened: int) -> Flow:
    if row is None:
        return Flow(opened, 0, None, None)
    return Flow(opened, row.items, row.median, row.ninetieth)


def _day(instant: Any) -> Any:
    return cast(func.timezone(_ZONE, instant), Date)


def _closed(actor: Actor) -> Any:
    """Items closed since the earlier period began, by period (`recent`)."""
    # Behind a select, or PostgreSQL plans anew for each period, which takes it as long as to read what a unit closed.
    since = select(_at("before")).scalar_subquery()
    gone = (
        select(WorkItem.created_at, WorkItem.closed_at)
        .where(WorkItem.unit_id == any_(_UNITS), WorkItem.closed_at.is_not(None), WorkItem.closed_at >= since)
        .where(visible_to(actor))
        .limit(MOST)
        .subquery("gone")
    )
    made, ended = aliased(WorkingDay), aliased(WorkingDay)
    age = func.greatest(0, ended.ordinal - func.coalesce(made.ordinal, 0))
    recent = gone.c.closed_at >= _at("begin")
    return (
        select(
            recent.label("recent"),
            func.count().label("items"),
            func.percentile_disc(0.5).within_group(age).label("median"),
            func.percentile_disc(0.9).within_group(age).label("ninetieth"),
            func.count().filter(gone.c.created_at >= _at("begin")).label("opened"),
            func.count().filter(_earlier(gone.c.created_at)).label("opened_before"),
        )
        .join_from(gone, ended, and_(ended.calendar_id == _CALENDAR, ended.day == _day(gone.c.closed_at)), isouter=True)
        .outerjoin(made, and_(made.calendar_id == _CALENDAR, made.day == _day(gone.c.created_at)))
        .group_by(recent)
    )


def _earlier(instant: Any) -> Any:
    return and_(instant >= _at("before"), instant < _at("begin"))


def _open(actor: Actor) -> Any:
    here = (
        select(WorkItem.created_at)
        .where(WorkItem.unit_id == any_(_UNITS), IS_OPEN, visible_to(actor))
        .limit(MOST)
        .subquery("here")
    )
    return select(
        func.count().label("items"),
        func.count().filter(here.c.created_at >= _at("begin")).label("opened"),
        func.count().filter(_earlier(here.c.created_at)).label("opened_before"),
    ).select_from(here)


def _held(actor: Actor, given: dict[str, Any]) -> tuple[tuple[Held, ...], bool]:
    rows = HELD.rows(actor, **{name: value for name, value in given.items() if name != "before"}, now=clock.now())
    names = names_of(actor, [row.unit_id for row in rows])
    found = [
        Held(names.maybe(row.unit_id), int(row.days), int(row.stopped), row.items)
        for row in rows
        if row.days or row.stopped
    ]
    found.sort(key=lambda one: -(one.days + one.stopped))
    return tuple(found), bool(rows) and rows[0].looked_at >= MOST_TIMED


def _timed(actor: Actor) -> Any:
    """Intervals of the items of the place that fall into the period, cut off at its edges, by unit."""
    mine = WorkItem.unit_id == any_(_UNITS)
    closed = (
        select(WorkItem.id)
        .where(mine, WorkItem.closed_at.is_not(None), WorkItem.closed_at >= _at("begin"), visible_to(actor))
        .limit(MOST_TIMED)
    )
    still = select(WorkItem.id).where(mine, IS_OPEN, visible_to(actor)).limit(MOST_TIMED)
    both = union_all(closed, still).subquery("both")
    some = select(both.c.id).limit(MOST_TIMED).cte("some").prefix_with("materialized")
    looked_at = select(func.count()).select_from(some).scalar_subquery()
    since = func.greatest(Interval.from_at, _at("begin"))
    until = func.coalesce(Interval.to_at, _at("now"))
    came, went = aliased(WorkingDay), aliased(WorkingDay)
    days = func.greatest(0, went.ordinal - came.ordinal)
    return (
        select(
            Interval.unit_id,
            func.coalesce(func.sum(days).filter(~Interval.stopped), 0).label("days"),
            func.coalesce(func.sum(days).filter(Interval.stopped), 0).label("stopped"),
            func.count(Interval.item_id.distinct()).label("items"),
            looked_at.label("looked_at"),
        )
        .join_from(some, Interval, Interval.item_id == some.c.id)
        .join(came, and_(came.calendar_id == _CALENDAR, came.day == _day(since)))
        .join(went, and_(went.calendar_id == _CALENDAR, went.day == _day(until)))
        .where(or_(Interval.to_at.is_(None), Interval.to_at >= _at("begin")))
        .group_by(Interval.unit_id)
    )


def _exchanges(actor: Actor, given: dict[str, Any]) -> tuple[Exchange, ...]:
    rows = EXCHANGES.rows(actor, **given)
    names = names_of(actor, {party for row in rows for party in (row.from_unit_id, row.to_unit_id)})
    found = [
        Exchange(
            names.one(row.from_unit_id), names.one(row.to_unit_id), row.offered, row.accepted, row.returned,
            row.returned_before,
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.returned, -one.offered, one.by.name)))


def _offers(actor: Actor) -> Any:
    recent = Handover.offered_at >= _at("begin")

    def count(*criteria: Any) -> Any:
        return func.count().filter(and_(recent, *criteria))

    touching = or_(Handover.to_unit_id == any_(_UNITS), Handover.from_unit_id == any_(_UNITS))
    return (
        select(
            Handover.from_unit_id,
            Handover.to_unit_id,
            count().label("offered"),
            count(_state("accepted")).label("accepted"),
            count(_state("returned")).label("returned"),
            func.count().filter(and_(~recent, _state("returned"))).label("returned_before"),
        )
        .join(WorkItem, WorkItem.id == Handover.item_id)
        .where(touching, Handover.offered_at >= _at("before"), visible_to(actor))
        .group_by(Handover.from_unit_id, Handover.to_unit_id)
        .having(func.count().filter(recent) > 0)
        .order_by(count(_state("returned")).desc(), count().desc())
        .limit(40)
    )


def _state(code: str) -> Any:
    return literal_column(f"handover.state = '{code}'", Boolean)


CLOSED, OPEN, HELD, EXCHANGES = Prepared(_closed), Prepared(_open), Prepared(_timed), Prepared(_offers)
