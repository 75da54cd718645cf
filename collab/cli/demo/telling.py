"""Five months of work told in order of time, each step with the clock where it stood then."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import func, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.envelope import open_command, session, system
from collab.core.facts import FactRow
from collab.core.teller import tell_due
from collab.feed.models import Notification
from collab.people.models import Person

from .matters import MATTERS, PLACES, Matter
from .plots import FINISHED, OPEN, Plot, Story
from .scenes import scenes
from .world import World

COPIES = 4
READ_AFTER = timedelta(days=2)
MOST_ROUNDS = 100


@dataclass(order=True)
class Next:
    """When a story goes on."""

    at: datetime
    number: int
    story: Story = field(compare=False)


def tell(world: World, heard: Callable[[int], None] = lambda _step: None) -> int:
    """Tell every story up to the present. The number of steps; `heard` after each. Goes on where it was cut short."""
    told_until = db.session.scalar(select(func.max(FactRow.at)).where(FactRow.subject_kind == "work-item"))
    numbers = count()
    due = [
        Next(begins, next(numbers), story)
        for begins, story in _stories(world)
        if told_until is None or begins > told_until
    ]
    heapq.heapify(due)
    steps = 0
    while due and due[0].at < world.now:
        one = heapq.heappop(due)
        with clock.standing_at(one.at):
            days = next(one.story, None)
            _consequences()
        steps += 1
        heard(steps)
        if days is not None:
            heapq.heappush(due, Next(world.later(one.at, days), next(numbers), one.story))
    return steps


def _stories(world: World) -> Iterator[tuple[datetime, Story]]:
    """Each story with the moment at which it begins: half of them finished long ago, half under way."""
    for number, (matter, title) in enumerate(_titles()):
        plot, ago = _plot(world, number)
        yield world.morning(ago), plot(world, matter, title)
    for ago, story in scenes(world):
        yield world.morning(ago), story


def _titles() -> Iterator[tuple[Matter, str]]:
    for copy in range(COPIES):
        for number, matter in enumerate(MATTERS):
            if "{place}" in matter.title:
                places = PLACES[matter.locale]
                yield matter, matter.title.format(place=places[(number + copy) % len(places)])
            elif copy == 0:
                yield matter, matter.title


def _plot(world: World, number: int) -> tuple[Plot, int]:
    if number % 2:
        return FINISHED[number // 2 % len(FINISHED)], world.random.randint(24, 105)
    plot = OPEN[number // 2 % len(OPEN)]
    return plot, world.random.randint(8, 34) if plot.__name__ in (
        "overdue",
        "there_and_back",
    ) else world.random.randint(1, 26)


def _consequences() -> None:
    """What follows is told at once, so that it carries the time of its cause."""
    for _round in range(MOST_ROUNDS):
        if tell_due(queue_inline=True).idle:
            return


@open_command(system)
def settle_inboxes(_actor: Actor, now: datetime) -> None:
    """People have read what is older than two days, and looked at their day this morning or the day before."""
    old = (Notification.at < now - READ_AFTER) & Notification.read_at.is_(None)
    session().execute(update(Notification).where(old).values(read_at=Notification.at + timedelta(hours=3)))
    session().execute(update(Person).where(Person.looked_at.is_(None)).values(looked_at=now - timedelta(hours=20)))
