"""Who presents a point of the agenda: said in the form, shown on the page, given and taken by the API."""

import re

import pytest

from .test_meetings import DONE, NOW, added, at_, called


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def point_of(client, made):
    return client.get(at_(made)).get_json()["points"][0]


def card(page, point):
    return page.partition(f'id="point-{point}"')[2].partition("</article>")[0]


def test_the_owner_of_a_point_through_form_page_and_api(cast, api_of, client_of):
    nikos, page = api_of("Nikos"), client_of("Nikos")
    made = called(nikos, cast)
    address = f"/meetings/{made['reference']}"
    typed = {"title": "Salt", "minutes": "20", "owner": str(cast.Maria), "owner_name": "Maria Lekka"}
    assert page.post(f"{address}/points", data=typed).status_code in DONE
    point = point_of(nikos, made)
    assert (point["title"], point["owner"]) == ("Salt", cast.Maria)
    assert "<bdi>Maria Lekka</bdi>" in card(client_of("Eleni").get(address).text, point["id"])
    form = page.get(f"{address}/points/{point['id']}").text
    assert f'name="owner" value="{cast.Maria}"' in form
    edition = re.search(r'name="edition" value="(\d+)"', form)[1]
    other = typed | {"owner": str(cast.Giorgos), "owner_name": "Giorgos Zervas", "edition": edition}
    assert page.put(f"{address}/points/{point['id']}", data=other).status_code in DONE
    assert point_of(nikos, made)["owner"] == cast.Giorgos
    shown = card(client_of("Eleni").get(address).text, point["id"])
    assert ("Giorgos Zervas" in shown, "Maria Lekka" in shown) == (True, False)


def test_the_api_takes_the_owner_of_a_point_and_refuses_whom_there_is_not(cast, api_of, client_of):
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    point = added(nikos, made, "Salt", owner=cast.Eleni)
    assert point_of(nikos, made)["owner"] == cast.Eleni
    assert "Eleni Markou" in card(client_of("Nikos").get(f"/meetings/{made['reference']}").text, point)
    for nobody in (10**9, cast.PARKS):
        refused = nikos.post(at_(made, "/points"), json={"title": "Grit", "minutes": 5, "owner": nobody})
        assert (refused.status_code, [one["field"] for one in refused.get_json()["errors"]]) == (422, ["owner"])
    added(nikos, made, "Grit")
    assert [one["owner"] for one in nikos.get(at_(made)).get_json()["points"]] == [cast.Eleni, None]
