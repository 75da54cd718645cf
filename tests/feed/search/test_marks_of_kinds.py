"""A circle to fill stands before what one brings to its end; votes and meetings, which end their own way, a sign."""

import re

import pytest

from tests.decisions.voting import NOW, opened

PLACES = ("/work-items?query=state:any", "/search?q=Planes", "/search", "/inbox")


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def made(cast, api_of, indexed, tell):
    """A vote and a task of the same words, both told to Eleni, who has said something in each."""
    nikos, eleni = api_of("Nikos"), api_of("Eleni")
    vote = opened(nikos, cast.PARKS, title="Planes?")["reference"]
    body = {"title": "Planes", "unit": cast.PARKS, "holder": cast.Eleni}
    task = nikos.post("/api/v1/tasks", json=body).get_json()["reference"]
    for reference in (vote, task):
        said = eleni.post(
            f"/api/v1/work-items/{reference}/messages", json={"text": "Planes it is.", "nonce": f"eleni-{reference}"}
        )
        assert said.status_code == 201, said.text
        nikos.post(
            f"/api/v1/work-items/{reference}/messages",
            json={"text": "@Eleni Markou thanks", "nonce": f"nikos-{reference}"},
        )
    tell()
    indexed()
    return vote, task


def mark_before(page, reference):
    """The sign in front of the first line of an item."""
    upto = page[: page.index(f">{reference}<")]
    return re.findall(r"icons[^\"#]*#([a-z-]+)", upto)[-1]


@pytest.mark.parametrize("place", PLACES)
def test_a_vote_is_marked_by_its_sign_and_a_task_by_its_circle(client_of, made, place):
    page = client_of("Eleni").get(place).text
    vote, task = made
    assert (mark_before(page, vote), mark_before(page, task)) == ("vote", "circle"), place


def test_so_does_the_palette(client_of, made):
    said = client_of("Eleni").get("/palette?q=", headers={"Accept": "application/json"})
    assert said.status_code == 200, said.text
    icons = {one["hint"]: one["icon"] for group in said.json["groups"] for one in group["options"] if "hint" in one}
    assert (icons[made[0]], icons[made[1]]) == ("vote", "circle")


def test_a_vote_that_ended_shows_that_it_ended(api_of, client_of, made):
    ended = api_of("Nikos").put(f"/api/v1/decisions/{made[0]}/cancellation", json={"reason": "No money"})
    assert ended.status_code == 200, ended.text
    assert mark_before(client_of("Eleni").get("/work-items?query=state:any").text, made[0]) == "circle-slash"
