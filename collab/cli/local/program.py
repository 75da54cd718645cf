"""What the supervisor is told about each program it keeps running."""

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def nothing() -> None:
    """Nothing has to happen before a start."""


@dataclass(frozen=True)
class Program:
    """One program of the machine.

    `command` gives the argument list at each start; `before` runs before each start; `how` is the signal that
    ends it in good order. Programs are ended in falling order of `layer`, all of one layer at once. Lines that
    hold a word of `noise` are remembered but not shown.
    """

    name: str
    command: Callable[[], list[str]]
    environment: Mapping[str, str] = field(repr=False)
    layer: int
    how: signal.Signals = signal.SIGTERM
    before: Callable[[], None] = nothing
    noise: tuple[str, ...] = ()
