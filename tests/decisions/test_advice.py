"""Advice before a decision: the tree proposes whom to ask, they answer with a stance, and read what became of it."""

import re
from datetime import timedelta

import pytest

from .voting import NOW, drafted, fields

DONE = (200, 204, 303)


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def asked(client, made, *parties, until="2026-11-24", what="What would it mean for you?"):
    """The advice asked of these parties, as the API gives it."""
    body = {"of": list(parties), "what": what, "until": until}
    answer = client.post(f"/api/v1/decisions/{made['reference']}/advice", json=body)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()["items"]


def test_the_number_beside_decisions_counts_advice_too(cast, api_of, client_of):
    nikos, made = api_of("Nikos"), drafted(api_of("Nikos"), cast.PARKS)
    body = {"of": [cast.Maria, cast.LEGAL], "what": "Your view?", "until": "2026-11-27"}
    assert nikos.post(f"/api/v1/decisions/{made['reference']}/advice", json=body).status_code == 201
    for name in ("Maria", "Sofia"):
        link = client_of(name).get("/").text.split('id="nav-decisions"')[1].split("</a>")[0]
        assert '<span class="count">1</span>' in link, name


def test_until_when_advice_was_wanted_is_said_of_a_day_that_is_past_too(cast, api_of, client_of, at):
    nikos = api_of("Nikos")
    made = drafted(nikos, cast.PARKS, reach="all")
    asked(nikos, made, cast.Reza)
    at(NOW + timedelta(days=3))
    page = f"/decisions/{made['reference']}"
    for name, words in (("Nikos", "προθεσμία: πριν από 2 ημέρες"), ("Eleni", "due 2 days ago")):
        told = client_of(name).get(f"{page}?tab=question").text
        assert re.search(rf'<span class="due due-over">\s*{words}\s*</span>', told), name
    assert re.search("از .*، <time", client_of("Reza").get(page).text), "a Persian comma before the day it was asked"


def test_the_tree_proposes_whom_to_ask_with_the_reason(cast, api_of, client_of):
    nikos = api_of("Nikos")
    made = drafted(nikos, cast.PARKS, reach="all")
    base = f"/api/v1/decisions/{made['reference']}"
    maria = api_of("Maria")
    road = maria.post("/api/v1/tasks", json={"title": "Pavement", "unit": cast.ROADS, "reach": "all"}).get_json()
    linked = maria.post(f"/api/v1/work-items/{road['reference']}/links", json={"item": made["reference"]})
    assert linked.status_code == 201, linked.get_json()
    proposed = {one["unit"]: one["because"] for one in nikos.get(f"{base}/affected-units").get_json()["items"]}
    assert proposed == {cast.ROADS: "about", cast.TECH: "above"}
    page = client_of("Yannis").get(f"/decisions/{made['reference']}/advice/new").text
    assert "Roads" in page
    assert "works on something this is about" in page
    asked(nikos, made, cast.ROADS)
    assert cast.ROADS not in {one["unit"] for one in nikos.get(f"{base}/affected-units").get_json()["items"]}


