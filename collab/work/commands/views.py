"""Keeping a query as a view: saving, changing, sharing, pinning, deleting."""

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from collab.core.actor import Actor
from collab.core.envelope import anyone, command, open_command, record, session
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.turns import one_by_one

from ..events import ViewChanged, ViewDeleted, ViewSaved
from ..filters.asking import speaker_of
from ..filters.check import read
from ..filters.parse import parse
from ..filters.tree import to_json
from ..forms import NewView, ViewChange, ViewFields
from ..models import SavedView, SavedViewPin
from ..policy import may_change_view, may_pin_view, views

MOST = 200
MOST_PINS = 20
TOO_MANY = N_("You keep %(count)s views already. Delete one first.")
TOO_MANY_PINS = N_("There are %(count)s views in your sidebar already. Take one out first.")
NOT_YOURS = N_("A view is shared with a unit of your own.")


@open_command(anyone)
def save_view(actor: Actor, form: NewView) -> int:
    """Keep a query under a name. Returns the view."""
    one_by_one("views", actor.person_id)
    kept = session().scalar(select(func.count()).where(SavedView.owner_id == actor.person_id)) or 0
    if kept >= MOST:
        raise wrong("name", _(TOO_MANY, count=MOST))
    view = SavedView(
        owner_id=actor.person_id,
        name=form.name,
        layout=form.layout,
        filter=_filter(actor, form, {"tree": {"all": []}}),
        list=form.list,
        unit_id=_shared_with(actor, form.unit),
        version=1,
    )
    session().add(view)
    session().flush()
    if form.pinned:
        _pin(actor, view.id)
    record(ViewSaved(subject=view.id, name=view.name, unit=view.unit_id), quiet=True)
    return view.id


@command(may_change_view, on=views)
def change_view(actor: Actor, view: SavedView, form: ViewChange) -> int:
    """Change what a view asks for, its name, or with whom it is shared."""
    given = form.model_fields_set
    if "name" in given:
        view.name = form.name
    if "list" in given:
        view.list = form.list
    if "layout" in given:
        view.layout = form.layout
    if "unit" in given and form.unit != view.unit_id:
        view.unit_id = _shared_with(actor, form.unit)
    view.filter = _filter(actor, form, view.filter)
    record(ViewChanged(subject=view.id, name=view.name, unit=view.unit_id), quiet=True)
    return view.id


@command(may_change_view, on=views)
def delete_view(_actor: Actor, view: SavedView) -> None:
    """Delete a view; it leaves every sidebar."""
    record(ViewDeleted(subject=view.id, name=view.name), quiet=True)
    session().execute(delete(SavedViewPin).where(SavedViewPin.view_id == view.id))
    session().execute(delete(SavedView).where(SavedView.id == view.id))


@command(may_pin_view, on=views, lock=False)
def pin_view(actor: Actor, view: SavedView) -> int:
    """Let a view stand in one's sidebar."""
    _pin(actor, view.id)
    return view.id


@command(may_pin_view, on=views, lock=False)
def unpin_view(actor: Actor, view: SavedView) -> int:
    """Take a view out of one's sidebar."""
    mine = (SavedViewPin.view_id == view.id) & (SavedViewPin.person_id == actor.person_id)
    session().execute(delete(SavedViewPin).where(mine))
    return view.id


def _pin(actor: Actor, view_id: int) -> None:
    one_by_one("pins", actor.person_id)
    pins = session().scalar(select(func.count()).where(SavedViewPin.person_id == actor.person_id)) or 0
    if pins >= MOST_PINS:
        raise wrong("pinned", _(TOO_MANY_PINS, count=MOST_PINS))
    session().execute(insert(SavedViewPin).values(person_id=actor.person_id, view_id=view_id).on_conflict_do_nothing())


def _shared_with(actor: Actor, unit: int | None) -> int | None:
    if unit is not None and unit not in actor.reach:
        raise wrong("unit", _(NOT_YOURS))
    return unit


def _filter(actor: Actor, form: ViewFields, known: dict[str, Any]) -> dict[str, Any]:
    """What is kept: the tree, never the words, so that everybody reads it in their own language. Raises BadQuery."""
    given = form.model_fields_set
    found = dict(known)
    if form.filter is not None:
        found["tree"] = to_json(read(form.filter, speaker_of(actor)))
    elif form.query is not None:
        found["tree"] = to_json(parse(form.query, speaker_of(actor)))
    for name in ("order", "group", "by", "of", "span"):
        if name in given or name not in found:
            found[name] = getattr(form, name)
    return found
