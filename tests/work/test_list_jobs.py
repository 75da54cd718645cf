"""What is asked of a whole list: shown before, done part by part by a worker, found again, undone; and sheets."""

import csv
import io
import os
import re
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from collab.core import clock
from collab.core.db import db
from collab.core.errors import Busy
from collab.work import list_jobs
from collab.work.commands import complete
from collab.work.commands import list_jobs as verbs
from collab.work.forms import Complete
from collab.work.views import bulk
from tests.work.making import day, make

V1 = "/api/v1/list-jobs"


@pytest.fixture
def many(app, cast, actor_of, monkeypatch):
    """Seven of Eleni's, one of which Nikos alone may change; parts of three."""
    monkeypatch.setattr(verbs, "PART", 3)
    monkeypatch.setattr(bulk, "MOST", 5)
    with app.app_context():
        for number in range(6):
            make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title=f"=t{number}", due_on=day(24), labels=["storm"])
        make(actor_of("Nikos"), cast.PARKS, cast.Nikos, title="his", labels=["storm"])
        db.session.remove()


@pytest.fixture
def work(app):
    """The worker: does everything that is due."""

    def run() -> None:
        with app.app_context():
            for job_id, _owner in list_jobs.due_list_jobs():
                list_jobs.carry_on(job_id)
            db.session.remove()

    return run


def fetched(client, path):
    with client.get(path) as answer:
        return answer, answer.data


def priorities(client):
    found = client.get("/api/v1/work-items?query=label:storm&limit=50").json["items"]
    return sorted(each["priority"] for each in found)


def begun(client, **said):
    answer = client.post(f"{V1}/edits", json={"act": "fields", "priority": 3, "query": "label:storm"} | said)
    assert answer.status_code == 202, answer.text
    return answer.json["id"]


def test_more_than_a_page_takes_is_shown_before_and_done_by_a_worker(client_of, many, work):
    eleni = client_of("Eleni")
    form = eleni.get("/work-items/bulk-edits/new?act=fields&every=yes&list=work-items&query=label:storm")
    assert "7 items chosen." in form.text
    assert 'action="/list-jobs/edits"' in form.text
    typed = {"act": "fields", "priority": "3", "list": "work-items", "query": "label:storm"}
    shown = eleni.post("/list-jobs/edits", data=typed | {"dry_run": "yes"})
    assert "6 items change." in shown.text
    assert "It is not yours to change." in shown.text
    assert priorities(eleni) == [0] * 7
    there = eleni.post("/list-jobs/edits", data=typed).headers["Location"]
    page = eleni.get(there)
    assert "0 of 7" in page.text
    assert 'hx-trigger="every 1s"' in page.text
    work()
    page = eleni.get(there)
    assert "6 items changed." in page.text
    assert "1 stays as it is." in page.text
    assert "It is not yours to change." in page.text
    assert "PARKS-7" in page.text
    assert "hx-trigger" not in page.text.split('id="list-job"')[1].split(">")[0]
    assert priorities(eleni) == [0, *[3] * 6]
    assert there in eleni.get("/list-jobs").text


def test_a_due_date_is_set_on_the_whole_list_over_the_api_and_on_its_page(client_of, many, work):
    eleni = client_of("Eleni")

    def due():
        found = eleni.get("/api/v1/work-items?query=label:storm&limit=50").json["items"]
        return sorted(each["due_on"] or "" for each in found)

    begun(eleni, due_on="2026-12-01")
    work()
    assert due() == ["", *["2026-12-01"] * 6]
    typed = {"act": "fields", "due_on": "2026-12-02", "list": "work-items", "query": "label:storm"}
    assert eleni.post("/list-jobs/edits", data=typed).status_code == 303
    work()
    assert due() == ["", *["2026-12-02"] * 6]


def test_a_worker_that_falls_goes_on_where_it_was_and_does_nothing_twice(app, client_of, cast, actor_of, many, work):
    eleni = client_of("Eleni")
    job = begun(eleni)
    with app.app_context():
        assert verbs.do_part(actor_of("Eleni"), job)
        db.session.remove()
    half = eleni.get(f"{V1}/{job}").json
    assert (half["state"], half["passed"], half["changed"]) == ("due", 3, 3)
    work()
    work()
    done = eleni.get(f"{V1}/{job}").json
    assert (done["state"], done["passed"], done["changed"], done["refused"]) == ("done", 7, 6, 1)
    history = [eleni.get(f"/api/v1/work-items/PARKS-{number}/history").json["items"] for number in range(1, 7)]
    assert [sum(line["kind"] == "item-edited" for line in each) for each in history] == [1] * 6


