"""The verbs of a talk: begin, join, say, change, delete, read up to here."""

from .changing import edit, remove
from .conversing import archive, change, join, let_in, mark_unread, mute, open_conversation, put_out, reopen
from .drafting import keep_draft
from .hooking import end_hook, hear_hook, make_hook
from .reading import read
from .receiving import confirm, forward, remind_me, tell_reminders
from .saying import NONCE_TAKEN, begin, post, question_of, say
from .signing import pin, put_sign, take_sign, unpin

__all__ = [
    "NONCE_TAKEN", "archive", "begin", "change", "confirm", "edit", "end_hook", "forward", "hear_hook", "join",
    "keep_draft", "let_in", "make_hook", "mark_unread", "mute", "open_conversation", "pin", "post", "put_out",
    "put_sign", "question_of", "read", "remind_me", "remove", "reopen", "say", "take_sign", "tell_reminders", "unpin",
]  # fmt: skip
