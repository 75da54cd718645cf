"""The address that ends letters to one person without signing in, all of them or those of one list: their numbers,
signed with the secret of the place.

It grants nothing but an end to letters, so it holds for ever; without the secret nobody can make one up.
"""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import NamedTuple

from flask import current_app

LONGEST = 16


class Letters(NamedTuple):
    """Letters to a person: about what they hear of, or, with a view, those of that list."""

    person_id: int
    view_id: int | None = None


def address(person_id: int, view_id: int | None = None) -> str:
    """The whole address, for letters."""
    return f"{current_app.config['COLLAB_URL']}/unsubscribe/{token(person_id, view_id)}"


def token(person_id: int, view_id: int | None = None) -> str:
    """The last part of that address."""
    numbers = str(person_id) if view_id is None else f"{person_id}-{view_id}"
    return f"{numbers}.{_mac(numbers)}"


def letters_of(given: str) -> Letters | None:
    """Which letters this token ends; None when nobody signed it here."""
    numbers, _, mac = given.partition(".")
    parts = numbers.split("-")
    if len(parts) > 2 or not all(_is_number(part) for part in parts):
        return None
    known = hmac.compare_digest(_mac(numbers).encode(), mac.encode("utf-8", "replace"))
    return Letters(*(int(part) for part in parts)) if known else None


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) < LONGEST and part == str(int(part))


def _mac(numbers: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    made = hmac.new(key, f"unsubscribe:{numbers}".encode(), sha256).digest()
    return urlsafe_b64encode(made[:24]).decode()
