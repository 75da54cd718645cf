"""Whoever is entitled and not of the unit reads a decision from the discussion on, as its form says."""

import pytest

from .voting import NOW, drafted


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def seen(client, made):
    return client.get(f"/api/v1/decisions/{made['reference']}").status_code


@pytest.mark.parametrize("reach", ["unit", "named"])
def test_somebody_named_from_elsewhere_reads_and_argues_from_the_discussion_on(api_of, client_of, cast, reach):
    nikos, petros = api_of("Nikos"), api_of("Petros")
    named = {"people": [cast.Petros, cast.Nikos]}
    made = drafted(nikos, cast.PARKS, reach=reach, electorate=named)
    base = f"/api/v1/decisions/{made['reference']}"
    assert seen(petros, made) == 404
    assert nikos.put(f"{base}/discussion").status_code == 200
    assert seen(petros, made) == 200
    assert client_of("Petros").get(f"/decisions/{made['reference']}").status_code == 200
    assert petros.post(f"{base}/arguments", json={"side": "against", "text": "Too dear."}).status_code == 201
    assert nikos.put(f"{base}/opening").status_code == 200
    assert petros.put(f"{base}/ballot", json={"vote": "no"}).status_code == 200


def test_whoever_becomes_entitled_while_it_is_discussed_reads_it_then(api_of, cast):
    nikos, petros = api_of("Nikos"), api_of("Petros")
    made = drafted(nikos, cast.PARKS)
    base = f"/api/v1/decisions/{made['reference']}"
    assert nikos.put(f"{base}/discussion").status_code == 200
    assert seen(petros, made) == 404
    said = {
        "title": made["title"],
        "closes_on": "2026-11-25",
        "electorate": {"unit": cast.PARKS, "people": [cast.Petros]},
    }
    version = nikos.get(base).get_json()["version"]
    answer = nikos.put(base, json=said, headers={"If-Match": f'"{version}"'})
    assert answer.status_code == 200, answer.get_json()
    assert seen(petros, made) == 200


def test_whoever_is_left_out_by_name_does_not_read_it_for_that(api_of, cast):
    nikos = api_of("Nikos")
    left_out = {"unit": cast.PARKS, "people": [cast.Petros], "without": [cast.Petros]}
    made = drafted(nikos, cast.PARKS, electorate=left_out)
    assert nikos.put(f"/api/v1/decisions/{made['reference']}/discussion").status_code == 200
    assert seen(api_of("Petros"), made) == 404


def test_people_named_decide_alone_unless_a_unit_is_chosen_by_name_and_the_form_says_so(api_of, client_of, cast):
    page = client_of("Eleni").get("/decisions/new").text
    assert "Where “The unit of the decision” stands above, only these decide." in page
    assert "Choose a unit by name there, and these decide with it." in page
    assert "Also these people" not in page
    for unit, entitled in (("", {cast.Petros}), (str(cast.PARKS), {cast.Petros, cast.Eleni, cast.Nikos})):
        sent = {"title": f"Planes, {unit}?", "unit": str(cast.PARKS), "preset": "simple", "electorate_unit": unit}
        answer = client_of("Eleni").post("/decisions", data=sent | {"people[]": str(cast.Petros)})
        assert answer.status_code == 303, answer.text
        path = f"/api/v1{answer.location.split('?')[0]}/electorate?limit=100"
        found = {one["person"] for one in api_of("Eleni").get(path).get_json()["items"]}
        assert entitled <= found
        assert (len(found) == 1) is (not unit)
