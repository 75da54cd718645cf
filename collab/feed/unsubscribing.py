"""The address that ends letters to one person without signing in: their number, signed with the secret of the place.

It grants nothing but an end to letters, so it holds for ever; without the secret nobody can make one up.
"""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from flask import current_app


def address(person_id: int) -> str:
    """The whole address, for letters."""
    return f"{current_app.config['COLLAB_URL']}/unsubscribe/{token(person_id)}"


def token(person_id: int) -> str:
    """The last part of that address."""
    return f"{person_id}.{_mac(person_id)}"


def person_of(given: str) -> int | None:
    """Whose letters this token ends; None when nobody signed it here."""
    number, _, mac = given.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 16 and number == str(int(number))):
        return None
    known = hmac.compare_digest(_mac(int(number)).encode(), mac.encode("utf-8", "replace"))
    return int(number) if known else None


def _mac(person_id: int) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    made = hmac.new(key, f"unsubscribe:{person_id}".encode(), sha256).digest()
    return urlsafe_b64encode(made[:24]).decode()
