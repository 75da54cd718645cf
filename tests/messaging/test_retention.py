"""How long what was said is kept: shown before it is set, removed to the last word, and not where the law holds it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

V1 = "/api/v1"
WORD = "Xylophagou"
LONG_AGO = datetime(2024, 3, 4, 9, tzinfo=UTC)
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
WEEK_ON = datetime(2026, 3, 11, 9, tzinfo=UTC)
EVERYWHERE = ("message", "message_former", "fact_text", "attachment", "search_entry")


@pytest.fixture
def parks(api_of, cast, at):
    """What Eleni said in Parks two years ago: changed, answered, signed, pinned, with a file. And one of today."""
    at(LONG_AGO)
    eleni = api_of("Eleni")
    file = eleni.post(f"{V1}/files", data={"file": (BytesIO(b"owes us"), f"{WORD}.txt")}).json["items"][0]["id"]
    text = f"@[Nikos](party:{cast.Nikos}) Mrs {WORD} owes"
    made = eleni.post(f"{V1}/units/{cast.PARKS}/messages", json={"text": text, "nonce": "one", "files": [file]}).json
    eleni.patch(f"{V1}/messages/{made['id']}", json={"text": f"Mrs {WORD} owes us"})
    eleni.put(f"{V1}/messages/{made['id']}/pin")
    api_of("Giorgos").put(f"{V1}/messages/{made['id']}/signs/agree")
    at(NOW)
    more = {"text": "Good morning", "nonce": "two", "reply_to": made["id"]}
    api_of("Giorgos").post(f"{V1}/units/{cast.PARKS}/messages", json=more)
    return made


@pytest.fixture
def sweep(app, tell, monkeypatch):
    """What the teller's sweep and the worker do about it; gives the kinds for which a job was begun."""
    from collab.core import jobs
    from collab.messaging import removing

    def run():
        begun = []
        monkeypatch.setattr(jobs, "enqueue", lambda _name, kind, **_more: begun.append(kind) or True)
        with app.app_context():
            removing.sweep_old()
            for kind in begun * 2:  # a job asked for twice does it once
                removing.remove_all(kind)
        tell()
        return begun

    return run


def said(api, talk):
    return api.get(f"{V1}/conversations/{talk}/messages").json["items"]


def written(app):
    """The tables in which the word still stands, whatever its form."""
    from sqlalchemy import text

    from collab.core.db import db
    from collab.feed.search.indexing import keep_up

    with app.app_context():
        keep_up()
        found = {
            table
            for table in EVERYWHERE
            if db.session.scalar(text(f"select count(*) from {table} t where t::text ilike '%xyloph%'"))
        }
        db.session.rollback()
    return found


def test_a_rule_is_shown_before_it_is_set_and_takes_a_week(app, api_of, client_of, parks, at, sweep):
    kostas, page = api_of("Kostas"), client_of("Kostas")
    seen = kostas.get(f"{V1}/retention-rules/unit/preview?months=12").json
    assert (seen["messages"], seen["conversations"], seen["begins_on"]) == (1, 1, "2026-03-11")
    asked = page.get("/retention").text
    assert asked.index("Months<span") < asked.index('name="months"'), "the word stands before its field"
    shown = page.get("/retention/unit?months=12").text
    assert "1 message in 1 conversation will be removed on" in shown
    assert page.put("/retention/unit", data={"months": "0"}).status_code == 422
    assert page.get("/retention/unit?months=x").status_code == 422
    assert page.put("/retention/unit", data={"months": "12"}).status_code == 303
    assert sweep() == []  # a mistake can still be taken back
    at(WEEK_ON)
    assert sweep() == ["unit"]
    assert sweep() == []
    assert api_of("Nikos").get(f"{V1}/retention-rules").status_code == 404
    assert kostas.put(f"{V1}/retention-rules/letters", json={"months": 12}).status_code == 404


