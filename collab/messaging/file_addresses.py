"""Addresses of files in what is written: as they are copied from a page of ours or from the browser."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from flask import current_app

_BEFORE: Final = r"(?<![\w./:@=?&%#-])"
_AFTER: Final = r"(?:/versions|/content)?(?![\w/-]|\.\w)"


def files_in(text: str) -> Iterator[tuple[int, str]]:
    """Where `text` gives the address of a file of ours, whole or from the root on, and of which: `/files/7`."""
    if "/files/" in text:
        for match in _addresses(current_app.config["COLLAB_ORIGINS"]).finditer(text):
            yield match.start(), match[1]


@lru_cache
def _addresses(origins: tuple[str, ...]) -> re.Pattern[str]:
    ours = "|".join(re.escape(origin) for origin in origins)
    return re.compile(f"{_BEFORE}(?:{ours})?(/files/[1-9][0-9]{{0,15}}){_AFTER}")
