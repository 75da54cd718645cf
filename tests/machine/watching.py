"""Looking at the processes of this machine from outside."""

import contextlib
import time
from pathlib import Path

import psutil


def processes_of(data_dir: Path) -> list[psutil.Process]:
    """Every process that names the data folder in its command line or environment or works in it, but our own."""
    found = []
    for process in psutil.process_iter():
        try:
            words = [*process.cmdline(), *process.environ().values(), process.cwd()]
            if process.pid != psutil.Process().pid and process.status() != psutil.STATUS_ZOMBIE:
                found += [process] if any(str(data_dir) in word for word in words) else []
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def gone(data_dir: Path, seconds: float = 8.0) -> bool:
    """Whether every process of the data folder has ended within some seconds."""
    deadline = time.monotonic() + seconds
    while processes_of(data_dir):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def kill_all(data_dir: Path) -> None:
    """Kill every process of the data folder as if the machine had lost its memory of them."""
    found = processes_of(data_dir)
    for process in found:
        # Some end by themselves meanwhile: their parent was killed a moment before them.
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(found, timeout=5)


def named(data_dir: Path, word: str) -> list[psutil.Process]:
    """The processes of the data folder with a word in their command line."""
    found = []
    for process in processes_of(data_dir):
        with contextlib.suppress(psutil.NoSuchProcess):
            found += [process] if word in " ".join(process.cmdline()) else []
    return found
