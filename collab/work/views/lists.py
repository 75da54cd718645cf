"""The list of every kind of work, and what the query field of every list asks for."""

from typing import Any

from flask import Response, jsonify, request

from collab.core.forms import Form, Question, parse
from collab.core.i18n import N_
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, go, inside, known_of

from ..completing import completions
from ..filters.fields import FIELDS, word_of
from ..filters.tree import Leaf, Node, every
from ..forms import Columns, Condition, Filter, ListPage
from . import pages
from .listing import YEAR, Listing, Way, kept_as, listing, read, spoken
from .looks import address

WORK: Any = Listing(
    "/work-items", N_("Work items"),
    ways=(
        Way("open", N_("All that is open"), ""),
        Way("mine", N_("Mine"), "holder:me"),
        Way("units", N_("In my units"), "desk:mine"),
        Way("overdue", N_("Overdue"), "desk:mine overdue:yes"),
        Way("nobody", N_("Nobody's"), "desk:mine holder:nobody"),
        Way("waiting", N_("We wait for"), "asked-by:me,mine"),
    ),
    empty={"open": (N_("Nothing is open"), N_("What you may see and is not finished stands here."))},
    new_href="/work-items/new",
)  # fmt: skip


class WorkPage(ListPage, Filter):
    """The list of all work, by a query; the fields of the plain filter are understood as well."""


@door(pages, "GET /work-items", query=WorkPage)
def work_items() -> Response:
    """Every item you may see, whatever its kind, filtered."""
    wanted = known_of(WorkPage)
    said = read(wanted.query) if wanted.query is not None else spoken(plain(wanted))
    return listing(wanted, WORK, said)


def plain(wanted: Any) -> Node:
    """The fields of a plain filter as a tree."""
    found: list[Node] = []
    for name in ("kind", "holder", "label", "text", "unit", "desk"):
        value = getattr(wanted, name, None)
        if value:
            found.append(Leaf(name, f"#{value}" if name == "holder" and value.isdigit() else value))
    if wanted.state != "open":
        found.append(Leaf("state", wanted.state))
    return every(*found)


@door(pages, "GET /queries/condition", query=Condition)
def add_condition() -> Response:
    """Add a condition to a query: back to the list, which says so if the value cannot be."""
    wanted = asked(Condition)
    back_to = inside(wanted.list) or "/work-items"
    if not wanted.field or not wanted.value:
        return go(address(back_to, {"query": wanted.query}))
    field = FIELDS.get(wanted.field)
    words = word_of(field.code, actor().locale) if field else wanted.field
    value = wanted.value.replace("\\", "\\\\").replace('"', '\\"')
    sign = ":" if wanted.sign == "=" else wanted.sign
    query = f'{wanted.query} {words}{sign}"{value}"'.strip()
    return go(address(back_to, {"query": query}))


@door(pages, "GET /queries/columns", query=Columns)
def choose_columns() -> Response:
    """Choose the columns of a list; they are kept in this browser."""
    wanted = parse(Columns, {name: request.args[name] for name in request.args if name != "column"} | _ticked())
    said = wanted.model_dump(exclude_unset=True, exclude={"list", "column"}, mode="json")
    path = inside(wanted.list) or "/work-items"
    answer = go(address(path, said))
    answer.set_cookie(kept_as(path), ".".join(wanted.column), max_age=YEAR, httponly=True, samesite="Lax")
    return answer


def _ticked() -> dict[str, list[str]]:
    return {"column": request.args.getlist("column")}


class Typed(Form):
    """What was typed so far, up to the cursor."""

    text: Question = ""


@door(pages, "GET /queries/completions", query=Typed)
def query_completions() -> Response:
    """What may come next in a query."""
    return jsonify({"items": completions(actor(), asked(Typed).text)})