def test_a_rule_that_works_in_a_week_is_taken_back_to_what_worked_before(app, api_of, client_of, at, sweep):
    kostas, page = api_of("Kostas"), client_of("Kostas")

    def rule():
        return next(one for one in kostas.get(f"{V1}/retention-rules").json["items"] if one["kind"] == "unit")

    at(NOW)
    assert "Take it back" not in page.get("/retention").text
    assert page.delete("/retention/unit").status_code == 404, "no rule is to begin"
    for months in ("24", "12"):
        assert page.put("/retention/unit", data={"months": months}).status_code == 303
    assert page.get("/retention").text.count("Take it back") == 1
    assert page.delete("/retention/unit").status_code == 303
    assert rule()["months"] is None, "of two that were to begin neither stays"
    assert page.put("/retention/unit", data={"months": "24"}).status_code == 303
    at(WEEK_ON)
    assert "Take it back" not in page.get("/retention").text
    assert page.put("/retention/unit", data={"months": "12"}).status_code == 303
    assert api_of("Nikos").delete(f"{V1}/retention-rules/unit").status_code == 404
    taken = kostas.delete(f"{V1}/retention-rules/unit")
    assert (taken.status_code, taken.json) == (200, {"kind": "unit", "months": 24, "begins_on": "2026-03-11"})
    assert kostas.delete(f"{V1}/retention-rules/unit").status_code == 404
    assert last_fact(app, "retention-rule-set") == {
        "talk": "unit", "months": 24, "was": 12, "begins": "2026-03-11",
    }  # fmt: skip


def test_a_rule_that_was_replaced_before_it_began_is_not_begun_by_taking_the_next_one_back(app, api_of, at, sweep):
    """24 months were to begin on the 11th and 12 replaced them on the 7th: on the 12th neither removed anything yet."""
    kostas = api_of("Kostas")
    for day, months in ((NOW, 24), (NOW + timedelta(days=3), 12)):
        at(day)
        assert kostas.put(f"{V1}/retention-rules/unit", json={"months": months}).status_code == 200
    at(NOW + timedelta(days=8))
    taken = kostas.delete(f"{V1}/retention-rules/unit")
    assert (taken.status_code, taken.json["months"], taken.json["begins_on"]) == (200, None, None)
    assert sweep() == []
    assert last_fact(app, "retention-rule-lifted") == {"talk": "unit", "was": 12}


def test_what_removed_until_the_day_it_was_replaced_works_on_whatever_was_tried_since(api_of, at):
    """24 months begin on the 11th, the day on which 12 replace them; 6 replace those a day later, and are taken back
    when 12 would have begun."""
    kostas = api_of("Kostas")
    for day, months in ((NOW, 24), (WEEK_ON, 12), (WEEK_ON + timedelta(days=1), 6)):
        at(day)
        assert kostas.put(f"{V1}/retention-rules/unit", json={"months": months}).status_code == 200
    at(WEEK_ON + timedelta(days=7))
    taken = kostas.delete(f"{V1}/retention-rules/unit").json
    assert taken == {"kind": "unit", "months": 24, "begins_on": "2026-03-11"}


def test_what_is_old_goes_to_the_last_word_and_its_place_stays(app, api_of, client_of, parks, at, sweep):
    assert written(app) == set(EVERYWHERE)
    api_of("Kostas").put(f"{V1}/retention-rules/unit", json={"months": 12})
    at(WEEK_ON)
    sweep()
    assert written(app) == set()
    first, second = said(api_of("Nikos"), parks["conversation"])
    assert (first["seq"], first["author"]["name"], first["text"], first["files"]) == (1, "Eleni Markou", None, [])
    assert (first["signs"], first["called"], first["pinned_at"]) == ({}, [], None)
    assert (second["seq"], second["text"], second["reply_to"]) == (2, "Good morning", first["id"])
    page = client_of("Eleni").get(f"/conversations/{parks['conversation']}").text
    assert "Removed by the retention rule on" in page
    fact = last_fact(app, "messages-removed")
    assert (fact["number"], fact["messages"], fact["before"]) == (1, [parks["id"]], "2025-03-11")
    again = {"text": f"@[Nikos](party:16) Mrs {WORD} owes", "nonce": "one"}
    known = api_of("Eleni").post(f"{V1}/conversations/{parks['conversation']}/messages", json=again)
    assert (known.status_code, known.json["id"]) == (201, parks["id"])  # the same nonce says nothing twice


