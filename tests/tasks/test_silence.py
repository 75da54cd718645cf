"""Answer after silence: shown before it happens, carried out once with a draft letter, held back, undone; and
electronic applications that go first."""

import re
from datetime import UTC, datetime

import pytest

from collab.tasks.falling_silent import sweep_silence

NOVEMBER = datetime(2026, 11, 3, 8, tzinfo=UTC)
RULE = {
    "name": "Permit to fell a tree", "allowed": 20, "legal_basis": "law 2690/1999, art. 4", "silence": "approved",
    "silence_within": 5, "silence_measure": "working-days", "silence_basis": "law 4442/2016, art. 7",
}  # fmt: skip
TEMPLATE = {"name": "Tacit approval", "subject_en": "Approved: {title}", "body_en": "Your request is approved."}


@pytest.fixture
def rule(api_of, at, cast):
    at(NOVEMBER)

    def make(**said):
        answer = api_of("Kostas").post("/api/v1/deadline-rules", json=RULE | said)
        assert answer.status_code == 201, answer.text
        return answer.json

    return make


@pytest.fixture
def case(api_of, cast):
    def make(rule, **said):
        fields = {"title": "Pine", "unit": cast.PARKS, "holder": cast.Eleni, "protocol_on": "2026-11-03"}
        answer = api_of("Eleni").post("/api/v1/pending-items", json=fields | {"rule": rule["id"]} | said)
        assert answer.status_code == 201, answer.text
        return answer.json

    return make


@pytest.fixture
def on(app, at):
    """Come to a day and let time do what it does."""

    def go(*day):
        at(datetime(*day, 9, tzinfo=UTC))
        with app.app_context():
            sweep_silence()

    return go


def read(api_of, item, what=""):
    return api_of("Eleni").get(f"/api/v1/pending-items/{item['reference']}{what}").json


def told(api_of, item):
    return [line["sentence"] for line in read(api_of, item, "/history")["items"]]


def test_what_silence_means_is_shown_before_it_happens_and_then_happens_once(
    rule, case, on, api_of, client_of, cast, tell
):
    template = api_of("Nikos").post("/api/v1/letter-templates", json=TEMPLATE | {"unit": cast.PARKS}).json["id"]
    item = case(rule(unit=cast.PARKS, silence_template=template))
    assert item["due_on"] == "2026-11-23"
    said = read(api_of, item, "/silence")
    assert (said["outcome"], said["state"], said["by"]) == ("approved", "counts", "2026-11-30")
    page = client_of("Eleni").get(f"/work-items/{item['reference']}").text
    assert "If we do not decide by Monday 30 November 2026, it counts as approved.<" in page
    assert "5 working days after the deadline · law 4442/2016" in page
    assert "law 4442/2016, art. 7" in page
    on(2026, 11, 30)
    assert read(api_of, item)["state"] == "new"
    for _twice in range(2):
        on(2026, 12, 1)
    assert read(api_of, item)["state"] == "done"
    lines = told(api_of, item)
    assert lines[0] == "Collab finished it: Approved by silence: nothing came in time. law 4442/2016, art. 7"
    assert [line for line in lines if line.startswith("Nothing came")] == [
        "Nothing came by 30 Nov 2026 (5 working days after the deadline), so it counts as approved: "
        "law 4442/2016, art. 7"
    ]
    letters = api_of("Eleni").get(f"/api/v1/work-items/{item['reference']}/letters").json["items"]
    assert [letter["subject"] for letter in letters] == ["Approved: Pine"]
    tell()
    heard = [line["reasons"] for line in api_of("Eleni").get("/api/v1/notifications").json["items"]]
    assert heard == [["completed"]]


def test_whoever_holds_it_undoes_it_and_it_does_not_happen_again(rule, case, on, api_of, client_of):
    item = case(rule())
    on(2026, 12, 1)
    fact = next(
        line["id"] for line in read(api_of, item, "/history")["items"] if line["sentence"].startswith("Collab finished")
    )
    assert f"/facts/{fact}/undo" in client_of("Eleni").get(f"/work-items/{item['reference']}").text
    assert f"/facts/{fact}/undo" not in client_of("Giorgos").get(f"/work-items/{item['reference']}").text
    assert api_of("Giorgos").post(f"/api/v1/facts/{fact}/undo").status_code == 403
    on(2026, 12, 4)
    assert api_of("Eleni").post(f"/api/v1/facts/{fact}/undo").status_code == 200
    on(2026, 12, 7)
    assert read(api_of, item)["state"] == "new"
    assert read(api_of, item, "/silence")["state"] == "done"
    assert api_of("Eleni").delete(f"/api/v1/pending-items/{item['reference']}/silence/hold").json["state"] == "counts"
    on(2026, 12, 8)
    assert read(api_of, item)["state"] == "done"


