"""A cell of a list changed where it stands: a small form over it, under the verb that the change is."""

import re
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from flask import Response
from pydantic import Field

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import Seen
from collab.core.errors import Conflict, Forbidden, Invalid, NotFound, Problem, Stale
from collab.core.forms import Form, parse
from collab.core.i18n import N_, _, listed, locale
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, show

from .. import commands
from ..effort import short
from ..events import STATES
from ..forms import Move, PatchItem
from ..lines import ICONS, PRIORITIES, REACHES
from ..queries.items import find_item
from ..queries.shapes import Item
from ..saying import said_by
from . import pages
from .answers import acted, done
from .columns import SUMMED
from .dialogs import chosen
from .editing import ONESELF, SAVED, who_changed
from .may import may_do
from .moving import moved
from .narrowing import who_stays

LABELS: Final = {
    "title": N_("Title"), "due": N_("Due date"), "start": N_("Start"), "labels": N_("Labels"),
    "priority": N_("Priority"), "state": N_("State"), "holder": N_("Holder"), "effort": N_("Planned"),
    "spent": N_("Spent"), "reach": N_("Who may see it"),
}  # fmt: skip
FIELDS: Final = {
    "title": "title", "due": "due_on", "start": "start_on", "labels": "labels", "effort": "effort_minutes",
    "spent": "spent_minutes", "reach": "reach",
}  # fmt: skip
WHO: Final = "person,post,unit"
MEANWHILE: Final = N_("%(name)s changed this item a moment ago. There it says now: %(value)s. Save again to put yours.")
STALE: Final = N_("This item was changed a moment ago. There it says now: %(value)s. Save again to put yours.")
OTHER_WINDOW: Final = N_("You changed this in another window. There it says now: %(value)s. Save again to put yours.")
NOTHING: Final = N_("nothing")


