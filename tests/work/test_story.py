"""The story of one pending item between two departments, through the pages, without scripts."""

import re
from datetime import UTC, datetime

import pytest

from tests.work.making import make


@pytest.fixture
def item(app, cast, actor_of, at):
    at(datetime(2026, 11, 2, 8, tzinfo=UTC))
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Permit to fell a pine", kind="pending")


def number(page, pattern):
    found = re.search(pattern, page.text)
    assert found, f"{pattern} is not on the page"
    return found[1]


def test_offered_accepted_an_office_awaited_answered_finished(client_of, cast, item, at):
    at(datetime(2026, 11, 4, 8, tzinfo=UTC))
    asked = client_of("Eleni").post(
        "/work-items/PARKS-1/waits",
        data={"of_name": "Forestry", "what": "Is it protected?", "stops_clock": "on", "until": "2026-11-30"},
    )
    assert asked.status_code == 303
    page = client_of("Eleni").get("/work-items/PARKS-1")
    assert "the clock stands still" in page.text
    wait = number(page, r'id="wait-(\d+)"')
    at(datetime(2026, 11, 13, 8, tzinfo=UTC))
    assert client_of("Eleni").post(f"/waits/{wait}/nudges").status_code == 303
    at(datetime(2026, 11, 16, 8, tzinfo=UTC))
    assert client_of("Eleni").post(f"/waits/{wait}/answer", data={"text": "It is *not*."}).status_code == 303
    at(datetime(2026, 11, 17, 8, tzinfo=UTC))
    offered = client_of("Eleni").post(
        "/work-items/PARKS-1/handovers", data={"to": cast.LEGAL, "note": "An opinion, please"}
    )
    assert offered.status_code == 303
    assert "With Eleni Markou" in client_of("Eleni").get("/work-items/PARKS-1").text  # until they accept
    tray = client_of("Sofia").get("/units/LEGAL/pending-items?side=offered")
    assert "Permit to fell a pine" in tray.text
    assert "An opinion, please" in tray.text
    handover = number(tray, r"/handovers/(\d+)/acceptance")
    at(datetime(2026, 11, 18, 8, tzinfo=UTC))
    assert client_of("Dimitra").post(f"/handovers/{handover}/acceptance").status_code == 303
    page = client_of("Eleni").get("/work-items/PARKS-1")
    assert "With Dimitra Kosta" in page.text
    at(datetime(2026, 11, 20, 8, tzinfo=UTC))
    assert client_of("Dimitra").post("/work-items/PARKS-1/completion", data={"outcome": "Permitted"}).status_code == 303
    page = client_of("Eleni").get("/work-items/PARKS-1")
    legend = re.findall(r"<bdi>([^<]+)</bdi>(?: <span class=\"muted\">[^<]+</span>)? <b>([^<]+)</b>", page.text)
    assert legend == [
        ("Parks", "4 working days"), ("Forestry Office", "8 working days"), ("Legal Service", "2 working days"),
    ]  # fmt: skip
    sentences = re.sub(r"<[^>]+>", "", page.text)
    for said in (
        "Dimitra Kosta finished it: Permitted", "Dimitra Kosta accepted it and has it now",
        "The clock runs again",
        "Eleni Markou reminded Forestry Office", "Eleni Markou offered it to Legal Service: An opinion, please",
    ):  # fmt: skip
        assert said in sentences
    assert "It is <em>not</em>." in page.text