def test_a_part_that_fails_leaves_nothing_behind(app, client_of, actor_of, many, work, monkeypatch):
    eleni = client_of("Eleni")
    job = begun(eleni)

    def falls(*_said):
        raise RuntimeError("the machine is gone")

    monkeypatch.setattr(verbs, "update", falls)
    with app.app_context(), pytest.raises(RuntimeError):
        verbs.do_part(actor_of("Eleni"), job)
    monkeypatch.undo()
    assert priorities(eleni) == [0] * 7
    assert eleni.get(f"{V1}/{job}").json["passed"] == 0
    work()
    assert priorities(eleni) == [0, *[3] * 6]


def test_the_whole_is_undone_where_nobody_touched_it_since(client_of, many, work):
    eleni, nikos = client_of("Eleni"), client_of("Nikos")
    job = begun(eleni)
    work()
    assert nikos.patch("/api/v1/work-items/PARKS-2", json={"priority": 1}).status_code == 200
    undo = eleni.post(f"{V1}/{job}/undo")
    assert undo.status_code == 202
    work()
    told = eleni.get(f"{V1}/{undo.json['id']}").json
    assert (told["state"], told["changed"], told["refused"]) == ("done", 5, 1)
    assert priorities(eleni) == [*[0] * 6, 1]
    assert eleni.post(f"{V1}/{job}/undo").status_code == 409


def test_rights_are_those_of_the_moment_in_which_a_part_is_done(app, client_of, cast, actor_of, many, work):
    eleni, nikos = client_of("Eleni"), client_of("Nikos")
    job = begun(eleni)
    assert nikos.put("/api/v1/work-items/PARKS-1/holder", json={"holder": cast.Giorgos}).status_code == 200
    work()
    told = eleni.get(f"{V1}/{job}").json
    assert (told["changed"], told["refused"]) == (5, 2)


def test_nobody_finds_the_jobs_of_others(client_of, many, work):
    job = begun(client_of("Eleni"))
    nikos = client_of("Nikos")
    for path in (f"/list-jobs/{job}", f"{V1}/{job}", f"{V1}/{job}/sheet", f"/list-jobs/{job}/sheet"):
        assert nikos.get(path).status_code == 404
    assert nikos.post(f"{V1}/{job}/undo").status_code == 404
    assert nikos.get(V1).json["items"] == []


def test_only_a_few_are_worked_on_at_once(client_of, many, work):
    eleni = client_of("Eleni")
    for _n in range(verbs.MOST_DUE):
        begun(eleni)
    refused = eleni.post(f"{V1}/edits", json={"act": "fields", "priority": 3, "query": "label:storm"})
    assert refused.status_code == 409
    work()
    begun(eleni)


def test_a_sheet_for_excel_has_days_as_days_and_no_formulas(client_of, many, work):
    eleni = client_of("Eleni")
    there = eleni.post("/list-jobs/sheets", data={"list": "tasks", "query": "label:storm", "format": "xlsx"}).headers[
        "Location"
    ]
    assert eleni.get(f"{there}/sheet").status_code == 404
    work()
    assert f'href="{there}/sheet"' in eleni.get(there).text
    answer, data = fetched(eleni, f"{there}/sheet")
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert "tasks-" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    lines = sheet.findall(".//x:row", space)
    assert len(lines) == 8
    assert not sheet.findall(".//x:f", space)
    due = lines[1].findall("x:c", space)
    texts = ["".join(cell.itertext()) for cell in due]
    assert "=t0" in texts
    assert "46350" in texts  # the 24th of November 2026, as Excel counts days
    assert sheet.find(".//x:sheetView", space).get("rightToLeft") is None


def test_a_sheet_in_persian_reads_from_the_right(client_of, many, work):
    shirin = client_of("Shirin")
    there = shirin.post("/list-jobs/sheets", data={"format": "xlsx"}).headers["Location"]
    work()
    with zipfile.ZipFile(io.BytesIO(fetched(shirin, f"{there}/sheet")[1])) as book:
        assert b'rightToLeft="1"' in book.read("xl/worksheets/sheet1.xml")


