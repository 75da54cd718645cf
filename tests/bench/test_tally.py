"""What counting costs is measured by one command that needs no database."""

import json

from click.testing import CliRunner

from collab.cli.bench import command
from collab.cli.bench.tally import GOALS, SHAPES, table


def test_every_cell_is_measured_with_a_ward_of_fifteen_thousand() -> None:
    done = CliRunner().invoke(command, ["tally", "--rounds", "1", "--json"])
    cells = json.loads(done.output)
    assert {(cell["method"], cell["shape"]) for cell in cells if cell["shape"] != "ward"} == {
        (method, shape) for method in GOALS for shape in SHAPES
    }
    assert [cell["goal"] for cell in cells if cell["shape"] == "ward"] == [300]
    assert all(cell["ms"] > 0 for cell in cells)
    assert len(table(cells).splitlines()) == len(cells) + 1
