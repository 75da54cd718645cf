"""A unit's figures are taken along: on a page, as a workbook, as CSV, on paper."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest

from tests.work.making import make


@pytest.fixture
def work(app, cast, actor_of, at):
    at(datetime(2026, 11, 23, 9, tzinfo=UTC))
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Plane trees", due_on="2026-11-20")
        make(actor_of("Eleni"), cast.PARKS, title="=Nobody's")


def test_a_head_takes_the_figures_along_as_numbers(client_of, work, queries):
    nikos = client_of("Yannis")
    page = nikos.get("/units/PARKS/figures").text
    for words in ("Eleni Markou", "Load by person", "Who had the ball", "Make the PDF"):
        assert words in page
    assert "Plane trees" not in page
    sheet = nikos.get("/units/PARKS/figures/sheet?format=csv")
    assert sheet.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(sheet.text.lstrip("\ufeff"))))
    assert ["Load by person", "Eleni Markou", "", "Overdue", "1"] in rows
    assert ["Load by unit", "Parks", "", "Nobody's", "1"] in rows
    book = nikos.get("/units/PARKS/figures/sheet")
    with zipfile.ZipFile(io.BytesIO(book.data)) as parts:
        assert "Load by person" in parts.read("xl/workbook.xml").decode()
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist() if "worksheets" in name)
    with queries() as asked:
        nikos.get("/units/PARKS/figures")
    assert len(asked) <= 20


def test_a_paper_of_the_figures_is_the_askers_alone(client_of, work):
    paper = client_of("Yannis").post("/units/PARKS/figure-papers", data={"days": "90"})
    assert paper.status_code == 303
    assert client_of("Yannis").get(paper.headers["Location"]).status_code == 200
    assert client_of("Babis").get(paper.headers["Location"]).status_code == 404


def test_who_may_not_read_the_figures_gets_none(client_of, work):
    katerina = client_of("Katerina")
    assert katerina.get("/units/PARKS/figures/sheet").status_code == 403
    assert katerina.post("/units/PARKS/figure-papers").status_code == 403
    assert client_of("Yannis").get("/units/PARKS/figures?days=31").status_code == 422
