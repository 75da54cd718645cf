"""A list taken along as a sheet: what the page shows, all of it, in plain columns."""

from typing import Any, Final

from flask import Response, make_response

from collab.core.actor import Actor
from collab.core.errors import Invalid
from collab.core.forms import Form, Question, Search
from collab.core.i18n import N_, _
from collab.people.queries.today import today
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked

from ..events import STATES
from ..filters.asking import speaker_of
from ..filters.compile import compiled
from ..filters.parse import parse
from ..filters.tree import ALL, Leaf, every
from ..kinds import kinds
from ..lines import PRIORITIES
from ..queries.arranged import Arrangement, arranged_items, window_for
from ..queries.shapes import Row
from ..sheets import as_csv
from . import pages

MOST: Final = 2_000
PART: Final = 200
KINDS: Final = {"tasks": "task", "pending-items": "pending"}
TOO_MANY: Final = N_("More than %(count)s items fit. Ask for fewer, or fetch them over the API, part by part.")
HEAD: Final = (
    N_("Reference"), N_("Title"), N_("Kind"), N_("State"), N_("Priority"), N_("Unit"), N_("Lies with"), N_("Holder"),
    N_("Start"), N_("Due date"), N_("Labels"), N_("Created"), N_("Changed"), N_("Closed"),
)  # fmt: skip
CASE: Final = (N_("Protocol number"), N_("Counterpart"))


class Sheet(Form):
    """Which list is taken along, asked what."""

    list: Search = "work-items"
    query: Question = ""


@door(pages, "GET /queries/sheet", query=Sheet)
def sheet() -> Response:
    """Everything that a query finds as CSV."""
    who, wanted = actor(), asked(Sheet)
    kind = KINDS.get(wanted.list, "")
    rows = _all(who, wanted.query, kind)
    cases = _cases(who, rows)
    head = [_(each) for each in (*HEAD, *(CASE if kind != "task" else ()))]
    lines = [[*_cells(row), *(cases.get(row.id, ("", "")) if kind != "task" else ())] for row in rows]
    answer = make_response(as_csv(head, lines, locale=who.locale))
    name = f"{wanted.list if wanted.list in KINDS else 'work-items'}-{today().isoformat()}.csv"
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _all(who: Actor, query: str, kind: str) -> list[Row]:
    """Every item, by due date. Raises BadQuery, and Invalid where there are more than a sheet takes."""
    tree = every(Leaf("kind", kind) if kind else ALL, parse(query, speaker_of(who)))
    wanted, arranged = compiled(who, tree), Arrangement()
    found: list[Row] = []
    after: str | None = None
    while True:
        page = arranged_items(who, wanted, arranged, window_for(wanted, arranged, after, PART))
        found += page.items
        if len(found) > MOST:
            raise Invalid(fields={"query": [_(TOO_MANY, count=MOST)]}, detail=_(TOO_MANY, count=MOST))
        after = page.next
        if after is None:
            return found


def _cells(row: Row) -> list[str]:
    """An item in plain cells: days as ISO dates, which every spreadsheet reads."""
    days: list[Any] = [row.start_on, row.due_on]
    instants: list[Any] = [row.created_at, row.changed_at, row.closed_at]
    return [
        row.reference,
        row.title,
        _(kinds()[row.kind].name) if row.kind in kinds() else row.kind,
        _(STATES[row.state_kind]),
        _(PRIORITIES[row.priority]) if row.priority else "",
        row.unit.code or "",
        row.desk.code or "",
        row.holder.name if row.holder else "",
        *(day.isoformat() if day else "" for day in days),
        ", ".join(row.labels),
        *(at.date().isoformat() if at else "" for at in instants),
    ]


def _cases(who: Actor, rows: list[Row]) -> dict[int, tuple[str, str]]:
    """Protocol number and counterpart of the pending items; one query."""
    kind = kinds().get("pending")
    ids = [row.id for row in rows if row.kind == "pending"]
    if kind is None or kind.json is None or not ids:
        return {}
    return {
        id_: (each["protocol_number"] or "", (each["counterpart"] or {}).get("name", ""))
        for id_, each in kind.json(who, ids).items()
    }
