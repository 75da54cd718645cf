"""The data folder: made with tight permissions and used by one Collab at a time."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collab.cli.local.problem import CannotStart
from config.places import socket_folder


def prepare(data_dir: Path) -> None:
    """Make the data folder and the folder of the sockets.

    Raises CannotStart when either cannot be made or written, or is somebody else's.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        sockets = socket_folder(data_dir)
        sockets.mkdir(mode=0o700, exist_ok=True)
        (data_dir / "lock").touch()
    except OSError as error:
        raise CannotStart(
            f"The data folder {data_dir} cannot be used: {error.strerror}. Choose another one with COLLAB_DATA_DIR."
        ) from error
    seen = sockets.lstat()
    if not stat.S_ISDIR(seen.st_mode) or (os.geteuid() != 0 and seen.st_uid != os.geteuid()):
        raise CannotStart(f"{sockets} belongs to somebody else; the sockets of Collab cannot be kept there.")
    sockets.chmod(0o700)


@contextmanager
def held(data_dir: Path) -> Iterator[bool]:
    """Hold the data folder for as long as the context lasts; the kernel lets go of it if we are killed.

    Gives whether the Collab before us was killed instead of ending by itself.
    Raises CannotStart when another Collab holds it.
    """
    prepare(data_dir)
    with (data_dir / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise CannotStart(
                f"Collab already runs on the data folder {data_dir} ({holder}). "
                "End it first, or start this copy with another COLLAB_DATA_DIR and PORT."
            ) from None
        file.seek(0)
        left_behind = bool(file.read())
        file.truncate(0)
        file.write(f"process {os.getpid()}\n")
        file.flush()
        try:
            yield left_behind
        finally:
            file.truncate(0)
