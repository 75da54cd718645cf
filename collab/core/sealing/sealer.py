"""The sealer: a sweep of the teller that seals what can no longer be overtaken, and signs a head over it.

Nothing of it stands in the transaction of a command: a chain made there would let one writer in at a time. A fact is
taken when its transaction lies below the snapshot's horizon, where every transaction has ended; so whatever comes later
sorts after it by `(xid, id)`.
"""

import logging
import os
import time
from pathlib import Path
from typing import Any, Final

from flask import current_app
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from .. import clock
from ..db import writing
from ..horizon import AHEAD, SETTLED, counted_anew
from .heads import Head
from .key import seal_key
from .leaf import Line, leaf_of
from .models import SealHead, SealLeaf
from .tree import Tree

log = logging.getLogger(__name__)

LOCK: Final = 0x_5EA1
BATCH: Final = 1_000
LONGEST: Final = 1.0
"""Seconds in one go, so that telling what happened is not held up."""
FILE: Final = "ledger_heads.jsonl"
EVERY: Final = 3_600
"""Seconds between the heads that are put into the file beside the key."""

_COLUMNS: Final = (
    "f.id, f.xid::text as xid, f.at, f.kind, f.subject_kind, f.subject_id, f.actor_id, f.on_behalf_of, f.via,"
    " f.payload, f.text_hash"
)
_UNSEALED: Final = "not exists (select from seal_leaf s where s.fact_id = f.id) order by f.xid, f.id limit :batch"
_NEXT: Final = text(
    f"select {_COLUMNS} from facts f where (f.xid, f.id) > (cast(:start as xid8), :after)"  # noqa: S608
    f" and f.xid < cast(:horizon as xid8) and {_UNSEALED}"
)
# Where a batch ended inside a large transaction the next one begins behind it, and does not look at all of it again.
_AFTER: Final = text(
    "select f.id from seal_leaf s join facts f on f.id = s.fact_id where s.position = :place"
    " and f.xid = cast(:start as xid8)"
)
# After a restore into another cluster transactions are counted anew, and what was brought along carries numbers that
# are still to come here. All of that is over, so whatever of it is unsealed is sealed as it stands.
_BROUGHT_ALONG: Final = text(f"select {_COLUMNS} from facts f where f.xid >= {AHEAD} and {_UNSEALED}")  # noqa: S608
_SETTLED: Final = text(f"select {SETTLED}::text")


def sweep() -> bool:
    """Every minute: seal what is due, batch by batch for a moment, and put a head away now and then.

    True when something is left.
    """
    begun = time.monotonic()
    folder = Path(current_app.config["COLLAB_DATA_DIR"])
    while (left := seal_batch(folder) == BATCH) and time.monotonic() - begun < LONGEST:
        pass
    put_away(folder)
    return left


def seal_batch(folder: Path) -> int:
    """Seal the next facts, up to `BATCH`, under one new head, in one transaction. Returns how many."""
    key = seal_key(folder)
    with writing() as session:
        if not session.scalar(text("select pg_try_advisory_xact_lock(:key)"), {"key": LOCK}):
            return 0
        last = session.execute(select(SealHead).order_by(SealHead.size.desc()).limit(1)).scalar_one_or_none()
        rows, horizon = _due(session, last)
        if not rows:
            return 0
        tree = Tree.unpacked(last.size, last.peaks) if last else Tree()
        leaves = []
        for row in rows:
            leaf = leaf_of(line_of(row))
            leaves.append({"position": tree.size, "fact_id": row.id, "leaf": leaf})
            tree.add(leaf)
        head = Head.signed(tree.size, tree.root(), clock.now(), key)
        session.execute(insert(SealLeaf), leaves)
        session.execute(
            insert(SealHead).values(
                size=head.size, root=head.root, peaks=tree.packed(), horizon=text(f"'{horizon}'::xid8"), at=head.at,
                key=head.key, signature=head.signature,
            )
        )  # fmt: skip
    return len(rows)


def _due(session: Session, last: SealHead | None) -> tuple[list[Any], int]:
    """The facts to seal next in their order, and the horizon below which all are sealed then."""
    start = int(last.horizon) if last else 0
    if counted_anew(session, start):
        log.warning("the database counts its transactions anew: it was restored; what it brought along is sealed")
        brought = session.execute(_BROUGHT_ALONG, {"batch": BATCH}).all()
        if brought:
            return list(brought), start if len(brought) == BATCH else 0
        start = 0
    settled = int(session.execute(_SETTLED).scalar_one())
    given = {"start": str(start), "horizon": str(settled), "batch": BATCH}
    after = session.scalar(_AFTER, {"place": last.size - 1, "start": str(start)}) if last else None
    rows = session.execute(_NEXT, {**given, "after": after or 0}).all()
    return list(rows), settled if len(rows) < BATCH else int(rows[-1].xid)


def line_of(row: Any) -> Line:
    """A row of the ledger as it is sealed."""
    return Line(
        row.id, int(row.xid), row.at, row.kind, row.subject_kind, row.subject_id, row.actor_id, row.on_behalf_of,
        row.via, row.payload, bytes(row.text_hash) if row.text_hash is not None else None,
    )  # fmt: skip


def newest_head(session: Session) -> Head | None:
    """The newest signed head."""
    row = session.execute(
        select(SealHead.size, SealHead.root, SealHead.at, SealHead.key, SealHead.signature)
        .order_by(SealHead.size.desc())
        .limit(1)
    ).first()
    return Head(*row) if row else None


def put_away(folder: Path) -> bool:
    """Once an hour, write the newest head into the file beside the key: backups of the folder take it along."""
    from ..db import db

    path = folder / FILE
    if path.exists() and clock.now().timestamp() - path.stat().st_mtime < EVERY:
        return False
    head = newest_head(db.session())
    if head is None:
        return False
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(head.line() + "\n")
    return True
