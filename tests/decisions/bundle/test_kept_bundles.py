"""Bundles that were given out one day, one of each method, counted again by their own program and by ours."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from collab.decisions.bundle import script
from collab.decisions.counting import Ballots, Electorate, Rule, count
from collab.decisions.counting.methods import METHODS

from .keeping import KEPT, VOTES, kept

ALL = """
import runpy, sys
main = runpy.run_path(sys.argv[1])["main"]
for folder in sys.argv[2:]:
    print("CODE", main([folder]))
"""
"""One process for all of them: each bundle holds the same program."""


def told(folder: Path, program: str | None = None) -> dict[str, tuple[str, str]]:
    """Method → exit code and words of the program of the bundles, or of another in its place."""
    for method in METHODS:
        (folder / method).mkdir()
        for name, text in (kept(method) | ({"recount.py": program} if program else {})).items():
            (folder / method / name).write_bytes(text.encode())
    folders = [str(folder / method) for method in METHODS]
    line = [sys.executable, "-I", "-S", "-X", "utf8", "-c", ALL, f"{folders[0]}/recount.py", *folders]
    done = subprocess.run(line, cwd=folder, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    said = iter(done.stdout.decode().split("CODE "))
    words, found = next(said), {}
    for method, part in zip(METHODS, said, strict=True):
        code, _newline, rest = part.partition("\n")
        found[method], words = (code, words), rest
    return found


def test_of_every_method_a_bundle_is_kept() -> None:
    assert set(VOTES) == set(METHODS) == {file.stem for file in KEPT.glob("*.json")}


def test_each_kept_bundle_counts_itself_again_byte_for_byte(tmp_path: Path) -> None:
    for method, (code, said) in told(tmp_path).items():
        assert (code, "The recount equals result.json, byte for byte." in said) == ("0", True), (method, said)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_the_counting_of_today_makes_of_kept_ballots_the_kept_result(method: str) -> None:
    """A count that no longer does so is another one: bundles out there would be told to be false."""
    files = kept(method)
    rule, ballots = Rule.from_json(files["rule.json"]), Ballots.from_json(files["ballots.json"])
    result = count(rule, ballots, Electorate(**json.loads(files["electorate.json"])))
    assert result.to_json() == files["result.json"]
    assert (rule.to_json(), ballots.to_json()) == (files["rule.json"], files["ballots.json"])


def test_the_program_of_today_finds_the_same_in_the_bundles_of_then(tmp_path: Path) -> None:
    """But that it is another file than the one that lay in them."""
    for method, (code, said) in told(tmp_path, script()).items():
        differing = [line for line in said.splitlines() if line.startswith(("DIFFERS", "MISSING"))]
        assert code == ("1" if differing else "0"), (method, said)
        assert not differing or differing == ["DIFFERS   recount.py is not the file that the manifest names"], said
