"""The verbs of a talk: begin, join, say, change, delete, read up to here."""

from .changing import edit, remove
from .conversing import archive, change, join, let_in, mark_unread, mute, open_conversation, put_out, reopen
from .reading import read
from .saying import NONCE_TAKEN, post, question_of, say

__all__ = [
    "NONCE_TAKEN", "archive", "change", "edit", "join", "let_in", "mark_unread", "mute", "open_conversation", "post",
    "put_out", "question_of", "read", "remove", "reopen", "say",
]  # fmt: skip
