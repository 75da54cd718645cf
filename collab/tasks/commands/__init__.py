"""The verbs of tasks and pending items, beyond those of every work item."""

from .changing import change_kind, edit_details, edit_pending_item, edit_task
from .creating import create_pending_item, create_task
from .deadline import move_deadline

__all__ = [
    "change_kind", "create_pending_item", "create_task", "edit_details", "edit_pending_item", "edit_task",
    "move_deadline",
]  # fmt: skip
