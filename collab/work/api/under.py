"""What hangs on an item, under whichever noun it is asked for: /work-items, /tasks or /pending-items."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from collab.core.actor import Actor
from collab.core.errors import NotFound
from collab.files import api as files
from collab.files.queries import files_on, has_room
from collab.files.receiving import arrived, store
from collab.files.serving import sent_packed
from collab.messaging import api as talk
from collab.messaging import commands as talking
from collab.messaging import queries as talks
from collab.messaging.forms import Draft, Say, Stretch
from collab.messaging.owners import Owner
from collab.web.actors import actor
from collab.web.api import endpoint, seen

from .. import commands
from ..answering import ask_with
from ..forms import Ask, Assign, Cancel, Complete, HistoryPart, Offer
from ..queries import handovers, items, waits
from ..queries.history import history, window_of
from ..queries.named import Named, named
from ..reactions import ITEM
from . import shapes
from .again import calmly
from .answers import after


def sub_resources(blueprint: Blueprint, noun: str, kind: str | None = None) -> None:
    """Add the sub-resources of items below `/<noun>/<item>`; with a `kind`, only items of that kind are found there."""

    def add(route: str, view: Callable[..., Any], **shape: Any) -> None:
        method, below = route.split(" ")

        def door(item: str, **given: Any) -> Any:
            return view(actor(), _named(actor(), item, kind), **given)

        door.__name__ = f"{noun.replace('-', '_')}_{view.__name__}"
        door.__doc__ = view.__doc__
        endpoint(blueprint, f"{method} /{noun}/<ref:item>{below}", **shape)(door)

    add("POST /completion", complete, takes=Complete, gives="WorkItem")
    add("DELETE /completion", reopen, gives="WorkItem")
    add("POST /cancellation", cancel, takes=Cancel, gives="WorkItem")
    add("PUT /holder", assign, takes=Assign, gives="WorkItem")
    add("POST /beginning", begin, gives="WorkItem")
    add("POST /taking", take, gives="WorkItem")
    add("GET /handovers", list_handovers, query=HistoryPart, gives="HandoverList")
    add("POST /handovers", hand_over, takes=Offer, gives="Handover")
    add("GET /waits", list_waits, query=HistoryPart, gives="WaitList")
    add("POST /waits", ask, takes=Ask, gives="Wait")
    add("GET /messages", list_messages, query=Stretch, gives="MessageList")
    add("POST /messages", say, takes=Say, gives="Sent")
    add("GET /files", list_files, gives="FileList")
    add("POST /files", attach, gives="FileList", receives=True)
    add("GET /files/archive", archive, gives="bytes")
    add("GET /history", list_history, query=HistoryPart, gives="History")
    add("GET /intervals", list_intervals, gives="IntervalList")
    add("POST /watchers", watch, gives="WorkItem")
    add("DELETE /watchers", unwatch, gives="WorkItem")
    if kind is None and noun == "work-items":
        add("DELETE /named-people/<id:person>", take_off, gives="WorkItem")
        add("GET /messages/draft", draft, gives="Draft")
        add("PUT /messages/draft", put_draft, takes=Draft, gives="Draft")


def _named(who: Actor, item: str, kind: str | None) -> Named:
    one = named(who, item)
    if kind is not None and one.kind != kind:
        raise NotFound
    return one


def _shown(who: Actor, one: Named) -> Any:
    return after(lambda: shapes.item(items.find_item(who, one.id)))


def complete(who: Actor, one: Named, form: Complete) -> Any:
    """Finish an item. Sent again by whoever finished it, it is answered as the first time."""
    with calmly(who, one.id, "item-completed"):
        commands.complete(who, seen(one.id), form)
    return _shown(who, one)


def reopen(who: Actor, one: Named) -> Any:
    """Open a finished item again."""
    with calmly(who, one.id, "item-reopened"):
        commands.reopen(who, seen(one.id))
    return _shown(who, one)


def cancel(who: Actor, one: Named, form: Cancel) -> Any:
    """Give an item up, with the reason."""
    with calmly(who, one.id, "item-cancelled"):
        commands.cancel(who, seen(one.id), form)
    return _shown(who, one)


def assign(who: Actor, one: Named, form: Assign) -> Any:
    """Give an item to somebody of your own units, or back into the tray."""
    commands.assign(who, seen(one.id), form)
    return _shown(who, one)


def begin(who: Actor, one: Named) -> Any:
    """Begin to work on a new item."""
    commands.begin(who, seen(one.id))
    return _shown(who, one)


def take(who: Actor, one: Named) -> Any:
    """Take an item out of your unit's tray."""
    with calmly(who, one.id, "item-taken"):
        commands.take(who, seen(one.id))
    return _shown(who, one)


