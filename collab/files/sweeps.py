"""What time sets off: bytes that nothing needs any more go; uploads that came to nothing go."""

import time
from datetime import timedelta
from typing import Final

from flask import current_app
from sqlalchemy import exists, select

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.files import Store

from .commands import drop_drafts, forget
from .models import Attachment, Preview, StoredFile

DRAFT_LASTS: Final = timedelta(days=1)
STRAY_LASTS: Final = 6 * 3600
A_TURN: Final = 200


def sweep_unneeded() -> None:
    """Every minute: contents whose last attachment was removed are erased."""
    keeper: Store = current_app.extensions["collab.files"]
    drop_drafts(SYSTEM, clock.now() - DRAFT_LASTS)
    for sha256 in _unneeded():
        forget(SYSTEM, keeper, sha256)


def _unneeded() -> list[str]:
    needed = exists().where(Attachment.file_id == StoredFile.id)
    rows = db.session.execute(select(StoredFile.id, StoredFile.sha256).where(~needed).limit(A_TURN)).all()
    pictures = db.session.scalars(select(Preview.sha256).where(Preview.file_id.in_([row.id for row in rows]))).all()
    return [*(row.sha256 for row in rows), *pictures]


def sweep_strays() -> None:
    """Twice a day: contents that no row knows (a crash between keeping and writing down) and writes cut short."""
    keeper: Store = current_app.extensions["collab.files"]
    before = time.time() - STRAY_LASTS
    keeper.sweep(before)
    turn: list[str] = []
    for sha256 in keeper.contents(before):
        turn.append(sha256)
        if len(turn) == A_TURN:
            _forget_unknown(keeper, turn)
            turn = []
    _forget_unknown(keeper, turn)


def _forget_unknown(keeper: Store, turn: list[str]) -> None:
    known = set(db.session.scalars(select(StoredFile.sha256).where(StoredFile.sha256.in_(turn))))
    known |= set(db.session.scalars(select(Preview.sha256).where(Preview.sha256.in_(turn))))
    for sha256 in set(turn) - known:
        forget(SYSTEM, keeper, sha256)
