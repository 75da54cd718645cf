"""The page of one item: what it says, who has it, what may be done next, its talk, its history."""

from typing import Any

from flask import Response

from collab.core.actor import Actor
from collab.core.i18n import N_, _
from collab.core.origins import origins_of
from collab.messaging.forms import Draft
from collab.messaging.owners import Owner
from collab.messaging.pages import draft_in, said_in, stretch_of, talk_of
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, go, show

from .. import commands
from ..forms import HistoryPart
from ..kinds import kinds
from ..queries import history
from ..queries.items import find_item, find_with_history, id_of
from ..queries.named import named
from ..queries.shapes import Item
from ..queries.waiting_circle import circle_of
from ..reactions import ITEM
from . import pages
from .answers import done, is_part
from .attached import files_of
from .marks import Words
from .shown import happened, shown_item

WATCHED, UNWATCHED = N_("You will hear what happens here."), N_("You will hear no more of it.")
TAKEN_OFF = N_("They see it no more.")


@door(pages, "GET /work-items/<ref:ref>")
def item(ref: str) -> Response:
    """One item: its state and holder, its talk, its history and what you may do next."""
    who = actor()
    found, lines = find_with_history(who, ref, history.window_of())
    kind = kinds().get(found.kind)
    if kind and kind.page:
        return go(f"{kind.page}/{found.reference}")
    page = shown_item(who, found, list(lines.items), lines.next)
    panel, more = kind_panel(who, found)
    more = {**more, "circle": _circle(who, found)}
    if is_part():
        return show("work/_live.html", page=page, panel_template=panel, **more)
    talk = talk_of(who, Owner(ITEM, found.id), f"{page.href}/messages")
    files = files_of(who, found.id, page.href, none=not found.has_files)
    origins = origins_of(who, found.id) if found.has_origins else []
    return show("work/item.html", page=page, panel_template=panel, talk=talk, files=files, origins=origins, **more)


def _circle(who: Actor, found: Item) -> list[str]:
    """The circle of waits through an item, asked only where it waits for another; who may not see one reads "…"."""
    waits = any(wait.is_open and wait.for_item_id is not None for wait in found.waits)
    return [reference or "…" for reference in circle_of(who, found.id)] if waits else []


def kind_panel(who: Actor, found: Item) -> tuple[str, dict[str, Any]]:
    """The template of the kind's own facts with its context; an empty name when it has none."""
    kind = kinds().get(found.kind)
    panel = kind.panel(who, found) if kind and kind.panel else None
    return panel or ("", {})


@door(pages, "GET /work-items/<ref:ref>/history", query=HistoryPart)
def item_history(ref: str) -> Response:
    """What happened to an item, earlier and earlier."""
    who, part = actor(), asked(HistoryPart)
    found = find_item(who, ref)
    page = history.history(who, found.id, history.window_of(part.after, part.limit))
    words = Words(who)
    href = f"/work-items/{found.reference}"
    return show(
        "work/history.html",
        fragment="work/_history.html",
        item=found,
        href=href,
        history=happened(page.items, words),
        earlier=f"{href}/history?after={page.next}" if page.next else None,
    )


@door(pages, "GET /work-items/<ref:ref>/messages")
def messages(ref: str) -> Response:
    """A part of the talk of an item."""
    found = find_item(actor(), ref)
    return stretch_of(actor(), Owner(ITEM, found.id), f"/work-items/{found.reference}/messages")


@door(pages, "POST /work-items/<ref:ref>/messages")
def say(ref: str) -> Response:
    """Say something in the talk of an item."""
    found = find_item(actor(), ref)
    href = f"/work-items/{found.reference}"
    return said_in(actor(), Owner(ITEM, found.id), f"{href}/messages", home=f"{href}#talk")


@door(pages, "PUT /work-items/<ref:ref>/messages/draft", takes=Draft)
def keep_draft(ref: str) -> Response:
    """Keep what is written so far in the talk of an item."""
    return draft_in(actor(), Owner(ITEM, named(actor(), ref).id))


@door(pages, "POST /work-items/<ref:ref>/watchers")
def watch(ref: str) -> Response:
    """Follow an item."""
    commands.watch(actor(), id_of(actor(), ref))
    return done(ref, _(WATCHED))


@door(pages, "DELETE /work-items/<ref:ref>/watchers")
def unwatch(ref: str) -> Response:
    """Stop following an item."""
    commands.unwatch(actor(), id_of(actor(), ref))
    return done(ref, _(UNWATCHED))


@door(pages, "DELETE /work-items/<ref:ref>/named-people/<id:person>")
def take_off(ref: str, person: int) -> Response:
    """Let somebody see an item for named people no more."""
    commands.take_off(actor(), id_of(actor(), ref), person)
    return done(ref, _(TAKEN_OFF))
