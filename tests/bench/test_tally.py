"""What counting costs is measured by one command that needs no database."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from collab.cli.bench import command, tally_libraries
from collab.cli.bench.tally import BALLOTS, GOALS, OPTIONS, SHAPES, measure, table


def test_every_cell_is_measured_with_a_ward_of_fifteen_thousand() -> None:
    done = CliRunner().invoke(command, ["tally", "--rounds", "1", "--json"])
    cells = json.loads(done.output)
    assert {(cell["method"], cell["shape"]) for cell in cells if cell["shape"] != "ward"} == {
        (method, shape) for method in GOALS for shape in SHAPES
    }
    assert [cell["goal"] for cell in cells if cell["shape"] == "ward"] == [300]
    assert all(cell["ms"] > 0 for cell in cells)
    assert len(table(cells).splitlines()) == len(cells) + 1


def test_beside_libraries_a_cell_has_what_each_took_and_without_them_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tally_libraries, "find_spec", lambda _name: None)
    refused = CliRunner().invoke(command, ["tally", "--libraries"])
    assert (refused.exit_code, "collab[ballots]" in refused.output) == (2, True)
    counted = []

    def slow(method: str) -> Any:
        return None if method == "irv" else lambda rankings, options: counted.append((len(rankings), options))

    monkeypatch.setitem(tally_libraries.LIBRARIES, "votelib", slow)
    cells = measure(1, ["votelib"])
    assert {cell["method"] for cell in cells if cell["beside"]} <= {"borda", "schulze", "ranked-pairs"}
    assert set(counted) == {(BALLOTS, OPTIONS)}
