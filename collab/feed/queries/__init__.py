"""Questions: what is expected of somebody, what they heard of, and how much of both."""

from .badges import badges
from .manner import choices, manner
from .notifications import Heard, find, find_page, message_of, since_last_look
from .put_off import PutOffWait, around_day, put_off, put_off_wait
from .tray import beside_day
from .waits import Expected, awaited, expected

__all__ = [
    "Expected",
    "Heard",
    "PutOffWait",
    "around_day",
    "awaited",
    "badges",
    "beside_day",
    "choices",
    "expected",
    "find",
    "find_page",
    "manner",
    "message_of",
    "put_off",
    "put_off_wait",
    "since_last_look",
]  # fmt: skip
