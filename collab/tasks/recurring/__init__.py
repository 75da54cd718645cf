"""Tasks that come again: the rule in words and in RFC 5545, the days on which it falls, the tasks that it makes.

Pure here: rules and days. What is kept is in `collab.tasks.models`, what is done in `collab.tasks.commands.recurring`.
"""

from .days import days_after, first_after
from .rrule_text import BadRule, from_text, to_text
from .rule import Rule

__all__ = ["BadRule", "Rule", "days_after", "first_after", "from_text", "to_text"]
