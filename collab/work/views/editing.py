"""Changing what an item says. When somebody else was quicker, both texts stand side by side and nothing is lost."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Response

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import Seen
from collab.core.errors import Forbidden, Invalid, NotFound, Stale
from collab.core.forms import parse, wrong
from collab.core.i18n import N_, _, listed, locale
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, reasons_of, show

from .. import commands
from ..effort import short
from ..forms import EditItem
from ..lines import PRIORITIES, REACHES
from ..queries import history
from ..queries.items import find_item, id_of
from ..queries.parties import names_of
from ..queries.shapes import Item
from . import pages
from .answers import acted
from .may import may_do
from .narrowing import who_stays
from .opened import changed, merged, stamp

SAVED = N_("Saved.")
BOTH_SAVED = N_("Saved. What somebody else changed meanwhile in other fields stands too.")
MOST_MERGES = 3
ONESELF = "\0"
SHOWN_FIELDS = ("title", "body", "priority", "start_on", "due_on", "reach", "labels", "parent", "effort_minutes",
                "spent_minutes")  # fmt: skip
LABELS = {
    "title": N_("Title"), "body": N_("Description"), "priority": N_("Priority"), "start_on": N_("Start"),
    "due_on": N_("Due"), "reach": N_("Who may see it"), "labels": N_("Labels"), "parent": N_("Part of"),
    "effort_minutes": N_("Planned time"), "spent_minutes": N_("Spent time"),
}  # fmt: skip
NO_SUCH_PARENT = N_("There is no such item, or it is not for you to see.")
_VERSION = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Both:
    """A field that somebody else changed meanwhile: what stands now, and what was typed here."""

    label: str
    theirs: str
    yours: str


@door(pages, "GET /work-items/<ref:ref>/editing")
def edit_form(ref: str) -> Response:
    """A form for changing what an item says."""
    found = find_item(actor(), ref)
    if not may_do(actor(), found).change:
        raise Forbidden
    return _form(found, _typed(found))


@door(pages, "PATCH /work-items/<ref:ref>", takes=EditItem)
def edit(ref: str) -> Response:
    """Change what an item says; refused when somebody changed it since the form was opened."""
    who, typed, begun = actor(), entered(), clock.now()
    version, was = str(typed.pop("version", "")), str(typed.pop("was", ""))
    seen = int(version) if _VERSION.fullmatch(version) else None
    said = SAVED
    try:
        try:
            commands.edit(who, Seen(id_of(who, ref), seen), parse(EditItem, _lists(who, typed)))
        except Stale:
            _merge(who, ref, typed, was)
            said = BOTH_SAVED
    except Invalid as problem:
        return _form(find_item(who, ref), typed, version=version, was=was, errors=reasons_of(problem), status=422)
    except Stale:
        found = find_item(who, ref)
        typed = merged(_typed(found), typed, changed(was, typed)) if was else typed
        return _form(found, typed, both=_both(found, typed), by=who_changed(who, found), status=412)
    return acted(ref, id_of(who, ref), _(said), begun)


def _merge(who: Actor, ref: str, typed: dict[str, Any], was: str) -> None:
    """Save what was changed here over what somebody else changed meanwhile, where those are other fields.

    Raises Stale where both changed the same field, or where it goes on changing.
    """
    for _time in range(MOST_MERGES):
        found = find_item(who, ref)
        now = _typed(found)
        mine, theirs = changed(was, typed), changed(was, now)
        if not was or any(now[name] != typed[name] for name in mine & theirs):
            raise Stale
        form = parse(EditItem, _lists(who, merged(now, typed, mine)))
        try:
            commands.edit(who, Seen(found.id, found.version), form)
        except Stale:
            continue
        return
    raise Stale


def _lists(who: Actor, typed: dict[str, Any]) -> dict[str, Any]:
    """Labels stand in one line with commas between them, the parent as a reference. Raises Invalid at `parent`."""
    values = dict(typed)
    if isinstance(values.get("labels"), str):
        values["labels"] = [part.strip() for part in re.split("[,،;]", values["labels"]) if part.strip()]
    parent = str(values.get("parent", "")).strip()
    if parent:
        try:
            values["parent"] = id_of(who, parent[:60])
        except NotFound:
            raise wrong("parent", _(NO_SUCH_PARENT)) from None
    return values


def _typed(item: Item) -> dict[str, str]:
    """The item as its form shows it before anybody types."""
    parent = next((each.reference for each in item.relatives if each.relation == "parent"), "")
    return {
        "title": item.title,
        "body": item.body,
        "priority": str(item.priority),
        "start_on": item.start_on.isoformat() if item.start_on else "",
        "due_on": item.due_on.isoformat() if item.due_on else "",
        "reach": item.reach,
        "labels": listed(item.labels),
        "parent": parent,
        "effort_minutes": short(item.effort_minutes, locale()),
        "spent_minutes": short(item.spent_minutes, locale()),
    }


def _both(item: Item, typed: dict[str, Any]) -> list[Both]:
    """Where what was typed differs from what stands there now."""
    now = _typed(item)
    said = {"priority": PRIORITIES, "reach": REACHES}

    def words(name: str, value: str) -> str:
        if name == "priority":
            return next((_(word) for code, word in PRIORITIES.items() if str(code) == value), value)
        return _(REACHES.get(value, value)) if name in said else value

    return [
        Both(_(LABELS[name]), words(name, now[name]), words(name, str(typed.get(name, ""))))
        for name in SHOWN_FIELDS
        if " ".join(now[name].split()) != " ".join(str(typed.get(name, "")).split())
    ]


def who_changed(who: Actor, item: Item) -> str:
    """Whoever changed it last, by name; `ONESELF` where it was the reader, in another window."""
    facts = history.facts_of(item.id, history.window_of(limit=1))[:1]
    if facts and facts[0].actor_id == who.person_id:
        return ONESELF
    return names_of(who, [told.actor_id for told in facts]).one(facts[0].actor_id).name if facts else ""


def _form(
    item: Item,
    typed: dict[str, Any],
    *,
    version: str = "",
    was: str = "",
    errors: dict[str, list[str]] | None = None,
    both: list[Both] | None = None,
    by: str = "",
    status: int = 200,
) -> Response:
    reasons = {name: " ".join(found) for name, found in (errors or {}).items()}
    return show(
        "work/edit.html",
        status=status,
        item=item,
        href=f"/work-items/{item.reference}",
        typed=typed,
        version=version or str(item.version),
        was=was or stamp(_typed(item)),
        errors=reasons,
        others=[reason for name, reason in reasons.items() if name not in SHOWN_FIELDS],
        both=both or [],
        by="" if by == ONESELF else by,
        oneself=by == ONESELF,
        priorities={str(code): _(label) for code, label in PRIORITIES.items()},
        reaches={code: _(label) for code, label in REACHES.items()},
        stays=who_stays(actor(), item),
    )
