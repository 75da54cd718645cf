"""What a start costs, and bringing work in: a copy of its own in a folder that is thrown away."""

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from .measuring import machine
from .processes import cpu_seconds, tree
from .servers import ROOT, free_port, running

SECONDS = 900
"""How long a start may take on a busy machine before it is given up."""
UNITS = ("PARKS", "ROADS", "LEGAL", "FINANCE")
"""Of the sample organisation."""


class Cost(NamedTuple):
    """By the clock, and processor seconds of all processes together."""

    wall: float
    cpu: float


def measure(rows: int, say: Callable[[str], Any]) -> dict[str, Any]:
    """A first start in an empty folder, a second one, and `rows` of work brought in while it runs."""
    with tempfile.TemporaryDirectory(prefix="cb") as folder:
        file = Path(folder, "work.csv")
        _write(file, rows)
        environment = {
            "COLLAB_DATA_DIR": str(Path(folder, "var")), "DATABASE_URL": "", "REDIS_URL": "", "LANG": "en",
        }  # fmt: skip
        with _started(environment) as (first, _pid):
            say(f"first start: {first.wall:.1f} s")
        with _started(environment) as (second, pid):
            say(f"second start: {second.wall:.1f} s")
            brought = _bring_in(file, environment, pid)
            say(f"import: {brought.wall:.1f} s")
    costs = {"first start": first, "second start": second, f"import of {rows:,} rows of work": brought}
    return {
        "machine": machine(),
        "at": time.strftime("%Y-%m-%d"),
        "seconds": {name: {"wall": round(cost.wall, 1), "cpu": round(cost.cpu, 1)} for name, cost in costs.items()},
    }


@contextmanager
def _started(environment: dict[str, str]) -> Iterator[tuple[Cost, int]]:
    """Everything that `collab up` starts, from its first moment until it says that it is ready."""
    port, began = free_port(), time.monotonic()
    given = {**environment, "PORT": str(port), "COLLAB_URL": f"http://localhost:{port}"}
    with running(["-m", "collab.cli", "up"], given, f"http://127.0.0.1:{port}/readyz", SECONDS) as pid:
        yield Cost(time.monotonic() - began, cpu_seconds(tree([pid]))), pid


def _bring_in(file: Path, environment: dict[str, str], pid: int) -> Cost:
    """The import as somebody types it, with what PostgreSQL and the others do meanwhile."""
    before, own, began = cpu_seconds(tree([pid])), _of_children(), time.monotonic()
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "collab.cli", "import", "work", str(file), "--apply"],
        cwd=ROOT, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    wall = time.monotonic() - began
    return Cost(wall, cpu_seconds(tree([pid])) - before + _of_children() - own)


def _of_children() -> float:
    """Processor seconds of processes that this one started and saw end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _write(file: Path, rows: int) -> None:
    """Tasks and pending items in turn, in the trays of several units."""
    with file.open("w", newline="") as text:
        lines = csv.writer(text)
        lines.writerow(["kind", "external_id", "title", "body", "unit_code", "created", "due", "labels"])
        for number in range(rows):
            kind = "pending" if number % 2 else "task"
            words = f"Lamp {number} in street {number % 700} is out"
            unit = UNITS[number % len(UNITS)]
            lines.writerow([kind, f"bench-{number}", words, words * 3, unit, "2026-01-05", "2026-12-01", "lamps"])


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    rows = [f"| {name} | {cost['wall']:.1f} | {cost['cpu']:.1f} |" for name, cost in figures["seconds"].items()]
    head = [f"{figures['at']}, {figures['machine']}.", "", "| what | by the clock, s | CPU s |", "|---|---|---|"]
    return "\n".join(head + rows)
