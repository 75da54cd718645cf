"""Verbs of what people hear of: with the lines of an inbox, how one wants to hear, and the letters that are due."""

from .choosing import choose, stop_mails
from .inbox import (
    bring_back,
    bring_back_cleared,
    clear,
    group_inbox,
    look,
    mark,
    moment_of,
    moments_of,
    read_about,
    snooze,
    wake_snoozed,
)
from .posting import post

__all__ = [
    "bring_back", "bring_back_cleared", "choose", "clear", "group_inbox", "look", "mark", "moment_of", "moments_of",
    "post", "read_about", "snooze", "stop_mails", "wake_snoozed",
]  # fmt: skip
