"""Whoever is entitled and not of the unit reads a decision from the discussion on, as its form says."""

import re

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


def test_how_people_named_decide_is_one_of_two(client_of, cast):
    sent = {"title": "Planes?", "unit": str(cast.PARKS), "preset": "simple", "people[]": str(cast.Petros)}
    answer = client_of("Eleni").post("/decisions", data=sent | {"named": "garbage"})
    assert answer.status_code == 422
    assert "Choose one from the list." in answer.text


@pytest.mark.parametrize(
    ("more", "entitled"),
    [
        ({"named": "also", "who": "heads"}, {"Petros", "Nikos"}),
        ({"named": "also", "electorate_unit": "LEGAL", "who": "heads"}, {"Petros", "Sofia"}),
        ({"named": "only", "electorate_unit": "LEGAL", "who": "heads"}, {"Petros"}),
        ({"named": "only"}, {"Petros"}),
        ({}, {"Petros"}),  # a form of before
    ],
)
def test_people_named_decide_with_those_chosen_above_or_alone(api_of, client_of, cast, more, entitled):
    eleni = client_of("Eleni")
    assert 'name="named" value="also" checked' in eleni.get("/decisions/new").text
    sent = {"title": "Planes?", "unit": str(cast.PARKS), "preset": "simple", "people[]": str(cast.Petros)}
    if "electorate_unit" in more:
        more = more | {"electorate_unit": str(getattr(cast, more["electorate_unit"]))}
    made = eleni.post("/decisions", data=sent | more)
    assert made.status_code == 303, made.text
    base = made.location.split("?")[0]

    def found():
        return {one["person"] for one in api_of("Eleni").get(f"/api/v1{base}/electorate?limit=100").get_json()["items"]}

    named = {getattr(cast, name) for name in entitled}
    assert found() == named
    # The form of the draft says the same, and saved again it stays so.
    form = eleni.get(f"{base}/editing").text
    chosen = "only" if entitled == {"Petros"} else "also"
    assert f'name="named" value="{chosen}" checked' in form
    again = {"title": "Planes?", "preset": "simple", "people[]": str(cast.Petros), "named": chosen}
    again["version"] = re.search(r'name="version" value="(\d+)"', form)[1]
    again |= {name: value for name, value in more.items() if name in ("who", "electorate_unit")}
    assert eleni.put(base, data=again).status_code == 303
    assert found() == named
