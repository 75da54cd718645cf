"""The command line. Each module beside this one that defines `command` is a command of its file's name.

`tally.py` gives `collab tally`, `import_.py` gives `collab import`, `a_b.py` gives `collab a-b`. A module is
loaded when its command is run; the list of commands shows the first line of its docstring.
"""

import ast
import importlib
import sys
from pathlib import Path

import click

from collab import __version__

HERE = Path(__file__).parent


def available() -> dict[str, Path]:
    """Every command and the file that holds it, found without loading any."""
    files = [*HERE.glob("*.py"), *HERE.glob("*/__init__.py")]
    found = {_name(file): file for file in files if file.parent != HERE or not file.name.startswith("__")}
    return {name: file for name, file in sorted(found.items()) if _defines_command(_parsed(file))}


def _name(file: Path) -> str:
    stem = file.parent.name if file.name == "__init__.py" else file.stem
    return stem.rstrip("_").replace("_", "-")


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _defines_command(module: ast.Module) -> bool:
    for statement in module.body:
        names = [statement.name] if isinstance(statement, ast.FunctionDef) else []
        if isinstance(statement, ast.Assign):
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
        if "command" in names:
            return True
    return False


class Commands(click.Group):
    """The group of all commands; each is loaded when it is run, and says in a sentence what does not answer."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Exception as error:
            who = _away(error)
            if who is None:
                raise
            said = " ".join(str(getattr(error, "orig", error)).split())
            raise click.ClickException(f"{who} does not answer: {said}") from None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(available())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        file = available().get(cmd_name)
        if file is None:
            return None
        module = file.parent.name if file.name == "__init__.py" else file.stem
        found: click.Command = importlib.import_module(f"{__name__}.{module}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        rows = []
        for name, file in available().items():
            told = ast.get_docstring(_parsed(file)) or ""
            rows.append((name, told.split("\n", 1)[0]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _away(error: Exception) -> str | None:
    """Which of the two could not be asked: not there, full, or ended. Nothing is loaded to find that out."""
    for who, module, name in (("the database", "sqlalchemy.exc", "OperationalError"), ("Redis", "redis", "RedisError")):
        known = getattr(sys.modules.get(module), name, None)
        if known is not None and isinstance(error, known):
            return who
    return None


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="collab", message="%(prog)s %(version)s")
def main() -> None:
    """Collab: the place where a public organisation does its internal work together.

    Settings are environment variables; `collab doctor` looks at them and at what they point at.

    \b
    Examples:
      collab up                    everything on this machine
      PORT=8010 collab up          the same on another port
      collab doctor                is all well?
    """
