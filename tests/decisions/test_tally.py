"""The command line: `collab tally FILE --method …` prints what it promises and ends with the code it promises."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .oracles.asking import tally

RANKS = "Ann,Βασίλης,شیرین\n1,2,3\n1,3,2\n2,1,3\n2,1,3\n"
KEYS = ["method", "seats", "winners", "order", "ties", "quota", "rounds", "pairwise"]
ROUND = ["votes", "action", "elected", "excluded", "exhausted"]
RANKED = ("schulze", "ranked-pairs", "copeland", "borda", "irv", "plurality", "stv", "plain-stv")


@pytest.fixture
def file(tmp_path: Path):
    def write(name: str, text: str | bytes) -> Path:
        place = tmp_path / name
        place.write_bytes(text.encode() if isinstance(text, str) else text)
        return place

    return write


def test_it_starts_without_a_database_and_says_the_promised_keys(file, tmp_path: Path) -> None:
    """In a process of its own, with nothing configured and an empty environment."""
    done = subprocess.run(
        [sys.executable, "-m", "collab.cli", "tally", str(file("v.csv", RANKS)), "--method", "plurality", "--json"],
        capture_output=True, timeout=60, check=False, cwd=Path(__file__).parents[2],
        env={"PATH": "/usr/bin:/bin", "DATABASE_URL": "postgresql://nowhere.invalid/x", "HOME": str(tmp_path)},
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert (done.returncode, list(said), list(said["rounds"][0])) == (3, KEYS, ROUND), done.stderr
    assert said["order"][0] == ["Ann", "Βασίλης"]
    assert said["ties"][0]["open"]


def test_nothing_of_the_house_is_loaded_for_it() -> None:
    """What a start costs is what it imports; a clock on a busy machine says nothing."""
    code = "import sys; from collab.cli.tally import command; import collab.decisions.tally\n"
    code += "print([m for m in ('flask','sqlalchemy','psycopg','redis','gevent','typst','babel') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == b"[]"


@pytest.mark.parametrize(
    "method", ["schulze", "ranked-pairs", "copeland", "borda", "irv", "plurality", "stv", "plain-stv"]
)
def test_every_method_of_ranks_decides_or_leaves_a_tie_and_a_seed_settles_it(file, method: str) -> None:
    votes = file("v.csv", RANKS)
    code, said = tally(votes, "--method", method)
    assert code == 3 or said["winners"]
    code, said = tally(votes, "--method", method, "--seed", "4 17 22")
    assert code == 0
    assert said["winners"][0] in ("Ann", "Βασίλης")
    assert tally(votes, "--method", method, "--seed", "4 17 22")[1] == said


def test_names_stand_as_in_the_file_and_aliases_mean_the_same(file) -> None:
    votes = file("w.blt", '3 2\n4 1 2 0\n3 2 0\n2 3 2 0\n0\n"A ""X"""\nB\n"C"\n"Ward 1"\n')
    said = tally(votes, "--method", "stv")[1]
    assert said == tally(votes, "--method", "Scottish STV")[1]
    assert said["seats"] == 2
    assert said["winners"] == ['A "X"', "B"]
    assert said["rounds"][0]["action"] == "first preferences"
    assert said["rounds"][0]["votes"] == {'A "X"': "4.00000", "B": "3.00000", "C": "2.00000"}


def test_no_opinion_and_below_all_are_not_the_same(file) -> None:
    votes = file("v.csv", "A,B,count\n1,,3\n2,1,2\n")
    assert tally(votes, "--method", "schulze")[1]["winners"] == ["B"]
    assert tally(votes, "--method", "schulze", "--unranked", "below")[1]["winners"] == ["A"]


def test_a_rule_card_settles_all_and_other_options_beside_it_are_refused(file) -> None:
    votes, card = file("v.csv", RANKS), file("card.json", '{"method": "plurality", "seats": 2}')
    assert tally(votes, "--rule", str(card))[1]["winners"] == ["Ann", "Βασίλης"]
    assert tally(votes, "--rule", str(card), "--method", "irv")[0] == 2
    for bad in ("{", "[]", '{"method": "guess"}', '{"method": "irv", "seats": 3}', '{"method": "irv", "x": 1}', ""):
        code, said = tally(votes, "--rule", str(file("bad.json", bad)))
        assert (code, "card.json" in said["error"] or "v.csv" in said["error"]) == (2, True), bad


