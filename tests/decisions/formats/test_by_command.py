"""Every format by the command, as a user asks it: a small file of each, and what it elects."""

from pathlib import Path

import pytest

from collab.decisions.formats import Votes, read
from tests.decisions.oracles.asking import tally

HEAD = "# DATA TYPE: {kind}\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 9\n# ALTERNATIVE NAME 1: Ann\n"
HEAD += "# ALTERNATIVE NAME 2: Βασίλης\n# ALTERNATIVE NAME 3: شیرین\n"
TOC = HEAD.format(kind="toc") + "4: {1,2},3\n3: 2,{1,3}\n2: 3,{1,2}\n"
SHEET = "     Option 1------>: Raphaël\n   /  Option 2---->: Bea\n   |/ Option 3---->: None Of The Above\n   ||/\n"
SHEET += "V: 1-2 \t0123456789abcdef\nV: 213 \t1123456789abcdef\nV: 213 \t2123456789abcdef\n"
POTS = (
    "META\nkey;value\nbudget;1000\nnum_projects;3\nnum_votes;3\nvote_type;approval\nPROJECTS\n"
    "project_id;cost;name;votes;selected\n7;600;Trees;3;1\n8;500;Pool;2;0\n9;300;Swings;1;1\n"
    "VOTES\nvoter_id;vote\n1;7,8\n2;7,8\n3;7,9\n"
)
FILES = {
    "a.toc": (TOC, "schulze", ["Βασίλης"]),
    "a.soc": (HEAD.format(kind="soc") + "4: 1,2,3\n3: 2,1,3\n2: 3,2,1\n", "schulze", ["Βασίλης"]),
    "a.soi": (HEAD.format(kind="soi") + "4: 1,2\n3: 2\n2: 3,2\n", "irv", ["Βασίλης"]),
    "a.toi": (HEAD.format(kind="toi") + "4: 1,{2,3}\n3: {2,3}\n2: 3\n", "plurality", ["Ann"]),
    "a.blt": ('3 1\n4 1 2 0\n3 2 0\n2 3 2 0\n0\n"Ann"\n"Βασίλης"\n"شیرین"\n"Board"\n', "irv", ["Βασίλης"]),
    "leader_tally.txt": (SHEET, "schulze", ["Bea"]),
    "a.pb": (POTS, "budget", ["Trees", "Swings"]),
    "ranks.csv": ("Ann,Βασίλης,شیرین\n1,2,3\n3,1,2\n3,1,2\n", "schulze", ["Βασίλης"]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_each_format_elects_whom_it_should(name: str, tmp_path: Path) -> None:
    text, method, winners = FILES[name]
    (tmp_path / name).write_text(text, "utf-8")
    code, said = tally(tmp_path / name, "--method", method)
    assert (code, said.get("winners")) == (0, winners), said


def test_complete_orders_with_equals_keep_them_equal() -> None:
    """Four put two first, whom nothing tells apart: split, they would give their vote to whoever stood first."""
    found = read(TOC.encode(), "a.toc")
    assert isinstance(found, Votes)
    assert found.names == ("Ann", "Βασίλης", "شیرین")
    assert found.rankings == {((0, 1), (2,)): 4, ((1,), (0, 2)): 3, ((2,), (0, 1)): 2}


def test_equals_of_a_file_share_a_vote_of_most_votes_and_prefer_nobody_in_duels(tmp_path: Path) -> None:
    (tmp_path / "a.toc").write_text(TOC, "utf-8")
    _code, said = tally(tmp_path / "a.toc", "--method", "schulze")
    duels = {(one, other): n for one, row in said["pairwise"].items() for other, n in row.items()}
    assert duels == {
        ("Ann", "Βασίλης"): 0, ("Βασίλης", "Ann"): 3, ("Ann", "شیرین"): 4,
        ("شیرین", "Ann"): 2, ("Βασίλης", "شیرین"): 7, ("شیرین", "Βασίλης"): 2,
    }  # fmt: skip
