"""The verbs of a talk: begin, join, say, change, delete, read up to here."""

from .changing import edit, remove
from .conversing import archive, change, join, let_in, mark_unread, open_conversation, put_out, reopen
from .copying import end_copy, forget_copies, want_copy
from .drafting import keep_answer, keep_beginning, keep_draft
from .hearing import follow_thread, hear
from .hiding import hide, note_hidden_reading, show_again
from .hooking import end_hook, hear_hook, make_hook
from .keeping import lift_hold, place_hold, refuse_when_held, set_rule, take_back_rule
from .nudging import nudge_missing
from .reading import read
from .receiving import confirm, forget_reminder, forward, remind_me, tell_reminders
from .removing import remove_old
from .saying import NONCE_TAKEN, begin, post, question_of, say, was_sent
from .sending_later import hold_back_later, refuse_later, send_due, send_later, take_back
from .signing import pin, put_sign, take_sign, unpin

__all__ = [
    "NONCE_TAKEN",
    "archive",
    "begin",
    "change",
    "confirm",
    "edit",
    "end_copy",
    "end_hook",
    "follow_thread",
    "forget_copies",
    "forget_reminder",
    "forward",
    "hear",
    "hear_hook",
    "hide",
    "hold_back_later",
    "join",
    "keep_answer",
    "keep_beginning",
    "keep_draft",
    "let_in",
    "lift_hold",
    "make_hook",
    "mark_unread",
    "note_hidden_reading",
    "nudge_missing",
    "open_conversation",
    "pin",
    "place_hold",
    "post",
    "put_out",
    "put_sign",
    "question_of",
    "read",
    "refuse_later",
    "refuse_when_held",
    "remind_me",
    "remove",
    "remove_old",
    "reopen",
    "say",
    "send_due",
    "send_later",
    "set_rule",
    "show_again",
    "take_back",
    "take_back_rule",
    "take_sign",
    "tell_reminders",
    "unpin",
    "want_copy",
    "was_sent",
]  # fmt: skip
