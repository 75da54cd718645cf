"""A whole Collab as `make run` starts it, in a folder of its own, with the cast in it."""

import contextlib
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psutil
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from collab.core import clock
from collab.people.models import AccessToken, SignInSession
from collab.people.recognise import MARK, digest, new_secret
from config.places import embedded_database_url
from tests.cast import Cast, fill
from tests.machine.copies import ROOT, free_port


class Stack:
    """A whole Collab in a folder of its own, with the cast in it."""

    def __init__(self, folder: Path, **given: str) -> None:
        self.folder, self.port = folder, free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.words = folder.with_suffix(".log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "collab.cli", "up"],
            cwd=ROOT,
            env={**kept, "COLLAB_ENV": "test", "COLLAB_DATA_DIR": str(folder), "PORT": str(self.port), **given},
            stdout=self.words,
            stderr=self.words,
        )

    @property
    def database(self) -> str:
        return embedded_database_url(self.folder)

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def populate(self) -> tuple[Cast, str]:
        """The cast, and a token of Eleni's."""
        engine = create_engine(self.database)
        token, now = new_secret(MARK), clock.now()
        with Session(engine) as session, session.begin():
            cast = fill(session, "unused")
            session.add(
                AccessToken(
                    person_id=cast.Eleni, name="test", secret_hash=digest(token), hint="", scopes=["read", "write"],
                    created_at=now,
                )
            )  # fmt: skip
        engine.dispose()
        return cast, token

    def sign_in(self, person: int) -> str:
        """The secret of a session of somebody's, as their browser's cookie would hold it."""
        engine = create_engine(self.database)
        secret, now = new_secret(), clock.now()
        with Session(engine) as session, session.begin():
            session.add(
                SignInSession(
                    person_id=person, secret_hash=digest(secret), created_at=now, seen_at=now,
                    expires_at=now + timedelta(days=1), address="127.0.0.1", agent="test",
                )
            )  # fmt: skip
        engine.dispose()
        return secret

    def named(self, name: str) -> list[psutil.Process]:
        """The children of this name or with it in their command line, those that serve before their own children."""
        found = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                if name in f"{child.name()} {' '.join(child.cmdline())}":
                    found.append(child)
        return found

    def kill(self, name: str) -> None:
        """`kill -9` of one child of that name."""
        for child in self.named(name)[:1]:
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()

    @contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """All processes of that name stand still while the block runs: they neither answer nor refuse."""
        still = self.named(name)
        assert still, f"nothing called {name} is running"
        for each in still:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.suspend()
        try:
            yield
        finally:
            for each in still:
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.resume()

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.words.close()