def test_the_ledger_still_holds_without_the_words(app, api_of, parks, at, sweep):
    from pathlib import Path

    from collab.core.sealing import hold

    api_of("Kostas").put(f"{V1}/retention-rules/unit", json={"months": 12})
    at(WEEK_ON)
    sweep()
    with app.app_context():
        report = hold(Path(app.config["COLLAB_DATA_DIR"]), [])
    assert (report.holds, report.findings) == (True, [])
    assert report.erased >= 2


@pytest.mark.parametrize("on", ["conversation", "unit"])
def test_a_legal_hold_keeps_it_whatever_the_rule_says(app, api_of, client_of, cast, parks, at, sweep, on):
    kostas, page = api_of("Kostas"), client_of("Kostas")
    kostas.put(f"{V1}/retention-rules/unit", json={"months": 12})
    what = (
        f"https://city.example/conversations/{parks['conversation']}?at=1" if on == "conversation" else str(cast.TECH)
    )
    assert page.post("/legal-holds", data={on: what, "reason": "Court order 12/2026"}).status_code == 303
    [hold] = kostas.get(f"{V1}/legal-holds").json["items"]
    assert "Court order 12/2026" in page.get("/retention").text
    assert kostas.get(f"{V1}/retention-rules/unit/preview?months=12").json["held"] == 1
    at(WEEK_ON)
    assert sweep() == []
    refused = api_of("Eleni").delete(f"{V1}/messages/{parks['id']}")
    assert (refused.status_code, "legal hold" in refused.text) == (409, True)
    file = said(api_of("Eleni"), parks["conversation"])[0]["files"][0]["id"]
    assert api_of("Eleni").delete(f"{V1}/files/{file}").status_code == 409
    lifting = f"{V1}/legal-holds/{hold['id']}/lifting"
    assert kostas.put(lifting, json={"reason": "The case is closed"}).status_code == 204
    assert sweep() == ["unit"]
    assert last_fact(app, f"{on}-hold-lifted") == {"hold": hold["id"]}


def test_a_hold_on_one_unit_holds_no_talk_of_another(api_of, cast):
    eleni, dimitra, kostas = api_of("Eleni"), api_of("Dimitra"), api_of("Kostas")
    items = [api.post(f"{V1}/tasks", json={"title": "Salt", "unit": unit}).json["reference"]
             for api, unit in ((eleni, cast.PARKS), (eleni, cast.PARKS), (dimitra, cast.LEGAL))]  # fmt: skip
    ways = [f"units/{cast.PARKS}", *(f"work-items/{item}" for item in items[:2])]
    ours = [
        eleni.post(f"{V1}/{way}/messages", json={"text": "ours", "nonce": way.replace("/", "-")}).json["id"]
        for way in ways
    ]
    theirs = [dimitra.post(f"{V1}/{way}/messages", json={"text": "theirs", "nonce": way.replace("/", "-")}).json["id"]
              for way in (f"units/{cast.LEGAL}", f"work-items/{items[2]}")]  # fmt: skip
    assert kostas.post(f"{V1}/legal-holds", json={"unit": cast.LEGAL, "reason": "An inquiry"}).status_code == 201
    assert [eleni.delete(f"{V1}/messages/{one}").status_code for one in ours] == [204, 204, 204]
    assert [dimitra.delete(f"{V1}/messages/{one}").status_code for one in theirs] == [409, 409]


