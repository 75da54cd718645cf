"""A unit's figures are taken along: on a page, as a workbook, as CSV, on paper."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest
from pypdfium2 import PdfDocument

from collab.files.papers import make_paper
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
    assert ["Load by unit, each with those below it", "Parks", "", "Nobody's", "1"] in rows
    book = nikos.get("/units/PARKS/figures/sheet")
    with zipfile.ZipFile(io.BytesIO(book.data)) as parts:
        assert "Load by person" in parts.read("xl/workbook.xml").decode()
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist() if "worksheets" in name)
    with queries() as asked:
        nikos.get("/units/PARKS/figures")
    assert len(asked) <= 20


def test_a_paper_of_the_figures_is_the_askers_alone(app, client_of, work):
    yannis = client_of("Yannis")
    asked = yannis.post("/units/PARKS/figure-papers", data={"days": "90"})
    assert asked.status_code == 303
    paper = asked.headers["Location"]
    with app.app_context():
        make_paper(int(paper.rpartition("/")[2]))
    pages = PdfDocument(yannis.get(yannis.get(f"/api/v1{paper}").json["content"]).data)
    said = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    assert ("Eleni Markou" in said, "Load by person" in said, "Plane trees" in said) == (True, True, False)
    assert client_of("Babis").get(paper).status_code == 404


def test_who_may_not_read_the_figures_gets_none(client_of, work):
    katerina = client_of("Katerina")
    assert katerina.get("/units/PARKS/figures/sheet").status_code == 403
    assert katerina.post("/units/PARKS/figure-papers").status_code == 403
    assert client_of("Yannis").get("/units/PARKS/figures?days=31").status_code == 422
