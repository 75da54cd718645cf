"""The verbs of tasks and pending items, beyond those of every work item."""

from .changing import change_kind, edit_details, edit_pending_item, edit_task
from .checklist import add_lines, change_line, make_task_of, remove_line
from .creating import create_pending_item, create_task
from .deadline import move_deadline
from .reckoning import follow_calendar, follow_reopened, follow_rule
from .rules import change_rule, create_rule, retire_rule

__all__ = [
    "add_lines", "change_kind", "change_line", "change_rule", "create_pending_item", "create_rule", "create_task",
    "edit_details", "edit_pending_item", "edit_task", "follow_calendar", "follow_reopened", "follow_rule",
    "make_task_of", "move_deadline", "remove_line", "retire_rule",
]  # fmt: skip
