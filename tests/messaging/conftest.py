"""Talks to test with: an item of Parks that its people, and nobody else, may see."""

from collections.abc import Callable
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
