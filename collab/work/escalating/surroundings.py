"""What decides about a batch of waits, read at once: their items, rules, calendars, and how far up each went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

from sqlalchemy import ARRAY, BigInteger, and_, bindparam, func, select, text

from collab.core.envelope import session
from collab.people.calendar.days import CalendarDay
from collab.people.calendar.ordinals import WorkingDays
from collab.people.models import Party, WorkingDay
from collab.people.queries.calendars import calendars_of

from ..desks import desks_of
from ..models import EscalationRule, Wait, WorkItem
from ..policy import among
from ..presence import Absent, absences_of
from .ladder import Office
from .offices import awaited_on_each, ways_up
from .rules import Rule, rule_for
from .turn import Standing

PAST, AHEAD = timedelta(days=400), timedelta(days=200)
CLIMBING: Final = frozenset({"answer", "task", "assessment", "handover", "approval", "advice"})
"""What goes up when it is overdue. Who has not read something is shown to whoever asked: a line for each of sixty
people would bury the head above."""

FOR_A_DAY: Final = and_(Wait.sense == "answer", Wait.of_id.is_(None), Wait.for_item_id.is_(None))
"""`waits_for_a_day` as SQL."""

_WAYS: Final = text(
    "select descendant_id, array_agg(ancestor_id order by depth) from unit_closure"
    " where descendant_id = any(:units) group by descendant_id"
).bindparams(bindparam("units", type_=ARRAY(BigInteger)))


def waits_for_a_day(wait: Wait) -> bool:
    """Whether it waits for nothing but its day: when that comes it ends, and nothing else decides about it."""
    return wait.sense == "answer" and wait.of_id is None and wait.for_item_id is None


@dataclass(frozen=True)
class Surroundings:
    """Everything about a batch that `turn` and `next_step` ask for; `now` on the clock of the organisation. What only
    a reminder or a step up asks for is read when the first of the batch does."""

    now: datetime
    parties: frozenset[int]
    items: dict[int, WorkItem]
    desks: dict[int, int]
    ways: dict[int, list[int]]
    rules: list[Rule]
    calendars: dict[int, WorkingDays]
    by_unit: dict[int, int]
    lapses: dict[int, tuple[int, datetime, list[int]]]

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def offices(self) -> dict[int, list[Office]]:
        """The way up from each unit of the batch."""
        return ways_up(self.ways, self.today)

    @cached_property
    def awaited(self) -> dict[int, set[int]]:
        """People and posts of whom something is expected, item by item."""
        return awaited_on_each(self.items, self.today)

    @cached_property
    def absences(self) -> dict[int, Absent]:
        return absences_of(self.parties, self.today)

    @cached_property
    def outsiders(self) -> frozenset[int]:
        return frozenset(
            session().scalars(select(Party.id).where(Party.id == among(self.parties), Party.kind == "outsider"))
        )

    def moment(self, day: date | None, hour: time) -> datetime | None:
        """That hour of a day, in the organisation's time zone."""
        return datetime.combine(day, hour, self.now.tzinfo) if day is not None else None

    def start(self, wait: Wait) -> int:
        """The unit where the way up begins: where the ball lies, the desk of the awaited, else the unit that asks."""
        item = self.items.get(wait.item_id or 0)
        if item is not None and wait.sense == "task":
            return item.desk_unit_id
        desk = self.desks.get(wait.taken_by or 0) or self.desks.get(wait.of_id or 0)
        return desk or wait.by_unit_id or (item.desk_unit_id if item is not None else 0)

    def rule(self, wait: Wait) -> Rule:
        item = self.items.get(wait.item_id or 0)
        return rule_for(self.rules, self.ways.get(self.start(wait), []), item.kind if item is not None else None)

    def days(self, wait: Wait) -> WorkingDays:
        """The working days of the unit that asks."""
        return self.calendars[self.by_unit.get(self._asking(wait), self.by_unit[0])]

    def standing(self, wait: Wait) -> Standing:
        item = self.items.get(wait.item_id or 0)
        level, lapsed, _units = self.lapses.get(wait.id, (0, None, []))
        return Standing(
            since=self._day(wait.since) or self.today,
            until=wait.until,
            nudge_every=wait.nudge_every,
            nudge_most=wait.nudge_most,
            nudges=wait.nudges,
            nudged=self._day(wait.nudged_at),
            level=level,
            lapsed=self._day(lapsed),
            ends=waits_for_a_day(wait),
            climbs=wait.sense in CLIMBING and item is not None and item.reach != "named",
        )

    def passed(self, wait: Wait) -> frozenset[int]:
        """The units whose heads heard of it already."""
        return frozenset(self.lapses[wait.id][2]) if wait.id in self.lapses else frozenset()

    def _asking(self, wait: Wait) -> int:
        item = self.items.get(wait.item_id or 0)
        return wait.by_unit_id or (item.desk_unit_id if item is not None else 0)

    def _day(self, moment: datetime | None) -> date | None:
        return moment.astimezone(self.now.tzinfo).date() if moment is not None else None


