"""Saved views: one, those somebody may open, those in their sidebar."""

from dataclasses import dataclass
from typing import Any, Final

from flask import g, has_app_context
from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.paging import Key, Keyset, Kind, Page
from collab.people.models import Party, Unit

from ..filters.asking import speaker_of
from ..filters.check import read
from ..filters.errors import BadQuery
from ..filters.tree import ALL, Node
from ..filters.write import write
from ..models import SavedView, SavedViewPin
from ..policy import view_visible_to
from .shapes import PartyRef

MOST: Final = 400
BY_NAME: Final = Keyset((Key("name", SavedView.name, Kind.TEXT), Key("id", SavedView.id, Kind.INTEGER)))


@dataclass(frozen=True, slots=True)
class View:
    """A view as its reader sees it: `query` in their own words; `unit` is the one it is shared with."""

    id: int
    name: str
    list: str
    tree: Node
    query: str
    order: str
    group: str
    layout: str
    by: str
    of: str
    span: str
    owner: PartyRef
    unit: PartyRef | None
    pinned: bool
    version: int

    # What collab.work.policy looks at, under the names of the table's columns.
    @property
    def owner_id(self) -> int:
        return self.owner.id

    @property
    def unit_id(self) -> int | None:
        return self.unit.id if self.unit else None


def find_view(actor: Actor, view_id: int) -> View:
    """A view that the actor may open; one query. Raises NotFound."""
    row = db.session.execute(_views(actor).where(SavedView.id == view_id)).first()
    if row is None:
        raise NotFound
    return _view(actor, row)


def views_of(actor: Actor, list_: str | None = None) -> list[View]:
    """The actor's own views and those shared with their units, by name; one query."""
    query = _views(actor).order_by(SavedView.name, SavedView.id).limit(MOST)
    if list_ is not None:
        query = query.where(SavedView.list == list_)
    return [_view(actor, row) for row in db.session.execute(query)]


def page_of_views(actor: Actor, cursor: str | None) -> Page[View]:
    """The same, a page at a time; one query. Raises BadCursor."""
    window = BY_NAME.window(cursor)
    rows = db.session.execute(window.applied(_views(actor))).all()
    return window.page([_view(actor, row) for row in rows], lambda view: (view.name, view.id))


def pinned_views(actor: Actor) -> list[tuple[int, str]]:
    """Id and name of the views in the actor's sidebar that they may still open, by name; no query where another one of
    this page brought them along."""
    known = g.get("pinned_views") if has_app_context() else None
    if known is None or known[0] != actor.person_id:
        known = actor.person_id, db.session.scalar(select(pins(actor))) or []
    return [(id_, name) for id_, name in known[1]]


def keep_pins(actor: Actor, found: list[Any] | None) -> None:
    """Remember for this page what `pins` gave."""
    if has_app_context():
        g.pinned_views = actor.person_id, found or []


def pins(actor: Actor) -> Any:
    """The views in the actor's sidebar as a column of another question: a list of ids and names."""
    line = func.json_build_array(SavedView.id, SavedView.name)
    return (
        select(func.json_agg(aggregate_order_by(line, SavedView.name, SavedView.id)))
        .select_from(SavedView)
        .join(SavedViewPin, SavedViewPin.view_id == SavedView.id)
        .where(SavedViewPin.person_id == actor.person_id, view_visible_to(actor))
        .scalar_subquery()
    )


def _views(actor: Actor) -> Any:
    owner, unit_party = aliased(Party), aliased(Party)
    pinned = exists(
        select(SavedViewPin.view_id).where(
            SavedViewPin.view_id == SavedView.id, SavedViewPin.person_id == actor.person_id
        )
    )
    return (
        select(
            SavedView.id, SavedView.name, SavedView.list, SavedView.filter, SavedView.layout, SavedView.version,
            SavedView.owner_id,
            owner.label.label("owner_label"), owner.names.label("owner_names"), SavedView.unit_id, Unit.code,
            unit_party.label.label("unit_label"), unit_party.names.label("unit_names"), pinned.label("pinned"),
        )
        .join(owner, owner.id == SavedView.owner_id)
        .outerjoin(Unit, Unit.id == SavedView.unit_id)
        .outerjoin(unit_party, unit_party.id == SavedView.unit_id)
        .where(view_visible_to(actor))
    )  # fmt: skip


def _view(actor: Actor, row: Any) -> View:
    speaker = speaker_of(actor)
    try:
        tree = read(row.filter.get("tree"), speaker)
    except BadQuery:  # a condition that a later version no longer knows
        tree = ALL
    unit = None
    if row.unit_id is not None:
        unit = PartyRef(row.unit_id, "unit", (row.unit_names or {}).get(actor.locale) or row.unit_label, row.code)
    owner = PartyRef(row.owner_id, "person", (row.owner_names or {}).get(actor.locale) or row.owner_label)
    return View(
        row.id, row.name, row.list, tree, write(tree, speaker), row.filter.get("order", "due"),
        row.filter.get("group", ""), row.layout, row.filter.get("by", "state"), row.filter.get("of", "due"),
        row.filter.get("span", "month"), owner, unit, row.pinned, row.version,
    )  # fmt: skip
