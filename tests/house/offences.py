"""What a source file may not do where it stands. It is held to what it speaks of, whatever name it gave that."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from .naming import Bindings, File, read

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for path in (ROOT / "collab").rglob("*.py") if "migrations" not in path.parts)

AT_THE_DOOR = re.compile(r"(views|api|sockets?)(_.*)?|.*_(views|api|sockets?)")
DECLARE = {"door", "endpoint", "collab.web.doors.door", "collab.web.api.endpoint"}
OPENS = {"collab.core.db.writing", "collab.core.transaction"} | {
    f"collab.core.{module}.{name}" for module in ("transaction", "envelope") for name in ("envelope", "running")
}
KERNELS = (".commit", ".envelope", ".writing")  # of whatever, where one cannot see what it is
TIME = {f"datetime.{name}" for name in ("datetime.now", "datetime.utcnow", "datetime.today", "date.today")}
# Put markup together from what is safe already (rendered Markdown, escaped names).
DRAWN = {
    ("messaging", "rendering.py"), ("messaging", "taking_away", "page.py"), ("messaging", "gone.py"),
    ("work", "views", "shown", "making.py"),
}  # fmt: skip


def file_at(path: Path, source: str) -> File:
    *folders, name = path.relative_to(ROOT).with_suffix("").parts
    package = name == "__init__"
    return read(".".join(folders if package else [*folders, name]), source, package=package)


@cache
def house() -> Mapping[Path, File]:
    """Every source file of Collab."""
    return {path: file_at(path, path.read_text()) for path in SOURCES}


@cache
def passed_on() -> Bindings:
    """What the modules of Collab hold from elsewhere, by its name in them."""
    return {name: stands for file in house().values() for name, stands in file.passed_on().items()}


@cache
def tables() -> frozenset[str]:
    """The classes that are tables, wherever they stand."""
    return frozenset(
        f"{file.module}.{name}"
        for file in house().values()
        for name, bases in file.classes.items()
        if any("collab.core.db.Base" in file.meant(base, passed_on()) for base in bases)
    )


def offences(path: Path, source: str | None = None) -> list[str]:
    """What only the kernel may do or is not for the place of this file; `source` stands in for its own text."""
    file = house()[path] if source is None else file_at(path, source)
    inside = path.relative_to(ROOT / "collab").parts
    said, called = _meant(file, file.said), _meant(file, file.called)
    found = {*_reaches_too_far(inside, said, called), *_of_the_kernel(inside, said, called)}
    return [f"{path.relative_to(ROOT)}:{line}: {what}" for line, what in sorted(found)]


def _meant(file: File, names: Mapping[str, int]) -> dict[str, int]:
    """Names with their lines: as they are written, and as what they are."""
    return {each: line for name, line in names.items() for each in file.meant(name, passed_on())}


def _reaches_too_far(
    inside: tuple[str, ...], said: Mapping[str, int], called: Mapping[str, int]
) -> Iterator[tuple[int, str]]:
    """Doors that know tables or write, wherever they are declared, and commands that know the web."""
    if _at_the_door(inside, called) and inside != ("web", "health.py"):  # it asks whether the database is there
        yield from ((line, f"a door knows {name}") for name, line in said.items() if _is_table(name) or _writes(name))
    if "commands" in inside or inside[-1].endswith("commands.py"):
        yield from ((line, f"a command knows {name}") for name, line in said.items() if _is_web(name))


def _of_the_kernel(
    inside: tuple[str, ...], said: Mapping[str, int], called: Mapping[str, int]
) -> Iterator[tuple[int, str]]:
    for name, line in said.items():
        if inside[0] != "core" and name in OPENS:
            yield line, f"{name} belongs to the kernel"
        if name in TIME and inside != ("core", "clock.py"):
            yield line, f"{name}: the clock is the only source of time"
    for name, line in called.items():
        if inside[0] != "core" and name.endswith(KERNELS):
            yield line, f"{name}() belongs to the kernel"
        if name == "markupsafe.Markup" and inside[0] not in ("core", "web") and inside not in DRAWN:
            yield line, "text becomes markup only in the kernel and the shell"


def _at_the_door(inside: tuple[str, ...], called: Mapping[str, int]) -> bool:
    """Whether a file belongs to doors: by the folder or name it stands in, or because doors are declared in it."""
    if "commands" in inside:
        return False
    parts = (*inside[:-1], inside[-1].removesuffix(".py"))
    return bool(DECLARE & called.keys()) or any(AT_THE_DOOR.fullmatch(part) for part in parts)


def _is_table(name: str) -> bool:
    own = name.startswith("collab.") and any(part == "models" or part.endswith("_models") for part in name.split("."))
    return own or name.split(".")[0] == "sqlalchemy" or _is_at(name, "collab.core.db") or name in tables()


def _writes(name: str) -> bool:
    """Whether somebody by this name writes, whichever module passes it on."""
    last = name.rpartition(".")[2]
    return _is_at(name, "collab.core.transaction") or (name.startswith("collab.") and last in ("session", "record"))


def _is_web(name: str) -> bool:
    if name == "collab.core.db.long_statements":  # a whole list may take longer than a page's command
        return False
    return any(_is_at(name, where) for where in ("flask", "collab.web", "collab.core.db"))


def _is_at(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")
