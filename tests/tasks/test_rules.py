"""Deadline rules: who makes them, what items take from them, and what follows when one is changed."""

from datetime import UTC, datetime

import pytest

from collab.tasks.commands import reckoning

NOVEMBER = datetime(2026, 11, 3, 8, tzinfo=UTC)
FELLING = {
    "name": "Permit to fell a tree",
    "name_el": "Άδεια κοπής",
    "allowed": 50,
    "legal_basis": "law 2690/1999, art. 4",
}


@pytest.fixture
def rule(api_of, at):
    """A rule of the whole organisation, made by the administrator; more of it as it is said."""
    at(NOVEMBER)

    def make(who="Kostas", **said):
        answer = api_of(who).post("/api/v1/deadline-rules", json=FELLING | said)
        assert answer.status_code == 201, answer.text
        return answer.json

    return make


@pytest.fixture
def case(api_of, cast):
    def make(rule, **said):
        said = {
            "title": "Pine",
            "unit": cast.PARKS,
            "holder": cast.Eleni,
            "protocol_on": "2026-11-03",
            "rule": rule["id"],
        } | said
        answer = api_of("Eleni").post("/api/v1/pending-items", json=said)
        assert answer.status_code == 201, answer.text
        return answer.json

    return make


def fields_of(answer):
    return [error["field"] for error in answer.json["errors"]]


def read(api_of, item):
    return api_of("Eleni").get(f"/api/v1/pending-items/{item['reference']}").json


def said_of(api_of, item):
    return [
        line["sentence"]
        for line in api_of("Eleni").get(f"/api/v1/work-items/{item['reference']}/history").json["items"]
    ]


def test_an_item_takes_its_terms_from_the_rule_it_names(rule, case):
    made = case(rule(), allowed=3, measure="working-days")
    assert made["due_on"] == "2026-12-23"
    assert made["details"]["rule"]["name"] == "Permit to fell a tree"
    assert (made["details"]["allowed"], made["details"]["measure"]) == (50, "days")
    assert made["details"]["because"][0].startswith("law 2690/1999, art. 4: counted from the day after")


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ({"allowed": 2, "measure": "months"}, "2027-01-04"),  # the 3rd is a Sunday
        ({"allowed": 2, "measure": "months", "rolls": False}, "2027-01-03"),
        ({"allowed": 3, "measure": "weeks"}, "2026-11-24"),
        ({"allowed": 3, "measure": "weeks", "first_day_counts": True}, "2026-11-23"),
        ({"allowed": 10, "measure": "working-days"}, "2026-11-17"),
        ({"allowed": 10, "measure": "working-days", "first_day_counts": True}, "2026-11-16"),
        ({"allowed": 3, "measure": "days", "last_day_free": True}, "2026-11-09"),  # the 7th is a Saturday
        ({"allowed": 2, "measure": "days", "least_working_days": 4}, "2026-11-09"),
        ({"allowed": 1, "measure": "years"}, "2027-11-03"),
    ],
)
def test_a_rule_counts_as_it_says(rule, case, terms, due):
    assert case(rule(**terms))["due_on"] == due


def test_a_changed_rule_moves_what_is_open_and_says_why(rule, case, api_of, tell):
    felling = rule()
    followed, by_hand, finished = case(felling), case(felling, due_on="2026-12-01"), case(felling)
    api_of("Eleni").post(f"/api/v1/work-items/{finished['reference']}/completion", json={"outcome": "granted"})
    tell()
    changed = api_of("Kostas").put(f"/api/v1/deadline-rules/{felling['id']}", json=FELLING | {"allowed": 30})
    assert (changed.status_code, changed.json["says"]) == (200, "30 calendar days")
    tell()
    now = read(api_of, followed)
    assert (now["due_on"], now["version"]) == ("2026-12-03", followed["version"] + 1)
    assert said_of(api_of, followed)[0] == (
        "The deadline is 3 Dec 2026: 30 calendar days from 3 Nov 2026 (the rule was changed)"
    )
    assert read(api_of, by_hand)["due_on"] == "2026-12-01"
    assert read(api_of, by_hand)["details"]["allowed"] == 30
    assert (read(api_of, finished)["due_on"], read(api_of, finished)["details"]["allowed"]) == ("2026-12-23", 50)
    mine = api_of("Eleni").get("/api/v1/waits").json["items"]
    assert {wait["until"] for wait in mine} == {"2026-12-03", "2026-12-01"}


