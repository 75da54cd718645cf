"""The search page and the palette over it."""

from typing import Any, Final, get_args

from flask import Blueprint, Response, jsonify, url_for

from collab.core.actor import Actor
from collab.core.errors import NotFound
from collab.core.i18n import N_, _
from collab.core.marks import with_marks
from collab.core.paging import Page
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, go, show
from collab.work.filters.errors import BadQuery
from collab.work.filters.parse import has_conditions
from collab.work.kinds import kinds
from collab.work.lines import icon_of
from collab.work.queries.named import named

from .forms import ChoiceTyped, Question, Typed, Which
from .found import ItemByName
from .lines import file_lines, item_lines, message_lines, party_lines
from .palette import groups, item_choices
from .recent import recent_items
from .results import FEW, search

pages = Blueprint("search", "collab.feed", template_folder="../templates")

PAGE: Final = 20
TABS: Final = {
    "all": N_("Everything"), "items": N_("Items"), "messages": N_("Messages"), "people": N_("People and units"),
    "files": N_("Files"),
}  # fmt: skip


@door(pages, "GET /search", query=Question)
def find() -> Response:
    """Find items, messages, people and files by their words; a reference leads straight to its item."""
    question = asked(Question)
    typed = question.q.strip()
    if has_conditions(typed):
        return _worded(typed, question.after)
    if typed and question.kind == "all":
        try:
            return go(url_for("work.item", ref=named(actor(), typed).reference))
        except NotFound:
            pass
    return show("feed/search.html", **_context(typed, question.kind, question.after))


def _worded(typed: str, after: str | None) -> Response:
    """The items that conditions ask for; where a word cannot be, the sentence that says so and the word marked."""
    as_list = url_for("work.work_items", query=typed)
    try:
        return show("feed/search.html", **_context(typed, "items", after), as_list=as_list)
    except BadQuery as problem:
        pointed = with_marks(typed, [(problem.begin, problem.end)])
        said = {"typed": typed, "kind": "all", "wrong": problem.said, "pointed": pointed, "as_list": as_list}
        return show("feed/search.html", **said, status=422)


def _context(typed: str, kind: Which, after: str | None) -> dict[str, Any]:
    who = actor()
    found = search(who, typed, kind, after, FEW if kind == "all" else PAGE)
    return {
        "typed": typed,
        "kind": kind,
        "tabs": [(code, _(TABS[code]), _address(typed, code)) for code in get_args(Which)],
        "worded": found.worded,
        "asked": bool(found.asked),
        "found": bool(found),
        "loosely": found.loosely,
        "items": item_lines(who, found),
        "parties": party_lines(found.parties, found.asked),
        "near": party_lines(found.near, found.asked),
        "messages": message_lines(who, found),
        "files": file_lines(who, found),
        "more_items": _more(typed, kind, "items", found.items),
        "more_messages": _more(typed, kind, "messages", found.messages),
        "more_files": _more(typed, kind, "files", found.files),
        "next_href": _address(typed, kind, found.next) if kind != "all" and found.next else None,
        "first_href": _address(typed, kind) if after else None,
        "recent": [] if found.asked or found.worded else _recent(who),
    }


def _recent(who: Actor) -> list[tuple[ItemByName, str]]:
    known = kinds()
    return [(one, icon_of(known.get(one.kind), one.state_kind)) for one in recent_items(who)]


def _more(typed: str, shown: Which, kind: Which, page: Page[Any]) -> str:
    """Where the rest of a kind is, while a few of each are shown; empty where there is no more."""
    return _address(typed, kind) if shown == "all" and page.next else ""


def _address(typed: str, kind: str, after: str | None = None) -> str:
    return url_for("search.find", q=typed, kind=None if kind == "all" else kind, after=after)


@door(pages, "GET /palette", query=Typed)
def palette() -> Response:
    """What may be gone to or done with what was typed so far; answers JSON to the field at the top of every page."""
    return jsonify(groups=groups(actor(), asked(Typed).q))


@door(pages, "GET /palette/items", query=ChoiceTyped)
def choose_item() -> Response:
    """Items to choose among by what was typed; answers JSON to the field of a form that names one."""
    wanted = asked(ChoiceTyped)
    return jsonify(items=item_choices(actor(), wanted.q, wanted.only))
