"""The pending page of a unit: what waits for us, what we wait for, what is offered to us, how old it is, who has it."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Text,
    bindparam,
    case,
    func,
    literal_column,
    select,
    text,
    true,
    tuple_,
)

from collab.core import clock
from collab.core.actor import Actor
from collab.core.paging import Page, Window
from collab.core.prepared import Prepared

from ..models import Handover, Wait, WorkItem
from ..policy import visible_to
from .extras import CALENDAR_OF_UNIT
from .parties import names_of
from .plans import IS_OPEN
from .rows import DUE
from .shapes import PartyRef
from .waits import Expected, page_of_waits

MOST: Final = 1_000
"""Of the open items on a desk, those looked at for the figures: the most urgent thousand."""
COUNTED: Final = 100
MOST_LOADS: Final = 30
"""Of the people of a desk, those who are told: who has most, and what nobody has."""
BUCKETS: Final = (5, 15, 30)
"""Working days up to which each bucket of age but the last reaches."""
PLACES: Final = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Load:
    """How many open items somebody of the unit holds. `party` is None for what nobody holds yet."""

    party: PartyRef | None
    items: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands at a unit. Counts of lists stop at 100; those over items at the most urgent 1,000 (`capped`).

    `ages`: open items by age in working days, 0–5, 6–15, 16–30, older. `oldest`: working days of the oldest.
    """

    here: int
    waiting_for_us: int
    clock_stopped: int
    overdue: int
    nobodys: int
    we_wait: int
    asked_of_us: int
    offered: int
    ages: tuple[int, int, int, int]
    oldest: int
    capped: bool
    loads: tuple[Load, ...]


_EVER: Final[Any] = literal_column("'-infinity'::timestamptz", DateTime)
_UNIT: Final[Any] = bindparam("unit", type_=BigInteger)
# In the words by which the partial indexes know themselves.
_NO_TASK: Final[Any] = literal_column("wait.sense <> 'task'", Boolean)
_ON_OFFER: Final[Any] = literal_column("handover.state = 'offered'", Boolean)
# Today on the calendar of the unit, and where its last working days begin, latest first: an age of at most n working
# days is a moment not before the n-th of them, so that no item's own day has to be found.
_DAYS: Final = f"""
select here.time_zone, here.calendar_id, here.today,
  (select array_agg(day::timestamp at time zone here.time_zone order by day desc) from (
     select day from working_day where calendar_id = here.calendar_id and working and day <= here.today
     order by day desc limit {BUCKETS[-1] + 1}) latest) as last
from (
  select o.time_zone, {CALENDAR_OF_UNIT.format(unit="(select cast(:unit as bigint))")} as calendar_id,
    (:now at time zone o.time_zone)::date as today
  from organisation o) here
"""  # noqa: S608 only constants of this file


def unit_figures(actor: Actor, unit_id: int) -> Figures:
    """The figures of a unit over what the actor may see there; three queries.

    Load by person is given to those who head the unit, to others only their own.
    """
    rows = AGED.rows(actor, unit=unit_id, now=clock.now())
    counts = COUNTS.rows(actor, unit=unit_id)[0]
    whole = next(row for row in rows if row.whole)
    held: dict[int | None, int] = {}
    for row in rows:
        if not row.whole:
            holder = None if row.holder_id == unit_id else row.holder_id
            held[holder] = held.get(holder, 0) + row.items
    here, upto = whole.items, (0, whole.first, whole.second, whole.third, whole.items)
    return Figures(
        here=here,
        waiting_for_us=here - whole.stopped,
        clock_stopped=whole.stopped,
        overdue=whole.overdue,
        nobodys=held.get(None, 0),
        we_wait=counts.we_wait,
        asked_of_us=counts.asked,
        offered=counts.offered,
        ages=(upto[1], upto[2] - upto[1], upto[3] - upto[2], upto[4] - upto[3]),
        oldest=whole.oldest,
        capped=here >= MOST,
        loads=_loads(actor, unit_id, held),
    )


