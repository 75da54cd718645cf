"""What time itself does with what is awaited: a day comes, a reminder is due, something overdue goes up.

The act and the next moment to look are one transaction under the lock of the wait, so that each act happens once,
whoever is killed when.
"""

from collections.abc import Iterable, Sequence, Set
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import open_command, record, session, system
from collab.people.calendar.ordinals import WorkingDays

from ..ball import settle
from ..desks import organisation_zone
from ..escalating.ladder import next_step
from ..escalating.surroundings import FOR_A_DAY, Surroundings, surroundings_of
from ..escalating.turn import IN_VAIN, Standing, Turn, next_working_day, turn
from ..events import AskerReminded, StandInNudged, WaitDayCame, WaitLapsed, WaitNudged
from ..lapsing import settle_lapses
from ..models import Wait, WorkItem
from ..policy import among, hashed
from ..taking_part import join, join_each

MORNING: Final = time(8)
"""Nobody is reminded, and nothing goes up, before the day begins at the office."""


class Over(NamedTuple):
    """A wait for a day that has come."""

    id: int
    item_id: int | None
    by_id: int
    stops_clock: bool


@open_command(system)
def take_turns(actor: Actor, ids: Sequence[int]) -> int:
    """Do for these waits what their moment asks for, and say when to look again. Returns how many had their turn."""
    at = clock.now()
    now = at.astimezone(organisation_zone())
    over = _days_that_came(ids, at, now.date())
    looked_at = _look(set(ids).difference(wait.id for wait in over), at, now)
    _end_of_days(actor, over + [_over(wait) for wait, act in looked_at if act == "end"], at)
    return len(over) + len(looked_at)


def _due(ids: Iterable[int], at: datetime, *columns: Any) -> Any:
    """Those of these waits whose moment has come, locked; whoever else has one in hand is not waited for."""
    return (
        select(*columns)
        .where(Wait.id == among(ids), Wait.ended_at.is_(None), Wait.next_action_at <= at)
        .order_by(Wait.id)
        .with_for_update(skip_locked=True, key_share=True)
    )


def _days_that_came(ids: Sequence[int], at: datetime, today: date) -> list[Over]:
    """What waited for nothing but a day that has come. On the first of a month these are thousands, and of each only
    this needs to be known: no rule, no calendar and no item decides about it."""
    query = _due(ids, at, Wait.id, Wait.item_id, Wait.by_id, Wait.stops_clock)
    return [Over(*row) for row in session().execute(query.where(FOR_A_DAY, Wait.until <= today))]


def _over(wait: Wait) -> Over:
    return Over(wait.id, wait.item_id, wait.by_id, wait.stops_clock)


def _look(ids: Set[int], at: datetime, now: datetime) -> list[tuple[Wait, str]]:
    """What is due on each of these waits, done but for the end of a day."""
    waits = list(session().scalars(_due(ids, at, Wait))) if ids else []
    if not waits:
        return []
    around = surroundings_of(waits, now)
    lines: list[Wait] = []
    looked_at = [(wait, _turn(wait, around, at, lines)) for wait in waits]
    session().add_all(lines)
    session().flush()
    join_each({(line.item_id or 0, line.of_id or 0) for line in lines}, "asked", at)
    return looked_at


@open_command(system)
def put_off(_actor: Actor, wait_id: int) -> int:
    """Look at a wait again in an hour: this time something went wrong, and the others must not wait for it."""
    later = clock.now() + timedelta(hours=1)
    session().execute(update(Wait).where(Wait.id == wait_id).values(next_action_at=later))
    return wait_id


def _end_of_days(actor: Actor, waits: Sequence[Over], at: datetime) -> None:
    """What waited for nothing but a day ends when the day has come, and so does what was sent up because of it. Where
    one stopped a clock the item settles, as it stands now that it is locked: somebody may have given it on while the
    sweep looked around."""
    if not waits:
        return
    quick = {"synchronize_session": False}
    over = update(Wait).where(Wait.id == among(wait.id for wait in waits))
    session().execute(over.values(ended_at=at, ended_how="lapsed", ended_by=None), execution_options=quick)
    ids = {wait.item_id for wait in waits if wait.item_id is not None}
    stood = {wait.item_id: wait.by_id for wait in reversed(waits) if wait.stops_clock and wait.item_id is not None}
    # As rows: held to an array of hundreds, the planner walks the index of units.
    here = WorkItem.id.in_(hashed(ids))
    session().execute(select(WorkItem.id).where(here).order_by(WorkItem.id).with_for_update(key_share=True)).all()
    session().execute(update(WorkItem).where(here).values(changed_at=at), execution_options=quick)
    if stood:
        standing = select(WorkItem).where(WorkItem.id == among(stood)).order_by(WorkItem.id)
        for item in session().scalars(standing.execution_options(populate_existing=True)).all():
            settle(item, actor.person_id or stood[item.id], at)
    settle_lapses(ids, at)
    for wait in waits:
        record(WaitDayCame(subject=wait.item_id or 0, wait=wait.id, asker=wait.by_id))


