"""What processes cost, from /proc: processor time of whole trees, and their share of memory."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def tree(roots: Iterable[int]) -> set[int]:
    """`roots` that live, with every process below them."""
    parents = {pid: fields[1] for pid, fields in ((pid, _stat(pid)) for pid in _all()) if fields}
    found = {pid for pid in roots if pid in parents}
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if int(parent) in found} - found
        found |= more
        grown = bool(more)
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """Processor time that these processes, and children of theirs that have ended, used so far."""
    return sum(sum(map(int, fields[11:15])) for pid in pids if (fields := _stat(pid))) / TICKS


def pss_megabytes(pids: Iterable[int]) -> float:
    """Proportional memory: what several processes share is counted once."""
    total = 0
    for pid in pids:
        try:
            rollup = (PROC / str(pid) / "smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def _all() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; empty when it is gone. A name may hold spaces and brackets."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()