def _aged(actor: Actor) -> Any:
    """Items on the desk by holder, and all together (`whole`): one pass over at most a thousand. `first`, `second` and
    `third` count those up to the age of each bucket."""
    days = text(_DAYS).columns(time_zone=Text, calendar_id=BigInteger, today=Date, last=ARRAY(DateTime)).cte("days")
    days = days.prefix_with("materialized")
    desk = (
        select(WorkItem.holder_id, WorkItem.created_at, WorkItem.due_on, WorkItem.state_kind)
        .where(WorkItem.desk_unit_id == _UNIT, IS_OPEN, visible_to(actor))
        .order_by(DUE, WorkItem.id)
        .limit(MOST)
        .subquery("desk")
    )
    upto = [desk.c.created_at >= func.coalesce(days.c.last[most + 1], _EVER) for most in BUCKETS]
    grouped = (
        select(
            desk.c.holder_id,
            (func.grouping(desk.c.holder_id) == 1).label("whole"),
            func.count().label("items"),
            func.count().filter(desk.c.state_kind == "waiting").label("stopped"),
            func.count().filter(desk.c.due_on < days.c.today).label("overdue"),
            *(func.count().filter(each).label(name) for each, name in zip(upto, PLACES, strict=True)),
            func.min(desk.c.created_at).label("created_at"),
        )
        .join_from(desk, days, true())
        .group_by(func.grouping_sets(tuple_(desk.c.holder_id), tuple_()))
        .subquery("grouped")
    )
    return select(grouped, case((grouped.c.whole, literal_column(_AGE, BigInteger)), else_=None).label("oldest"))


_AGE: Final = """
greatest(0,
  coalesce((select ordinal from working_day w, days where w.calendar_id = days.calendar_id and w.day = days.today), 0)
  - coalesce((select ordinal from working_day w, days
              where w.calendar_id = days.calendar_id
                and w.day = (grouped.created_at at time zone days.time_zone)::date), 0))
"""


def _counts(actor: Actor) -> Any:
    we_wait = (
        select(Wait.id)
        .join(WorkItem, WorkItem.id == Wait.item_id)
        .where(Wait.by_unit_id == _UNIT, Wait.ended_at.is_(None), _NO_TASK, visible_to(actor))
    )
    asked = (
        select(Wait.id)
        .join(WorkItem, WorkItem.id == Wait.item_id)
        .where(Wait.tray_unit_id == _UNIT, Wait.ended_at.is_(None), Wait.sense != "task", Wait.sense != "handover")
        .where(visible_to(actor))
    )
    offered = (
        select(Handover.id)
        .join(WorkItem, WorkItem.id == Handover.item_id)
        .where(Handover.to_unit_id == _UNIT, _ON_OFFER, visible_to(actor))
    )
    return select(_capped(we_wait, "we_wait"), _capped(asked, "asked"), _capped(offered, "offered"))


AGED, COUNTS = Prepared(_aged), Prepared(_counts)


def _capped(query: Any, name: str) -> Any:
    return select(func.count()).select_from(query.limit(COUNTED).subquery()).scalar_subquery().label(name)


def _loads(actor: Actor, unit_id: int, held: dict[int | None, int]) -> tuple[Load, ...]:
    heads = unit_id in actor.headed
    nobody = (Load(None, held[None]),) if held.get(None) else ()
    shown = [(party, items) for party, items in held.items() if party and (heads or party == actor.person_id)]
    shown = sorted(shown, key=lambda each: -each[1])[: MOST_LOADS - len(nobody)]
    names = names_of(actor, [party for party, _items in shown])
    return (*(Load(names.one(party), items) for party, items in shown), *nobody)


def we_wait_for(actor: Actor, unit_id: int, window: Window) -> Page[Expected]:
    """What a unit awaits of others, the soonest first; two queries."""
    return page_of_waits(actor, (Wait.by_unit_id == unit_id, Wait.ended_at.is_(None), Wait.sense != "task"), window)


def asked_of(actor: Actor, unit_id: int, window: Window) -> Page[Expected]:
    """Questions that lie in a unit's tray; two queries."""
    mine = (Wait.tray_unit_id == unit_id, Wait.ended_at.is_(None), Wait.sense.not_in(("task", "handover")))
    return page_of_waits(actor, mine, window)
