"""How a matter goes. Each plot is told step by step; what it yields is how many working days pass until the next step.

A story stops where the present is reached, so that what began lately is still under way.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from . import phrases
from .matters import Matter
from .world import World

Story = Iterator[float | timedelta]
"""Each step is followed by how many working days pass until the next one, or by how long exactly."""
Plot = Callable[[World, Matter, str], Story]


def _pick(world: World, texts: dict[str, Any], locale: str) -> str:
    return str(world.random.choice(texts[locale]))


def _begin(world: World, matter: Matter, title: str, due: int) -> tuple[int, str]:
    clerk = world.clerk(matter.unit, matter.locale)
    return world.create(matter, clerk, title, due, clerk), clerk


def _ahead(world: World) -> int:
    """A deadline around the present, in working days from the moment the item is created."""
    return max(2, world.days_until_today() + world.random.randint(-1, 14))


def _stops(matter: Matter) -> bool:
    """Only an outside party stops the clock of a pending item."""
    return matter.kind == "pending" and not matter.ask_of.isupper()


def _talk(world: World, matter: Matter, item: int, clerk: str) -> Story:
    speakers = [clerk, world.head(matter.unit)]
    for turn, text in enumerate(matter.said or (_pick(world, phrases.SEEN, matter.locale),)):
        world.say(item, speakers[turn % 2], text)
        yield 0.2


def _asked(world: World, matter: Matter, item: int, by: str, days: int) -> Story:
    """Ask, wait, and hear the answer."""
    wait = world.ask(item, by, matter.ask_of, matter.ask, stops_clock=_stops(matter))
    yield days
    answering = world.clerk(matter.ask_of, matter.locale) if matter.ask_of.isupper() else by
    if matter.ask_of.isupper():
        world.take_wait(answering, wait)
        yield 0.3
    world.answer(item, answering, wait, matter.reply)


def simple(world: World, matter: Matter, title: str) -> Story:
    """One clerk does it from beginning to end."""
    item, clerk = _begin(world, matter, title, world.random.randint(6, 15))
    yield 1
    yield from _talk(world, matter, item, clerk)
    yield world.random.randint(1, 6)
    world.complete(item, clerk, _pick(world, phrases.DONE, matter.locale))


def from_tray(world: World, matter: Matter, title: str) -> Story:
    """The head opens it for nobody, somebody takes it out of the tray."""
    item = world.create(matter, world.head(matter.unit), title, 12, None)
    yield world.random.randint(1, 4)
    clerk = world.clerk(matter.unit, matter.locale)
    world.take(item, clerk)
    yield 0.5
    yield from _talk(world, matter, item, clerk)
    yield world.random.randint(2, 7)
    world.complete(item, clerk, _pick(world, phrases.DONE, matter.locale))


def handed_over(world: World, matter: Matter, title: str) -> Story:
    """To another unit, which accepts it, asks outside, and finishes it."""
    item, clerk = _begin(world, matter, title, 25)
    yield 1
    yield from _talk(world, matter, item, clerk)
    offer = world.offer(item, clerk, matter.other, _pick(world, phrases.NOTE, matter.locale))
    yield world.random.randint(1, 3)
    receiver = world.clerk(matter.other, matter.locale)
    world.accept(item, offer, receiver)
    yield world.random.randint(1, 4)
    if matter.ask_of:
        yield from _asked(world, matter, item, receiver, world.random.randint(3, 11))
        yield world.random.randint(1, 3)
    world.complete(item, receiver, _pick(world, phrases.DONE, matter.locale))


def there_and_back(world: World, matter: Matter, title: str) -> Story:
    """To another unit for its part, waiting outside meanwhile, and back again: a bar of many segments."""
    item, clerk = _begin(world, matter, title, 30)
    yield world.random.randint(2, 5)
    offer = world.offer(item, clerk, matter.other, _pick(world, phrases.NOTE, matter.locale))
    yield world.random.randint(1, 3)
    receiver = world.clerk(matter.other, matter.locale)
    world.accept(item, offer, receiver)
    yield 2
    if matter.ask_of:
        yield from _asked(world, matter, item, receiver, world.random.randint(4, 12))
    yield world.random.randint(2, 6)
    back = world.offer(item, receiver, matter.unit, _pick(world, phrases.DONE, matter.locale))
    yield 1
    world.accept(item, back, clerk)
    yield from _talk(world, matter, item, clerk)
    yield world.random.randint(3, 8)
    world.complete(item, clerk, _pick(world, phrases.DONE, matter.locale))


def returned(world: World, matter: Matter, title: str) -> Story:
    """The other unit returns it with a reason; the head gives it to somebody of their own."""
    item, clerk = _begin(world, matter, title, 18)
    yield 1
    offer = world.offer(item, clerk, matter.other, _pick(world, phrases.NOTE, matter.locale))
    yield world.random.randint(1, 3)
    world.return_(offer, world.head(matter.other), _pick(world, phrases.RETURNED, matter.locale))
    yield 1
    colleague = world.clerk(matter.unit)
    if colleague != clerk:
        world.assign(item, world.head(matter.unit), colleague)
    yield from _talk(world, matter, item, colleague)
    yield world.random.randint(4, 12)
    world.complete(item, colleague, _pick(world, phrases.DONE, matter.locale))


def disputed(world: World, matter: Matter, title: str) -> Story:
    """Returned three times: whoever stands above both is asked to decide."""
    item, clerk = _begin(world, matter, title, _ahead(world))
    for _time in range(3):
        yield 1
        offer = world.offer(item, clerk, matter.other, _pick(world, phrases.NOTE, matter.locale))
        yield 1
        world.return_(offer, world.head(matter.other), _pick(world, phrases.RETURNED, matter.locale))
    yield 0.4
    yield from _talk(world, matter, item, clerk)


def given_up(world: World, matter: Matter, title: str) -> Story:
    """It turns out to be a double."""
    item, clerk = _begin(world, matter, title, 10)
    yield world.random.randint(1, 5)
    world.cancel(item, clerk, phrases.CANCELLED[matter.locale])


def untouched(world: World, matter: Matter, title: str) -> Story:
    """It lies in the tray."""
    world.create(matter, world.head(matter.unit), title, _ahead(world), None)
    yield from ()


def under_way(world: World, matter: Matter, title: str) -> Story:
    """Somebody works on it; it is talked about."""
    item, clerk = _begin(world, matter, title, _ahead(world))
    yield 1
    yield from _talk(world, matter, item, clerk)


def assigned(world: World, matter: Matter, title: str) -> Story:
    """The head gives it to somebody."""
    head = world.head(matter.unit)
    item = world.create(matter, head, title, _ahead(world), None)
    yield 0.3
    clerk = world.clerk(matter.unit, matter.locale)
    if clerk == head:
        world.take(item, clerk)
    else:
        world.assign(item, head, clerk)
    yield 1
    yield from _talk(world, matter, item, clerk)


def clock_stopped(world: World, matter: Matter, title: str) -> Story:
    """Somebody outside is awaited, and reminded."""
    item, clerk = _begin(world, matter, title, _ahead(world))
    yield 1
    if not matter.ask_of:
        yield from _talk(world, matter, item, clerk)
        return
    wait = world.ask(item, clerk, matter.ask_of, matter.ask, stops_clock=_stops(matter), until=8)
    yield 5
    world.nudge(clerk, wait)
    yield 0.2
    yield from _talk(world, matter, item, clerk)


def on_offer(world: World, matter: Matter, title: str) -> Story:
    """Offered to another unit, which has not decided yet."""
    item, clerk = _begin(world, matter, title, _ahead(world))
    yield 0.5
    yield from _talk(world, matter, item, clerk)
    world.offer(item, clerk, matter.other, _pick(world, phrases.NOTE, matter.locale))


def opinion_asked(world: World, matter: Matter, title: str) -> Story:
    """Another unit is asked for its part; somebody there has taken the question."""
    item, clerk = _begin(world, matter, title, _ahead(world))
    yield 1
    unit = matter.ask_of if matter.ask_of.isupper() else matter.other
    wait = world.ask(
        item, clerk, unit, matter.ask if matter.ask_of.isupper() else phrases.OPINION[matter.locale], until=6
    )
    yield 2
    world.take_wait(world.clerk(unit, matter.locale), wait)
    yield 0.5
    yield from _talk(world, matter, item, clerk)


def answered(world: World, matter: Matter, title: str) -> Story:
    """What was asked was answered; now it goes on."""
    item, clerk = _begin(world, matter, title, _ahead(world))
    yield 1
    if matter.ask_of:
        yield from _asked(world, matter, item, clerk, world.random.randint(2, 7))
        yield 1
    yield from _talk(world, matter, item, clerk)


def overdue(world: World, matter: Matter, title: str) -> Story:
    """It should have been finished by now."""
    item, clerk = _begin(world, matter, title, 5)
    yield 2
    yield from _talk(world, matter, item, clerk)
    yield 4
    world.say(item, world.head(matter.unit), _pick(world, phrases.SEEN, matter.locale))


FINISHED: tuple[Plot, ...] = (simple, handed_over, there_and_back, from_tray, returned, handed_over, simple, given_up)
OPEN: tuple[Plot, ...] = (
    under_way, clock_stopped, there_and_back, untouched, on_offer, handed_over, opinion_asked, there_and_back, assigned,
    overdue, answered, clock_stopped, there_and_back, under_way, handed_over, disputed, assigned, opinion_asked,
)  # fmt: skip
LASTS: dict[Plot, tuple[int, int]] = {there_and_back: (8, 22), handed_over: (4, 9), overdue: (8, 30), disputed: (7, 12)}
"""How many working days ago the longer plots begin, at the latest and the earliest, to be under way now."""
