"""What stands in a unit and below now: how much, how old, how late, with whom, and what falls due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    any_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from collab.core.actor import Actor
from collab.core.prepared import Prepared
from collab.people.models import Absence
from collab.people.queries.tree import tree

from ...models import Handover, Wait, WorkItem
from ...policy import visible_to
from ..parties import names_of
from ..plans import IS_OPEN
from ..rows import DUE as DUE_DAY
from ..shapes import PartyRef
from .place import Place

MOST: Final = 10_000
"""Open items that are looked at; where there are more, the figures are at least what they say."""
MOST_PEOPLE: Final = 40
AHEAD: Final = 56
"""Days after today for which what falls due is told."""
COUNTED: Final = 100


@dataclass(slots=True)
class Stand:
    """Open items of one place or one person. `minutes`: of their planned time what is
    not spent yet, where it is given; `since`: the oldest."""

    items: int = 0
    overdue: int = 0
    nobodys: int = 0
    stopped: int = 0
    minutes: int = 0
    since: datetime | None = None

    def add(self, other: "Stand") -> None:
        """Both together."""
        self.items += other.items
        self.overdue += other.overdue
        self.nobodys += other.nobodys
        self.stopped += other.stopped
        self.minutes += other.minutes
        if other.since is not None and (self.since is None or other.since < self.since):
            self.since = other.since


@dataclass(frozen=True, slots=True)
class PersonStand:
    party: PartyRef
    stand: Stand


@dataclass(frozen=True, slots=True)
class UnitStand:
    """A unit directly below, with everything below it."""

    id: int
    code: str
    name: str
    stand: Stand


@dataclass(frozen=True, slots=True)
class DueDay:
    """What falls due on a day; `away`: held by somebody who is absent then (told to heads alone, else 0)."""

    day: date
    items: int
    away: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole. `ages`: 0–5, 6–15, 16–30, over 30 working days. `people`: for heads, and everybody's own line;
    `more_people` were left out. `offered`, `asked`: of the unit itself; `lapsed`: items here and below that were
    brought before those above; counted up to 100."""

    whole: Stand
    ages: tuple[int, int, int, int]
    capped: bool
    people: tuple[PersonStand, ...]
    more_people: int
    units: tuple[UnitStand, ...]
    due: tuple[DueDay, ...]
    offered: int
    asked: int
    lapsed: int


_UNITS: Final[Any] = bindparam("units", type_=ARRAY(BigInteger))
_UNIT: Final[Any] = bindparam("unit", type_=BigInteger)
_TODAY: Final[Any] = bindparam("today", type_=Date)
# In the words by which the partial index knows itself.
_ON_OFFER: Final[Any] = literal_column("handover.state = 'offered'", Boolean)


def standing(actor: Actor, place: Place) -> Standing:
    """The figures of a place as they are now; five queries."""
    begins = dict(zip(("first", "second", "third"), place.days.begins, strict=True))
    rows = STANDS.rows(actor, **place.given, **begins, today=place.days.today)
    counts = COUNTS.rows(actor, unit=place.unit.id, **place.given)[0]
    whole = next(row for row in rows if row.level == _WHOLE)
    upto = (whole.first, whole.second, whole.third, whole.items)
    people, more = _people(actor, place, [row for row in rows if row.level == _HOLDER])
    return Standing(
        whole=_stand(whole),
        ages=(upto[0], upto[1] - upto[0], upto[2] - upto[1], upto[3] - upto[2]),
        capped=whole.items >= MOST,
        people=people,
        more_people=more,
        units=_units(place, {row.desk_unit_id: _stand(row) for row in rows if row.level == _DESK}),
        due=_due(actor, place),
        offered=counts.offered,
        asked=counts.asked,
        lapsed=counts.lapsed,
    )


_WHOLE, _DESK, _HOLDER = 3, 2, 1  # grouping(holder, desk): which of both were summed over


def _stand(row: Any) -> Stand:
    return Stand(row.items, row.overdue, row.nobodys, row.stopped, int(row.minutes or 0), row.since)


