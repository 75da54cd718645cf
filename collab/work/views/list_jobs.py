"""What is asked of a whole list and done by a worker: changes and sheets, with how far each is. It can be left and
found again."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from flask import Response, make_response, send_file
from pydantic_core import to_jsonable_python

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits, near_instant
from collab.core.errors import Conflict, Invalid, NotFound
from collab.core.forms import parse
from collab.core.i18n import N_, _, ngettext
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, filled, go, show

from .. import list_jobs
from ..bulk import planned
from ..commands import list_jobs as verbs
from ..filters.compile import compiled
from ..filters.tree import to_json
from ..forms import ListEdit, ListSheet
from ..queries.bulk import matching, seen_among
from ..queries.list_jobs import Reason, find_list_job, list_jobs_of, reasons_of_job
from . import pages
from .answers import is_part
from .bulk import TITLES, all_of, bulk_form, bulk_values
from .bulk_words import becomes
from .looks import address
from .sheet import MOST, asked_of, file_name

ACTS: Final = {"undo": N_("Undo a large change"), "csv": N_("Sheet as CSV"), "xlsx": N_("Sheet for Excel")}
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STATES: Final = {"due": N_("being worked on"), "done": N_("Done"), "failed": N_("It could not be done.")}
OTHERS: Final = N_("Other items match by now: %(count)s. Nothing was changed; look again at what would change.")
FAILED: Final = N_("What was asked is no longer possible. Begin again from the list.")


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is shown."""

    id: int
    href: str
    title: str
    state: str
    word: str
    passed: int
    total: int
    so_far: str
    sentences: list[str]
    when: str
    sheet_href: str
    undo: bool
    reasons: list[Reason]


@door(pages, "GET /list-jobs")
def all_list_jobs() -> Response:
    """Your large changes and sheets of the last days, and how far each is."""
    who = actor()
    return show("work/list_jobs.html", jobs=[job_of(who, row) for row in list_jobs_of(who)])


@door(pages, "GET /list-jobs/<id:job_id>")
def list_job(job_id: int) -> Response:
    """One of them: how far it is, what came of it, and its sheet."""
    who = actor()
    row = find_list_job(who, job_id)
    reasons = reasons_of_job(who, job_id) if row.refused and row.act == "edit" else []
    return show("work/list_job.html", fragment="work/_list_job.html", job=job_of(who, row, reasons))


@door(pages, "POST /list-jobs/edits", takes=ListEdit)
def edit_list() -> Response:
    """Change all that a query finds; with `dry_run` only show what would happen."""
    who, typed = actor(), entered()
    many = 1
    try:
        form = parse(ListEdit, bulk_values(who, typed, whole=True))
        ids = all_of(who, form.list, form.query)
        many = len(ids) or 1
        if form.dry_run:
            seen = typed | {"as_seen": mark_of(ids)}
            return bulk_form(seen, plans=planned(who, seen_among(who, ids), form), many=many, saying=becomes(who, form))
    except Invalid as problem:
        return bulk_form(typed, problem=problem, many=many)
    return _started(start_edit(who, form, ids))


@door(pages, "POST /list-jobs/sheets", takes=ListSheet)
def make_sheet() -> Response:
    """Export all that a query finds: at once where it is little, else by a worker."""
    who, form = actor(), filled(ListSheet)
    if form.format == "csv" and len(matching(who, compiled(who, asked_of(form.list, form.query)), MOST)) <= MOST:
        return go(address("/queries/sheet", {"list": form.list, "query": form.query}))
    return _started(start_sheet(who, form))


@door(pages, "POST /list-jobs/<id:job_id>/undo")
def undo_list(job_id: int) -> Response:
    """Undo a change of a whole list, wherever nobody touched the item since."""
    made = verbs.undo_list_job(actor(), job_id)
    list_jobs.ask(made)
    return _started(made)


@door(pages, "GET /list-jobs/<id:job_id>/sheet")
def fetch_sheet(job_id: int) -> Response:
    """The sheet that was made."""
    return sheet_of(actor(), job_id)


def mark_of(ids: list[int]) -> str:
    """A mark by which these items are known again: another one comes of any others."""
    return sha256(",".join(map(str, sorted(ids))).encode()).hexdigest()[:32]


def start_edit(who: Actor, form: ListEdit, ids: list[int]) -> int:
    """Begin a change of these items and nudge a worker. Raises Conflict where they are not those that were shown."""
    if form.as_seen and form.as_seen != mark_of(ids):
        raise Conflict(_(OTHERS, count=digits(len(ids))))
    change = form.model_dump(exclude={"list", "query", "dry_run", "as_seen"}, exclude_unset=True)
    asked = {"list": form.list, "change": to_jsonable_python(change)}
    made = verbs.start_list_job(who, "edit", asked, ids)
    list_jobs.ask(made)
    return made


def start_sheet(who: Actor, form: ListSheet) -> int:
    """Begin a sheet and nudge a worker. Raises BadQuery."""
    kept = to_json(asked_of(form.list, form.query))
    made = verbs.start_list_job(who, form.format, {"list": form.list, "tree": kept, "query": form.query})
    list_jobs.ask(made)
    return made


def sheet_of(who: Actor, job_id: int) -> Response:
    """The file itself. Raises NotFound while there is none."""
    row = find_list_job(who, job_id)
    path = list_jobs.folder() / (row.file or "none")
    if not row.file or not path.is_file():
        raise NotFound
    answer = send_file(
        path, mimetype=TYPES[row.act], as_attachment=True,
        download_name=f"{file_name(row.asked['list'])}.{row.act}", max_age=0,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def job_of(who: Actor, row: Any, reasons: list[Reason] | None = None) -> Job:
    """A job with its words."""
    edit = row.act in ("edit", "undo")
    label = ACTS.get(row.act) or TITLES[row.asked["change"]["act"]]
    done = row.state == "done"
    said: list[str] = []
    if done and row.act == "edit":
        said.append(
            ngettext("%(count)s item changed.", "%(count)s items changed.", row.changed, count=digits(row.changed))
        )
    if done and row.act == "undo":
        said.append(
            ngettext(
                "%(count)s item is as before.", "%(count)s items are as before.", row.changed, count=digits(row.changed)
            )
        )
    if done and row.refused:
        said.append(
            ngettext("%(count)s stays as it is.", "%(count)s stay as they are.", row.refused, count=digits(row.refused))
        )
    if done and not edit:
        said.append(ngettext("%(count)s line.", "%(count)s lines.", row.total, count=digits(row.total)))
    if row.state == "failed":
        said.append(_(FAILED))
    return Job(
        row.id,
        f"/list-jobs/{row.id}",
        _(label),
        row.state,
        _(STATES[row.state]),
        row.passed,
        row.total,
        _("%(passed)s of %(total)s", passed=digits(row.passed), total=digits(row.total)) if row.total else "",
        said,
        near_instant(row.created_at, clock.now(), tree().time_zone, calendar=who.calendar, locale=who.locale),  # type: ignore[arg-type]
        f"/list-jobs/{row.id}/sheet" if row.file else "",
        done and bool(row.changed) and verbs.may_be_undone(row),
        reasons or [],
    )


def _started(job_id: int) -> Response:
    if is_part():
        return make_response("", 204, {"HX-Redirect": f"/list-jobs/{job_id}"})
    return go(f"/list-jobs/{job_id}")
