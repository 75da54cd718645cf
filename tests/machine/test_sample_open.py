"""The sample organisation, whose passwords are published, is served to this machine alone unless somebody says so."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from collab.cli.demo import house
from collab.cli.sample import refusal
from config.settings import read
from tests.conftest import SECRET
from tests.databases import Clones, Servers
from tests.machine.copies import ROOT, Copy
from tests.machine.watching import gone, kill_all

OPEN = {"HOST": "0.0.0.0"}


@pytest.fixture
def sample(servers: Servers, clones: Clones) -> dict[str, str]:
    """The settings of a copy whose database holds somebody of the sample organisation."""
    import psycopg

    name = clones.take()
    url = servers.url_of(name)
    with psycopg.connect(url.replace("+psycopg", "")) as line:
        line.execute("update person set email = %s where email = 'eleni@city.example'", (house.PEOPLE[0].email,))
    return {"DATABASE_URL": url, "REDIS_URL": servers.redis_url, "SECRET_KEY": SECRET,
            "COLLAB_DATA_DIR": str(servers.folder / "open")}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, False),
        ({"HOST": "127.0.0.2"}, False),
        (OPEN, True),
        ({"COLLAB_URL": "https://collab.city.example"}, True),
        ({**OPEN, "COLLAB_ENV": "production"}, True),
        ({**OPEN, "COLLAB_SAMPLE": "open"}, False),
    ],
)
def test_it_is_refused_where_others_reach_it(sample: dict[str, str], given: dict[str, str], refused: bool) -> None:
    assert (refusal(read({**sample, **given})) is not None) is refused


def test_an_organisation_of_ones_own_is_served_wherever_one_wants(servers: Servers, template: object) -> None:
    own = {"DATABASE_URL": servers.url_of("collab_template"), "COLLAB_DATA_DIR": str(servers.folder / "open")}
    assert refusal(read({**own, **OPEN})) is None


def test_a_database_that_is_late_is_asked_before_anything_is_served(
    sample: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    late, connect = (
        [psycopg.OperationalError("still starting"), psycopg.OperationalError("still starting")],
        psycopg.connect,
    )

    def answers(*given: Any, **named: Any) -> Any:
        if late:
            raise late.pop()
        return connect(*given, **named)

    monkeypatch.setattr(psycopg, "connect", answers)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    assert "passwords are published" in (refusal(read({**sample, **OPEN})) or ""), "let through before it was asked"
    late.append(psycopg.OperationalError("still starting"))
    said = refusal(read({**sample, **OPEN}), patience=0) or ""
    assert "did not answer" in said, "one that never answers is not let through either"
    assert said.endswith("It said: still starting")
    late.append(psycopg.OperationalError("still starting"))
    assert refusal(read(sample), patience=0) is None, "this machine alone is served whatever there is"


def test_the_web_processes_say_why_they_do_not_serve_it(sample: dict[str, str]) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    ended = subprocess.run(
        [sys.executable, "-m", "collab.cli", "web"],
        env={**kept, **sample, **OPEN, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 2
    assert "passwords are published" in ended.stderr
    assert "COLLAB_SAMPLE=open" in ended.stderr


def test_one_command_ends_with_the_sentence_before_it_makes_the_sample(tmp_path: Path) -> None:
    place = tmp_path / "var"
    try:
        copy = Copy(place, **OPEN)
        assert copy.process.wait(240) == 1, copy.words()
        assert "passwords are published" in copy.words()
        assert "sample made" not in copy.words()
        assert gone(place, 2)
        told = Copy(place, COLLAB_SAMPLE="open", **OPEN)
        assert told.says("Ctrl-C ends it."), told.words()
        assert "sample made" in told.words()
        assert told.end(signal.SIGTERM) == 0
    finally:
        kill_all(place)