def test_returned_with_a_reason_and_after_the_third_time_the_superior_decides(client_of, cast, item):
    eleni, maria, yannis = client_of("Eleni"), client_of("Maria"), client_of("Yannis")
    maria.post(
        "/profile?_method=PATCH", data={"name": "Maria Lekka", "locale": "el"}
    )  # what she asks is read in English
    for turn in range(3):
        eleni.post("/work-items/PARKS-1/handovers", data={"to": cast.ROADS, "note": f"turn {turn}"})
        handover = number(maria.get("/work-items/PARKS-1"), r"/handovers/(\d+)/return")
        assert maria.get(f"/handovers/{handover}/return").status_code == 200
        refused = maria.post(f"/handovers/{handover}/return", data={"reason": " "})
        assert refused.status_code == 422
        assert maria.post(f"/handovers/{handover}/return", data={"reason": "Not a road"}).status_code == 303
    page = yannis.get("/work-items/PARKS-1")
    assert "Returned three times: decide where it belongs." in page.text
    assert "Eleni Markou waits for you" in page.text or "Maria Lekka waits for you" in page.text
    sentences = re.sub(r"<[^>]+>", "", page.text)
    assert "Returned for the third time: Head of Technical Services decides where it belongs" in sentences
    assert "Maria Lekka returned it: Not a road" in sentences
    assert "With Eleni Markou" in eleni.get("/work-items/PARKS-1").text
    assert "Επιστράφηκε τρεις φορές: αποφασίστε πού ανήκει." in maria.get("/work-items/PARKS-1").text
    assert "Returned three times: decide where it belongs." in yannis.get("/").text


def test_a_party_is_found_by_its_name_alone_and_doubt_is_told(client_of, item):
    eleni = client_of("Eleni")
    page = eleni.post("/work-items/PARKS-1/handovers", data={"to_name": "Nobody At All", "note": "kept words"})
    assert page.status_code == 422
    assert "Nobody is called “Nobody At All”" in page.text
    assert "kept words" in page.text
    assert "Nobody At All" in page.text
    page = eleni.post("/work-items/PARKS-1/handovers", data={"to_name": "Head of"})
    assert page.status_code == 422
    assert "Several are called so" in page.text
    assert eleni.post("/work-items/PARKS-1/handovers", data={"to_name": "Roads"}).status_code == 303
    assert "Offered to Roads" in eleni.get("/work-items/PARKS-1").text


def test_an_open_page_is_told_to_ask_again_and_a_form_elsewhere_goes_back(client_of, item):
    eleni = client_of("Eleni")
    part = eleni.post("/work-items/PARKS-1/watchers", headers={"HX-Request-Type": "partial"})
    assert part.status_code == 204
    assert "item-changed" in part.headers["HX-Trigger"]
    live = eleni.get("/work-items/PARKS-1", headers={"HX-Request-Type": "partial"})
    assert "<html" not in live.text
    assert 'id="item-side"' in live.text
    assert "composer" not in live.text
    back = eleni.post("/work-items/PARKS-1/completion", data={"next": "/?after=1"})
    assert back.status_code == 303
    assert back.headers["Location"] == "/?after=1"
    away = eleni.post("/work-items/PARKS-1/completion?_method=DELETE", data={"next": "//evil.example"})
    assert away.headers["Location"] == "/work-items/PARKS-1"


def test_what_waits_for_another_item_is_named_by_its_reference(app, client_of, cast, actor_of, item):
    with app.app_context():
        make(actor_of("Maria"), cast.ROADS, cast.Maria, title="secret of roads")
    eleni = client_of("Eleni")
    unseen = eleni.post("/work-items/PARKS-1/waits", data={"item": "ROADS-1", "what": "pavement"})
    assert unseen.status_code == 422
    assert "There is no such item" in unseen.text
    assert "secret" not in unseen.text
    itself = eleni.post("/work-items/PARKS-1/waits", data={"item": "parks-1", "what": "x"})
    assert itself.status_code == 422
    nothing = eleni.post("/work-items/PARKS-1/waits", data={"what": "x"})
    assert nothing.status_code == 422
    assert "Say who is awaited, which item, or until when." in nothing.text


def test_what_an_auditor_reads_is_written_down(client_of, api_of, item):
    client_of("Reza").get("/work-items/PARKS-1")
    api_of("Reza").get("/api/v1/work-items/PARKS-1")
    client_of("Eleni").get("/work-items/PARKS-1")
    sentences = [
        line["sentence"] for line in api_of("Eleni").get("/api/v1/work-items/PARKS-1/history").get_json()["items"]
    ]
    assert sentences.count("Reza Karimi read it as auditor") == 2
    assert client_of("Reza").post("/work-items/PARKS-1/completion").status_code == 403
    assert client_of("Reza").post("/work-items/PARKS-1/messages", data={"text": "x", "nonce": "n"}).status_code == 403
