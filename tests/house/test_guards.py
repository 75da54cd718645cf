"""The house keeps its laws by construction. Each guard is shown to bite: the fault is planted and must be caught."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Blueprint, Flask

from collab.core.envelope import COMMANDS
from collab.core.facts import KINDS
from collab.web.doors import DOORS, door, refuse_undeclared

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for path in (ROOT / "collab").rglob("*.py") if "migrations" not in path.parts)
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
    "style.components",
}


# Put markup together from what is safe already (rendered Markdown, escaped names).
DRAWN = {
    ("messaging", "rendering.py"), ("messaging", "taking_away", "page.py"), ("messaging", "gone.py"),
    ("work", "views", "shown", "making.py"),
}  # fmt: skip


def _calls(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Dotted names of everything called, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            yield name, node.lineno


def _imported(path: Path, tree: ast.AST) -> Iterator[str]:
    """Dotted names of everything imported, from the root."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)


AT_THE_DOOR = re.compile(r"(views|api|sockets?)(_.*)?|.*_(views|api|sockets?)")
OPENS = {f"collab.core.{module}.envelope" for module in ("envelope", "transaction")}


def _writes(name: str) -> bool:
    """Whether somebody by this name writes, whichever module passes it on."""
    return name in OPENS or (name.startswith("collab.") and name.rpartition(".")[2] in ("session", "record"))


def _at_the_door(inside: tuple[str, ...], tree: ast.AST) -> bool:
    """Whether a file belongs to doors: by the folder or name it stands in, or because doors are declared in it."""
    if "commands" in inside:
        return False
    parts = (*inside[:-1], inside[-1].removesuffix(".py"))
    declared = any(name in ("door", "endpoint") for name, _line in _calls(tree))
    return declared or any(AT_THE_DOOR.fullmatch(part) for part in parts)


def _is_table(name: str) -> bool:
    own = name.startswith("collab.") and any(part == "models" or part.endswith("_models") for part in name.split("."))
    return own or name.split(".")[0] == "sqlalchemy" or name.startswith("collab.core.db")


def _reaches_too_far(path: Path, tree: ast.AST) -> list[str]:
    """Doors that know tables, wherever they are declared, and commands that know the web."""
    inside, names = path.relative_to(ROOT / "collab").parts, set(_imported(path, tree))
    found = []
    if _at_the_door(inside, tree) and inside != ("web", "health.py"):  # it asks whether the database is there
        found = [f"a door imports {name}" for name in names if _is_table(name) or _writes(name)]
    if inside[0] != "core":
        found += [f"{name} belongs to the kernel" for name in names if name in OPENS]
    if "commands" in inside or inside[-1].endswith("commands.py"):
        web, patient = ("flask", "collab.web", "collab.core.db."), "collab.core.db.long_statements"
        found += [f"a command imports {name}" for name in names if name.startswith(web) and name != patient]
        found += [f"a command imports {name}" for name in names if name == "collab.core.db.db"]
    return [f"{path.relative_to(ROOT)}: {what}" for what in sorted(found)]


def offences(path: Path, source: str) -> list[str]:
    """What a source file does that only the kernel may do."""
    inside, tree = path.relative_to(ROOT / "collab").parts, ast.parse(source)
    found = _reaches_too_far(path, tree)
    for name, line in _calls(tree):
        where = f"{path.relative_to(ROOT)}:{line}"
        if inside[0] != "core" and (
            name.endswith((".commit", ".envelope")) or name in ("envelope", "writing", "db.writing")
        ):
            found.append(f"{where}: {name}() belongs to the kernel")
        if name in ("datetime.now", "datetime.utcnow", "date.today", "datetime.today") and inside != (
            "core",
            "clock.py",
        ):
            found.append(f"{where}: the clock is the only source of time")
        if name in ("Markup", "markupsafe.Markup") and inside[0] not in ("core", "web") and inside not in DRAWN:
            found.append(f"{where}: text becomes markup only in the kernel and the shell")
    return found


def test_only_the_kernel_commits_doors_know_no_tables_and_commands_no_web() -> None:
    assert len(SOURCES) > 60
    assert [each for path in SOURCES for each in offences(path, path.read_text())] == []


@pytest.mark.parametrize(
    "planted",
    [
        "db.session.commit()",
        "with writing() as s: pass",
        "datetime.now(UTC)",
        "Markup(name)",
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
    ],
)
def test_a_door_that_reads_tables_and_a_command_that_knows_the_web_are_seen(file: str, source: str) -> None:
    assert offences(ROOT / "collab" / file, source)


BAD_MARKUP = re.compile(r"\|\s*safe\b|\sstyle=|\son\w+=|<style|javascript:|hx-on|\|\s*tojson")


def markup_offences(text: str) -> list[str]:
    return [match[0] for match in BAD_MARKUP.finditer(text)]


def test_templates_hold_no_raw_markup_style_or_handler() -> None:
    assert len(TEMPLATES) > 20
    assert [(path.name, found) for path in TEMPLATES if (found := markup_offences(path.read_text()))] == []


@pytest.mark.parametrize("planted", ["{{ x|safe }}", '<p style="x">', '<a onclick="x">', '<a href="javascript:x">'])
def test_planted_markup_is_seen(planted: str) -> None:
    assert markup_offences(planted)


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
