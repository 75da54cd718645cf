"""Questions: what is expected of somebody, what they heard of, and how much of both."""

from .badges import badges
from .manner import choices, manner
from .notifications import Heard, find, find_page, since_last_look
from .waits import Expected, awaited, expected

__all__ = [
    "Expected",
    "Heard",
    "awaited",
    "badges",
    "choices",
    "expected",
    "find",
    "find_page",
    "manner",
    "since_last_look",
]
