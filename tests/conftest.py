"""What every test stands on: a real PostgreSQL, a real Redis, the cast, the clock.

Each test that asks for `app` gets a database freshly cloned from a template, so commits are real commits, the
read-only default is on, and nothing leaks from test to test.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import Undefined
from jinja2.utils import missing
from sqlalchemy import event
from sqlalchemy.orm import Session

from collab.cli.local.testing import start_for_tests
from collab.core import clock
from collab.core.i18n import DEFAULT, speak
from tests.cast import PASSWORD, Cast, fill
from tests.clients import Client, seat
from tests.databases import TEMPLATE, Clones, Servers, on_a_clone

SECRET = "a secret that only tests know, long enough"

os.environ.setdefault("COLLAB_ENV", "test")

# How long an example takes says how busy the machine is, and nothing of the law.
settings.register_profile("collab", deadline=None)
settings.load_profile("collab")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """By day the tests of the night are left out, and counted as deselected."""
    if os.environ.get("COLLAB_NIGHTLY"):
        return
    left_out = [item for item in items if item.get_closest_marker("nightly")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def in_english() -> None:
    """A request speaks its reader's language from there on, and a test's requests run in the test's own context."""
    speak(DEFAULT)


MEMORY = Path("/dev/shm")
ENOUGH = 4 * 2**30


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """In memory where there is enough: cloning a database of 400 files costs ten times as much on a disk."""
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH
    folder = Path(tempfile.mkdtemp(prefix="collab-", dir=MEMORY)) if roomy else tmp_path_factory.mktemp("servers")
    try:
        database_url, redis_url, stop = start_for_tests(folder)
        yield Servers(database_url, redis_url, folder)
        stop()
    finally:
        if roomy:
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(servers: Servers) -> Cast:
    """A migrated database with the cast, from which each test's database is cloned."""
    from argon2 import PasswordHasher
    from sqlalchemy import create_engine

    from collab.core.migrate import upgrade

    servers.administer(f"create database {TEMPLATE}")
    url = servers.url_of(TEMPLATE)
    upgrade(url)
    engine = create_engine(url)
    hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    with Session(engine) as session, session.begin():
        cast = fill(session, hasher.hash(PASSWORD))
    engine.dispose()
    return cast


@pytest.fixture(scope="session")
def clones(servers: Servers, template: Cast) -> Iterator[Clones]:
    made = Clones(servers, TEMPLATE)
    yield made
    made.end()


class Unwritten(Undefined):
    """A name that nobody gave a template may be asked for; where it is written, the page would have a hole. What a form
    does not hold of what was typed is empty.
    """

    def __str__(self) -> str:
        if self._undefined_obj is missing:
            self._fail_with_undefined_error()
        return super().__str__()


@pytest.fixture(scope="session")
def one_app(servers: Servers, template: Cast) -> Flask:
    """One application for all tests, so that templates and statements are compiled once."""
    from collab.app import create_app
    from collab.core.db import db
    from config.settings import read

    made = create_app(
        read(
            {
                "COLLAB_ENV": "test",
                "DATABASE_URL": servers.url_of(TEMPLATE),
                "REDIS_URL": servers.redis_url,
                "COLLAB_DATA_DIR": str(servers.folder / "files"),
                "SECRET_KEY": SECRET,
            }
        )
    )

    def to_the_clone(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
        options["dbname"] = Clones.current

    with made.app_context():
        event.listen(db.engine, "do_connect", to_the_clone)
    made.jinja_env.undefined = Unwritten
    return made


@pytest.fixture
def app(one_app: Flask, clones: Clones) -> Iterator[Flask]:
    """The application on a database of its own."""
    with on_a_clone(one_app, clones) as made:
        yield made


@pytest.fixture
def cast(app: Flask, template: Cast) -> Cast:
    return template


@pytest.fixture
def client_of(app: Flask, cast: Cast) -> Callable[[str], Client]:
    """`client_of("Eleni")`: a signed-in browser of that person; `client_of(None)` a stranger's."""
    from collab.people.recognise import cookie_name, digest, new_secret

    def make(name: str | None) -> Client:
        app.test_client_class = Client
        client = app.test_client()
        assert isinstance(client, Client)
        if name is None:
            return client
        secret = new_secret()
        client.person = cast.people[name]
        client.session_id = seat(app, "sign_in_session", person_id=client.person, secret_hash=digest(secret))
        client.set_cookie(cookie_name(app), secret)
        return client

    return make


@pytest.fixture
def api_of(app: Flask, cast: Cast) -> Callable[..., Client]:
    """`api_of("Eleni")`: an API client with a token; `scopes=["read"]` for one that only reads."""
    from collab.people.recognise import MARK, digest, new_secret

    def make(name: str | None, scopes: tuple[str, ...] = ("read", "write")) -> Client:
        app.test_client_class = Client
        client = app.test_client()
        assert isinstance(client, Client)
        if name is not None:
            client.person, client.token = cast.people[name], new_secret(MARK)
            seat(app, "access_token", person_id=client.person, secret_hash=digest(client.token), scopes=list(scopes))
        return client

    return make


@pytest.fixture
def actor_of(app: Flask, cast: Cast) -> Callable[[str], Any]:
    """`actor_of("Eleni")`: the person as queries and commands know them. Use inside `app.app_context()`."""
    from collab.people.recognise import person_as_actor

    return lambda name: person_as_actor(cast.people[name])


@pytest.fixture
def still(clones: Clones) -> Iterator[None]:
    """No other writer on the server: making a database holds back the teller's horizon, as any open writer does."""
    with clones.making:
        yield


@pytest.fixture
def tell(app: Flask, still: None) -> Callable[[], int]:
    """Run the teller (slow lane included) until nothing is due; the number of consequences told."""
    from collab.core.db import db
    from collab.core.teller import tell_due

    def run() -> int:
        told = 0
        with app.app_context():
            for _round in range(50):
                result = tell_due(queue_inline=True)
                told += result.told
                assert not result.failed, "a reaction failed; see the log above"
                if result.idle:
                    break
            db.session.remove()
        return told

    return run


@pytest.fixture
def at() -> Iterator[Callable[[datetime], None]]:
    """`at(datetime(...))` holds the clock there until the test ends or sets it again."""
    holds: list[AbstractContextManager[None]] = []

    def hold(instant: datetime) -> None:
        release()
        holds.append(clock.standing_at(instant if instant.tzinfo else instant.replace(tzinfo=UTC)))
        holds[-1].__enter__()

    def release() -> None:
        while holds:
            holds.pop().__exit__(None, None, None)

    yield hold
    release()


@dataclass
class Statements:
    """The SQL that was sent inside a `queries()` block."""

    sent: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.sent)


@pytest.fixture
def queries(app: Flask) -> Callable[[], AbstractContextManager[Statements]]:
    """`with queries() as sent: ...; assert len(sent) <= 8`."""
    from collab.core.db import db

    @contextmanager
    def count() -> Iterator[Statements]:
        found = Statements()

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            found.sent.append(statement)

        with app.app_context():
            engine = db.engine
        listened = engine._has_events
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield found
        finally:
            event.remove(engine, "before_cursor_execute", note)
            # It stays set: all tests after this one would ask as a counting one does, and never as pages do.
            engine._has_events = listened

    return count
