"""Carrying out what was asked of a whole list. The row says what is due; a job is a nudge to do it.

A lost job is asked for again by the sweep. Of a doubled one, a change waits for the row and finds the part done, a
sheet is made twice and the later one stays. Each part is done with the rights that its owner has at that moment.
"""

import logging
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from flask import current_app

from collab.core import clock, jobs
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.errors import Busy, Problem
from collab.core.i18n import speaking
from collab.core.text.sheet import as_csv, csv_lines
from collab.people.recognise import person_as_actor

from .commands import list_jobs as verbs
from .commands import note_list_reading
from .filters.asking import speaker_of
from .filters.check import read
from .filters.compile import compiled
from .filters.tree import ALL, Leaf, every
from .queries.list_jobs import due_list_jobs, find_list_job, owner_of
from .taking_along import as_xlsx, head, parts, plain

log = logging.getLogger(__name__)

KINDS: Final = {"tasks": "task", "pending-items": "pending"}
KEPT_FOR: Final = timedelta(days=2)
SECONDS: Final = 1800


def ask(job_id: int) -> None:
    """Nudge a worker; whatever becomes of the nudge, the sweep asks again."""
    jobs.enqueue("collab.work.list_jobs.carry_on_job", job_id, job_id=f"list-{job_id}", timeout=SECONDS)


def sweep_list_jobs() -> None:
    """Every few seconds: ask for what is still due."""
    for job_id, _owner in due_list_jobs():
        ask(job_id)


def sweep_old_sheets() -> None:
    """Every hour: forget what is long done, with its sheets; also what a worker that was killed left half written."""
    for name in verbs.forget_list_jobs(SYSTEM, clock.now() - KEPT_FOR):
        (folder() / name).unlink(missing_ok=True)
    before = clock.now().timestamp() - (KEPT_FOR + timedelta(hours=1)).total_seconds()
    for left in folder().iterdir():
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < before:
                left.unlink()


def carry_on_job(job_id: int) -> None:
    """The job."""
    with jobs.running_app().app_context():
        carry_on(job_id)


def carry_on(job_id: int) -> None:
    """Do what is left of it. What cannot be done (its owner is gone, its query asks for what is no more) is ended."""
    while (owner := owner_of(job_id)) is not None:
        db.session.remove()
        actor = person_as_actor(owner)
        if actor is None:
            return verbs.fail_list_job(SYSTEM, job_id)
        try:
            with speaking(actor.locale):
                left = _step(actor, job_id)
        except Busy:
            log.info("job %s on a list waits: somebody holds an item of it", job_id)
            return None  # the sweep asks again
        except Problem:
            log.exception("job %s on a list cannot be done", job_id)
            return verbs.fail_list_job(SYSTEM, job_id)
        if not left:
            return None
    return None


def _step(actor: Actor, job_id: int) -> bool:
    job = find_list_job(actor, job_id)
    if job.act in ("edit", "undo"):
        db.session.remove()
        return verbs.do_part(actor, job_id)
    _make_sheet(actor, job)
    return False


def folder() -> Path:
    """Where sheets lie until they are fetched."""
    found = Path(current_app.config["COLLAB_DATA_DIR"]) / "sheets"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def _make_sheet(actor: Actor, job: Any) -> None:
    kind = KINDS.get(job.asked["list"], "")
    tree = every(Leaf("kind", kind) if kind else ALL, read(job.asked["tree"], speaker_of(actor)))
    name = f"{job.id}.{job.act}"
    beside = folder() / f"{name}.{os.getpid()}"
    passed = 0

    def lines() -> Any:
        nonlocal passed
        for part in parts(actor, compiled(actor, tree), kind):
            yield from part
            passed += len(part)
            db.session.remove()
            if passed % 1000 == 0:
                verbs.note_passed(actor, job.id, passed)

    if job.act == "xlsx":
        as_xlsx(beside, head(kind), lines(), locale=actor.locale)
    else:
        with beside.open("w", encoding="utf-8", newline="") as out:
            out.write(as_csv(head(kind), (), locale=actor.locale))
            for line in lines():
                out.write(csv_lines([plain(line, actor.locale)], locale=actor.locale))
    if actor.is_auditor:
        note_list_reading(actor, f"sheet of {job.asked['list']}", job.asked.get("query", ""), passed)
    beside.replace(folder() / name)
    verbs.end_sheet(actor, job.id, name, passed)