class Cell(Form):
    """What a cell is to say: a text, a day, labels with commas between them, or the code of a choice. `version`: of
    the item as it was seen."""

    value: Annotated[str, Field(max_length=2000)] = ""
    version: Annotated[int, Field(ge=1, le=2**31)] | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose with one press."""

    value: str
    label: str
    icon: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Editor:
    """The small form over a cell."""

    address: str
    cell: str
    label: str
    reference: str
    version: int
    value: str
    shown: str = ""
    options: tuple[Option, ...] = ()
    kinds: str = ""
    error: str = ""
    hint: str = ""


@door(pages, "GET /work-items/<ref:ref>/cells/<cell>")
def cell_form(ref: str, cell: str) -> Response:
    """A small form for changing one thing of an item where it stands in a list."""
    return _form(_editor(actor(), find_item(actor(), ref), cell))


@door(pages, "PUT /work-items/<ref:ref>/cells/<cell>", takes=Cell)
def set_cell(ref: str, cell: str) -> Response:
    """Change one thing of an item: its title, dates, labels, priority, state or holder."""
    who, begun = actor(), clock.now()
    item = find_item(who, ref)
    editor = _editor(who, item, cell)
    typed = {name: value for name, value in entered().items() if name in ("value", "version", "value_name")}
    shown = str(typed.get("value_name", ""))[:200]
    try:
        form = parse(Cell, chosen(who, typed, "value", WHO) if cell == "holder" else typed)
        if form.value == editor.value:
            return done(item.reference, _(SAVED))
        said = _set(who, item, cell, form)
    except Stale:
        now = find_item(who, ref)
        stands = _editor(who, now, cell)
        name = who_changed(who, now)
        reads = (stands.shown or stands.value) or _(NOTHING)
        sentence = _(MEANWHILE, name=name, value=reads) if name else _(STALE, value=reads)
        if name == ONESELF:
            sentence = _(OTHER_WINDOW, value=reads)
        return _form(_kept(stands, typed, shown, sentence), 412)
    except (Invalid, Conflict, Forbidden) as problem:
        return _form(_kept(editor, typed, shown, _sentence(problem)), problem.status)
    return acted(item.reference, item.id, _(said), begun)


def _set(who: Actor, item: Item, cell: str, form: Cell) -> str:
    """Does it by its verb; the sentence to say. Raises Stale, Invalid, Conflict, Forbidden."""
    version = item.version if form.version is None else form.version
    if cell in FIELDS:
        value: Any = form.value
        if cell == "labels":
            value = [part.strip() for part in re.split("[,،;]", form.value) if part.strip()]
        elif cell not in ("title", "reach"):
            value = form.value or None
        patch = parse(PatchItem, {FIELDS[cell]: value}, typed=True)
        commands.edit(who, Seen(item.id, version), patch.over(said_by(item)))
        return SAVED
    to = form.value or str(item.desk.id)
    said = moved(who, item, parse(Move, {"by": cell, "to": to, "version": version}))
    return SAVED if cell == "priority" else said


def _editor(who: Actor, item: Item, cell: str) -> Editor:
    """The form over this cell as the item stands. Raises NotFound for no cell, Forbidden for what is not theirs."""
    if cell not in LABELS:
        raise NotFound
    may = may_do(who, item)
    if not (may.change or (cell == "holder" and (may.assign or may.take))):
        raise Forbidden
    address = f"/work-items/{item.reference}/cells/{cell}"
    made = Editor(address, cell, _(LABELS[cell]), item.reference, item.version, "")
    if cell == "state":
        return replace(made, value=item.state_kind, shown=_(STATES[item.state_kind]), options=_states(item.state_kind))
    if cell == "priority":
        options = tuple(
            Option(str(code), _(PRIORITIES[code]), current=code == item.priority)
            for code in sorted(PRIORITIES, reverse=True)
        )
        return replace(made, value=str(item.priority), shown=_(PRIORITIES[item.priority]), options=options)
    if cell == "reach":
        reaches = tuple(Option(code, _(word), current=code == item.reach) for code, word in REACHES.items())
        hint = who_stays(who, item)
        return replace(made, value=item.reach, shown=_(REACHES[item.reach]), options=reaches, hint=hint)
    if cell == "holder":
        if not may.assign and not may.take:
            raise Forbidden(_(N_("This unit is not yours to assign in. Open the item and hand it over instead.")))
        held = item.holder.name if item.holder else ""
        take = () if may.assign else (Option(str(who.person_id), _("Take it")),)
        tray = (Option(str(item.desk.id), _("Into the tray"), "inbox"),) if may.assign and item.holder else ()
        return replace(
            made, value=str(item.holder_id or ""), shown=held, options=(*take, *tray), kinds=WHO if may.assign else ""
        )
    now = said_by(item)[FIELDS[cell]]
    if cell in SUMMED:
        return replace(made, value=short(now, locale()))
    value = listed(now) if cell == "labels" else now.isoformat() if hasattr(now, "isoformat") else now or ""
    return replace(made, value=value)


def _states(now: str) -> tuple[Option, ...]:
    """What a cell can say of a state: waiting and giving up need a word more, which the item's page asks for."""
    codes = ("new", "active", "done") if now == "new" else ("active", "done")
    if now not in codes:
        codes = (now, *codes)
    return tuple(Option(code, _(STATES[code]).capitalize(), ICONS[code], code == now) for code in codes)


def _kept(editor: Editor, typed: dict[str, Any], shown: str, sentence: str) -> Editor:
    """The form with what was typed, and why it was not taken."""
    value = str(typed.get("value", ""))[:2000]
    return replace(editor, value=value, shown=shown or editor.shown, error=sentence)


def _sentence(problem: Problem) -> str:
    said = [one for found in getattr(problem, "fields", {}).values() for one in found]
    return " ".join(said) or problem.sentence()


def _form(editor: Editor, status: int = 200) -> Response:
    answer = show("work/cell.html", fragment="work/_cell.html", status=status, editor=editor)
    if status != 200:  # a refusal is shown in the form, not said beside it
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#cell", "innerHTML"
    return answer
