"""A bundle counts itself again, byte for byte, with nothing but Python; and says so when anything in it was changed."""

import ast
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collab.decisions.bundle import About, around, bundle, script
from collab.decisions.bundle.script import sources
from collab.decisions.counting import Ballots, Electorate, Rule, count
from collab.decisions.frozen import frozen_words
from collab.decisions.models import DecisionOption

CLOSES = datetime(2026, 11, 25, 14, tzinfo=UTC)

ABOUT = About(reference="PARKS-214", question="Which park? Ποιο; کدام؟", organisation="Λευκοθέα")
RANKED = Ballots.ranked(
    ("Seaside", "Κήπος", "باغ"),
    {("Seaside", "باغ"): 4, ("Κήπος",): 3, ("باغ", ("Seaside", "Κήπος")): 2},
    seed="4 17 22",
)
VOTES = {
    "yes-no": (Rule(method="yes-no"), Ballots.question(yes=10, no=8, abstained=1)),
    "plurality": (Rule(method="plurality"), RANKED),
    "schulze": (Rule(method="schulze", seats=2), RANKED),
    "ranked-pairs": (Rule(method="ranked-pairs"), RANKED),
    "irv": (Rule(method="irv"), RANKED),
    "scottish-stv": (Rule(method="scottish-stv", seats=2, decimals=5, equal_ranks="stop"), RANKED),
    "score": (Rule(method="score"), Ballots.scored(("A", "B"), {(3, 7): 2, (9, None): 1})),
}  # fmt: skip
ENTITLED = Electorate(entitled=29, recused=2)


def made(method: str, **more: object) -> bytes:
    rule, ballots = VOTES[method]
    opened, about = frozen(rule, ballots)
    return bundle(rule, ballots, ENTITLED, count(rule, ballots, ENTITLED), about, opened=opened, **more)  # type: ignore[arg-type]


def frozen(rule: Rule, ballots: Ballots) -> tuple[str, About]:
    """What stood fast at the opening of a confidential vote of these ballots, and what its manifest says of it."""
    options = [DecisionOption(id=at, title=title, body="") for at, title in enumerate(ballots.options)]
    card = {"card": json.loads(rule.to_json())}
    voters = dict.fromkeys(range(29), 1)
    opened = frozen_words(ABOUT.question, "", card, "confidential", options, voters, CLOSES)
    hashes = {
        "opened_hash": hashlib.sha256(opened.encode()).hexdigest(),
        "seed_hash": hashlib.sha256(ballots.seed.encode()).hexdigest() if ballots.seed else "",
    }
    return opened, replace(ABOUT, level="confidential", closed_at=CLOSES.isoformat(), **hashes)


def recount(data: bytes, folder: Path, **changed: bytes) -> tuple[int, str]:
    """Unpack, change, and run the script that lies in the bundle, without anything of ours in its reach."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        held.extractall(folder)
    for name, text in changed.items():
        (folder / name.replace("_", ".")).write_bytes(text)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "recount.py")],
        capture_output=True,
        cwd=folder,
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize("method", VOTES)
def test_a_bundle_counts_itself_again_byte_for_byte(method: str, tmp_path: Path) -> None:
    code, said = recount(made(method), tmp_path)
    assert code == 0, said
    assert "byte for byte" in said


def test_the_same_vote_gives_the_same_bytes() -> None:
    assert made("schulze") == made("schulze")


def test_a_changed_ballot_rule_or_result_is_told(tmp_path: Path) -> None:
    _rule, ballots = VOTES["schulze"]
    other = Ballots.ranked(ballots.options, {("Κήπος",): 9}, seed="4 17 22").to_json().encode()
    cases = {
        "ballots_json": other, "rule_json": Rule(method="irv").to_json().encode(),
        "result_json": count(Rule(method="irv"), ballots, ENTITLED).to_json().encode(),
        "electorate_json": b'{"entitled":30,"present":null,"recused":2}',
    }  # fmt: skip
    for name, text in cases.items():
        code, said = recount(made("schulze"), tmp_path / name, **{name: text})
        assert (code, "DIFFERS" in said) == (1, True), (name, said)
    code, said = recount(made("schulze"), tmp_path / "broken", rule_json=b"{}", manifest_json=b"[]")
    assert (code, "no bundle" in said) == (2, True)


def test_without_ballots_only_the_hashes_are_compared(tmp_path: Path) -> None:
    rule, ballots = VOTES["schulze"]
    opened, about = frozen(rule, ballots)
    data = bundle(rule, None, ENTITLED, count(rule, ballots, ENTITLED), about, opened=opened)
    assert recount(data, tmp_path)[0] == 2


def test_the_script_is_the_countings_own_modules_and_needs_only_the_standard_library() -> None:
    space: dict[str, object] = {"__name__": "looked_at"}
    exec(compile(script(), "recount.py", "exec"), space)
    assert space["SOURCES"] == sources()
    for name, text in sources().items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                assert all(each.name.split(".")[0] in sys.stdlib_module_names for each in node.names), name
            if isinstance(node, ast.ImportFrom) and not node.level:
                assert str(node.module).split(".")[0] in sys.stdlib_module_names, name


def forged(data: bytes, folder: Path, change: Callable[[dict[str, str]], None]) -> tuple[int, str]:
    """A bundle changed by somebody who knows how it hangs together: result and manifest are made anew."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        files = {name: held.read(name).decode() for name in held.namelist()}
    change(files)
    spelt = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}
    rule, ballots = Rule.from_json(files["rule.json"]), Ballots.from_json(files["ballots.json"])
    files["result.json"] = count(rule, ballots, Electorate(**json.loads(files["electorate.json"]))).to_json()
    manifest = json.loads(files.pop("manifest.json"))
    manifest["rule"] = rule.digest()
    manifest["files"] = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    files["manifest.json"] = json.dumps(manifest, **spelt)  # type: ignore[arg-type]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name, text in files.items():
            out.writestr(name, text)
    return recount(made.getvalue(), folder)


