"""Secrets that open doors: made of 256 random bits, kept only as their SHA-256.

One round is enough for them: nobody can guess 256 random bits. Passwords, which people choose, are another matter
(passwords.py).
"""

import hashlib
import secrets
from typing import Final

LONGEST: Final = 200
MARK: Final = "collab_"
"""How access tokens begin, so that scanners for leaked secrets can find them."""


def new_secret(mark: str = "") -> str:
    """A secret in characters that travel anywhere."""
    return mark + secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
