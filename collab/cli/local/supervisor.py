"""Keeps programs running: starts them, passes on what they say, starts them again, ends them all.

One thread and one selector. Children are started from this thread alone, since the kernel ties the signal they
get at our death to the thread that started them.
"""

import os
import selectors
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from types import FrameType

from collab.cli.local.output import Lines, say
from collab.cli.local.program import Program

SHORTEST_PAUSE = 0.25
LONGEST_PAUSE = 30.0
LONG_ENOUGH = 30.0
"""Seconds of life after which a program counts as healthy and its next pause is short again."""
SECONDS_TO_END = {0: 30.0}
"""Seconds each layer may take to end; the lowest holds the record and gets more than the others."""
OTHERS_TO_END = 10.0


class Stopped(Exception):
    """Somebody asked us to end."""


class Running:
    """One program with its process, if it has one now."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.lines: Lines | None = None
        self.since = 0.0
        self.pause = SHORTEST_PAUSE
        self.due = 0.0
        self.deaths = 0

    @property
    def pid(self) -> int:
        """The process number, or 0 while it waits for its next start."""
        return self.process.pid if self.process else 0

    def last_words(self) -> str:
        """The last lines it said."""
        return "\n".join(self.lines.last) if self.lines else ""


class Supervisor:
    """Use as a context: whatever was started has ended when the context is left."""

    def __init__(self) -> None:
        self._kept: list[Running] = []
        self._selector = selectors.DefaultSelector()
        self._asked = False
        self._wake, self._wakeup = socket.socketpair()

    def __enter__(self) -> "Supervisor":
        for end in (self._wake, self._wakeup):
            end.setblocking(False)
        self._selector.register(self._wake, selectors.EVENT_READ)
        signal.set_wakeup_fd(self._wakeup.fileno(), warn_on_full_buffer=False)
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._ask)
        # Left alone under nohup.
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self._ask)
        # Only to be woken when a child ends.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def _ask(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        self._asked = True

    def start(self, program: Program) -> Running:
        """Start a program and keep it running until `end`."""
        running = Running(program)
        self._kept.append(running)
        self._spawn(running)
        return running

    def once(self, program: Program) -> Running:
        """Run a program to its end, which has to be a good one.

        Raises Stopped when asked to end meanwhile and RuntimeError with the program's last words.
        """
        running = Running(program)
        self._spawn(running)
        process = running.process
        assert process is not None
        try:
            self.until(lambda: process.poll() is not None, float("inf"))
        finally:
            self._finish([running], OTHERS_TO_END)
        if process.returncode != 0:
            raise RuntimeError(running.last_words())
        return running

    def until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Keep everything running until `done()` holds; False when it does not within some seconds.

        Raises Stopped when asked to end.
        """
        deadline = time.monotonic() + seconds
        while not done():
            if self._asked:
                raise Stopped
            if time.monotonic() > deadline:
                return False
            self._turn(0.05)
        return True

    def forever(self) -> None:
        """Keep everything running; raises Stopped when asked to end."""
        while not self._asked:
            waits = [one.due - time.monotonic() for one in self._kept if one.process is None]
            self._turn(max(0.0, min([*waits, 60.0])))
        raise Stopped

    def end(self) -> None:
        """End every program, the highest layer first."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        for layer in sorted({one.program.layer for one in self._kept}, reverse=True):
            members = [one for one in self._kept if one.program.layer == layer]
            self._finish(members, SECONDS_TO_END.get(layer, OTHERS_TO_END))
        self._kept.clear()

    def _finish(self, members: list[Running], seconds: float) -> None:
        alive = [one.process for one in members if one.process and one.process.poll() is None]
        for one in members:
            if one.process in alive:
                one.process.send_signal(one.program.how)
        deadline = time.monotonic() + seconds
        while any(process.poll() is None for process in alive) and time.monotonic() < deadline:
            self._hear(0.05)
        for one in members:
            if one.process:
                # Also when it has ended: what it started shares its group and ends with it.
                _kill_group(one.process.pid)
                one.process.wait()
                self._close(one)

    def _turn(self, seconds: float) -> None:
        self._hear(seconds)
        for one in self._kept:
            if one.process and one.process.poll() is not None:
                self._lost(one, one.process.returncode)
            elif one.process is None and time.monotonic() >= one.due and not self._asked:
                self._spawn(one)

    def _hear(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if isinstance(key.data, Lines):
                if not key.data.read():
                    self._selector.unregister(key.fileobj)
            else:
                self._wake.recv(4096)

    def _spawn(self, one: Running) -> None:
        one.program.before()
        one.process = subprocess.Popen(  # noqa: S603
            one.program.command(),
            env=dict(one.program.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A session of its own: Ctrl-C reaches us alone, and what it starts can be ended as a group.
            start_new_session=True,
        )
        assert one.process.stdout is not None
        one.lines = Lines(one.program.name, one.process.stdout, one.program.noise)
        one.since = time.monotonic()
        self._selector.register(one.process.stdout, selectors.EVENT_READ, one.lines)

    def _lost(self, one: Running, code: int) -> None:
        assert one.process is not None
        _kill_group(one.process.pid)
        self._close(one)
        if time.monotonic() - one.since > LONG_ENOUGH:
            one.pause = SHORTEST_PAUSE
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        say(f"{one.program.name} {how}; it is started again in {one.pause:g} s.")
        one.due = time.monotonic() + one.pause
        one.pause = min(one.pause * 2, LONGEST_PAUSE)
        one.process = None
        one.deaths += 1

    def _close(self, one: Running) -> None:
        assert one.lines is not None
        one.lines.drain()
        if one.lines.pipe.fileno() in self._selector.get_map():
            self._selector.unregister(one.lines.pipe)
        one.lines.pipe.close()


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
