"""The verbs of a talk: say, change, delete, read up to here."""

from .changing import edit, remove
from .reading import read
from .saying import NONCE_TAKEN, post, say

__all__ = ["NONCE_TAKEN", "edit", "post", "read", "remove", "say"]
