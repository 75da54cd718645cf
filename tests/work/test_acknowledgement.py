"""Asked to read something: on each reader's day with one button, and the item says who is missing."""

from datetime import UTC, datetime

import pytest

from collab.work.commands import complete
from collab.work.forms import Complete
from tests.work.making import make

PART = {"HX-Request-Type": "partial"}
HERE = "/work-items/PARKS-1/acknowledgement"
API = f"/api/v1{HERE}"


@pytest.fixture(autouse=True)
def item(app, cast, actor_of, at):
    at(datetime(2026, 11, 23, 8, tzinfo=UTC))
    with app.app_context():
        return make(actor_of("Nikos"), cast.PARKS, cast.Nikos, title="New safety rules")


def waits_of(api, name):
    return [each["id"] for each in api(name).get("/api/v1/waits?sense=acknowledgement").json["items"]]


def standing(api, name="Nikos"):
    said = api(name).get(API).json
    return {each["party"]["name"]: each["read_at"] is not None for each in said["items"]}


def test_a_units_members_are_asked_each_by_name_and_never_the_asker(api_of, cast, tell):
    asked = api_of("Nikos").post(API, json={"parties": [cast.PARKS, cast.Maria], "until": "2026-11-30"})
    assert (asked.status_code, asked.json["read"], asked.json["all"]) == (201, 0, 4)
    assert set(standing(api_of)) == {"Eleni Markou", "Giorgos Zervas", "Babis Ioannou", "Maria Lekka"}
    tell()
    line = api_of("Maria").get("/api/v1/notifications").json["items"][0]
    assert line["reasons"] == ["to-read"]


def test_it_stands_on_my_day_with_one_button_and_ends_with_it(client_of, api_of, cast):
    api_of("Nikos").post(API, json={"parties": [cast.Eleni], "what": "Chapter 3"})
    day = client_of("Eleni").get("/").text
    wait = waits_of(api_of, "Eleni")[0]
    assert f"/waits/{wait}/acknowledgement" in day
    assert "I have read it" in day
    page = client_of("Eleni").get("/work-items/PARKS-1").text
    assert "Nikos Pappas asks you to read this." in page
    assert "Chapter 3" in page
    pressed = client_of("Eleni").post(f"/waits/{wait}/acknowledgement", headers=PART)
    assert pressed.status_code == 204
    assert waits_of(api_of, "Eleni") == []
    assert "Chapter 3" not in client_of("Nikos").get("/").text  # who is missing stands on the item, not line by line
    assert standing(api_of) == {"Eleni Markou": True}
    assert "Eleni Markou confirmed having read it" in api_of("Eleni").get("/api/v1/work-items/PARKS-1/history").text


def test_nobody_reads_for_somebody_else(api_of, cast):
    api_of("Nikos").post(API, json={"parties": [cast.Eleni]})
    wait = waits_of(api_of, "Eleni")[0]
    assert api_of("Nikos").post(f"/api/v1/waits/{wait}/acknowledgement").status_code == 403
    assert api_of("Giorgos").post(f"/api/v1/waits/{wait}/acknowledgement").status_code == 403
    assert api_of("Leila").post(f"/api/v1/waits/{wait}/acknowledgement").status_code == 404
    refused = api_of("Nikos").post(f"/api/v1/waits/{wait}/answer", json={"text": "She has."})
    assert refused.status_code == 409
    assert standing(api_of) == {"Eleni Markou": False}


def test_a_second_press_is_told_calmly_and_counts_once(api_of, cast):
    api_of("Nikos").post(API, json={"parties": [cast.Eleni]})
    wait = waits_of(api_of, "Eleni")[0]
    answers = [api_of("Eleni").post(f"/api/v1/waits/{wait}/acknowledgement").status_code for _time in range(2)]
    assert answers == [200, 200]


def test_who_asked_hears_once_when_the_last_has_read_it(api_of, cast, tell):
    api_of("Nikos").post(API, json={"parties": [cast.Eleni, cast.Giorgos]})
    for name in ("Eleni", "Giorgos"):
        tell()
        assert api_of("Nikos").get("/api/v1/notifications").json["items"] == []
        api_of(name).post(f"/api/v1/waits/{waits_of(api_of, name)[0]}/acknowledgement")
    tell()
    line = api_of("Nikos").get("/api/v1/notifications").json["items"][0]
    assert (line["reasons"], line["count"]) == (["all-read"], 1)


def test_the_missing_are_reminded_once_a_working_day_and_those_who_read_it_never(api_of, client_of, cast, at, tell):
    api_of("Nikos").post(API, json={"parties": [cast.Eleni, cast.Giorgos]})
    api_of("Giorgos").post(f"/api/v1/waits/{waits_of(api_of, 'Giorgos')[0]}/acknowledgement")
    assert api_of("Nikos").post(f"{API}/nudges").json == {"reminded": 1}
    assert api_of("Nikos").post(f"{API}/nudges").status_code == 409
    at(datetime(2026, 11, 24, 8, tzinfo=UTC))
    assert client_of("Nikos").post(f"{HERE}/nudges", headers=PART).status_code == 204
    assert api_of("Eleni").post(f"{API}/nudges").status_code == 403
    tell()
    heard = {name: api_of(name).get("/api/v1/notifications").json["items"][0] for name in ("Giorgos", "Eleni")}
    assert {name: line["reasons"] for name, line in heard.items()} == {
        "Giorgos": ["to-read"], "Eleni": ["nudged", "to-read"],
    }  # fmt: skip


