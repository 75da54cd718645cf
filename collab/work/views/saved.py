"""Views: keep what is asked now, open, change, share, pin and delete what was kept."""

from dataclasses import dataclass
from typing import Annotated, Any

from flask import Response
from pydantic import Field

from collab.core.actor import Actor
from collab.core.envelope import Seen
from collab.core.errors import Invalid
from collab.core.forms import Form, Question, Search, parse
from collab.core.i18n import N_, _
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, back, entered, go, reasons_of, show

from ..commands import views as verbs
from ..forms import NewView, ViewChange
from ..policy import may_change_view
from ..queries.saved import View, find_view, page_of_views
from . import pages
from .chips import said_of
from .listing import read
from .looks import LOOKS, address

LISTS = {"work-items": N_("Work items"), "tasks": N_("Tasks"), "pending-items": N_("Pending items")}
KEPT = ("list", "query", "order", "group", "layout", "by", "of", "span")
SAVED = N_("The view is kept.")
CHANGED = N_("The view is changed.")
DELETED = N_("The view is deleted.")
PINNED = N_("The view stands in your sidebar.")
UNPINNED = N_("The view is no longer in your sidebar.")


class Now(Form):
    """What is asked on the list from which one comes."""

    list: Search = "work-items"
    query: Question = ""
    order: Search = ""
    group: Search = ""
    layout: Search = ""
    by: Search = ""
    of: Search = ""
    span: Search = ""
    after: Annotated[str, Field(max_length=400)] | None = None


class Looked(Form):
    """The version of the view as it stood on the page."""

    version: Annotated[int, Field(ge=1, le=2**31)] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A view in the list of views."""

    view: View
    href: str
    note: str
    changes: bool


@door(pages, "GET /views", query=Now)
def saved_views() -> Response:
    """Your views and those of your units; with a form that keeps what is asked now."""
    return _page(asked(Now).model_dump(), {})


@door(pages, "POST /views", takes=NewView)
def save_view() -> Response:
    """Keep what is asked as a view."""
    typed = entered()
    try:
        made = verbs.save_view(actor(), parse(NewView, typed))
    except Invalid as problem:
        return _page(typed, reasons_of(problem), status=422)
    return back(f"/views/{made}", _(SAVED))


@door(pages, "GET /views/<id:view_id>")
def open_view(view_id: int) -> Response:
    """Open a view: its list, asked in your own language."""
    view = find_view(actor(), view_id)
    said = {"query": view.query, "order": view.order, "group": view.group}
    return go(address(f"/{view.list}", said | {name: getattr(view, name) for name in LOOKS[view.layout]}))


@door(pages, "PATCH /views/<id:view_id>", takes=ViewChange)
def change_view(view_id: int) -> Response:
    """Rename a view, share it with another unit, or let it ask something else."""
    view = find_view(actor(), view_id)
    typed = entered()
    seen = parse(Looked, {"version": typed.pop("version", None) or None}).version
    # An empty choice means: shared with nobody.
    form = parse(ViewChange, {name: None if name == "unit" and not value else value for name, value in typed.items()})
    verbs.change_view(actor(), Seen(view.id, seen), form)
    return back(f"/views/{view.id}", _(CHANGED))


@door(pages, "DELETE /views/<id:view_id>")
def delete_view(view_id: int) -> Response:
    """Delete a view."""
    verbs.delete_view(actor(), view_id)
    return back("/views", _(DELETED))


@door(pages, "PUT /views/<id:view_id>/pin")
def pin_view(view_id: int) -> Response:
    """Let a view stand in your sidebar."""
    verbs.pin_view(actor(), view_id)
    return back(f"/views/{view_id}", _(PINNED))


@door(pages, "DELETE /views/<id:view_id>/pin")
def unpin_view(view_id: int) -> Response:
    """Take a view out of your sidebar."""
    verbs.unpin_view(actor(), view_id)
    return back("/views", _(UNPINNED))


def _page(typed: dict[str, Any], errors: dict[str, list[str]], status: int = 200) -> Response:
    who, page = actor(), page_of_views(actor(), typed.get("after"))
    now, kept = read(str(typed.get("query") or "")), page.items
    words = said_of(who, [now.tree, *(view.tree for view in kept)])
    if now.wrong is not None:
        words[0] = now.text
    asks = {name: typed.get(name) for name in KEPT}
    return show(
        "work/views.html",
        fragment="work/_views.html",
        status=status,
        typed=typed,
        errors=errors,
        units=_units(who),
        lines=[_line(who, view, said) for view, said in zip(kept, words[1:], strict=True)],
        asks=" · ".join((_(LISTS.get(typed.get("list") or "", LISTS["work-items"])), words[0])),
        here=address("/views", asks | {"after": typed.get("after")}),
        previous_href=address("/views", asks | {"after": page.previous}) if page.previous else None,
        next_href=address("/views", asks | {"after": page.next}) if page.next else None,
    )


def _line(who: Actor, view: View, said: str) -> Line:
    about = [_(LISTS[view.list]), said]
    if view.unit is not None:
        about.append(_(N_("shared with %(unit)s")) % {"unit": view.unit.name})
    if view.owner.id != who.person_id:
        about.append(view.owner.name)
    return Line(view, f"/views/{view.id}", " · ".join(about), may_change_view(who, view))  # type: ignore[arg-type]


def _units(who: Actor) -> dict[str, str]:
    """Units with which a view may be shared."""
    return {str(node.id): node.name() for node in tree().walk() if node.id in who.reach}
