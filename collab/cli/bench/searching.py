"""The search index of what was written in bulk, which told nobody of itself."""

from collections.abc import Callable
from typing import Any, Final

from collab.cli.starting import application

FINDABLE: Final = 200_000
"""Items of which the index is made with them; it takes some minutes."""


def make_findable(say: Callable[[str], Any]) -> None:
    """Make the index anew, as `collab search rebuild` does."""
    from collab.core.db import db
    from collab.feed.search.indexing import rebuild

    said: set[str] = set()

    def heard(kind: str, _last: int) -> None:
        if kind not in said:
            said.add(kind)
            say(f"search index: {kind}")

    with application().app_context():
        rebuild(heard)
        db.session.remove()
        db.engine.dispose()