def list_handovers(who: Actor, one: Named, query: HistoryPart) -> Any:
    """Offers of the item and what became of them, newest first."""
    page = handovers.handovers_of(who, one.id, handovers.window_of(query.after, query.limit))
    return {"items": [shapes.handover(each) for each in page.items], "next": page.next}


def hand_over(who: Actor, one: Named, form: Offer) -> Any:
    """Hand an item over: offered to another unit, given at once within your own."""
    made = commands.offer(who, seen(one.id), form)
    if made == 0:
        return _shown(who, one)
    address = {"Location": f"/api/v1/handovers/{made}"}
    return shapes.handover(handovers.find_handover(who, made)), 201, address


def list_waits(who: Actor, one: Named, query: HistoryPart) -> Any:
    """What is expected on the item."""
    page = waits.waits_on(who, one.id, waits.window_of(query.after, query.limit))
    return {"items": [shapes.wait(each) for each in page.items], "next": page.next}


def ask(who: Actor, one: Named, form: Ask) -> Any:
    """Expect something of somebody, of another item's end, or of a date."""
    made = ask_with(who, seen(one.id), form)
    return shapes.wait(waits.find_wait(who, made)), 201, {"Location": f"/api/v1/waits/{made}"}


def list_messages(who: Actor, one: Named, query: Stretch) -> Any:
    """What was said about the item."""
    return talk.listing(talks.head_of(who, Owner(ITEM, one.id)), query)


def draft(who: Actor, one: Named) -> Any:
    """What you have written in the talk of the item and not sent."""
    return {"text": talks.head_of(who, Owner(ITEM, one.id)).draft}


def put_draft(who: Actor, one: Named, form: Draft) -> Any:
    """Keep what is written so far, also where nothing was said yet; an empty text keeps nothing."""
    talking.keep_beginning(who, Owner(ITEM, one.id), form)
    return draft(who, one)


def say(who: Actor, one: Named, form: Say) -> Any:
    """Say something about the item; the same nonce again sends nothing twice."""
    return talk.sent(dict(talking.say(who, Owner(ITEM, one.id), form)))


def list_files(who: Actor, one: Named) -> Any:
    """The files of the item, each in its newest version."""
    return files.listing(files_on(who, ITEM, [one.id]).get(one.id, []))


def attach(who: Actor, one: Named) -> Any:
    """Add files to the item; a name known there becomes its next version, and the same upload again is one file."""
    made = commands.attach(who, one.id, store(), arrived(has_room))
    wanted = {each["id"] for each in made}
    here = files_on(who, ITEM, [one.id]).get(one.id, [])
    return files.listing(each for each in here if each.id in wanted), 201


def archive(who: Actor, one: Named) -> Any:
    """All files of the item as one zip archive."""
    return sent_packed(store(), f"{one.reference}.zip", files_on(who, ITEM, [one.id]).get(one.id, []))


def list_history(who: Actor, one: Named, query: HistoryPart) -> Any:
    """What happened to the item, newest first, in sentences."""
    page = history(who, one.id, window_of(query.after, query.limit))
    return {"items": [shapes.line(each) for each in page.items], "next": page.next}


def list_intervals(who: Actor, one: Named) -> Any:
    """Who had the ball from when to when, and for how many working days."""
    return {"items": [shapes.interval(each) for each in items.find_item(who, one.id).intervals]}


def watch(who: Actor, one: Named) -> Any:
    """Follow an item."""
    commands.watch(who, one.id)
    return _shown(who, one)


def unwatch(who: Actor, one: Named) -> Any:
    """Stop following an item."""
    commands.unwatch(who, one.id)
    return _shown(who, one)


def take_off(who: Actor, one: Named, person: int) -> Any:
    """Let somebody see an item for named people no more."""
    commands.take_off(who, seen(one.id), person)
    return _shown(who, one)
