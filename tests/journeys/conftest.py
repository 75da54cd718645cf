"""What journeys stand on: Collab running as in use, and people in front of a real browser."""

import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright

from tests.cast import Cast
from tests.clients import seat
from tests.databases import Servers

from .people import PATIENCE, Visitor
from .stack import ROOT, Stack, running

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="package")
def stack(servers: Servers, template: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running(servers, tmp_path_factory.mktemp("journey")) as found:
        yield found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    found = subprocess.run([ROOT / "bin/chromium"], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.fail(f"The journeys need a browser. {found.stderr.strip()}")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=found.stdout.strip(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def outside(stack: Stack) -> Iterator[Flask]:
    """The application on the database of the stack, in the process of the tests: for what is done beside browsers."""
    from collab.app import create_app
    from collab.core.db import db
    from config.settings import read

    made = create_app(read(stack.environment))
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture(scope="package")
def seated(outside: Flask, template: Cast) -> Callable[[str], tuple[str, str, str]]:
    """`seated("Eleni")`: a session as signing in makes it: the name of its cookie, its secret, a token of forms."""
    from collab.people.recognise import cookie_name, digest, new_secret
    from collab.web.guard import csrf_token

    def sit(name: str) -> tuple[str, str, str]:
        secret = new_secret()
        id_ = seat(outside, "sign_in_session", person_id=template.people[name], secret_hash=digest(secret))
        with outside.app_context():
            return cookie_name(outside), secret, csrf_token(id_)

    return sit


@pytest.fixture
def visitor(stack: Stack, browser: Browser, template: Cast, seated: Any) -> Iterator[Callable[..., Visitor]]:
    """`visitor("Eleni", locale="el")`: somebody in front of a browser of their own, not signed in yet."""
    opened: list[Visitor] = []

    def make(name: str, locale: str = "en", width: int = 1280, theme: str = "light", **screen: Any) -> Visitor:
        """`screen`: whether it is of a `touch` device, and in which time `zone` it stands."""
        opened.append(Visitor.arrives(browser, stack.url, template, name, locale, width, theme, seated, **screen))
        return opened[-1]

    yield make
    complaints = [f"{each.name}: {said}" for each in opened for said in each.complaints]
    for each in opened:
        each.context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def acting(outside, template):
    """`acting(verb, "Nikos", …)`: carry out a verb as a colleague would, outside the browsers."""
    from collab.core.db import db
    from collab.people.recognise import person_as_actor

    def act(verb, name, *args, **more):
        with outside.app_context():
            try:
                return verb(person_as_actor(template.people[name]), *args, **more)
            finally:
                db.session.remove()

    return act