@pytest.mark.parametrize(
    ("name", "text", "options", "words"),
    [
        ("v.blt", "2 1\n1 1 2\n", ["--method", "irv"], "line 2"),
        ("v.csv", RANKS, ["--method", "guess"], "no method"),
        ("v.csv", RANKS, [], "how to count"),
        ("v.csv", RANKS, ["--method", "majority"], "yes and no"),
        ("v.csv", RANKS, ["--method", "budget"], "budget"),
        ("v.blt", "2 1\n1 1 2 0\n0\nA\nB\n", ["--method", "score"], "points"),
        ("v.csv", "A,B\n5,6\n", ["--method", "score", "--scale", "0..5"], "line 2"),
        ("v.csv", "A,B\n5,6\n", ["--method", "score", "--scale", "wide"], "LOW..HIGH"),
        ("v.csv", "A,B\n,\n", ["--method", "irv"], "no ballot"),
        ("v.json", '{"votes": {"a": 1}}', ["--method", "irv"], "yes and no"),
        ("v.csv", "class,Agenda Item,Ann\npass,Salt,TRUE\n", ["--method", "majority", "--item", "X"], "no items"),
        ("v.xlsx", b"PK\x03\x04 no book", ["--method", "irv"], "workbook"),
        ("v.blt", b"\xff\xfe\x00", ["--method", "irv"], "UTF-16"),
        ("v.csv", "A,B\n1,2\n" * 2, ["--method", "irv"], "line 3"),
        ("v.csv", RANKS, ["--method", "irv", "--seats", "2"], "seats"),
        ("v.csv", RANKS, ["--method", "irv", "--seats", "0"], "seats"),
        ("v.csv", RANKS, ["--method", "irv", "--encoding", "klingon"], "encoding"),
    ],
)  # fmt: skip
def test_what_is_bad_ends_with_2_and_a_sentence(file, name: str, text, options: list[str], words: str) -> None:
    code, said = tally(file(name, text), *options)
    assert (code, words in said["error"]) == (2, True), said


def test_a_missing_file_or_a_folder_is_said_so(tmp_path: Path) -> None:
    for place in (tmp_path / "none.blt", tmp_path, "bad\udcff.blt"):
        code, said = tally(place, "--method", "irv")
        assert (code, "cannot be read" in said["error"]) == (2, True)


def test_a_roll_call_gives_every_item_or_the_one_asked_for(file) -> None:
    head = "link,class,Agenda Number,Agenda Item,Ann,Bea,Cay\n"
    votes = file(
        "chart.csv", head + ",pass,CA-1,Salt,TRUE,TRUE,Absent\n,fail,CA-2,Roof (3 Votes Required),TRUE,TRUE,Absent\n"
    )
    code, said = tally(votes, "--method", "majority")
    assert code == 0
    assert [(each["item"], each["result"]["winners"]) for each in said["items"]] == [
        ("CA-1", ["yes"]),
        ("CA-2", ["no"]),
    ]
    assert list(tally(votes, "--method", "majority", "--item", "CA-2")[1]) == KEYS


def test_the_text_names_the_outcome_first_and_every_round(file) -> None:
    from click.testing import CliRunner

    from collab.cli.tally import command

    votes = file("w.blt", '3 1\n4 1 0\n3 2 0\n2 3 2 0\n0\n"A"\n"B"\n"C"\n"Ward 1"\n')
    said = CliRunner().invoke(command, [str(votes), "--method", "irv"]).output
    assert said.index("Decided.") < said.index("Order: B > A > C") < said.index("Round 1") < said.index("exclude C")
    helped = CliRunner().invoke(command, ["--help"]).output
    assert all(word in helped for word in ("scottish-stv", "Examples", "pairwise", "Ends with 0"))
    assert os.linesep in helped
