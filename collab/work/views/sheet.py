"""A list taken along as a sheet: what the page shows, all of it, in plain columns."""

from typing import Final

from flask import Response, make_response

from collab.core.errors import Invalid
from collab.core.forms import Form, Question, Search
from collab.core.i18n import N_, _
from collab.core.text.sheet import as_csv
from collab.people.queries.today import today
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked

from ..filters.asking import speaker_of
from ..filters.compile import compiled
from ..filters.parse import parse
from ..filters.tree import ALL, Leaf, Node, every
from ..list_jobs import KINDS
from ..taking_along import head, parts, plain
from . import pages

MOST: Final = 2_000
TOO_MANY: Final = N_(
    "More than %(count)s items fit. Choose CSV in the menu of the list; then a worker makes the sheet."
)


class Sheet(Form):
    """Which list is taken along, asked what."""

    list: Search = "work-items"
    query: Question = ""


@door(pages, "GET /queries/sheet", query=Sheet)
def sheet() -> Response:
    """Everything that a query finds as CSV."""
    who, wanted = actor(), asked(Sheet)
    kind = KINDS.get(wanted.list, "")
    lines: list[list[str]] = []
    for part in parts(who, compiled(who, asked_of(wanted.list, wanted.query)), kind):
        lines += [plain(line, who.locale) for line in part]
        if len(lines) > MOST:
            raise Invalid(fields={"query": [_(TOO_MANY, count=MOST)]}, detail=_(TOO_MANY, count=MOST))
    answer = make_response(as_csv(head(kind), lines, locale=who.locale))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(wanted.list)}.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def asked_of(list_: str, query: str) -> Node:
    """What is asked of a list, its kind included. Raises BadQuery."""
    kind = KINDS.get(list_, "")
    return every(Leaf("kind", kind) if kind else ALL, parse(query, speaker_of(actor())))


def file_name(list_: str) -> str:
    """How a sheet of this list is called, without its ending."""
    return f"{list_ if list_ in KINDS else 'work-items'}-{today().isoformat()}"
