"""A list as a sheet: all that the query finds and the reader sees, no formula, in every language."""

import csv
import io

import pytest

from collab.core.text.sheet import harmless
from tests.work.making import day, make


def rows(answer, delimiter=","):
    text = answer.data.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=delimiter))


@pytest.fixture
def some(app, cast, actor_of):
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title='=HYPERLINK("http://evil","x")', due_on=day(24))
        make(actor_of("Eleni"), cast.PARKS, title='Κλαδιά, "παλιά"', kind="pending", labels=["storm", "+1"])
        make(actor_of("Maria"), cast.ROADS, title="not hers")


def test_what_the_query_finds_is_taken_along(client_of, some):
    answer = client_of("Eleni").get("/queries/sheet?query=unit%3APARKS")
    head, *lines = rows(answer)
    assert head[:3] == ["Reference", "Title", "Kind"]
    assert [line[0] for line in lines] == ["PARKS-1", "PARKS-2"]
    assert lines[0][9] == "2026-11-24"
    assert lines[1][1] == 'Κλαδιά, "παλιά"'
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="work-items-')


def test_nothing_in_it_is_a_formula(client_of, some):
    _head, *lines = rows(client_of("Eleni").get("/queries/sheet"))
    assert lines[0][1] == '\'=HYPERLINK("http://evil","x")'
    for cell in ("=1", "+1", "-1", "@a", "\t=1", " =1", "＝1"):
        assert harmless(cell).startswith("'")
    assert harmless("2026-11-24") == "2026-11-24"


def test_nobody_takes_along_what_they_may_not_see(client_of, some):
    assert len(rows(client_of("Leila").get("/queries/sheet"))) == 1
    assert "not hers" not in client_of("Eleni").get("/queries/sheet").text


def test_a_greek_sheet_parts_its_cells_with_semicolons(client_of, some):
    head = rows(client_of("Nikos").get("/queries/sheet?list=tasks"), ";")[0]
    assert head[1] == "Τίτλος"


def test_a_sheet_is_whole_or_refused(client_of, some, monkeypatch):
    from collab.work.views import sheet

    monkeypatch.setattr("collab.work.taking_along.PART", 1)
    assert len(rows(client_of("Eleni").get("/queries/sheet"))) == 3  # over several parts
    monkeypatch.setattr(sheet, "MOST", 1)
    refused = client_of("Eleni").get("/queries/sheet")
    assert refused.status_code == 422
    assert "More than 1 items fit" in refused.text


def test_a_query_with_a_mistake_gives_no_sheet(client_of, some):
    assert client_of("Eleni").get("/queries/sheet?query=holdr%3Ame").status_code == 422
