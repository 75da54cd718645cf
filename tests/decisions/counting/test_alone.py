"""The counting runs where nothing else is: a bundle that carries it is counted again in ten years."""

import shutil
import subprocess
import sys
from pathlib import Path

from collab.decisions import counting
from collab.decisions.counting import Ballots, Electorate, Rule, count

RULE = Rule(method="scottish-stv", seats=3, decimals=5, equal_ranks="stop")
VOTES = Ballots.ranked(
    ("Πορτοκάλι", "گلابی", "Chocolate", "Strawberry", "Sweets"),
    {(0,): 4, (1, 0): 2, (2, 3): 8, (2, 4): 4, (3,): 1, (4,): 1},
    seed="3.11./",
)
AGAIN = """
import sys
sys.path.insert(0, ".")
from counting import Ballots, Electorate, Rule, count
rule, ballots = (open(name, encoding="utf-8").read() for name in ("rule.json", "ballots.json"))
print(count(Rule.from_json(rule), Ballots.from_json(ballots), Electorate(entitled=25, recused=1)).to_json())
"""


def test_plain_python_finds_the_same_bytes(tmp_path: Path) -> None:
    shutil.copytree(Path(counting.__file__).parent, tmp_path / "counting", ignore=shutil.ignore_patterns("words"))
    (tmp_path / "rule.json").write_text(RULE.to_json(), encoding="utf-8")
    (tmp_path / "ballots.json").write_text(VOTES.to_json(), encoding="utf-8")
    # -I and -S: nothing of this project and no installed library can be reached.
    line = [sys.executable, "-I", "-S", "-X", "utf8", "-c", AGAIN]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode().strip() == count(RULE, VOTES, Electorate(entitled=25, recused=1)).to_json()
