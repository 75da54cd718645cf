"""Knocking at the doors of strangers, and reading the letters that are sent from there."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import select

from collab.core.db import db
from collab.people.models import Mail
from collab.people.recognise import cookie_name
from tests.cast import PASSWORD


def sign_in(client: Any, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def cookie(app: Flask, client: Any) -> str | None:
    found = client.get_cookie(cookie_name(app))
    return found.value if found else None


def letter(app: Flask) -> str:
    """The text of the newest letter."""
    with app.app_context():
        body = db.session.scalars(select(Mail.body).order_by(Mail.id.desc()).limit(1)).one()
        db.session.remove()
    return body


def path_in(body: str) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", body)
    assert found
    return found[1]
