#!/usr/bin/env python3
"""Count a vote again: python3 -I recount.py [FOLDER or BUNDLE.zip]

Needs Python 3.11 or newer and nothing else. Ends with 0 when everything is equal, 1 when something differs, 2 when the
bundle cannot be read or its ballots are not shown.
"""

import hashlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

SOURCES: dict[str, str] = {}


class Carried(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the modules that this file carries."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in SOURCES:
            return None
        package = any(name.startswith(fullname + ".") for name in SOURCES)
        return importlib.util.spec_from_loader(fullname, self, is_package=package)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(SOURCES[module.__name__], f"<{module.__name__}>", "exec"), module.__dict__)  # noqa: S102


def contents(place: Path) -> dict[str, bytes]:
    """The files of a folder or a zip."""
    if place.is_dir():
        return {file.name: file.read_bytes() for file in place.iterdir() if file.is_file()}
    with zipfile.ZipFile(place) as held:
        return {name: held.read(name) for name in held.namelist()}


def opened_otherwise(files: dict[str, bytes], about: dict[str, Any]) -> list[str]:
    """What differs between opened.json, the hash published at opening, and the rule by which is counted."""
    opened = files.get("opened.json")
    wrong: list[str] = []
    if opened is None:
        return wrong
    print(f"Opened    {hashlib.sha256(opened).hexdigest()}")
    if hashlib.sha256(opened).hexdigest() != about.get("opened_hash"):
        print("DIFFERS   opened.json is not what was published when the vote opened")
        wrong.append("opened")
    try:
        frozen = json.loads(opened)["rule"]["card"]
    except (KeyError, TypeError, ValueError):
        frozen = None
    if frozen != json.loads(files["rule.json"]):
        print("DIFFERS   the rule is not the one that stood fast at opening")
        wrong.append("rule")
    return wrong


def main(said: list[str]) -> int:
    sys.meta_path.insert(0, Carried())
    counting = importlib.import_module("counting")
    try:
        files = contents(Path(said[0]) if said else Path(__file__).resolve().parent)
        manifest = json.loads(files["manifest.json"])
        hashes = manifest["files"]
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        print(f"This is no bundle that can be read: {error}")
        return 2
    wrong = [name for name, digest in hashes.items() if hashlib.sha256(files.get(name, b"")).hexdigest() != digest]
    for name in wrong:
        print(f"DIFFERS   {name} is not the file that the manifest names")
    if "ballots.json" not in files:
        print("The ballots of this vote are not shown; only the hashes were compared.")
        return 1 if wrong else 2
    try:
        rule = counting.Rule.from_json(files["rule.json"])
        ballots = counting.Ballots.from_json(files["ballots.json"])
        electorate = counting.Electorate(**json.loads(files["electorate.json"]))
        result = counting.count(rule, ballots, electorate).to_json().encode()
    except (counting.Refusal, KeyError, TypeError, ValueError) as error:
        print(f"This cannot be counted: {error}")
        return 1 if wrong else 2
    about = manifest.get("about", {})
    print(f"{about.get('reference', '')}  {about.get('question', '')}")
    print(f"Rule      {rule.digest()}")
    if rule.digest() != manifest.get("rule"):
        print("DIFFERS   the rule is not the one that the manifest names")
        wrong.append("rule")
    seed_hash = about.get("seed_hash")
    if ballots.seed is not None and seed_hash and hashlib.sha256(ballots.seed.encode()).hexdigest() != seed_hash:
        print("DIFFERS   the seed is not the one that was committed to")
        wrong.append("seed")
    wrong += opened_otherwise(files, about)
    if result != files.get("result.json"):
        print("DIFFERS   the count gives another result than result.json:")
        print(result.decode())
        return 1
    print(f"Outcome   {json.loads(result)['outcome']}: {', '.join(json.loads(result)['winners']) or 'nobody'}")
    print("The recount equals result.json, byte for byte." if not wrong else "The recount is equal; see above.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
