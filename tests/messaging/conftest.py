"""Talks to test with: an item of Parks that its people, and nobody else, may see."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from collab.messaging.commands import say
from collab.messaging.forms import Say
from collab.messaging.owners import Owner
from tests.machine.copies import soon
from tests.messaging.serving import Web
from tests.work.making import make


@pytest.fixture
def item(app, cast, actor_of) -> int:
    """An item of Parks, held by Eleni."""
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni)


@pytest.fixture
def said(app, item, actor_of) -> Callable[..., dict[str, Any]]:
    """`said("Eleni", "Two trees are down")`: a message in the item's talk, as the command gives it."""

    def speak(name: str, text: str, nonce: str | None = None, **more: Any) -> dict[str, Any]:
        with app.app_context():
            form = Say(text=text, nonce=nonce or f"n-{name}-{abs(hash(text))}", **more)
            return dict(say(actor_of(name), Owner("work-item", item), form))

    return speak


@pytest.fixture
def signed_in(app, client_of) -> Callable[[str], str]:
    """`signed_in("Eleni")`: the secret of her session, as her browser keeps it."""
    from collab.people.recognise import cookie_name

    return lambda name: str(client_of(name).get_cookie(cookie_name(app)).value)


@pytest.fixture
def web(servers, clones, app, tmp_path):
    """A web process as it is served, with real lines to it."""
    one = Web(servers, clones, tmp_path / "a")
    try:
        assert soon(lambda: one.process.poll() is not None or one.ready(), 400)
        assert one.process.poll() is None, (tmp_path / "a.log").read_text()[-2000:]
        yield one
    finally:
        one.kill()


@pytest.fixture
def line(app, servers, clones, monkeypatch):
    """`line(api_client)`: an open page of that person. The server speaks without Redis here."""
    from collab.app import create_app
    from collab.core import broker, realtime
    from collab.core.db import db
    from collab.people.recognise import still_seated
    from collab.web import sockets
    from config.settings import read
    from tests.conftest import SECRET

    other = create_app(
        read(
            {
                "COLLAB_ENV": "test",
                "DATABASE_URL": servers.url_of(clones.current),
                "REDIS_URL": servers.redis_url,
                "COLLAB_DATA_DIR": str(servers.folder / "files"),
                "SECRET_KEY": SECRET,
            }
        )
    )
    server = sockets.install(other, still_seated, None)
    monkeypatch.setattr(realtime, "_voice", server.server)
    for key in broker.ask("keys", "collab:typing:*"):
        broker.ask("delete", key)
    pages = []

    def sit(api=None, cookie=None, origin=None):
        if cookie is None:
            pages.append(server.test_client(other, auth={"token": api.token}))
        else:
            headers = {"Origin": origin} if origin else {}
            pages.append(server.test_client(other, flask_test_client=cookie, headers=headers))
        return pages[-1]

    yield sit
    for page in pages:
        if page.is_connected():
            page.disconnect()
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def two_webs(servers, clones, app, tmp_path) -> Iterator[list[Web]]:
    """Two web processes beside each other, over one database and one Redis."""
    started = [Web(servers, clones, tmp_path / name) for name in ("a", "b")]
    try:
        ended = lambda: any(one.process.poll() is not None for one in started)  # noqa: E731
        assert soon(lambda: ended() or all(one.ready() for one in started), 400)
        assert not ended(), (tmp_path / "a.log").read_text()[-2000:]
        yield started
    finally:
        for one in started:
            one.kill()
