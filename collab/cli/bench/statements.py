"""How many statements a page sends, counted in a process of our own on the same database."""

from typing import Any

from sqlalchemy import event

from config.settings import Settings

from .asking import Request


class Counter:
    """The application without a server."""

    def __init__(self, settings: Settings, url: str) -> None:
        from dataclasses import replace

        from collab.app import create_app
        from collab.core.db import db

        self.app = create_app(replace(settings, database_url=url))
        self.sent = 0
        with self.app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._note)

    def _note(self, *_: Any) -> None:
        self.sent += 1

    def of(self, request: Request) -> int:
        """Statements of one request, those for signing in and the frame included, once everything is warm."""
        client = self.app.test_client(use_cookies=False)
        headers = {name: value for name, value in request.headers_of(0).items() if name != "Host"}
        for _time in range(2):
            self.sent = 0
            client.open(
                request.path, method=request.method, headers=headers, data=request.body_of(0),
                base_url="http://localhost",
            )  # fmt: skip
        return self.sent

    def csrf_token(self, session: int) -> str:
        """What the forms of a session carry."""
        from collab.web.guard import csrf_token

        with self.app.app_context():
            return csrf_token(session)
