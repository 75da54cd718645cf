"""The verbs of a talk: say, change, delete, read up to here."""

from .changing import edit, remove
from .reading import read
from .saying import NONCE_TAKEN, post, question_of, say

__all__ = ["NONCE_TAKEN", "edit", "post", "question_of", "read", "remove", "say"]
