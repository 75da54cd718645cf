"""A bundle counts itself again, byte for byte, with nothing but Python; and says so when anything in it was changed."""

import ast
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from collab.decisions.bundle import About, bundle, script
from collab.decisions.bundle.script import sources
from collab.decisions.counting import Ballots, Electorate, Rule, count

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
    return bundle(rule, ballots, ENTITLED, count(rule, ballots, ENTITLED), ABOUT, **more)  # type: ignore[arg-type]


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
    data = bundle(rule, None, ENTITLED, count(rule, ballots, ENTITLED), ABOUT)
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
