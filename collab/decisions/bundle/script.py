"""The recount as one file: the counting's own modules as they stand, and a small program around them."""

from functools import cache
from pathlib import Path
from typing import Final

COUNTING: Final = Path(__file__).parent.parent / "counting"
AROUND: Final = Path(__file__).parent / "around.py"
MARK: Final = "SOURCES: dict[str, str] = {}\n"
LEFT_OUT: Final = "words"
"""They speak of results in the languages of the house; counting needs none."""


@cache
def script() -> str:
    """The text of recount.py."""
    around = AROUND.read_text("utf-8")
    parts = [MARK]
    for name, text in sorted(sources().items()):
        parts.append(f"SOURCES[{name!r}] = {_quoted(text)}\n")
    before, _mark, after = around.partition(MARK)
    return before + "".join(parts) + after


def sources() -> dict[str, str]:
    """Module → its source, of the whole counting."""
    found = {}
    for file in COUNTING.rglob("*.py"):
        parts = file.relative_to(COUNTING).with_suffix("").parts
        if parts[0] == LEFT_OUT:
            continue
        found[".".join(("counting", *(part for part in parts if part != "__init__")))] = file.read_text("utf-8")
    return found


def _quoted(text: str) -> str:
    """The source readable in the file, and exactly itself when run."""
    return "r'''" + text + "'''" if "'''" not in text and not text.endswith(("'", "\\")) else repr(text)
