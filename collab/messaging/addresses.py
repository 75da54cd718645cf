"""Addresses of work and of messages in what is written: as they are copied from a page of ours or from the browser."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from flask import current_app

_BEFORE: Final = r"(?<![\w./:@=?&%#-])"
_AFTER: Final = r"(?![\w/%-]|\.\w)"
_KINDS: Final = r"/(?:work-items|tasks|pending-items|decisions|meetings)/"
_LIKE: Final = re.compile(f"{_KINDS}|/messages/")
"""What most texts do not hold, which cost nothing more then."""
_WORK: Final = _KINDS + r"((?:\w|%[0-9A-F]{2})[\w.%]{0,239}-[0-9]{1,10})"
_PLACE: Final = r"(/messages/[1-9][0-9]{0,15}/place)"


def work_in(text: str) -> Iterator[tuple[int, str]]:
    """Where `text` gives the address of an item of ours, whole or from the root on, and its reference as typed."""
    for match in found_in(text):
        if match[1]:
            yield match.start(), named(match)


def places_in(text: str) -> Iterator[int]:
    """The messages whose addresses stand in `text`, also in links under words of their own."""
    for match in found_in(text):
        if match[2]:
            yield int(match[2].split("/")[2])


def found_in(text: str) -> Iterator[re.Match[str]]:
    """The addresses of ours in `text`."""
    return _ours().finditer(text) if _LIKE.search(text) else iter(())


def whole(text: str) -> re.Match[str] | None:
    """`text` where it is such an address and nothing else."""
    return _ours().fullmatch(text) if _LIKE.search(text) else None


def named(match: re.Match[str]) -> str:
    """What an address leads to: a reference like `PARKS-3`, or the place of a message from the root on."""
    return unquote(match[1]) if match[1] else match[2]


def _ours() -> re.Pattern[str]:
    return _addresses(current_app.config["COLLAB_ORIGINS"])


@lru_cache
def _addresses(origins: tuple[str, ...]) -> re.Pattern[str]:
    ours = "|".join(re.escape(origin) for origin in origins)
    return re.compile(f"{_BEFORE}(?:{ours})?(?:{_WORK}|{_PLACE}){_AFTER}")