def test_many_items_follow_in_batches_each_a_transaction_of_its_own(rule, case, api_of, tell, monkeypatch, queries):
    monkeypatch.setattr(reckoning, "BATCH", 2)
    felling = rule()
    made = [case(felling) for _number in range(5)]
    tell()
    api_of("Kostas").put(f"/api/v1/deadline-rules/{felling['id']}", json=FELLING | {"allowed": 30})
    with queries() as sent:
        tell()
    assert {read(api_of, one)["due_on"] for one in made} == {"2026-12-03"}
    batches = [each for each in sent.sent if each.startswith("SELECT work_item.") and "FOR NO KEY UPDATE" in each]
    assert len(batches) == 3
    # Whoever is told in between finds items of the next batch free.
    assert all(len(said_of(api_of, one)) == 3 for one in made)


def test_an_item_whose_day_is_not_known_yet_takes_the_new_terms_as_well(rule, case, api_of, tell):
    felling = rule()
    waiting = case(felling, protocol_on=None)
    api_of("Kostas").put(f"/api/v1/deadline-rules/{felling['id']}", json=FELLING | {"allowed": 30})
    tell()
    assert read(api_of, waiting)["details"]["allowed"] == 30


def test_a_rule_changed_while_a_clock_stood_still_counts_what_stood(rule, case, api_of, cast, at, tell):
    felling = rule()
    made = case(felling)
    at(datetime(2026, 11, 10, 8, tzinfo=UTC))
    asked = api_of("Eleni").post(
        f"/api/v1/work-items/{made['reference']}/waits",
        json={"of": cast.forestry, "what": "opinion", "stops_clock": True},
    )
    at(datetime(2026, 11, 20, 8, tzinfo=UTC))
    api_of("Eleni").post(f"/api/v1/waits/{asked.json['id']}/answer", json={"text": "Yes"})
    tell()
    assert read(api_of, made)["due_on"] == "2027-01-04"  # ten days more: 2 January is a Saturday
    api_of("Kostas").put(f"/api/v1/deadline-rules/{felling['id']}", json=FELLING | {"allowed": 40})
    tell()
    assert read(api_of, made)["due_on"] == "2026-12-23"
    assert read(api_of, made)["details"]["suspended_days"] == 10


def test_a_day_corrected_in_the_calendar_moves_the_deadlines_that_fall_on_it(rule, case, client_of, api_of, tell, cast):
    made = case(rule(allowed=4, measure="working-days"))
    assert made["due_on"] == "2026-11-09"
    calendar = api_of("Kostas").get("/api/v1/calendars").json["items"][0]["id"]
    correction = {"day": "2026-11-05", "name": "Feast of the town", "working": ""}
    client_of("Kostas").post(f"/administration/calendars/{calendar}/corrections", data=correction)
    tell()
    assert read(api_of, made)["due_on"] == "2026-11-10"
    assert said_of(api_of, made)[0].endswith("(the working calendar was changed)")


def test_a_holiday_entered_after_it_was_moves_what_is_open_and_nothing_that_is_finished(
    rule, case, client_of, api_of, tell, at
):
    terms = rule(allowed=4, measure="working-days")
    going_on, finished = case(terms), case(terms)
    assert going_on["due_on"] == finished["due_on"] == "2026-11-09"
    done = api_of("Eleni").post(
        f"/api/v1/pending-items/{finished['reference']}/completion", json={"outcome": "granted"}
    )
    assert done.status_code == 200, done.text
    at(datetime(2026, 11, 20, 8, tzinfo=UTC))
    calendar = api_of("Kostas").get("/api/v1/calendars").json["items"][0]["id"]
    strike = {"day": "2026-11-05", "name": "Strike of the whole house", "working": ""}
    client_of("Kostas").post(f"/administration/calendars/{calendar}/corrections", data=strike)
    tell()
    assert [read(api_of, each)["due_on"] for each in (going_on, finished)] == ["2026-11-10", "2026-11-09"]
    assert said_of(api_of, going_on)[0].endswith("(the working calendar was changed)")


