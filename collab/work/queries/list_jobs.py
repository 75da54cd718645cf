"""What somebody asked of whole lists, and how far each is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound

from ..models import ListJob, ListJobItem, WorkItem

MOST: Final = 50
_COLUMNS: Final = (
    ListJob.id, ListJob.act, ListJob.asked, ListJob.state, ListJob.total, ListJob.passed, ListJob.changed,
    ListJob.refused, ListJob.file, ListJob.created_at, ListJob.finished_at, ListJob.person_id,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """Why items stay as they are, for how many, and which are the first."""

    sentence: str
    count: int
    references: tuple[str, ...]


def find_list_job(actor: Actor, job_id: int) -> Any:
    """One of the actor's own; one query. Raises NotFound."""
    row = db.session.execute(
        select(*_COLUMNS).where(ListJob.id == job_id, ListJob.person_id == actor.person_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def list_jobs_of(actor: Actor) -> Sequence[Any]:
    """The actor's own, newest first."""
    query = select(*_COLUMNS).where(ListJob.person_id == actor.person_id).order_by(ListJob.id.desc()).limit(MOST)
    return db.session.execute(query).all()


def reasons_of_job(actor: Actor, job_id: int) -> list[Reason]:
    """Why items of a change stay as they are, the most frequent reason first; one query."""
    rows = db.session.execute(
        select(
            ListJobItem.reason,
            func.count().label("many"),
            func.array_agg(WorkItem.reference).label("references"),
        )
        .join(ListJob, ListJob.id == ListJobItem.job_id)
        .join(WorkItem, WorkItem.id == ListJobItem.item_id)
        .where(ListJob.id == job_id, ListJob.person_id == actor.person_id, ListJobItem.outcome == "refused")
        .group_by(ListJobItem.reason)
        .order_by(func.count().desc())
        .limit(20)
    )
    return [Reason(row.reason or "", row.many, tuple(row.references[:20])) for row in rows]


def due_list_jobs() -> list[tuple[int, int]]:
    """Job and owner of everything that is still to be done."""
    query = select(ListJob.id, ListJob.person_id).where(ListJob.state == "due").order_by(ListJob.id).limit(200)
    return [(row.id, row.person_id) for row in db.session.execute(query)]


def owner_of(job_id: int) -> int | None:
    """Whose job it is, while it is to be done."""
    return db.session.scalar(select(ListJob.person_id).where(ListJob.id == job_id, ListJob.state == "due"))
