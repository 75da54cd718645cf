"""Browsers that an account signed in with before: a signed cookie, good for that account until its next password.

It opens nothing. It only gives the browser an allowance of its own at the sign-in door, so that strangers who try
passwords against an account do not stand in the way of whoever owns it (OWASP, "Slow down online guessing attacks
with device cookies"). Several accounts that share one browser stand in one cookie, the latest first.
"""

import secrets
from typing import Any, Final, NamedTuple

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

HOLDS: Final = 365 * 24 * 3600  # seconds
MOST: Final = 5
LONGEST: Final = 1_000


class Known(NamedTuple):
    """One account in the cookie: whose, under which of their passwords, and the browser's own number there."""

    person_id: int
    password_version: int
    number: str


def cookie_name() -> str:
    """The name of the cookie; under TLS one that no other host and no plain connection can set."""
    return "__Host-known" if current_app.config["COLLAB_URL"].startswith("https://") else "known"


def read(cookie: str | None) -> list[Known]:
    """What the cookie says; nothing when it is not ours."""
    if not cookie or len(cookie) > LONGEST:
        return []
    try:
        given: Any = _signer().loads(cookie)
        return [Known(int(person), int(version), str(number)) for person, version, number in given][:MOST]
    except (BadData, ValueError, TypeError):
        return []


def number_of(cookie: str | None, person_id: int, password_version: int) -> str | None:
    """The browser's number at this account; None for one that never signed in there under its present password."""
    for one in read(cookie):
        if (one.person_id, one.password_version) == (person_id, password_version):
            return one.number
    return None


def with_account(cookie: str | None, person_id: int, password_version: int) -> str:
    """The cookie of a browser that signed in to this account just now."""
    number = number_of(cookie, person_id, password_version) or secrets.token_urlsafe(9)
    others = [one for one in read(cookie) if one.person_id != person_id]
    return str(_signer().dumps([Known(person_id, password_version, number), *others][:MOST]))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known browser")
