"""The first words of a file of text, to be read on its page."""

from typing import Final

from collab.core.files import Store

from .queries import File

SHOWN: Final = 20_000
"""Bytes; the rest is read in the file itself."""


def words_of(keeper: Store, file: File) -> tuple[str, bool]:
    """The text a file begins with, and whether that is all of it; empty for what cannot be read as text."""
    if not file.media_type.startswith("text/plain"):
        return "", True
    begun = b"".join(keeper.chunks(file.sha256, 0, min(file.size, SHOWN)))
    for name in ("utf-8-sig", "utf-16") if begun[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return _whole(begun, name), file.size <= SHOWN
        except UnicodeDecodeError:
            continue
    return "", True


def _whole(begun: bytes, name: str) -> str:
    """What was cut inside a letter is cut before it."""
    for short in range(4):
        try:
            return begun[: len(begun) - short].decode(name)
        except UnicodeDecodeError:
            if short == 3 or len(begun) < SHOWN:
                raise
    return ""
