"""Which user the embedded PostgreSQL runs as: it refuses root."""

import contextlib
import functools
import os
import pwd
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

LAUNCH = Path(__file__).with_name("launch.py")
FAVOURED = ("postgres", "nobody")


@dataclass(frozen=True)
class Identity:
    """`same`: as we are; `namespace`: as `uid` in a user namespace; `user`: as `uid` after setuid."""

    mode: Literal["same", "namespace", "user"]
    uid: int
    gid: int

    def launch(self, command: list[str], signal: int, parent: int | None = None) -> list[str]:
        """The command that starts `command` as this identity and sends it `signal` when we die."""
        return [
            *(sys.executable, "-I", "-S", str(LAUNCH), str(parent or os.getpid()), str(int(signal))),
            *(self.mode, str(self.uid), str(self.gid), "--", *command),
        ]

    def owns(self, folder: Path) -> None:
        """Hand a folder and all in it over to this identity where it is another user than we are."""
        if self.mode != "user" or folder.stat().st_uid == self.uid:
            return
        for path in (*folder.rglob("*"), folder):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def ourselves() -> Identity:
    """The user who runs this process."""
    return Identity("same", os.getuid(), os.getgid())


def unprivileged(files: Path) -> Identity:
    """Ourselves, or when we are root somebody else: whom the database files belong to, or the best we can be."""
    if os.geteuid() != 0:
        return ourselves()
    with contextlib.suppress(FileNotFoundError):
        owner = files.stat()
        if owner.st_uid != 0:
            return Identity("user", owner.st_uid, owner.st_gid)
    return _substitute()


@functools.cache
def _substitute() -> Identity:
    """By user namespace if the kernel lets us, or by setuid."""
    named = {entry.pw_name: entry for entry in pwd.getpwall() if entry.pw_uid != 0}
    # initdb looks its user up by name, so the number has to be one that has a name.
    entry = next((named[name] for name in FAVOURED if name in named), None) or next(iter(named.values()))
    inside = Identity("namespace", entry.pw_uid, entry.pw_gid)
    probe = subprocess.run(inside.launch(["true"], 15), capture_output=True, check=False)  # noqa: S603
    return inside if probe.returncode == 0 else Identity("user", entry.pw_uid, entry.pw_gid)


def command_line(pid: int) -> str:
    """What a process was started as; empty when there is no such process or it has ended."""
    try:
        if sys.platform == "linux":
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ").strip()
        shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)  # noqa: S603, S607
        return shown.stdout.decode(errors="replace").strip()
    except OSError:
        return ""


def alive(pid: int) -> bool:
    """Whether there is a process of this number, dying ones included."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except ProcessLookupError:
        return False
    return pid > 0
