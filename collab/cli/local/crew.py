"""Several jobs of one loaded application, each in a process of its own that shares the memory of what is loaded.

The application is loaded once and never used by the parent; a job that dies is forked again without loading anew.
"""

import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from collab.cli.local.launch import end_with_parent, name_process

SHORTEST_PAUSE = 0.25
LONGEST_PAUSE = 30.0
LONG_ENOUGH = 30.0
SECONDS_TO_END = 8.0
"""Less than the supervisor gives us."""


@dataclass
class _Member:
    name: str
    job: Callable[[], None]
    pid: int = 0
    since: float = 0.0
    due: float = 0.0
    pause: float = SHORTEST_PAUSE


def keep(jobs: dict[str, Callable[[], None]], *, needed: str = "") -> None:
    """Run each job in a process of its own, again when it ends, until SIGTERM or SIGINT; then end them all.

    When the `needed` one gives up by itself, which it does when it cannot begin, all end, and this process with code 1.

    Call it from a process with one thread and without open connections: both would be in two places after a fork.
    """
    members = [_Member(name, job) for name, job in jobs.items()]
    asked = _listen()
    # What is alive now stays: the collector would otherwise write to, and so copy, every page of it.
    gc.collect()
    gc.freeze()
    given_up = False
    while not asked:
        for member in members:
            if not member.pid and time.monotonic() >= member.due:
                _fork(member)
        given_up = needed in _reap(members)
        if given_up:
            break
        time.sleep(0.2)
    _end(members)
    if given_up:
        sys.exit(1)


def _listen() -> list[int]:
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        asked.append(number)

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return asked


def _fork(member: _Member) -> None:
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    member.since = time.monotonic()
    member.pid = os.fork()
    if member.pid == 0:
        code = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            end_with_parent(signal.SIGTERM)
            name_process(f"collab-{member.name}")
            if os.getppid() == parent:
                member.job()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            # Not sys.exit: what the parent would do at its end is not ours to do.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _reap(members: list[_Member]) -> set[str]:
    """The names of those that gave up, of all that have ended and will be started again."""
    given_up = set()
    for member in members:
        pid, status = os.waitpid(member.pid, os.WNOHANG) if member.pid else (0, 0)
        if pid:
            member.pid = 0
            if os.WIFEXITED(status) and os.WEXITSTATUS(status):
                given_up.add(member.name)
            if time.monotonic() - member.since > LONG_ENOUGH:
                member.pause = SHORTEST_PAUSE
            print(f"{member.name} has ended; it is started again in {member.pause:g} s.", flush=True)
            member.due = time.monotonic() + member.pause
            member.pause = min(member.pause * 2, LONGEST_PAUSE)
    return given_up


def _end(members: list[_Member]) -> None:
    alive = {member.pid for member in members if member.pid}
    for pid in alive:
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + SECONDS_TO_END
    while alive and time.monotonic() < deadline:
        alive = {pid for pid in alive if not os.waitpid(pid, os.WNOHANG)[0]}
        time.sleep(0.02)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