def surroundings_of(waits: Sequence[Wait], now: datetime) -> Surroundings:
    """Read what decides about these waits; about ten queries whatever their number."""
    today = now.date()
    item_ids = {wait.item_id for wait in waits if wait.item_id is not None}
    items = {item.id: item for item in session().scalars(select(WorkItem).where(WorkItem.id == among(item_ids)))}
    parties = frozenset(id_ for wait in waits for id_ in (wait.of_id, wait.taken_by) if id_ is not None)
    desks = desks_of(parties, today)
    asking = {wait.by_unit_id for wait in waits} | {item.desk_unit_id for item in items.values()}
    units = sorted(set(desks.values()) | {unit for unit in asking if unit})
    named = calendars_of([*units, 0])
    return Surroundings(
        now=now,
        parties=parties,
        items=items,
        desks=desks,
        ways={unit: list(above) for unit, above in session().execute(_WAYS, {"units": units})},
        rules=rules_in_force(),
        calendars={calendar: _days_of(calendar, today) for calendar in set(named.values())},
        by_unit=named,
        lapses=_lapses([wait.id for wait in waits]),
    )


def rules_in_force() -> list[Rule]:
    """Every rule that holds somewhere."""
    columns = (
        EscalationRule.unit_id, EscalationRule.item_kind, EscalationRule.nudge_every, EscalationRule.nudge_most,
        EscalationRule.first_after, EscalationRule.then_every, EscalationRule.levels,
    )  # fmt: skip
    rows = session().execute(select(*columns).where(EscalationRule.retired_at.is_(None)))
    return [Rule(*row) for row in rows]


def rule_of(unit_id: int, kind: str) -> Rule:
    """The rule that holds for items of a kind in a unit; two queries."""
    way = session().execute(_WAYS, {"units": [unit_id]}).first()
    return rule_for(rules_in_force(), list(way[1]) if way is not None else [], kind)


def _days_of(calendar: int, today: date) -> WorkingDays:
    rows = session().execute(
        select(WorkingDay.day, WorkingDay.working)
        .where(WorkingDay.calendar_id == calendar, WorkingDay.day.between(today - PAST, today + AHEAD))
        .order_by(WorkingDay.day)
    )
    return WorkingDays(CalendarDay(day, working, {}) for day, working in rows)


def _lapses(wait_ids: list[int]) -> dict[int, tuple[int, datetime, list[int]]]:
    rows = session().execute(
        select(Wait.over_id, func.max(Wait.level), func.max(Wait.since), func.array_agg(Wait.level_unit_id))
        .where(Wait.over_id == among(wait_ids))
        .group_by(Wait.over_id)
    )
    return {over or 0: (level, since, [unit for unit in units if unit]) for over, level, since, units in rows}
