"""What a source file speaks of, by its full name, whatever it is called there. Text in, names out.

from collab.core.db import writing as opened      speaks of collab.core.db.writing
import collab.core as core; core.db.writing()     the same
from ..commands.items import session              speaks of collab.core.transaction.session, which items.py passes on
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

Bindings = Mapping[str, frozenset[str]]
"""What a name stands for: one thing, or several where a file binds it in several places."""


@dataclass
class File:
    """A source file by the dotted name it is imported under; of a package that is its `__init__.py`.

    `imported` and `given` are the names bound by imports and by `this = that.other`; `said` and `called` everything
    named and called, with its first line; `classes` the classes with what they are made from.
    """

    module: str
    package: bool = False
    imported: dict[str, frozenset[str]] = field(default_factory=dict)
    given: dict[str, frozenset[str]] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)
    called: dict[str, int] = field(default_factory=dict)
    classes: dict[str, list[str]] = field(default_factory=dict)

    def passed_on(self) -> Bindings:
        """What others find in this module that comes from elsewhere."""
        here = {name: frozenset(f"{self.module}.{each}" for each in stands) for name, stands in self.given.items()}
        return {f"{self.module}.{name}": stands for name, stands in (here | self.imported).items()}

    def meant(self, name: str, everywhere: Bindings) -> set[str]:
        """What a name of this file is called, here and wherever it comes from.

        `everywhere` is what the modules pass on, all together.
        """
        here = full(full({name}, self.given), self.imported)
        return full(here, everywhere)

    def note(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._import(node)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and (stands := chain(node.value)):
                    self.given[target.id] = self.given.get(target.id, frozenset()) | {stands}
        elif isinstance(node, ast.Call):
            self.called.setdefault(chain(node.func), node.lineno)
        elif isinstance(node, ast.Name | ast.Attribute):
            self.said.setdefault(chain(node), node.lineno)
        elif isinstance(node, ast.ClassDef):
            self.classes[node.name] = [chain(base) for base in node.bases]

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        for one in node.names:
            if isinstance(node, ast.ImportFrom):
                name, stands = one.asname or one.name, f"{self._origin(node)}.{one.name}"
            else:
                name = one.asname or one.name.partition(".")[0]
                stands = one.name if one.asname else name
                self.said.setdefault(one.name, node.lineno)
            self.imported[name] = self.imported.get(name, frozenset()) | {stands}
            self.said.setdefault(name, node.lineno)

    def _origin(self, node: ast.ImportFrom) -> str:
        """Where `from x import y` takes it from, counted from the root."""
        if not node.level:
            return node.module or ""
        here = self.module.split(".") if self.package else self.module.split(".")[:-1]
        return ".".join([*here[: len(here) - node.level + 1], *([node.module] if node.module else [])])


def read(module: str, source: str, *, package: bool = False) -> File:
    """A file by its text."""
    file = File(module, package)
    for node in ast.walk(ast.parse(source)):
        file.note(node)
    return file


def chain(node: ast.AST) -> str:
    """`a.b.c` as it is written; `.c` where something is called or computed on the way."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id if isinstance(node, ast.Name) else "", *reversed(parts)])


def full(names: set[str], known: Bindings) -> set[str]:
    """These names, and what each is called wherever its beginning comes from, as far back as that is known."""
    done: set[str] = set()
    left = list(names)
    while left:
        one = left.pop()
        if one in done or len(one) > 300:  # `one = one.other` would go on for ever
            continue
        done.add(one)
        known_part, rest = one, ""
        while known_part and known_part not in known:
            known_part, _dot, last = known_part.rpartition(".")
            rest = f".{last}{rest}"
        left += [stands + rest for stands in known.get(known_part, ())]
    return done