def _stands(actor: Actor) -> Any:
    """Open items by holder, by desk and all together, in one pass; of the holders those with most to do, and the
    reader's own line."""
    desk = (
        select(
            WorkItem.holder_id, WorkItem.desk_unit_id, WorkItem.created_at, WorkItem.due_on, WorkItem.state_kind,
            func.greatest(WorkItem.effort_minutes - func.coalesce(WorkItem.spent_minutes, 0), 0).label("left"),
        )
        .where(WorkItem.desk_unit_id == any_(_UNITS), IS_OPEN, visible_to(actor))
        .limit(MOST)
        .subquery("desk")
    )  # fmt: skip
    nobody = or_(desk.c.holder_id.is_(None), desk.c.holder_id == desk.c.desk_unit_id)
    upto = [bindparam(name, type_=DateTime(timezone=True)) for name in ("first", "second", "third")]
    items, overdue = func.count(), func.count().filter(desk.c.due_on < _TODAY)
    level = func.grouping(desk.c.holder_id, desk.c.desk_unit_id)
    grouped = (
        select(
            desk.c.holder_id,
            desk.c.desk_unit_id,
            level.label("level"),
            items.label("items"),
            overdue.label("overdue"),
            func.count().filter(nobody).label("nobodys"),
            func.count().filter(desk.c.state_kind == "waiting").label("stopped"),
            func.sum(desk.c.left).label("minutes"),
            func.min(desk.c.created_at).label("since"),
            *(func.count().filter(desk.c.created_at >= each).label(each.key) for each in upto),
            func.row_number().over(partition_by=level, order_by=(overdue.desc(), items.desc())).label("place"),
            func.count().over(partition_by=level).label("many"),
        )
        .group_by(func.grouping_sets(tuple_(desk.c.holder_id), tuple_(desk.c.desk_unit_id), tuple_()))
        .subquery("grouped")
    )
    kept = or_(grouped.c.level != _HOLDER, grouped.c.place <= MOST_PEOPLE, grouped.c.holder_id == actor.person_id)
    return select(grouped).where(kept)


def _people(actor: Actor, place: Place, rows: list[Any]) -> tuple[tuple[PersonStand, ...], int]:
    """Lines of those with most to do, most overdue first. What lies with a unit itself is nobody's, and no line."""
    units = set(place.units)
    held = [row for row in rows if row.holder_id is not None and row.holder_id not in units]
    if not place.people:
        held = [row for row in held if row.holder_id == actor.person_id]
    names = names_of(actor, [row.holder_id for row in held])
    found = [PersonStand(names.one(row.holder_id), _stand(row)) for row in held]
    found.sort(key=lambda one: (-one.stand.overdue, -one.stand.items, one.party.name))
    more = max(0, rows[0].many - MOST_PEOPLE) if rows and place.people else 0
    return tuple(found), more


def _units(place: Place, desks: dict[int, Stand]) -> tuple[UnitStand, ...]:
    """The units directly below, each with all that lies under it."""
    here, found = tree(), []
    node = here.nodes.get(place.unit.id)
    for below in node.below if node else ():
        stand = Stand()
        for each in here.walk([below]):
            if each.id in desks:
                stand.add(desks[each.id])
        found.append(UnitStand(below, here.nodes[below].code, here.nodes[below].name(), stand))
    return tuple(found)


def _due(actor: Actor, place: Place) -> tuple[DueDay, ...]:
    until = place.days.today + timedelta(days=AHEAD)
    rows = DUE.rows(actor, **place.given, today=place.days.today, until=until)
    return tuple(DueDay(row.due_on, row.items, row.away if place.people else 0) for row in rows)


def _falls_due(actor: Actor) -> Any:
    away = exists(
        select(Absence.id).where(
            Absence.person_id == WorkItem.holder_id,
            Absence.cancelled_at.is_(None),
            Absence.first_day <= WorkItem.due_on,
            Absence.last_day >= WorkItem.due_on,
        )
    )
    days = DUE_DAY.between(_TODAY, bindparam("until", type_=Date))
    return (
        select(WorkItem.due_on, func.count().label("items"), func.count().filter(away).label("away"))
        .where(WorkItem.desk_unit_id == any_(_UNITS), IS_OPEN, days, visible_to(actor))
        .group_by(WorkItem.due_on)
        .order_by(WorkItem.due_on)
    )


def _counts(actor: Actor) -> Any:
    offered = (
        select(Handover.id)
        .join(WorkItem, WorkItem.id == Handover.item_id)
        .where(Handover.to_unit_id == _UNIT, _ON_OFFER, visible_to(actor))
    )
    asked = (
        select(Wait.id)
        .join(WorkItem, WorkItem.id == Wait.item_id)
        .where(Wait.tray_unit_id == _UNIT, Wait.ended_at.is_(None), Wait.sense != "task")
        .where(Wait.sense != "handover", visible_to(actor))
    )
    over = exists(
        select(Wait.id).where(Wait.item_id == WorkItem.id, Wait.ended_at.is_(None), Wait.over_id.is_not(None))
    )
    lapsed = select(WorkItem.id).where(WorkItem.desk_unit_id == any_(_UNITS), IS_OPEN, over, visible_to(actor))
    return select(_upto(offered, "offered"), _upto(asked, "asked"), _upto(lapsed, "lapsed"))


def _upto(query: Any, name: str) -> Any:
    return select(func.count()).select_from(query.limit(COUNTED).subquery()).scalar_subquery().label(name)


STANDS, DUE, COUNTS = Prepared(_stands), Prepared(_falls_due), Prepared(_counts)
