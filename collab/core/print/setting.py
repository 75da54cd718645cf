"""Setting a sheet: a child with bounded memory, time and output; it gets neither the database nor its secrets.

A PDF takes tens of milliseconds of CPU and may take seconds: ask for one in a job (collab.files.printing).
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
SHEETS: Final = HERE / "sheets"
FONTS: Final = HERE / "fonts"
"""Cut from those of the pages when the front end is built (frontend/bundle/fonts.mjs)."""
CHILD: Final = HERE / "child.py"
SECONDS: Final = 20
"""Of the processor."""
WAIT: Final = 90
"""On the clock: a machine that is busy sets no paper slower than it can."""
MEMORY: Final = 3 * 1024 * 1024 * 1024
"""Address space; what is really used is some tens of megabytes."""
LARGEST: Final = 20 * 1024 * 1024


class Unprintable(Exception):
    """A paper that could not be made: too long, too slow, or its sheet is broken. `why` is for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def typeset(sheet: str, data: dict[str, Any]) -> bytes:
    """The PDF of a sheet (the name of a file in `sheets`) filled with data. Raises Unprintable, ValueError for a sheet
    that there is none of."""
    if sheet not in {each.stem for each in SHEETS.glob("*.typ")}:
        raise ValueError(f"no sheet {sheet}")
    if not any(FONTS.glob("*.ttf")):
        raise Unprintable("there are no fonts to print with: build the front end")
    with tempfile.TemporaryDirectory(prefix="collab-print-") as folder:
        for each in SHEETS.glob("*.typ"):
            shutil.copy(each, folder)
        (Path(folder) / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        _child(folder, sheet)
        return (Path(folder) / "out.pdf").read_bytes()


def _child(folder: str, sheet: str) -> None:
    try:
        subprocess.run(  # noqa: S603 (our own program, with our own paths)
            [sys.executable, "-I", str(CHILD), folder, f"{sheet}.typ", str(FONTS)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "TMPDIR": folder, "RAYON_NUM_THREADS": "1"},
            timeout=WAIT,
            check=True,
            preexec_fn=_bounded,
        )
    except subprocess.CalledProcessError as error:
        raise Unprintable(error.stderr.decode("utf-8", "replace")[-400:]) from error
    except (OSError, subprocess.SubprocessError) as error:
        raise Unprintable(str(error)) from error


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