def test_a_small_csv_is_there_at_once_and_a_large_one_is_made(client_of, many, work, monkeypatch):
    from collab.work.views import list_jobs as pages

    eleni = client_of("Eleni")
    typed = {"list": "work-items", "query": "label:storm", "format": "csv"}
    assert eleni.post("/list-jobs/sheets", data=typed).headers["Location"].startswith("/queries/sheet?")
    monkeypatch.setattr(pages, "MOST", 3)
    there = eleni.post("/list-jobs/sheets", data=typed).headers["Location"]
    work()
    text = fetched(eleni, f"{there}/sheet")[1].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 8
    assert {row[1] for row in rows} >= {"'=t0", "his", "Title"}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("edits", {"act": "fields"}), ("edits", {"act": "fields", "priority": 9}), ("edits", {"act": "x"}),
        ("edits", {"act": "done", "query": "holdr:me"}), ("edits", {"act": "done", "list": "people"}),
        ("edits", {"act": "cancelled"}), ("sheets", {"format": "pdf"}), ("sheets", {"query": "(" * 900}),
        ("sheets", {"query": "x\0"}), ("sheets", {"list": 7}), ("edits", {"act": "done", "items": [1]}),
    ],
)  # fmt: skip
def test_odd_wishes_are_refused_at_the_field(client_of, many, path, said):
    eleni = client_of("Eleni")
    assert eleni.post(f"{V1}/{path}", json=said).status_code == 422
    assert eleni.get(V1).json["items"] == []


def test_whoever_left_gets_nothing_done(app, cast, actor_of, client_of, many, work, monkeypatch):
    job = begun(client_of("Eleni"))
    monkeypatch.setattr(list_jobs, "person_as_actor", lambda _person: None)
    work()
    assert client_of("Eleni").get(f"{V1}/{job}").json["state"] == "failed"
    assert priorities(client_of("Eleni")) == [0] * 7


def test_what_is_long_done_is_forgotten_with_its_sheet(app, client_of, many, work, monkeypatch):
    from datetime import timedelta

    eleni = client_of("Eleni")
    there = eleni.post("/list-jobs/sheets", data={"format": "xlsx"}).headers["Location"]
    work()
    monkeypatch.setattr(list_jobs, "KEPT_FOR", timedelta(seconds=-1))
    with app.app_context():
        kept = list_jobs.folder() / f"{there.rsplit('/', 1)[1]}.xlsx"
        assert kept.exists()
        list_jobs.sweep_old_sheets()
        assert not kept.exists()
    assert eleni.get(there).status_code == 404


def test_a_change_that_meets_a_lock_goes_on_when_it_is_asked_again(client_of, api_of, many, work, monkeypatch):
    eleni, part, turns = api_of("Eleni"), verbs.do_part, []

    def held_up(actor, job_id):
        turns.append(job_id)
        if len(turns) == 2:
            raise Busy
        return part(actor, job_id)

    monkeypatch.setattr(verbs, "do_part", held_up)
    job = begun(eleni)
    work()
    assert (eleni.get(f"{V1}/{job}").json["state"], eleni.get(f"{V1}/{job}").json["passed"]) == ("due", 3)
    work()
    assert (eleni.get(f"{V1}/{job}").json["state"], eleni.get(f"{V1}/{job}").json["passed"]) == ("done", 7)


def test_a_change_is_made_of_what_was_shown_or_not_at_all(app, cast, actor_of, client_of, api_of, many):
    """As many as before, but others: one went and one came between looking and doing."""
    page = client_of("Eleni").post(
        "/list-jobs/edits",
        data=(said := {"list": "work-items", "query": "label:storm", "act": "done"}) | {"dry_run": "yes"},
    )
    mark = re.search(r'name="as_seen" value="(\w+)"', page.text)[1]
    shown = api_of("Eleni").post(f"{V1}/edits", json=said | {"dry_run": True}).json
    assert shown["as_seen"] == mark
    with app.app_context():
        make(actor_of("Nikos"), cast.PARKS, cast.Nikos, title="came since", labels=["storm"])
        complete(actor_of("Nikos"), 7, Complete())
        db.session.remove()
    answer = api_of("Eleni").post(f"{V1}/edits", json=said | {"as_seen": mark})
    assert (answer.status_code, "Other items match by now" in answer.json["detail"]) == (409, True)
    assert client_of("Eleni").post("/list-jobs/edits", data=said | {"as_seen": mark}).status_code == 409
    assert api_of("Eleni").get(V1).json["items"] == []


def test_what_a_killed_worker_left_half_written_is_swept_by_its_age(app):
    with app.app_context():
        old, new = (list_jobs.folder() / f"9.xlsx.{pid}" for pid in (1, 2))
        for each in (old, new):
            each.write_text("half")
        long_ago = (clock.now() - timedelta(days=3)).timestamp()
        os.utime(old, (long_ago, long_ago))
        list_jobs.sweep_old_sheets()
        assert (old.exists(), new.exists()) == (False, True)
        new.unlink()