def test_advice_stands_on_the_day_of_whoever_is_asked_and_its_use_is_told(cast, api_of, client_of, tell, queries):
    nikos, sofia, petros = api_of("Nikos"), api_of("Sofia"), api_of("Petros")
    made = drafted(nikos, cast.PARKS)
    base, page = f"/api/v1/decisions/{made['reference']}", f"/decisions/{made['reference']}"
    assert sofia.get(base).status_code == 404
    of_roads, of_sofia = asked(nikos, made, cast.ROADS, cast.Sofia)
    tell()
    day = client_of("Petros").get("/").text
    assert made["reference"] in day
    assert ">Advise<" in day
    waiting = petros.get("/api/v1/decisions?whose=my-advice").get_json()["items"]
    assert [(one["reference"], one["answer_by"]) for one in waiting] == [(made["reference"], "2026-11-24")]
    assert made["reference"] in client_of("Petros").get("/decisions?whose=my-advice").text
    assert "Your advice is awaited" in client_of("Sofia").get(page).text
    # Elsewhere than on the decision it is not answered; others do not answer in their place.
    assert sofia.post(f"/api/v1/waits/{of_sofia['wait']}/answer", json={"text": "Yes"}).status_code == 409
    said = {"stance": "concerns", "text": "The contract of 2019 still binds us."}
    assert api_of("Eleni").put(f"{base}/advice/{of_sofia['id']}/answer", json=said).status_code == 403
    assert api_of("Leila").put(f"{base}/advice/{of_sofia['id']}/answer", json=said).status_code == 404
    assert sofia.put(f"{base}/advice/{of_sofia['id']}/answer", json=said | {"stance": "maybe"}).status_code == 422
    assert nikos.put(f"{base}/advice/{of_sofia['id']}/use", json={"used": "not", "note": "No."}).status_code == 409
    given = sofia.put(f"{base}/advice/{of_sofia['id']}/answer", json=said)
    assert (given.status_code, given.get_json()["state"]) == (200, "given")
    # Maria answers for Roads, and her name stands there.
    assert (
        api_of("Maria").put(f"{base}/advice/{of_roads['id']}/answer", json=said | {"stance": "supports"}).status_code
        == 200
    )
    assert petros.get("/api/v1/waits?sense=advice").get_json()["items"] == []
    used = client_of("Nikos").put(
        f"{page}/advice/{of_sofia['id']}/use", data={"used": "partly", "note": "From 2027 on."}
    )
    assert used.status_code in DONE
    tell()
    with queries() as sent:
        shown = client_of("Eleni").get(f"{page}?tab=question").text
    assert len(sent) <= 12
    for words in ("2 of 2 answered", "Maria Lekka", "Has concerns", "Taken up in part", "From 2027 on."):
        assert words in shown
    assert "what became of your advice" in client_of("Sofia").get("/inbox").text


def test_who_is_silent_when_the_vote_opens_stays_written_down_as_silent(cast, api_of, client_of, tell):
    nikos = api_of("Nikos")
    made = drafted(nikos, cast.PARKS)
    base = f"/api/v1/decisions/{made['reference']}"
    silent, dropped = asked(nikos, made, cast.LEGAL, cast.Petros)
    tell()
    again = {"of": [cast.LEGAL], "what": "Again?", "until": "2026-11-25"}
    refused = nikos.post(f"{base}/advice", json=again)
    assert (refused.status_code, "of" in fields(refused)) == (422, True)
    assert nikos.delete(f"{base}/advice/{dropped['id']}").status_code == 204
    assert "Legal Service" in client_of("Nikos").get(f"/decisions/{made['reference']}/opening").text
    assert nikos.put(f"{base}/opening").status_code == 200
    states = {one["id"]: one["state"] for one in nikos.get(f"{base}/advice").get_json()["items"]}
    assert states == {silent["id"]: "unanswered", dropped["id"]: "no-longer"}
    assert api_of("Dimitra").get("/api/v1/waits?sense=advice").get_json()["items"] == []
    late = api_of("Dimitra").put(f"{base}/advice/{silent['id']}/answer", json={"stance": "supports", "text": "Fine."})
    assert (late.status_code, late.get_json()["detail"]) == (409, "The vote is open: advice is given before it opens.")
    assert nikos.post(f"{base}/advice", json=again).status_code == 409


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"of": []}, "of"),
        ({"of": [999_999]}, "of"),
        ({"of": "everybody"}, "of"),
        ({"what": "\x00"}, "what"),
        ({"what": "x" * 5_000}, "what"),
        ({"until": "soon"}, "until"),
        ({"until": "2020-01-01"}, "until"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(cast, api_of, sent, field):
    nikos = api_of("Nikos")
    made = drafted(nikos, cast.PARKS)
    body = {"of": [cast.ROADS, cast.LEGAL], "what": "Why?", "until": "2026-11-24"} | sent
    refused = nikos.post(f"/api/v1/decisions/{made['reference']}/advice", json=body)
    assert refused.status_code == 422
    assert any(name == field or name.startswith(f"{field}.") for name in fields(refused))
    assert nikos.get(f"/api/v1/decisions/{made['reference']}/advice").get_json()["items"] == []