def test_pages_that_show_a_deadline_hear_that_the_calendar_moved_it_and_nobody_elses(
    rule, case, line, client_of, api_of, tell, cast
):
    made, kept = case(rule(allowed=4, measure="working-days")), case(rule(allowed=9), reach="named")
    tell()
    pages = {name: line(api_of(name)) for name in ("Eleni", "Nikos", "Leila")}
    calendar = api_of("Kostas").get("/api/v1/calendars").json["items"][0]["id"]
    strike = {"day": "2026-11-09", "name": "Strike of the whole house", "working": ""}
    client_of("Kostas").post(f"/administration/calendars/{calendar}/corrections", data=strike)
    tell()
    assert read(api_of, made)["due_on"] == "2026-11-10"
    heard = {
        name: {
            (event["args"][0]["kind"], event["args"][0]["id"])
            for event in page.get_received()
            if event["name"] == "hint"
        }
        for name, page in pages.items()
    }
    for name in ("Eleni", "Nikos"):
        assert {("work-item", made["id"]), ("my-day", "mine")} <= heard[name]
        assert ("work-item", kept["id"]) not in heard[name], "its day did not move"
    assert heard["Leila"] == set()


@pytest.mark.parametrize(
    ("stopped_by", "outsider", "colleague"), [("anyone", 201, 201), ("outsiders", 201, 422), ("nobody", 422, 422)]
)
def test_the_clock_stops_only_for_waits_that_the_rule_allows(rule, case, api_of, cast, stopped_by, outsider, colleague):
    felling = rule(stopped_by=stopped_by)
    for of, expected in ((cast.forestry, outsider), (cast.Sofia, colleague)):
        made = case(felling)
        answer = api_of("Eleni").post(
            f"/api/v1/work-items/{made['reference']}/waits", json={"of": of, "what": "opinion", "stops_clock": True}
        )
        assert answer.status_code == expected
        if expected == 422:
            assert fields_of(answer) == ["stops_clock"]


@pytest.mark.parametrize(("stopped_by", "ticked"), [("anyone", ">"), ("outsiders", " checked>")])
def test_the_form_for_waiting_says_beside_the_day_what_the_rule_says_of_the_clock(
    rule, case, client_of, stopped_by, ticked
):
    made = case(rule(stopped_by=stopped_by))
    form = client_of("Eleni").get(f"/work-items/{made['reference']}/waits/new").text
    assert f'name="stops_clock" value="on" data-stopped-by="{stopped_by}"{ticked}' in form
    assert form.index('id="d-until"') < form.index('id="d-stops_clock"') < form.index('id="d-item"')


def test_where_nothing_stops_the_clock_nobody_is_offered_to_stop_it(rule, case, client_of):
    made = case(rule(stopped_by="nobody"))
    assert "stops_clock" not in client_of("Eleni").get(f"/work-items/{made['reference']}/waits/new").text


def test_a_head_makes_rules_for_the_own_unit_alone(rule, api_of, cast):
    assert rule("Nikos", unit=cast.PARKS)["unit"]["code"] == "PARKS"
    assert api_of("Nikos").post("/api/v1/deadline-rules", json=FELLING | {"unit": cast.ROADS}).status_code == 403
    assert api_of("Eleni").post("/api/v1/deadline-rules", json=FELLING | {"unit": cast.PARKS}).status_code == 403


def test_a_rule_of_another_unit_cannot_be_chosen(rule, api_of, cast):
    roads = rule(unit=cast.ROADS)
    said = {"title": "Pine", "unit": cast.PARKS, "protocol_on": "2026-11-03", "rule": roads["id"]}
    answer = api_of("Eleni").post("/api/v1/pending-items", json=said)
    assert (answer.status_code, fields_of(answer)) == (422, ["rule"])


def test_a_retired_rule_is_offered_no_longer_but_its_items_keep_it(rule, case, api_of, cast, client_of):
    felling = rule()
    made = case(felling)
    api_of("Kostas").post(f"/api/v1/deadline-rules/{felling['id']}/retirement")
    assert "Permit to fell a tree" not in client_of("Eleni").get("/pending-items/new").text
    answer = api_of("Eleni").post(
        "/api/v1/pending-items", json={"title": "Pine", "unit": cast.PARKS, "rule": felling["id"]}
    )
    assert fields_of(answer) == ["rule"]
    kept = api_of("Eleni").patch(f"/api/v1/pending-items/{made['reference']}", json={"title": "Two pines"})
    assert (kept.status_code, kept.json["details"]["rule"]["id"]) == (200, felling["id"])


@pytest.mark.parametrize(("measure", "most"), [("weeks", 1500), ("months", 360), ("years", 30)])
def test_a_term_longer_than_can_be_counted_is_refused(api_of, measure, most):
    post = api_of("Kostas").post
    assert post("/api/v1/deadline-rules", json=FELLING | {"allowed": most, "measure": measure}).status_code == 201
    refused = post("/api/v1/deadline-rules", json=FELLING | {"allowed": most + 1, "measure": measure})
    assert fields_of(refused) == ["allowed"]


