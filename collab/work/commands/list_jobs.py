"""What is asked of a whole list: beginning it, doing a part of it, ending it. Each part is a transaction of its own,
in which its effect and what became of each item are written together; so whoever goes on after a fall begins where
nothing stands, and nothing is done twice."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import anyone, hush, open_command, session, system, take_long
from collab.core.errors import Conflict, NotFound
from collab.core.facts import FactRow
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.core.turns import one_by_one

from ..events import ItemsEdited
from ..forms import BulkChange
from ..models import ListJob, ListJobItem
from ..queries.bulk import subjects
from ..undoing import WITHIN
from .bulk import changed_rows, locked, undone

PART: Final = 250
MOST_DUE: Final = 3
TOO_MANY_DUE: Final = N_("%(count)s of your lists are being worked on. Wait until one is done.")
NOT_UNDONE: Final = N_("This can be undone for a day, once, after it is done.")
NOT_SEEN: Final = N_("You do not see it any more.")


@open_command(anyone)
def start_list_job(actor: Actor, act: str, asked: dict[str, Any], ids: Sequence[int] = ()) -> int:
    """Ask something of a whole list: a change of these items, or a sheet. Returns the job."""
    one_by_one("list-jobs", actor.person_id)
    due = select(func.count()).where(ListJob.person_id == actor.person_id, ListJob.state == "due")
    if (session().scalar(due) or 0) >= MOST_DUE:
        raise Conflict(_(TOO_MANY_DUE, count=MOST_DUE))
    return _begun(actor, act, asked, ids)


def _begun(actor: Actor, act: str, asked: dict[str, Any], ids: Sequence[int], total: int = 0) -> int:
    job = ListJob(
        person_id=actor.person_id, act=act, asked=asked, total=len(ids) or total, created_at=clock.now(), state="due"
    )
    session().add(job)
    session().flush()
    if ids:
        session().execute(insert(ListJobItem), [{"job_id": job.id, "item_id": item} for item in sorted(set(ids))])
    return job.id


@open_command(anyone)
def undo_list_job(actor: Actor, job_id: int) -> int:
    """Undo a change of a whole list, wherever nobody touched the item since. Returns the job that does it."""
    job = _mine(actor, job_id)
    if not may_be_undone(job):
        raise Conflict(_(NOT_UNDONE))
    undo = _begun(actor, "undo", {"of": job.id}, (), job.changed)
    job.asked = {**job.asked, "undone_by": undo}
    return undo


def may_be_undone(job: Any) -> bool:
    """Whether it is a change that is done, was not undone yet, and is not over for long."""
    lately = job.finished_at is not None and clock.now() - job.finished_at <= WITHIN
    return job.act == "edit" and lately and "undone_by" not in job.asked


@open_command(anyone)
def do_part(actor: Actor, job_id: int) -> bool:
    """Do the next part of a change, with the rights that its owner has now. Whether anything is left."""
    job = _mine(actor, job_id)
    if job.state != "due":
        return False
    take_long()
    hush()
    return _edit_part(actor, job) if job.act == "edit" else _undo_part(actor, job)


def _edit_part(actor: Actor, job: ListJob) -> bool:
    due = (
        select(ListJobItem.item_id)
        .where(ListJobItem.job_id == job.id, ListJobItem.outcome.is_(None))
        .order_by(ListJobItem.item_id)
        .limit(PART)
    )
    ids = list(session().scalars(due))
    if not ids:
        return _ended(job)
    rows = session().execute(locked(subjects(actor, ids))).all()
    found = changed_rows(actor, rows, parse(BulkChange, job.asked["change"], typed=True), job.id)
    outcomes: dict[int, tuple[str, str | None]] = {row.id: ("unchanged", None) for row in rows}
    outcomes |= dict.fromkeys(found["changed"], ("changed", None))
    outcomes |= {each["item"]: ("refused", each["reason"]) for each in found["refused"]}
    unseen = ("refused", _(NOT_SEEN))
    told = [
        {"item": item, "became": outcomes.get(item, unseen)[0], "why": outcomes.get(item, unseen)[1]} for item in ids
    ]
    session().connection().execute(
        update(ListJobItem)
        .where(ListJobItem.job_id == job.id, ListJobItem.item_id == bindparam("item"))
        .values(outcome=bindparam("became"), reason=bindparam("why")),
        told,
    )
    job.passed += len(ids)
    job.changed += len(found["changed"])
    job.refused += sum(each["became"] == "refused" for each in told)
    return True


def _undo_part(actor: Actor, job: ListJob) -> bool:
    """One line of the ledger at a time: each tells of the items that one part changed."""
    line = session().scalar(
        select(FactRow)
        .where(FactRow.actor_id == actor.person_id, FactRow.kind == ItemsEdited.kind, FactRow.id > job.place)
        .where(FactRow.payload["job"].as_integer() == job.asked["of"])
        .order_by(FactRow.id)
        .limit(1)
    )
    if line is None:
        return _ended(job)
    back, left = undone(actor, line)
    job.place = line.id
    job.passed += back + left
    job.changed += back
    job.refused += left
    return True


@open_command(anyone)
def note_passed(actor: Actor, job_id: int, passed: int) -> None:
    """Write down how far a sheet is."""
    job = _mine(actor, job_id)
    job.passed = passed
    job.total = max(job.total, passed)


@open_command(anyone)
def end_sheet(actor: Actor, job_id: int, file: str, rows: int) -> None:
    """A sheet is made and lies under this name."""
    job = _mine(actor, job_id)
    job.file, job.passed, job.total = file, rows, rows
    _ended(job)


@open_command(system)
def fail_list_job(_actor: Actor, job_id: int) -> None:
    """It cannot be done: whoever asked is gone, or it asks for what is no longer there."""
    session().execute(
        update(ListJob)
        .where(ListJob.id == job_id, ListJob.state == "due")
        .values(state="failed", finished_at=clock.now())
    )


@open_command(system)
def forget_list_jobs(_actor: Actor, before: Any) -> list[str]:
    """Forget what was finished before that instant; the names of the sheets that nobody needs any more."""
    gone = session().execute(
        ListJob.__table__.delete()  # type: ignore[attr-defined]
        .where(ListJob.state != "due", ListJob.finished_at < before)
        .returning(ListJob.file)
    )
    return [row.file for row in gone if row.file]


def _ended(job: ListJob) -> bool:
    job.state, job.finished_at = "done", clock.now()
    return False


def _mine(actor: Actor, job_id: int) -> ListJob:
    job = session().scalar(
        select(ListJob).where(ListJob.id == job_id, ListJob.person_id == actor.person_id).with_for_update()
    )
    if job is None:
        raise NotFound
    return job
