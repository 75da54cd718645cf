"""The house keeps its laws by construction. Each guard is shown to bite: the fault is planted and must be caught."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from flask import Blueprint, Flask

from collab.core.envelope import COMMANDS
from collab.core.facts import KINDS
from collab.web.doors import DOORS, door, refuse_undeclared
from tests.house.naming import read
from tests.house.offences import ROOT, SOURCES, offences, passed_on, tables

TEMPLATES = sorted((ROOT / "collab").rglob("templates/**/*.html"))

PUBLIC = {
    "access.accept_invitation",
    "access.ask_reset",
    "access.invitation",
    "access.new_password",
    "access.reset",
    "access.set_new_password",
    "access.sign_in",
    "access.sign_in_with_password",
    "assets.built",
    "worker.service_worker",
    "feed.stop_mails",
    "feed.unsubscribe",
    "messaging_api.hook",
    "health.healthz",
    "health.readyz",
    "openapi.openapi",
    "work.read_feed",
    "work_api.take_answer",
    "work_api.take_message",
    "style.components",
}


def test_only_the_kernel_commits_doors_know_no_tables_and_commands_no_web() -> None:
    assert len(SOURCES) > 60
    assert [each for path in SOURCES for each in offences(path)] == []


@pytest.mark.parametrize(
    "planted",
    [
        "db.session.commit()",
        "from collab.core import db\nwith db.writing() as s: pass",
        "from collab.core.db import writing as opened",
        "import collab.core as core\nwith core.transaction.envelope(SYSTEM): pass",
        "import collab.core as core\ncore.transaction(SYSTEM)",
        "import collab\nwith collab.core.db.writing() as s: pass",
        "from collab.core import db as store\nopened = store.writing",
        "import collab.core as core\nhouse = core\nopened = house.db.writing",
        "from datetime import datetime\ndatetime.now(UTC)",
        "from datetime import datetime as moment\nmoment.now(UTC)",
        "import datetime as dt\nmade = field(default_factory=dt.datetime.now)",
        "from markupsafe import Markup\nMarkup(name)",
        "import markupsafe as safe\nsafe.Markup(name)",
        "with e.envelope(SYSTEM): pass",
        "with envelope.envelope(SYSTEM): pass",
    ],
)
def test_a_planted_offence_is_seen(planted: str) -> None:
    assert offences(ROOT / "collab" / "work" / "planted.py", planted)


A_DOOR = '@door(pages, "GET /planted")\ndef planted():\n    """A page."""\n'


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("messaging/views_threads.py", "from .models import Message\n" + A_DOOR),
        ("decisions/api.py", "from . import models\n" + A_DOOR),
        ("flows/meetings/views/page.py", "from sqlalchemy import select\n" + A_DOOR),
        ("decisions/commands/casting.py", "from flask import request\n"),
        ("tasks/letters/template_commands.py", "from ...core.db import db\n"),
        ("work/views/planted.py", "from collab.core.envelope import envelope, session\n"),
        ("work/views/planted.py", "from collab.core.envelope import session\n"),
        ("work/planted.py", "from collab.core.transaction import envelope\n"),
        ("decisions/views/planted.py", "from ..models import Vote\n"),
        ("flows/meetings/views/planted.py", "from sqlalchemy import select\n"),
        ("messaging/sockets.py", "from collab.core.db import db\n"),
        ("tasks/letters/planted_views.py", "from ..models import PendingItem\n"),
        ("work/views/planted.py", "from ..commands.items import session\n"),
        ("work/views/planted.py", "from collab.core.db import writing as opened\n"),
        ("work/views/planted.py", "import collab.core as core\ncore.transaction(SYSTEM)\n"),
        ("work/views/planted.py", "import collab.core.transaction as kept\nkept.session()\n"),
        ("work/views/planted.py", "from collab.core.facts import FactRow\n"),
        ("work/views/planted.py", "from collab.core.facts import FactRow as Line\n"),
        ("work/views/planted.py", "from collab.core import facts\nrows = facts.FactRow\n"),
        ("work/views/planted.py", "from collab.core.outbox import OutboxRow\n"),
        ("work/views/planted.py", "from collab.core.idempotency import IdempotencyKey\n"),
        ("work/views/planted.py", "from ..queries.history import FactRow\n"),
        ("work/views/planted.py", "import collab\nwanted = collab.work.models.WorkItem\n"),
        (
            "work/planted.py",
            A_DOOR.replace("@door", "@opens") + "from collab.web.doors import door as opens\nimport sqlalchemy\n",
        ),
        ("work/commands/planted.py", "import collab.web as shell\n"),
        ("work/commands/planted.py", "import collab\nasked = collab.web.pages\n"),
    ],
)
def test_a_door_that_reads_tables_and_a_command_that_knows_the_web_are_seen(file: str, source: str) -> None:
    assert offences(ROOT / "collab" / file, source)


def test_what_a_name_stands_for_is_followed_through_the_modules_that_pass_it_on() -> None:
    outer = read("house.outer", "from .inner import Row as Line\nkept = Line\n")
    asking = read("house.far.asking", "from .. import outer as o\nfrom .beside import x\no.kept.id\nx = x.y\n")
    around = {**outer.passed_on(), **asking.passed_on()}
    assert "house.inner.Row.id" in asking.meant("o.kept.id", around)
    assert {"house.far.beside.x", "house.far.beside.x.y"} <= asking.meant("x", around)
    assert asking.meant("z.kept", around) == {"z.kept"}
    assert "collab.core.transaction.session" in read("one", "from collab.core.envelope import session").meant(
        "session", passed_on()
    )
    assert {"collab.core.facts.FactRow", "collab.core.outbox.OutboxRow"} <= tables()
    assert len(tables()) > 100


BAD_MARKUP = re.compile(r"\|\s*safe\b|\sstyle=|\son\w+=|<style|javascript:|hx-on|\|\s*tojson")


def markup_offences(text: str) -> list[str]:
    return [match[0] for match in BAD_MARKUP.finditer(text)]


def test_templates_hold_no_raw_markup_style_or_handler() -> None:
    assert len(TEMPLATES) > 20
    assert [(path.name, found) for path in TEMPLATES if (found := markup_offences(path.read_text()))] == []


@pytest.mark.parametrize("planted", ["{{ x|safe }}", '<p style="x">', '<a onclick="x">', '<a href="javascript:x">'])
def test_planted_markup_is_seen(planted: str) -> None:
    assert markup_offences(planted)


LATIN_COMMA = {
    ".html": re.compile(r"(?:\}\}|%\}|</\w+>|\">), |join\([\"'], "),
    ".py": re.compile(r"(?<![\w\"'])[\"'](?:, |، )[\"'](?:\.join| if |\)|$)|f[\"'][^\"']*\}, \{"),
}
AMONG_MACHINES = re.compile(
    "collab/(cli/|demo/|core/i18n|core/migrate|web/doors|web/refusals|messaging/importing/|work/taking_along|decisions/(bundle|formats|tally)/"
    "|decisions/counting/contradictions|people/organisation/journals|people/calendar/names)"
)
"""What speaks English only, writes a format, or keeps a name for all who read it."""


def latin_commas(suffix: str, text: str) -> list[str]:
    return [match[0] for match in LATIN_COMMA[suffix].finditer(text)]


def test_what_is_said_one_after_the_other_stands_with_the_comma_of_the_language() -> None:
    """Persian has a comma of its own: `comma()` and `listed()` know it."""
    found = [*TEMPLATES, *(path for path in SOURCES if not AMONG_MACHINES.match(str(path.relative_to(ROOT))))]
    assert [(path.name, bad) for path in found if (bad := latin_commas(path.suffix, path.read_text()))] == []


@pytest.mark.parametrize(
    ("suffix", "planted"),
    [
        (".html", "{{ day }}, {{ hour }}"),
        (".html", '{{ names|join(", ") }}'),
        (".html", "<bdi>{{ name }}</bdi>, <time>"),
        (".py", 'names=", ".join(names)'),
        (".py", '"، " if actor.locale == "fa" else ", "'),
        (".py", 'f"{when}, {who}"'),
    ],
)
def test_a_planted_comma_is_seen(suffix: str, planted: str) -> None:
    assert latin_commas(suffix, planted)


def test_a_route_that_is_not_declared_stops_the_start(one_app: Flask) -> None:
    refuse_undeclared(one_app)
    app = Flask("planted")
    app.add_url_rule("/sneaked", "sneaked", lambda: "hello")
    with pytest.raises(RuntimeError, match="sneaked"):
        refuse_undeclared(app)


def test_a_view_says_what_it_is_for() -> None:
    with pytest.raises(TypeError, match="what it is for"):
        door(Blueprint("planted", __name__), "GET /planted")(_undocumented)


def _undocumented() -> str:
    return ""


def test_the_doors_open_to_strangers_are_these(one_app: Flask) -> None:
    open_doors = {endpoint for endpoint, each in DOORS.items() if each.public and endpoint in one_app.view_functions}
    assert open_doors <= PUBLIC, open_doors - PUBLIC


def test_every_command_and_fact_says_what_it_is(one_app: Flask) -> None:
    # Other tests make commands and facts of their own in the same process.
    bodies = {name: body for name, (body, _rule) in COMMANDS.items() if name.startswith("collab.")}
    assert len(bodies) > 100
    assert [name for name, body in bodies.items() if not (body.__doc__ or "").strip()] == []
    facts = {kind: cls for kind, cls in KINDS.items() if cls.__module__.startswith("collab.")}
    assert len(facts) > 50
    assert [kind for kind, cls in facts.items() if not cls.sentence or not cls.subject_kind] == []
    for cls in facts.values():
        known = {"actor", *(name for name in cls.__dataclass_fields__)}
        used = set(re.findall(r"%\((\w+)\)s", cls.sentence))
        assert used <= known, f"{cls.kind} speaks of {used - known}"


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    for name in ("collab", "config"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "static", "templates", "*.po")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    lint = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([lint, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(
    ("file", "planted"),
    [
        ("collab/work/views/planted.py", "from collab.work.models import WorkItem\n"),
        ("collab/people/planted.py", "import collab.work.policy\n"),
        ("collab/work/commands/planted.py", "import flask\n"),
        ("collab/decisions/views/planted.py", "from collab.decisions.models import Decision\n"),
        ("collab/flows/meetings/views/planted.py", "import sqlalchemy\n"),
        ("collab/flows/meetings/commands/planted.py", "import collab.web.pages\n"),
        ("collab/tasks/reminders_api.py", "import sqlalchemy\n"),
        ("collab/decisions/planted/api.py", "import collab.decisions.advice_models\n"),
        ("collab/planted/__init__.py", "import collab.app\n"),
    ],
)
def test_an_import_against_the_floors_is_caught(copy_of_the_house: Path, file: str, planted: str) -> None:
    target = copy_of_the_house / file
    if not target.parent.exists():
        target.parent.mkdir()
        (target.parent / "__init__.py").touch()
    target.write_text(planted)
    result = _contracts(copy_of_the_house)
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout


@pytest.mark.parametrize(
    ("contract", "words", "field"),
    [
        ("Doors do not touch tables or the session", {"views", "api", "sockets"}, "source_modules"),
        ("Doors do not touch tables or the session", {"models"}, "forbidden_modules"),
        ("Commands know no web and never commit", {"commands"}, "source_modules"),
    ],
)
def test_no_module_is_forgotten_by_the_contracts(contract: str, words: set[str], field: str) -> None:
    """The contracts know `views` and `api` wherever they stand; `advice_api` stands in their list."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    listed = set(next(one for one in told if one["name"] == contract)[field])
    for file in sorted((ROOT / "collab").glob("*/**/*.py")):
        *folders, name = file.relative_to(ROOT).with_suffix("").parts
        if (
            folders[1] in ("core", "web", "cli", "migrations")
            or words & {name, *folders}
            or not words & {*name.split("_")}
        ):
            continue
        assert ".".join((*folders, name)) in listed, f"{contract}: {field} in pyproject.toml lacks this module"
