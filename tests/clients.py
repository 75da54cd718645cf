"""Browsers and programs that speak to the application within the process of a test."""

import secrets
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert
from werkzeug.test import TestResponse

from collab.core import clock


class Client(FlaskClient):
    """A browser without JavaScript: sends the forgery token with every form."""

    person: int | None = None
    session_id: int | None = None
    token: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        headers = dict(kwargs.pop("headers", None) or {})
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        elif self.session_id is not None and kwargs.get("method", "GET") != "GET":
            headers.setdefault("X-CSRF-Token", self._csrf())
        return super().open(*args, headers=headers, **kwargs)

    def _csrf(self) -> str:
        from collab.web.guard import csrf_token

        with self.application.app_context():
            return csrf_token(self.session_id or 0)


def seat(app: Flask, table: str, **values: Any) -> int:
    """A session or token written straight into the database, as signing in would have."""
    from collab.core.db import db, writing
    from collab.people.models import AccessToken, SignInSession

    now = clock.now()
    common = {"created_at": now, "expires_at": now + timedelta(days=30)}
    model: Any
    if table == "sign_in_session":
        model, extra = SignInSession, {"seen_at": now, "address": "127.0.0.1", "agent": "test"}
    else:
        model, extra = AccessToken, {"name": secrets.token_hex(4), "hint": "test", "used_at": now}
    with app.app_context():
        with writing() as session:
            row = session.scalars(insert(model).values(**common, **extra, **values).returning(model.id)).one()
        db.session.remove()
    return int(row)
