"""What is asked of a whole list and done by a worker."""

from typing import Any

from flask import Blueprint

from collab.web.actors import actor
from collab.web.api import endpoint

from .. import list_jobs
from ..bulk import planned
from ..commands import list_jobs as verbs
from ..forms import ListEdit, ListSheet
from ..queries.bulk import seen_among
from ..queries.list_jobs import find_list_job, list_jobs_of, reasons_of_job
from ..views.bulk import all_of
from ..views.list_jobs import mark_of, sheet_of, start_edit, start_sheet


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "GET /list-jobs")(all_jobs)
    endpoint(api, "GET /list-jobs/<id:job_id>")(one_job)
    endpoint(api, "POST /list-jobs/edits", takes=ListEdit)(edit_list)
    endpoint(api, "POST /list-jobs/sheets", takes=ListSheet)(make_sheet)
    endpoint(api, "POST /list-jobs/<id:job_id>/undo")(undo_list)
    endpoint(api, "GET /list-jobs/<id:job_id>/sheet")(fetch_sheet)


def all_jobs() -> Any:
    """Your large changes and sheets of the last days, newest first."""
    return {"items": [_shape(row) for row in list_jobs_of(actor())]}


def one_job(job_id: int) -> Any:
    """How far it is, and why items stay as they are."""
    who = actor()
    reasons = reasons_of_job(who, job_id)
    told = [{"reason": each.sentence, "count": each.count, "items": list(each.references)} for each in reasons]
    return {**_shape(find_list_job(who, job_id)), "reasons": told}


def edit_list(form: ListEdit) -> Any:
    """Change all that a query finds on a list, up to 10,000 items, each under the rule of its own verb. With `dry_run`
    nothing changes and the answer says what would; sent with its `as_seen`, the change is made of just these items or,
    when others match by then, refused."""
    who = actor()
    ids = all_of(who, form.list, form.query)
    if form.dry_run:
        plans = planned(who, seen_among(who, ids), form)
        refused = [{"item": each.item.id, "reason": each.refusal} for each in plans if each.refusal]
        changed = sum(each.changes for each in plans)
        unchanged = len(plans) - changed - len(refused)
        return {"as_seen": mark_of(ids), "changed": changed, "refused": refused, "unchanged": unchanged}
    return _shape(find_list_job(who, start_edit(who, form, ids))), 202


def make_sheet(form: ListSheet) -> Any:
    """Let a worker make a sheet of all that a query finds."""
    who = actor()
    return _shape(find_list_job(who, start_sheet(who, form))), 202


def undo_list(job_id: int) -> Any:
    """Undo a change of a whole list, wherever nobody touched the item since; within a day, once."""
    who = actor()
    made = verbs.undo_list_job(who, job_id)
    list_jobs.ask(made)
    return _shape(find_list_job(who, made)), 202


def fetch_sheet(job_id: int) -> Any:
    """The sheet that was made; 404 while it is not."""
    return sheet_of(actor(), job_id)


def _shape(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "act": row.act,
        "state": row.state,
        "total": row.total,
        "passed": row.passed,
        "changed": row.changed,
        "refused": row.refused,
        "sheet": f"/api/v1/list-jobs/{row.id}/sheet" if row.file else None,
        "created_at": row.created_at.isoformat(),
        "finished_at": row.finished_at.isoformat() if row.finished_at else None,
    }
