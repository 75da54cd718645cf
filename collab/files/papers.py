"""Papers made by a job: the row says what is wanted, a job sets it in a bounded child, a file comes of it.

What the paper says is decided when it is asked for, in the asker's language and within their sight; the row keeps it
until the paper is made. What may be long is gathered by the job instead (collab.core.package.PAPERS), within the sight
that the asker has then. The file hangs on the thing named, or is the asker's alone for a day.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, select

from collab.core import clock, jobs
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.envelope import open_command, record, session, system
from collab.core.errors import Conflict, NotFound
from collab.core.files import Store, Taken, clean_name, take
from collab.core.i18n import N_, _
from collab.core.package import HOLDS, PAPERS
from collab.core.print import LARGEST, Unprintable, typeset

from .models import Attachment, Paper
from .placing import place
from .policy import PAPER
from .receiving import store

log = logging.getLogger(__name__)

A_TURN: Final = 20
MOST_WAITING: Final = 20
TIMEOUT: Final = 240
"""Seconds of a job: gathering a roll of thousands, then setting it."""
GIVEN_UP: Final = timedelta(hours=1)
"""What could not be made by then is not tried for ever."""
OWN_LASTS: Final = timedelta(days=1)
TOO_MANY: Final = N_("You asked for %(most)s papers that are still being made. Wait until they are there.")


def want_paper(actor: Actor, sheet: str, data: dict[str, Any], name: str, owner: tuple[str, int] | None = None) -> int:
    """Ask for a paper; a job makes it. `owner`: the thing on which it will hang under `name` (the next version where
    that is known), else it is the asker's alone. Called by commands. Returns its number; asked for again while it is
    being made it is the same paper."""
    mine = Paper.wanted_by == actor.person_id, Paper.done_at.is_(None)
    same = Paper.sheet == sheet, Paper.data == data, Paper.name == clean_name(name), Paper.owner_id.is_(None)
    again = session().scalar(select(Paper.id).where(*mine, *same).limit(1)) if owner is None else None
    if again is not None:
        return again
    waiting = select(func.count()).where(*mine)
    if (session().scalar(waiting) or 0) >= MOST_WAITING:
        raise Conflict(_(TOO_MANY, most=MOST_WAITING))
    kind, id_ = owner or (None, None)
    row = Paper(
        wanted_by=actor.person_id, wanted_at=clock.now(), sheet=sheet, data=data, name=clean_name(name),
        owner_kind=kind, owner_id=id_, failed=False,
    )  # fmt: skip
    session().add(row)
    session().flush()
    return row.id


def sweep_papers() -> None:
    """Every few seconds: ask a worker for papers that are wanted; own ones go after a day."""
    now = clock.now()
    wanted = select(Paper.id, Paper.wanted_at).where(Paper.done_at.is_(None)).order_by(Paper.id).limit(A_TURN)
    for id_, since in db.session.execute(wanted).all():
        if since < now - GIVEN_UP:
            note_failure(SYSTEM, id_)
        elif not jobs.enqueue("collab.files.papers.paper_job", id_, job_id=f"paper-{id_}", timeout=TIMEOUT):
            break
    before = now - OWN_LASTS
    old = select(Paper.id).where(Paper.owner_kind.is_(None), Paper.done_at < before).limit(1)
    if db.session.scalar(old) is not None:
        drop_own(SYSTEM, before)


def paper_job(paper_id: int) -> None:
    """The job: make one paper."""
    with jobs.running_app().app_context():
        make_paper(paper_id)


def make_paper(paper_id: int) -> None:
    """Set a paper and hang it where it belongs, unless that was done. What cannot be set is noted as failed."""
    row = db.session.execute(
        select(Paper.sheet, Paper.data, Paper.name, Paper.wanted_by).where(
            Paper.id == paper_id, Paper.done_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        return
    db.session.remove()
    keeper = store()
    gathered = PAPERS.get(row.sheet)
    try:
        made = gathered(row.wanted_by, row.data) if gathered else typeset(row.sheet, row.data)
    except (Unprintable, NotFound, Conflict, ValueError) as problem:
        log.warning("paper %s cannot be made: %s", paper_id, problem)
        note_failure(SYSTEM, paper_id)
        return
    finally:
        db.session.remove()
    try:
        keep_paper(SYSTEM, paper_id, keeper, take(keeper, row.name, [made], LARGEST))
    except (Conflict, ValueError) as problem:  # no room for it there, or too large to be kept
        log.warning("paper %s cannot be kept: %s", paper_id, problem)
        note_failure(SYSTEM, paper_id)


@open_command(system)
def keep_paper(_actor: Actor, paper_id: int, keeper: Store, taken: Taken) -> None:
    """Hang a paper that was made. Twice is once."""
    paper = session().scalar(select(Paper).where(Paper.id == paper_id).with_for_update())
    if paper is None or paper.done_at is not None:
        return
    paper.done_at, paper.data = clock.now(), None
    kind, id_ = (paper.owner_kind, paper.owner_id) if paper.owner_kind and paper.owner_id else (PAPER, paper.id)
    giver = replace(SYSTEM, person_id=paper.wanted_by)
    placed = place(giver, keeper, kind, id_, taken, None)
    paper.file_id = placed.id
    held = HOLDS.get(kind)
    if placed.new and held is not None and held.added is not None:
        record(held.added(id_, placed.id, placed.name, placed.version))


@open_command(system)
def note_failure(_actor: Actor, paper_id: int) -> None:
    """Write down that a paper could not be made; whoever wanted it reads so."""
    paper = session().scalar(select(Paper).where(Paper.id == paper_id).with_for_update())
    if paper is not None and paper.done_at is None:
        paper.done_at, paper.failed, paper.data = clock.now(), True, None


@open_command(system)
def drop_own(_actor: Actor, before: datetime) -> int:
    """Papers that were the asker's alone and are a day old go; their bytes are swept. How many."""
    old = session().scalars(
        delete(Paper).where(Paper.owner_kind.is_(None), Paper.done_at < before).returning(Paper.id)
    ).all()  # fmt: skip
    session().execute(delete(Attachment).where(Attachment.owner_kind == PAPER, Attachment.owner_id.in_(old)))
    return len(old)
