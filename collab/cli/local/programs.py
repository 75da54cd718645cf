"""The programs of one machine, from settings."""

import os
import signal
import sys
from functools import partial
from pathlib import Path

from collab.cli.local import postgres, redis
from collab.cli.local.identity import ourselves
from collab.cli.local.program import Program, nothing
from config.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
RECORD, BROKER, OURS = 0, 1, 2
"""Layers: what the others stand on is ended last."""


def environment(settings: Settings) -> dict[str, str]:
    """What our own programs are started with: the same settings, wherever they are started from."""
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    path = [str(ROOT), *filter(None, [given.get("PYTHONPATH")])]
    # Two arenas: with one for each thread the memory of idle processes grows by half.
    return {
        **given,
        "COLLAB_DATA_DIR": str(settings.data_dir),
        "BALLOT_KEYS_DIR": str(settings.ballot_keys_dir),
        "PYTHONPATH": os.pathsep.join(path),
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def database(settings: Settings) -> Program:
    """The embedded PostgreSQL."""
    return Program(
        "postgres",
        partial(postgres.command, settings.data_dir, web_processes=settings.web_processes),
        postgres.environment(),
        RECORD,
        postgres.STOP,
        partial(postgres.let_go, settings.data_dir),
        postgres.NOISE,
    )


def broker(settings: Settings) -> Program:
    """The private Redis."""
    return Program(
        "redis",
        partial(redis.command, settings.data_dir),
        dict(os.environ),
        BROKER,
        redis.STOP,
        partial(redis.let_go, settings.data_dir),
        redis.NOISE,
    )


def collab(settings: Settings, name: str, *arguments: str) -> Program:
    """One of our own commands, in a process of its own."""
    before = nothing
    if name == "together" and settings.redis_embedded:
        before = partial(redis.forget_scheduler_locks, settings.data_dir)
    command = [sys.executable, "-m", "collab.cli", *(arguments or (name,))]
    return Program(
        name, lambda: ourselves().launch(command, signal.SIGTERM), environment(settings), OURS, before=before
    )