def test_what_is_refused_of_a_rule_stands_at_its_field(client_of):
    typed = {
        "name": "Objection",
        "allowed": "3",
        "measure": "months",
        "rolls": "on",
        "stopped_by": "nobody",
        "unit": "",
    }
    silence = {"silence": "approved", "silence_measure": "years"}
    for name, said, field in (
        ("Kostas", {"allowed": "400"}, "allowed"),
        ("Kostas", {"allowed": "3000"}, "allowed"),
        ("Kostas", {"electronic_allowed": "4"}, "electronic_allowed"),
        ("Kostas", silence, "silence_within"),
        ("Kostas", silence | {"silence_within": "31"}, "silence_within"),
        ("Kostas", {"name": ""}, "name"),
        ("Sofia", {}, "unit"),
    ):
        refused = client_of(name).post("/deadline-rules", data=typed | said)
        assert refused.status_code == 422, said
        assert f'id="f-{field}-error"' in refused.text, said


def test_every_length_that_is_too_long_is_told_at_once_and_a_small_number_what_the_least_is(api_of):
    said = {
        "measure": "months",
        "allowed": 400,
        "silence": "approved",
        "silence_measure": "years",
        "silence_within": 400,
    }
    refused = api_of("Sofia").post("/api/v1/deadline-rules", json=FELLING | said)
    assert sorted(fields_of(refused)) == ["allowed", "silence_within"]
    assert "At least 1 " in api_of("Sofia").post("/api/v1/deadline-rules", json=FELLING | {"allowed": 0}).text


def test_a_head_must_say_where_a_rule_holds_and_nobody_else_is_asked(client_of, api_of):
    said = {"name": "Objection", "allowed": "3", "measure": "months", "rolls": "on", "stopped_by": "nobody", "unit": ""}
    assert fields_of(api_of("Nikos").post("/api/v1/deadline-rules", json=FELLING)) == ["unit"]
    assert client_of("Nikos").post("/deadline-rules", data=said).status_code == 422
    assert api_of("Eleni").post("/api/v1/deadline-rules", json=FELLING).status_code == 403
    assert client_of("Eleni").post("/deadline-rules", data=said).status_code == 403


def test_the_pages_make_change_and_retire_a_rule(client_of, at):
    at(NOVEMBER)
    kostas = client_of("Kostas")
    typed = {
        "name": "Objection",
        "allowed": "3",
        "measure": "months",
        "rolls": "on",
        "stopped_by": "nobody",
        "unit": "",
    }
    made = kostas.post("/deadline-rules", data=typed)
    assert made.status_code == 303
    page = client_of("Eleni").get(made.location).text
    assert "3 months" in page
    assert "Retire" not in page
    assert '<p class="page-note"><a class="link" href="/deadline-rules">' in page
    assert 'class="tab" href="/administration/units"' not in page
    assert 'class="tab" href="/deadline-rules" aria-current="page"' in kostas.get(made.location).text
    wrong = kostas.post(f"{made.location}?_method=PUT", data=typed | {"allowed": "0"})
    assert wrong.status_code == 422
    assert 'value="0"' in wrong.text
    assert kostas.post(f"{made.location}?_method=PUT", data=typed | {"allowed": "4"}).status_code == 303
    assert "4 months" in client_of("Eleni").get(made.location).text
    assert kostas.post(f"{made.location}/retirement").status_code == 303
    assert "retired" in kostas.get("/deadline-rules").text


def test_an_item_that_is_open_again_follows_the_rule_as_it_is_now(rule, case, api_of, tell):
    felling = rule()
    undone, reopened, by_hand = case(felling), case(felling), case(felling, due_on="2026-12-01")
    for item in (undone, reopened, by_hand):
        api_of("Eleni").post(f"/api/v1/work-items/{item['reference']}/completion", json={"outcome": "granted"})
    api_of("Kostas").put(f"/api/v1/deadline-rules/{felling['id']}", json=FELLING | {"allowed": 30})
    tell()
    line = api_of("Eleni").get(f"/api/v1/work-items/{undone['reference']}/history").json["items"][0]
    assert api_of("Eleni").post(line["undo"]).status_code == 200
    for item in (reopened, by_hand):
        api_of("Eleni").delete(f"/api/v1/work-items/{item['reference']}/completion")
    tell()
    assert [read(api_of, item)["due_on"] for item in (undone, reopened, by_hand)] == [
        "2026-12-03", "2026-12-03", "2026-12-01",
    ]  # fmt: skip
