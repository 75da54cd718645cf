"""The verbs of the work item, one function each, whatever the door."""

from .files import attach
from .handovers import accept, offer, return_, take_back
from .items import (
    assign,
    cancel,
    complete,
    edit,
    note_auditor_reading,
    note_ledger_reading,
    reopen,
    take,
    unwatch,
    watch,
)
from .reminding import nudge
from .undoing import undo
from .waits import answer, ask, end_with_item, take_wait, withdraw

__all__ = [
    "accept", "answer", "ask", "assign", "attach", "cancel", "complete", "edit", "end_with_item",
    "note_auditor_reading", "note_ledger_reading", "nudge", "offer", "reopen", "return_", "take", "take_back",
    "take_wait", "undo", "unwatch", "watch", "withdraw",
]  # fmt: skip
