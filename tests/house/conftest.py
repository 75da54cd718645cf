"""The scene of the matrix is played once; each test that asks for it gets a clone of what it left behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from collab.core.db import db
from tests.cast import Cast
from tests.databases import Clones, Servers, on_a_clone
from tests.house.scene import play

SMALL = 2**20


@dataclass(frozen=True)
class Scenes:
    """Clones of the scene, and what a test fills into addresses and bodies."""

    clones: Clones
    values: dict[str, Any]
    folder: Path
    files: dict[str, bytes]

    def put_back(self) -> None:
        """What the scene has on the disk; a test of the sweep removes contents that its own database does not know."""
        for name, content in self.files.items():
            if not (self.folder / name).exists():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / name).write_bytes(content)


@pytest.fixture(scope="session")
def scenes(servers: Servers, one_app: Flask, clones: Clones, template: Cast) -> Iterator[Scenes]:
    name = clones.take()
    one_app.extensions.pop("collab.actors", None)
    folder = servers.folder / "files"
    values = {**template.people, **template.units, **play(one_app, template)}
    with one_app.app_context():
        db.session.remove()
        db.engine.dispose()
    made = Clones(servers, name)
    kept = (path for path in folder.rglob("*") if path.is_file() and path.stat().st_size < SMALL)
    files = {str(path.relative_to(folder)): path.read_bytes() for path in kept}
    yield Scenes(made, values, folder, files)
    made.end()


@pytest.fixture
def app(request: pytest.FixtureRequest, one_app: Flask, clones: Clones) -> Iterator[Flask]:
    """The application on a database of its own, after the scene where the test asks for it."""
    played = "scene" in request.fixturenames
    with on_a_clone(one_app, request.getfixturevalue("scenes").clones if played else clones) as made:
        yield made


@pytest.fixture
def scene(app: Flask, scenes: Scenes) -> dict[str, Any]:
    scenes.put_back()
    return dict(scenes.values)