def test_a_hold_is_placed_by_administrators_on_what_there_is(api_of, cast, parks):
    kostas = api_of("Kostas")
    for wrong in ({}, {"conversation": parks["conversation"], "unit": cast.PARKS}, {"conversation": 9_999},
                  {"unit": cast.Eleni}, {"conversation": "x"}, {"conversation": -1}):  # fmt: skip
        assert kostas.post(f"{V1}/legal-holds", json=wrong | {"reason": "x"}).status_code == 422, wrong
    assert kostas.post(f"{V1}/legal-holds", json={"unit": cast.PARKS}).status_code == 422
    good = {"conversation": parks["conversation"], "reason": "x"}
    assert api_of("Nikos").post(f"{V1}/legal-holds", json=good).status_code == 404
    made = kostas.post(f"{V1}/legal-holds", json=good).json["id"]
    lifting = f"{V1}/legal-holds/{made}/lifting"
    assert api_of("Nikos").put(lifting, json={"reason": "x"}).status_code == 404


def test_a_hold_is_lifted_with_a_reason_and_not_by_one_press(app, api_of, client_of, cast):
    page = client_of("Kostas")
    held = {"unit": cast.PARKS, "reason": "Court order 12/2026"}
    hold = api_of("Kostas").post(f"{V1}/legal-holds", json=held).json["id"]
    lifting = f"/legal-holds/{hold}/lifting"
    shown = page.get("/retention").text
    assert f'hx-get="{lifting}/new"' in shown
    asked = page.get(f"{lifting}/new")
    assert (asked.status_code, "Court order 12/2026" in asked.text, 'name="reason"' in asked.text) == (200, True, True)
    assert "<html" in asked.text, "without scripts a page of its own"
    assert "<html" not in page.get(f"{lifting}/new", headers={"HX-Request": "true", "HX-Request-Type": "partial"}).text
    refused = page.put(lifting, data={"reason": " "})
    assert (refused.status_code, 'aria-invalid="true"' in refused.text) == (422, True)
    assert [one["id"] for one in api_of("Kostas").get(f"{V1}/legal-holds").json["items"]] == [hold]
    part = {"HX-Request": "true", "HX-Request-Type": "partial"}
    done = page.put(lifting, data={"reason": "The case is closed"}, headers=part)
    assert (done.status_code, done.headers.get("HX-Redirect"), done.text) == (204, "/retention", "")
    assert "The hold is lifted." in page.get("/retention").text
    again = api_of("Kostas").post(f"{V1}/legal-holds", json=held).json["id"]
    assert page.put(f"/legal-holds/{again}/lifting", data={"reason": "The case is closed"}).status_code == 303
    assert api_of("Kostas").get(f"{V1}/legal-holds").json["items"] == []
    assert page.get(f"{lifting}/new").status_code == 404
    found = api_of("Reza").get(f"{V1}/facts?limit=20").json["items"]
    said = next(one["sentence"] for one in found if one["kind"] == "unit-hold-lifted")
    assert "Kostas Fotiou" in said
    assert "The case is closed" in said


def last_fact(app, kind):
    from sqlalchemy import select

    from collab.core.db import db
    from collab.core.facts import FactRow

    with app.app_context():
        query = select(FactRow.payload).where(FactRow.kind == kind).order_by(FactRow.id.desc()).limit(1)
        return db.session.scalar(query)


def test_a_queue_that_does_not_answer_is_asked_once_a_round(app, api_of, cast, parks, at, monkeypatch):
    """Conversations of units and groups are both due; the queue is dead, and the next round asks again."""
    from collab.core import jobs
    from collab.messaging import removing

    at(LONG_AGO)
    group = api_of("Eleni").post(f"{V1}/conversations", json={"title": "Storm"}).json["id"]
    api_of("Eleni").post(f"{V1}/conversations/{group}/messages", json={"text": "Old", "nonce": "old"})
    at(NOW)
    for kind in ("unit", "group"):
        assert api_of("Kostas").put(f"{V1}/retention-rules/{kind}", json={"months": 12}).status_code == 200
    at(WEEK_ON)
    asked, answers = [], False
    monkeypatch.setattr(jobs, "enqueue", lambda _name, kind, **_more: asked.append(kind) or answers)
    with app.app_context():
        removing.sweep_old()
    assert len(asked) == 1
    answers = True
    with app.app_context():
        removing.sweep_old()
    assert sorted(asked[1:]) == ["group", "unit"]