def another_rule(files: dict[str, str]) -> None:
    files["rule.json"] = Rule(method="yes-no", strict=False).to_json()


def another_rule_and_nothing_of_the_opening(files: dict[str, str]) -> None:
    another_rule(files)
    del files["opened.json"]


def a_larger_electorate(files: dict[str, str]) -> None:
    files["electorate.json"] = files["electorate.json"].replace(":29", ":40")


def a_later_close(files: dict[str, str]) -> None:
    files["manifest.json"] = files["manifest.json"].replace("2026-11-25T14:00", "2026-11-25T14:01")


@pytest.mark.parametrize(
    ("substitutes", "proxies", "by", "told"),
    [
        ("nobody", 0, [1, 2, 3], []),
        ("nobody", 0, [1, 1, 3], ["Two"]),
        ("nobody", 1, [1, 1, 3], []),
        ("nobody", 1, [1, 1, 1], ["Three"]),
        ("nobody", 2, [1, 9, 3], ["Two"]),  # not on the roll
        ("substitute", 0, [1, 9, 3], []),
        ("substitute", 0, [1, 4, 3], ["Two"]),  # left out
        ("nobody", 1, [1, 5, 3], []),  # stood aside, afterwards for all that is known
    ],
)
def test_a_ballot_that_somebody_cast_who_was_not_allowed_to_is_told(
    substitutes: str, proxies: int, by: list[int], told: list[str]
) -> None:
    names = ("One", "Two", "Three", "Four", "Five")
    roll = [
        {"person": at, "name": name, "left_out": "without" if at == 4 else None, "recused": at == 5,
         "cast_by_id": by[at - 1] if at < 4 else None}
        for at, name in enumerate(names, 1)
    ]  # fmt: skip
    found = around.voted_for_others(roll, {"substitutes": substitutes, "proxies": proxies})
    assert [sentence.rsplit(" ", 1)[1] for sentence in found] == told


@pytest.mark.parametrize(
    ("closed", "extended", "told"),
    [
        ("2026-11-27T14:00", "2026-11-25T14:00", False),
        ("2026-11-27T15:00", "2026-11-25T14:00", False),  # a night of 25 hours lay between
        ("2026-11-27T15:01", "2026-11-25T14:00", True),
        ("2031-01-01T00:00", "", True),
        ("2026-12-04T09:00", "2026-12-04T08:00", False),  # the machine stood still for a week
        ("2026-12-04T09:01", "2026-12-04T08:00", True),
    ],
)
def test_a_vote_that_its_rule_extends_closes_no_later_than_that(closed: str, extended: str, told: bool) -> None:
    wrong: list[str] = []

    def hold(name: str, same: bool, _sentence: str) -> None:
        if not same:
            wrong.append(name)

    rule = {"extension": 2, "card": {"recused_in_base": False}}
    said = {"electorate": {"votes": 3, "people": 3}, "rule": rule, "closes_at": "2026-11-25T14:00:00+00:00"}
    when = {"closed_at": f"{closed}:00+00:00", "extended_at": extended and f"{extended}:00+00:00"}
    around.electorate_otherwise({}, when, said, Electorate(entitled=3), hold)
    assert wrong == (["closed"] if told else [])


def another_question(files: dict[str, str]) -> None:
    files["manifest.json"] = files["manifest.json"].replace("Which park?", "Which square?")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda _files: None, "byte for byte"),
        (another_rule, "DIFFERS   the rule is not the one that stood fast"),
        (another_rule_and_nothing_of_the_opening, "MISSING   opened.json"),
        (a_larger_electorate, "DIFFERS   the votes entitled"),
        (a_later_close, "DIFFERS   the vote closed later"),
        (another_question, "DIFFERS   the question"),
        (lambda files: files.pop("README.txt"), "MISSING   README.txt"),
    ],
)
def test_who_makes_result_and_manifest_anew_is_found_out(
    change: Callable[[dict[str, str]], None], told: str, tmp_path: Path
) -> None:
    code, said = forged(made("yes-no"), tmp_path, change)
    assert told in said, said
    assert code == (0 if told == "byte for byte" else 1)