def test_nobody_is_asked_twice_at_once_but_again_after_having_read(api_of, cast):
    nikos = api_of("Nikos")
    assert nikos.post(API, json={"parties": [cast.Eleni]}).status_code == 201
    twice = nikos.post(API, json={"parties": [cast.Eleni, cast.Nikos]})
    assert (twice.status_code, twice.json["errors"][0]["field"]) == (422, "parties")
    api_of("Eleni").post(f"/api/v1/waits/{waits_of(api_of, 'Eleni')[0]}/acknowledgement")
    assert nikos.post(API, json={"parties": [cast.Eleni]}).status_code == 201
    assert standing(api_of) == {"Eleni Markou": False}


def test_what_is_no_longer_expected_leaves_those_who_read_it(api_of, cast):
    api_of("Nikos").post(API, json={"parties": [cast.Eleni, cast.Giorgos]})
    api_of("Eleni").post(f"/api/v1/waits/{waits_of(api_of, 'Eleni')[0]}/acknowledgement")
    assert api_of("Maria").delete(API).status_code == 404
    assert api_of("Nikos").delete(API).status_code == 204
    assert standing(api_of) == {"Eleni Markou": True}
    assert api_of("Nikos").delete(API).status_code == 409


def test_it_ends_with_the_item(app, api_of, cast, actor_of, item):
    api_of("Nikos").post(API, json={"parties": [cast.Eleni]})
    with app.app_context():
        complete(actor_of("Nikos"), item, Complete())
    assert waits_of(api_of, "Eleni") == []
    assert api_of("Nikos").post(API, json={"parties": [cast.Eleni]}).status_code == 409


def test_unread_is_shown_to_the_asker_and_does_not_go_up_line_by_line(app, api_of, cast, at):
    from collab.work.sweeps import sweep_waits

    api_of("Nikos").post(API, json={"parties": [cast.PARKS], "until": "2026-11-24"})
    at(datetime(2026, 12, 21, 9, tzinfo=UTC))
    with app.app_context():
        sweep_waits()
    assert api_of("Yannis").get("/api/v1/waits?sense=lapse").json["items"] == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "parties"), ({"parties": []}, "parties"), ({"parties": [99999]}, "parties"), ({"parties": "x"}, "parties"),
        ({"parties": [True]}, "parties.0"), ({"parties": [{"id": 1}]}, "parties.0"),
        ({"parties": ["{Eleni}"], "until": "2020-01-01"}, "until"), ({"parties": ["{Eleni}"], "what": 7}, "what"),
        ({"parties": ["{Eleni}"], "what": "a\x00"}, "what"), ({"parties": ["{forestry}"]}, "parties"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_at_its_field(api_of, cast, typed, field):
    ids = {"{Eleni}": cast.Eleni, "{forestry}": cast.forestry}
    if isinstance(typed.get("parties"), list):
        typed = typed | {
            "parties": [ids.get(each, each) if isinstance(each, str) else each for each in typed["parties"]]
        }
    answer = api_of("Nikos").post(API, json=typed)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert standing(api_of) == {}


def test_the_form_keeps_what_was_typed_and_finds_by_name(client_of, api_of, cast):
    form = client_of("Nikos").get(f"{HERE}/new", headers=PART).text
    assert "Eleni Markou" in form
    assert "Nikos Pappas" not in form
    refused = client_of("Nikos").post(
        HERE, data={"parties[]": [str(cast.Eleni)], "what": "Chapter 3", "more_name": "Nobody At All"}, headers=PART
    )
    assert refused.status_code == 422
    assert 'value="Chapter 3"' in refused.text
    assert f'value="{cast.Eleni}" checked' in refused.text
    taken = client_of("Nikos").post(
        HERE, data={"parties[]": [str(cast.Eleni)], "more_name": "Maria Lekka"}, headers=PART
    )
    assert taken.status_code == 204
    assert set(standing(api_of)) == {"Eleni Markou", "Maria Lekka"}


def test_many_readers_cost_no_more_queries_than_one(client_of, api_of, cast, queries):
    nikos, client = api_of("Nikos"), client_of("Yannis")
    nikos.post(API, json={"parties": [cast.Eleni]})
    client.get("/work-items/PARKS-1")
    with queries() as with_one:
        assert "of 1 " in client.get("/work-items/PARKS-1").text
    nikos.post(API, json={"parties": [cast.LEGAL, cast.ROADS, cast.FINANCE]})
    with queries() as with_many:
        assert "of 9 have read it" in client.get("/work-items/PARKS-1").text
    assert len(with_many) <= len(with_one) <= 14
