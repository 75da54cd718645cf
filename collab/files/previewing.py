"""Pictures of files: the row says which file nobody has looked at yet, a job looks, a bounded child draws.

A lost job is asked for again by the sweep, a doubled one finds the file looked at: the effect is one. What cannot be
drawn (damaged, too large, too slow) is noted as looked at, and has no picture.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from collab.core import jobs
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.files import pieces_of, sniff

from .commands import note_pictures
from .models import StoredFile
from .receiving import store

DRAWING: Final = Path(__file__).with_name("drawing.py")
SECONDS: Final = 30
MEMORY: Final = 1024 * 1024 * 1024
LARGEST_PICTURE: Final = 4 * 1024 * 1024
A_TURN: Final = 50


def sweep_unseen() -> None:
    """Every few seconds: ask a worker to look at files nobody has looked at."""
    for id_ in db.session.scalars(select(StoredFile.id).where(StoredFile.looked_at.is_(None)).limit(A_TURN)):
        jobs.enqueue("collab.files.previewing.look_job", id_, job_id=f"look-{id_}", timeout=SECONDS * 2)


def look_job(file_id: int) -> None:
    """The job: draw what can be drawn of a content."""
    with jobs.running_app().app_context():
        look(file_id)


def look(file_id: int) -> None:
    """Draw a content and write down its pictures, unless that was done."""
    row = db.session.execute(
        select(StoredFile.sha256, StoredFile.media_type).where(StoredFile.id == file_id, StoredFile.looked_at.is_(None))
    ).one_or_none()
    if row is None:
        return
    db.session.remove()
    note_pictures(SYSTEM, file_id, _drawn(row.sha256, row.media_type))


def _drawn(sha256: str, media_type: str) -> list[dict[str, Any]]:
    keeper, found = store(), []
    with tempfile.TemporaryDirectory(prefix="collab-look-") as folder, keeper.at_hand(sha256) as file:
        for number, width, height in _child(file, media_type, folder):
            place = Path(folder) / f"{number}.webp"
            with place.open("rb") as picture:
                if sniff(picture.read(64)).media_type != "image/webp":
                    continue
                picture.seek(0)
                kept = keeper.keep(pieces_of(picture), LARGEST_PICTURE)
            found.append({"number": number, "sha256": kept.sha256, "size": kept.size, "width": width, "height": height})
    return found


def _child(file: Path, media_type: str, folder: str) -> list[tuple[int, int, int]]:
    """What the child drew: (number, width, height); nothing when it failed in any way."""
    try:
        done = subprocess.run(  # noqa: S603 (our own program, with our own paths)
            [sys.executable, "-I", str(DRAWING), str(file), media_type, folder],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "TMPDIR": folder, "OMP_NUM_THREADS": "1"},
            timeout=SECONDS,
            check=True,
            preexec_fn=_bounded,
        )
        lines = [line.split() for line in done.stdout.decode("ascii").splitlines()]
        return [(int(number), int(width), int(height)) for number, width, height in lines]
    except (OSError, ValueError, subprocess.SubprocessError):
        return []


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_PICTURE, LARGEST_PICTURE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