def _turn(wait: Wait, around: Surroundings, at: datetime, lines: list[Wait]) -> str:
    """What is due on it. Done, but for the end of a day and the `lines` of what goes up: these are for all together."""
    standing = around.standing(wait)
    rule, days = around.rule(wait), around.days(wait)
    now = turn(standing, rule, around.today, days)
    if now.act in ("lapse", "nudge") and around.now.time() < MORNING:
        wait.next_action_at = around.moment(around.today, MORNING)
    elif now.act in ("lapse", "nudge"):
        vain = _try(now.act, wait, standing, around, at, lines)
        then = turn(standing, rule, around.today, days, now.act) if vain else now
        if not vain or (then.act and not _try(then.act, wait, standing, around, at, lines)):
            wait.next_action_at = at
        else:
            wait.next_action_at = around.moment(_again(now.act, then, around.today, days), MORNING)
    elif now.act != "end":
        wait.next_action_at = around.moment(now.look, time() if standing.ends else MORNING)
    return now.act


def _try(act: str, wait: Wait, standing: Standing, around: Surroundings, at: datetime, lines: list[Wait]) -> bool:
    """Do what is due. True where it was in vain: nobody is there to read it, or nobody is above."""
    item = around.items.get(wait.item_id or 0)
    if act == "nudge":
        return not _nudge(wait, around, at)
    return item is None or not _lapse(wait, item, standing, around, at, lines)


def _again(act: str, then: Turn, today: date, days: WorkingDays) -> date | None:
    """When to look again after `act` was in vain: whoever is away is back soon, whoever is above changes seldom; and
    no later than the other act is due."""
    soon = act == "nudge" or then.act == "nudge"
    tried = next_working_day(days, today, 1 if soon else IN_VAIN)
    return min((day for day in (tried, None if then.act else then.look) if day is not None), default=None)


def _lapse(
    wait: Wait, item: WorkItem, standing: Standing, around: Surroundings, at: datetime, lines: list[Wait]
) -> bool:
    """One level up: a line on the day of whoever heads the next unit above. False where nobody is found."""
    way, awaited = around.offices.get(around.start(wait), []), around.awaited.get(item.id, set())
    step = next_step(way, awaited, around.passed(wait))
    if step is None:
        return False
    lines.append(_line(wait, step.party, step.unit, standing.level + 1, at))
    record(WaitLapsed(subject=item.id, wait=wait.id, awaited=wait.of_id, to=step.party, level=standing.level + 1))
    return True


def lapse(wait: Wait, party: int, unit: int, level: int, at: datetime, *, by: int | None = None, why: str = "") -> Wait:
    """The line on the day of `party` that says what is late; by itself, or sent up by somebody with a reason."""
    line = _line(wait, party, unit, level, at, by=by, why=why)
    session().add(line)
    session().flush()
    if wait.item_id is not None:
        join(wait.item_id, party, "asked", at)
    return line


def _line(wait: Wait, party: int, unit: int, level: int, at: datetime, *, by: int | None = None, why: str = "") -> Wait:
    return Wait(
        item_id=wait.item_id, sense="lapse", what=why, of_id=party, by_id=by or party, since=at,
        until=wait.until, over_id=wait.id, level=level, level_unit_id=unit, next_action_at=None, version=1,
    )  # fmt: skip


def _nudge(wait: Wait, around: Surroundings, at: datetime) -> bool:
    """A reminder goes out, to the substitute of somebody who is away. False while nobody is there to read it."""
    absent = around.absences.get(wait.taken_by or wait.of_id or 0)
    if absent is not None and absent.stands_in is None:
        return False
    wait.nudges, wait.nudged_at = wait.nudges + 1, at
    subject = wait.item_id or 0
    if wait.of_id in around.outsiders:
        record(AskerReminded(subject=subject, wait=wait.id, awaited=wait.of_id, asker=wait.by_id))
    elif absent is not None:
        record(StandInNudged(subject=subject, wait=wait.id, awaited=absent.person, stand_in=absent.stands_in))
    else:
        record(WaitNudged(subject=subject, wait=wait.id, awaited=wait.taken_by or wait.of_id))
    return True