def test_a_counterpart_who_does_not_answer_and_a_clock_that_stands_still(rule, case, on, api_of, cast):
    closing = rule(silence="closed", silence_after="asking", silence_within=10, silence_measure="days")
    asked, silent = case(closing, counterpart=cast.forestry), case(closing, counterpart=cast.forestry)
    approving = case(rule())
    for item in (asked, approving):
        ask = {"of": cast.forestry, "what": "The map", "stops_clock": True}
        assert api_of("Eleni").post(f"/api/v1/work-items/{item['reference']}/waits", json=ask).status_code == 201
    assert read(api_of, asked, "/silence")["by"] == "2026-11-13"
    assert read(api_of, silent, "/silence")["by"] is None
    on(2026, 12, 14)
    states = [read(api_of, item)["state"] for item in (asked, silent, approving)]
    assert states == ["cancelled", "new", "waiting"]


def test_while_somebody_outside_is_awaited_the_page_says_what_stands_and_what_comes_next(
    rule, case, client_of, cast, on
):
    eleni, item = client_of("Eleni"), case(rule())
    address = f"/work-items/{item['reference']}"
    begin = eleni.get(address).text.split("#play")[0].rsplit("<button", 1)[1]
    assert "button-primary" in begin
    eleni.post(f"{address}/waits", data={"of": cast.forestry, "what": "The map", "stops_clock": "on"})
    page = eleni.get(address).text
    assert "Silence does not count now: the clock stands still.<" in page
    assert re.search(r"#pause.></use></svg>due [^<]*23[^<]*<", page)
    assert page.count("the clock stands still</h2>") == 1
    now = page.split('id="item-main"')[1].split('id="history-title"')[0]
    assert "clock stopped" not in re.sub(r'<span class="visually-hidden">.*?</span>|title="[^"]*"', "", now)
    assert "Eleni Markou is reminded every 3 working days to ask again" in page
    [primary] = [
        part for part in page.split("<a ")[1:] if part.startswith('class="button button-small button-primary"')
    ]
    assert "Answer came…" in primary
    assert 'class="button button-primary"' not in page.split('id="acts"')[1].split("</section>")[0]
    answer = primary.split('href="')[1].split('"')[0]
    eleni.post(answer, data={"text": "Here it is"})
    assert "writes down the answer of Forestry Office" in eleni.get(address).text
    said = eleni.get(f"/api/v1/work-items/{item['reference']}/messages").json["items"]
    assert [one["on_behalf_of"] and one["on_behalf_of"]["name"] for one in said] == [None, "Forestry Office"]


def test_it_is_held_back_with_a_reason_by_whoever_may_change_it(rule, case, on, api_of, client_of):
    item = case(rule())
    hold = f"/api/v1/pending-items/{item['reference']}/silence/hold"
    assert api_of("Giorgos").post(hold, json={"reason": "x"}).status_code == 403
    assert api_of("Leila").post(hold, json={"reason": "x"}).status_code == 404
    page = client_of("Eleni").post(hold.removeprefix("/api/v1"), data={"reason": ""})
    assert page.status_code == 422
    assert api_of("Eleni").post(hold, json={"reason": "The court looks at it"}).json["state"] == "held"
    on(2026, 12, 14)
    assert read(api_of, item)["state"] == "new"
    assert told(api_of, item)[0].endswith("holds back what would follow from silence: The court looks at it")
    api_of("Eleni").delete(hold)
    on(2026, 12, 14)
    assert read(api_of, item)["state"] == "done"


def test_electronic_applications_go_first_where_the_rule_says_so(rule, case, api_of, tell):
    quick = rule(electronic_allowed=10, electronic_priority=3)
    item = case(quick, source="electronic")
    assert (item["due_on"], item["priority"], item["details"]["allowed"]) == ("2026-11-13", 3, 10)
    assert item["details"]["because"][0] == "An electronic application: the rule gives it 10 calendar days."
    assert told(api_of, item)[:2] == [
        "Electronic applications go first under its deadline rule: the priority is now high",
        "The deadline is 13 Nov 2026: 10 calendar days from 3 Nov 2026 (an electronic application)",
    ]
    on_paper = case(quick, source="citizen")
    assert (on_paper["due_on"], on_paper["priority"]) == ("2026-11-23", 0)
    address = f"/api/v1/pending-items/{on_paper['reference']}"
    now = api_of("Eleni").patch(address, json={"source": "electronic"}).json
    assert (now["due_on"], now["priority"]) == ("2026-11-13", 3)
    assert api_of("Eleni").patch(address, json={"priority": 1}).json["priority"] == 1
    api_of("Kostas").put(f"/api/v1/deadline-rules/{quick['id']}", json=RULE | {"electronic_allowed": 15})
    tell()
    assert read(api_of, item)["due_on"] == "2026-11-18"


def test_a_rule_says_the_whole_of_it_or_is_refused_at_the_field(rule, api_of, client_of):
    def fields(**said):
        answer = api_of("Kostas").post("/api/v1/deadline-rules", json=RULE | said)
        return answer.status_code, [error["field"] for error in answer.json["errors"]]

    rule()
    assert fields(silence_within=None) == (422, ["silence_within"])
    assert fields(electronic_allowed=30) == (422, ["electronic_allowed"])
    assert fields(silence_template=999) == (422, ["silence_template"])
    assert fields(silence="perhaps") == (422, ["silence"])
    shown = client_of("Kostas").get("/deadline-rules").text
    assert "Answer after silence" in shown
