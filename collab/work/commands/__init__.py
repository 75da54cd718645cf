"""The verbs of the work item, one function each, whatever the door."""

from .acknowledging import acknowledge, ask_to_acknowledge, nudge_missing, withdraw_acknowledgement
from .bulk import edit_many, undo_many
from .desk_paper import print_desk
from .desks import close_desk, hand_desk, rehearse_desk, sign_desk
from .escalating import escalate
from .escalation_rules import change_escalation_rule, create_escalation_rule, retire_escalation_rule
from .files import attach
from .following import follow_closed_unit
from .handovers import accept, offer, return_, take_back
from .items import (
    assign,
    begin,
    cancel,
    complete,
    edit,
    note_auditor_reading,
    note_ledger_reading,
    note_list_reading,
    reopen,
    take,
    unwatch,
    watch,
)
from .merging import merge
from .named import take_off
from .reminding import nudge
from .undoing import undo
from .waits import answer, ask, end_waits_for, end_with_item, take_wait, withdraw

__all__ = [
    "accept", "acknowledge", "answer", "ask", "ask_to_acknowledge", "assign", "attach", "begin", "cancel",
    "change_escalation_rule", "close_desk", "complete", "create_escalation_rule", "edit", "edit_many",
    "end_waits_for", "end_with_item", "escalate", "follow_closed_unit", "hand_desk", "merge", "note_auditor_reading",
    "note_ledger_reading", "note_list_reading", "nudge", "nudge_missing", "offer", "print_desk", "rehearse_desk",
    "reopen", "retire_escalation_rule", "return_", "sign_desk", "take", "take_back", "take_off", "take_wait", "undo",
    "undo_many", "unwatch", "watch", "withdraw", "withdraw_acknowledgement",
]  # fmt: skip
