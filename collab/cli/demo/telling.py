"""Five months of work told in order of time, each step with the clock where it stood then."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import func, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.envelope import open_command, session, system
from collab.core.facts import FactRow
from collab.core.reactions import REGISTRY
from collab.core.teller import tell_due
from collab.feed import reactions as feed_reactions
from collab.feed.models import Notification
from collab.people.models import Person
from collab.tasks import reactions as task_reactions
from collab.work import reactions as work_reactions

from . import assemblies, ballots, counsel, meetings, talks, votes
from .matters import MATTERS, PLACES, Matter
from .plots import FINISHED, LASTS, OPEN, Plot, Story
from .scenes import scenes
from .world import World

COPIES = 4
REMEMBERED = timedelta(days=21)
MOST_ROUNDS = 100
WHAT_CHANGES = frozenset({work_reactions.end_what_waited.name, task_reactions.clock_resumed.name})
HEARD = frozenset({feed_reactions.notify.name})


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
        lately = one.at > world.now - REMEMBERED
        with clock.standing_at(one.at), only_telling(WHAT_CHANGES | HEARD if lately else WHAT_CHANGES):
            days = next(one.story, None)
            _consequences()
        steps += 1
        heard(steps)
        if days is not None:
            then = one.at + days if isinstance(days, timedelta) else world.later(one.at, days)
            heapq.heappush(due, Next(then, next(numbers), one.story))
    return steps


def _stories(world: World) -> Iterator[tuple[datetime, Story]]:
    """Each story with the moment at which it begins: half of them finished long ago, half under way."""
    for number, (matter, title) in enumerate(_titles()):
        plot, ago = _plot(world, number)
        yield world.morning(ago), plot(world, matter, title)
    for ago, story in scenes(world):
        yield world.morning(ago), story
    yield from talks.stories(world)
    yield from votes.stories(world)
    yield from counsel.stories(world)
    yield from meetings.stories(world)
    yield from ballots.stories(world)
    yield from assemblies.stories(world)


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
    return plot, world.random.randint(*LASTS.get(plot, (1, 16)))


@contextmanager
def only_telling(names: frozenset[str]) -> Iterator[None]:
    """Facts inside the block are told to these reactions alone: nobody has a page open yet that a hint could reach,
    and nobody still reads what they heard months ago."""
    every = REGISTRY.by_kind
    REGISTRY.by_kind = {
        kind: [reaction for reaction in reactions if reaction.name in names] for kind, reactions in every.items()
    }
    try:
        yield
    finally:
        REGISTRY.by_kind = every


def _consequences() -> None:
    """What follows is told at once, so that it carries the time of its cause."""
    for _round in range(MOST_ROUNDS):
        if tell_due(queue_inline=True).idle:
            return


@open_command(system)
def settle_inboxes(_actor: Actor, read_until: datetime) -> None:
    """People have read what they heard until then, and looked at their day."""
    old = (Notification.at < read_until) & Notification.read_at.is_(None)
    session().execute(update(Notification).where(old).values(read_at=Notification.at + timedelta(hours=3)))
    session().execute(update(Person).where(Person.looked_at.is_(None)).values(looked_at=read_until))
