"""The plain list of items, with its filter."""

from typing import Any
from urllib.parse import urlencode

from flask import Response

from collab.core import clock
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, show

from ..events import STATES
from ..forms import Filter
from ..kinds import kinds
from ..lines import lines_of
from ..queries.lists import list_items
from . import pages

STATE_CHOICES = {"open": N_("open"), "closed": N_("closed"), "any": N_("open and closed")} | STATES
ORDERS = {
    "due": N_("by due date"), "newest": N_("newest first"), "changed": N_("last changed first"),
    "priority": N_("most urgent first"),
}  # fmt: skip
HOLDERS = {"": N_("whoever holds it"), "me": N_("held by me"), "nobody": N_("in a tray")}
NOT_FILTERS = {"after", "limit", "order", "state"}


@door(pages, "GET /work-items", query=Filter)
def work_items() -> Response:
    """Every item you may see, whatever its kind, filtered."""
    who, wanted = actor(), asked(Filter)
    page = list_items(who, wanted)
    said = wanted.model_dump(exclude_unset=True, mode="json")
    chosen = kinds()
    return show(
        "work/items.html",
        fragment="work/_items.html",
        here=address("/work-items", said),
        wanted=wanted,
        lines=lines_of(who, page.items, clock.today(who.time_zone), chosen),
        previous_href=address("/work-items", said | {"after": page.previous}) if page.previous else None,
        next_href=address("/work-items", said | {"after": page.next}) if page.next else None,
        chips=_chips(said),
        states={code: _(label) for code, label in STATE_CHOICES.items()},
        orders={code: _(label) for code, label in ORDERS.items()},
        holders=_holders(wanted.holder),
        kinds={code: _(kind.many) for code, kind in chosen.items()},
    )


def address(path: str, said: dict[str, Any]) -> str:
    """The address of a list with this filter."""
    chosen = {name: value for name, value in said.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(chosen)}" if chosen else path


def _chips(said: dict[str, Any]) -> list[dict[str, str]]:
    """What the filter asks for that no field of the bar shows, each with the way to be rid of it."""
    words = {"unit": _("of %(value)s"), "desk": _("lying with %(value)s"), "label": _("label %(value)s")}
    found = []
    for name, word in words.items():
        if said.get(name):
            rest = {key: value for key, value in said.items() if key not in (name, "after")}
            found.append({"label": word % {"value": said[name]}, "without": address("/work-items", rest)})
    return found


def _holders(chosen: str | None) -> dict[str, str]:
    known = {code: _(label) for code, label in HOLDERS.items()}
    return known if chosen in (None, "", *known) else known | {str(chosen): _("held by one person")}
