"""Before its hour a vote is closed only when nobody is missing; even, it says who decides, and asks them."""

import re

import pytest

from .voting import NOW, ballot, drafted, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def test_a_vote_is_closed_before_its_hour_only_when_nobody_is_missing(cast, api_of, client_of):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS, level="open")
    path = f"/decisions/{made['reference']}"
    for name in ("Eleni", "Giorgos"):
        assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 200
    assert api_of("Babis").put(f"/api/v1{path}/recusal", json={"reason": "My garden"}).status_code == 204
    mine = opened(api_of("Nikos"), cast.PARKS)
    refused = api_of("Eleni").put(f"/api/v1/decisions/{mine['reference']}/closing")
    assert refused.status_code == 403, "whoever runs it"
    early = drafted(api_of("Eleni"), cast.PARKS)
    assert api_of("Eleni").put(f"/api/v1/decisions/{early['reference']}/closing").status_code == 409
    missing = nikos.put(f"/api/v1{path}/closing")
    assert (missing.status_code, "1" in missing.get_json()["detail"]) == (409, True)
    assert 'id="close-now"' not in client_of("Nikos").get(path).text
    assert nikos.put(ballot(made), json={"vote": "no"}).status_code == 200
    assert 'id="close-now"' in client_of("Nikos").get(path).text
    assert 'id="close-now"' not in client_of("Eleni").get(path).text
    closed = nikos.put(f"/api/v1{path}/closing").get_json()
    assert (closed["stage"], closed["closed_at"][:16]) == ("closed", "2026-11-23T08:00")
    assert closed["closed_by"] == cast.Nikos
    assert closed["result"]["count"]["sums"]["yes"] == 2
    assert api_of("Eleni").put(ballot(made), json={"vote": "no"}).status_code == 409
    assert "before its hour" in client_of("Eleni").get(path).text
    assert nikos.put(f"/api/v1{path}/closing").status_code == 409


def test_the_missing_are_counted_in_words_and_an_objection_keeps_a_decision_open(cast, api_of, client_of):
    made = opened(api_of("Nikos"), cast.PARKS, preset="consent", electorate={"people": [cast.Eleni, cast.Giorgos]})
    run = drafted(api_of("Eleni"), cast.PARKS)
    assert api_of("Nikos").put(f"/api/v1/decisions/{run['reference']}/opening").status_code == 200
    page = client_of("Eleni").put(f"/decisions/{run['reference']}/closing")
    assert page.status_code == 409
    assert "4 entitled people have neither voted nor stood aside." in page.text
    path = f"/api/v1/decisions/{made['reference']}"
    assert api_of("Eleni").put(ballot(made), json={"consent": True}).status_code == 200
    objected = api_of("Giorgos").post(f"{path}/objections", json={"reason": "Too dark"})
    assert objected.status_code == 201
    assert api_of("Nikos").put(f"{path}/closing").status_code == 409
    one = objected.get_json()["id"]
    settled = api_of("Nikos").put(f"{path}/objections/{one}/integration", json={"text": "With lamps"})
    assert settled.status_code == 200, settled.get_json()
    assert api_of("Nikos").put(f"{path}/closing").get_json()["stage"] == "closed"


def test_an_even_vote_comes_to_the_day_of_the_chair_until_they_have_spoken(cast, api_of, client_of, tell, close):
    made = opened(api_of("Nikos"), cast.PARKS, ties="chair", chair=cast.Maria)
    path = f"/decisions/{made['reference']}"
    for name, vote in (("Nikos", "yes"), ("Eleni", "no")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    close()
    tell()
    maria = client_of("Maria")
    day = maria.get("/").text
    assert made["reference"] in day, "the chair of another unit sees it, since their word is awaited"
    assert f'href="/work-items/{made["reference"]}"' in day
    assert maria.get(path).status_code == 200
    assert "Maria Lekka" in client_of("Eleni").get(path).text, "who decides"
    assert made["reference"] in maria.get("/inbox").text
    waits = api_of("Maria").get("/api/v1/waits?sense=tie").get_json()["items"]
    answered = api_of("Maria").post(f"/api/v1/waits/{waits[0]['id']}/answer", json={"text": "Yes"})
    assert answered.status_code == 409, "it is done on the page of the decision"
    assert api_of("Maria").put(f"/api/v1{path}/tie", json={"choice": "yes", "reason": "Shade"}).status_code == 200
    assert api_of("Maria").get("/api/v1/waits?sense=tie").get_json()["items"] == []


def test_a_matter_awaited_as_item_and_as_vote_stands_once_on_the_day(cast, api_of, client_of):
    made = drafted(api_of("Eleni"), cast.PARKS)
    assert api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/opening").status_code == 200
    eleni = client_of("Eleni")
    day = eleni.get("/").text
    assert day.count(f'<bdi class="row-ref">{made["reference"]}</bdi>') == 1
    assert "your vote is awaited, and you run it" in day
    badge = day.split('id="nav-my-day"')[1].split("</a>")[0]
    assert re.search(r'class="count[^"]*">1<', badge), (badge, "and counts once")
    assert api_of("Eleni").put(ballot(made), json={"vote": "yes"}).status_code == 200
    after = eleni.get("/").text
    assert after.count(f'<bdi class="row-ref">{made["reference"]}</bdi>') == 1, "still theirs to see through"
    assert "your vote is awaited" not in after
