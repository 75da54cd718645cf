"""Many items changed at once: what is to change, what would happen to each, and then it happens."""

import json
import re
from collections.abc import Callable
from typing import Any, Final

from flask import Response, make_response, request

from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.errors import Conflict, Invalid
from collab.core.forms import Flag, Form, Question, Search, parse
from collab.core.i18n import N_, _, ngettext
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, go, show

from .. import commands
from ..bulk import Planned, planned
from ..filters.compile import compiled
from ..forms import BulkEdit
from ..lines import PRIORITIES
from ..queries.bulk import many_items, matching
from . import pages
from .answers import CHANGED, is_part
from .bulk_words import Becomes, becomes
from .dialogs import chosen
from .sheet import asked_of

NOTHING_TYPED: Final = dict.fromkeys(
    ("list", "query", "as_seen", "items", "due_on", "clear_due", "priority", "add_labels", "remove_labels", "holder",
     "holder_name", "reason"),
    "",
)  # fmt: skip
TITLES: Final = {
    "fields": N_("Change them"), "holder": N_("Who does them"), "done": N_("Finish them"),
    "cancelled": N_("Cancel them"),
}  # fmt: skip
MOST: Final = 200
MOST_AT_ALL: Final = 10_000
MOST_SHOWN: Final = 50
TOO_MANY: Final = N_("More than %(count)s items match. Ask for fewer, then change them.")
VERBS: Final = {"fields": N_("Change"), "holder": N_("Assign"), "done": N_("Finish"), "cancelled": N_("Cancel them")}


class Wanted(Form):
    """Which items (ids with commas between them, or all that a query finds on a list), and what is to be done."""

    items: str = ""
    act: str = "fields"
    list: Search = ""
    query: Question | None = None
    every: Flag = False


@door(pages, "GET /work-items/bulk-edits/new", query=Wanted)
def new_bulk_edit() -> Response:
    """A form for changing many items at once."""
    wanted = asked(Wanted)
    typed = {"act": wanted.act if wanted.act in TITLES else "fields", "items": wanted.items}
    if not wanted.every:
        return bulk_form(typed)
    found = all_of(actor(), wanted.list, wanted.query or "")
    if len(found) <= MOST:
        return bulk_form(typed | {"items": ",".join(map(str, found))})
    return bulk_form(typed | {"list": wanted.list, "query": wanted.query or ""}, many=len(found))


@door(pages, "POST /work-items/bulk-edits", takes=BulkEdit)
def edit_many() -> Response:
    """Change many items at once; with `dry_run` only show what would happen."""
    who, typed = actor(), entered()
    try:
        form = parse(BulkEdit, bulk_values(who, typed))
        if form.dry_run:
            return bulk_form(typed, plans=planned(who, many_items(who, form.items), form), saying=becomes(who, form))
        found = commands.edit_many(who, form)
    except Invalid as problem:
        return bulk_form(typed, problem=problem)
    return bulk_told(_said(len(found["changed"]), len(found["refused"])), found["id"])


@door(pages, "DELETE /work-items/bulk-edits/<id:fact_id>")
def undo_many(fact_id: int) -> Response:
    """Undo a bulk edit on every item that nobody touched since."""
    found = commands.undo_many(actor(), fact_id)
    left = found["left"]
    said = _("Undone.")
    if left:
        stay = ngettext(
            "%(count)s item was changed since and stays.", "%(count)s items were changed since and stay.", left,
            count=digits(left),
        )  # fmt: skip
        said = f"{said} {stay}"
    return bulk_told(said, None)


def all_of(who: Actor, list_: str, query: str) -> list[int]:
    """The ids of all that match. Raises Conflict where there are more than one change takes, and BadQuery."""
    found = matching(who, compiled(who, asked_of(list_, query)), MOST_AT_ALL)
    if len(found) > MOST_AT_ALL:
        raise Conflict(_(TOO_MANY, count=digits(MOST_AT_ALL)))
    return found


def bulk_values(who: Actor, typed: dict[str, Any], *, whole: bool = False) -> dict[str, Any]:
    """Ids and labels stand in one line with commas between them; a person may be chosen by name."""
    values = {name: value for name, value in typed.items() if value not in ("", None)}
    if not whole:
        values["items"] = [part for part in str(values.get("items", "")).split(",") if part.strip()]
    for name in ("add_labels", "remove_labels"):
        if isinstance(values.get(name), str):
            values[name] = [part.strip() for part in re.split("[,،;]", values[name]) if part.strip()]
    return chosen(who, values, "holder", "person,post,unit")


def _said(changed: int, refused: int) -> str:
    said = ngettext("%(count)s item changed.", "%(count)s items changed.", changed, count=digits(changed))
    if not refused:
        return said
    return f"{said} " + ngettext(
        "%(count)s stays as it is.", "%(count)s stay as they are.", refused, count=digits(refused)
    )


def bulk_told(said: str, fact_id: int | None) -> Response:
    undo = f"/work-items/bulk-edits/{fact_id}?_method=DELETE" if fact_id is not None else ""
    if is_part():
        told = json.dumps({CHANGED: True, "toast": {"text": said, "undo": undo}})
        return make_response("", 204, {"HX-Trigger": told})
    return go("/work-items", said, undo=undo)


def bulk_form(
    typed: dict[str, Any], *, plans: list[Planned] | None = None, problem: Invalid | None = None, many: int = 0,
    saying: Callable[[list[Planned]], Becomes] | None = None,
) -> Response:  # fmt: skip
    """The form, empty or with what would happen. `many`: how many match, where it is all that a query finds."""
    act = str(typed.get("act", "fields"))
    act = act if act in TITLES else "fields"
    fields = dict(problem.fields) if problem is not None else {}
    errors = {name: " ".join(found) for name, found in fields.items()}
    known = {"due_on", "priority", "add_labels", "remove_labels", "holder", "reason"}
    changing = [each for each in plans or [] if each.changes]
    refused = [each for each in plans or [] if each.refusal]
    count = many or len([part for part in str(typed.get("items", "")).split(",") if part.strip()])
    return show(
        "work/bulk.html",
        fragment="work/_bulk.html",
        status=problem.status if problem is not None else 200,
        title=_(TITLES[act]),
        verb=_(VERBS[act]),
        act=act,
        typed=NOTHING_TYPED | typed,
        errors=errors,
        others=[said for name, said in errors.items() if name.split(".")[0] not in known]
        + ([problem.detail] if problem is not None and problem.detail and not errors else []),
        priorities={str(code): _(label) for code, label in PRIORITIES.items()},
        number=ngettext("%(count)s item chosen.", "%(count)s items chosen.", count, count=digits(count)),
        plans=plans,
        changing=ngettext(
            "%(count)s item changes.", "%(count)s items change.", len(changing), count=digits(len(changing))
        ),
        any_change=bool(changing),
        becomes=saying(changing) if saying else None,
        unchanged=sum(not each.changes and not each.refusal for each in plans or []),
        refused=refused[:MOST_SHOWN],
        more_refused=digits(len(refused) - MOST_SHOWN) if len(refused) > MOST_SHOWN else "",
        action="/list-jobs/edits" if many else "/work-items/bulk-edits",
        back=request.referrer or "/work-items",
    )
