"""What a door of the API says when it has done what it was asked."""

from collections.abc import Callable
from typing import Any

from collab.core.errors import NotFound


def after(look: Callable[[], Any]) -> Any:
    """What was changed as it is now, or 204 where with the change its author's sight of it ended: it was done all the
    same, and to say that there is nothing would have it done again."""
    try:
        return look()
    except NotFound:
        return None, 204
