"""The command asked as a user asks it: arguments in, JSON and exit code out."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from collab.cli.tally import command

CARRIED = Path(__file__).parent / "data"
WHOLE = Path(os.environ.get("COLLAB_TEST_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data") / "ballots"


def tally(file: Path | str, *options: str) -> tuple[int, dict[str, Any]]:
    """Exit code and JSON; what went to standard error stands under `error`."""
    done = CliRunner().invoke(command, [str(file), *options, "--json"])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, json.loads(done.stdout) if done.stdout else {"error": done.stderr}


def files(folder: Path, pattern: str) -> list[Any]:
    """The files as parameters of a test, named; without the folder one that says so and is left out."""
    found = sorted(folder.glob(pattern))
    if not found:
        why = f"the real votes {folder}/{pattern} are not on this machine (COLLAB_TEST_DATA)"
        return [pytest.param(None, marks=pytest.mark.skip(reason=why), id=pattern)]
    return [pytest.param(each, id=f"{each.parent.name}/{each.name}") for each in found]
