"""The talk of a decision, and its card where a message names it: for who may see the decision, and nobody else."""

import re

import pytest

from tests.decisions.voting import drafted

V1 = "/api/v1"


@pytest.fixture
def decision(api_of, cast):
    """A draft of Parks, up for discussion, that its people see and no other unit."""
    made = drafted(api_of("Nikos"), cast.PARKS, closes_on="2099-11-25")
    assert api_of("Nikos").put(f"{V1}/decisions/{made['reference']}/discussion").status_code == 200
    return made["reference"]


def say(client, where, text):
    return client.post(f"{V1}/{where}/messages", json={"text": text, "nonce": f"n-{abs(hash(text))}"})


def texts(client, where):
    return [one["text"] for one in client.get(f"{V1}/{where}/messages").json["items"]]


def test_what_is_said_of_a_decision_is_read_by_those_who_see_it(api_of, client_of, decision):
    where = f"work-items/{decision}"
    assert say(api_of("Eleni"), where, "Plane trees shed").status_code == 201
    said = say(api_of("Nikos"), where, "Then lindens")
    assert (said.status_code, said.json["seq"]) == (201, 2)
    for name in ("Eleni", "Giorgos", "Nikos", "Yannis"):
        assert texts(api_of(name), where) == ["Plane trees shed", "Then lindens"], name
        page = client_of(name).get(f"/decisions/{decision}?tab=talk").text
        assert page.index("Plane trees shed") < page.index("Then lindens"), name


@pytest.mark.parametrize("name", ["Maria", "Sofia", "Leila"])
def test_for_whoever_may_not_see_the_decision_there_is_no_such_talk(api_of, client_of, decision, name):
    where, stranger = f"work-items/{decision}", api_of(name)
    said = say(api_of("Eleni"), where, "Plane trees shed").json
    assert stranger.get(f"{V1}/{where}/messages").status_code == 404
    assert say(stranger, where, "Lindens").status_code == 404
    assert stranger.get(f"{V1}/conversations/{said['conversation']}/messages").status_code == 404
    assert stranger.get(f"{V1}/messages/{said['id']}").status_code == 404
    assert stranger.get(f"{V1}/messages/{said['id']}/thread").status_code == 404
    for page in (f"/decisions/{decision}?tab=talk", f"/conversations/{said['conversation']}"):
        assert client_of(name).get(page).status_code == 404, page
    assert texts(api_of("Eleni"), where) == ["Plane trees shed"]


def test_what_is_said_of_a_decision_for_named_people_is_theirs(api_of, cast):
    nikos = api_of("Nikos")
    made = drafted(nikos, cast.PARKS, reach="named", closes_on="2099-11-25", electorate={"people": [cast.Maria]})
    where = f"work-items/{made['reference']}"
    assert nikos.put(f"{V1}/decisions/{made['reference']}/discussion").status_code == 200
    assert say(api_of("Maria"), where, "It is about the head").status_code == 201
    assert texts(nikos, where) == ["It is about the head"]
    for name in ("Eleni", "Yannis", "Leila"):
        assert api_of(name).get(f"{V1}/{where}/messages").status_code == 404, name


@pytest.fixture
def storm(api_of, cast):
    """A group of Eleni of Parks and Sofia of Legal."""
    return api_of("Eleni").post(f"{V1}/conversations", json={"title": "Storm", "members": [cast.Sofia]}).json["id"]


def card(client, talk, reference):
    page = client.get(f"/conversations/{talk}").text
    found = re.search(rf'<a class="message-card" href="/work-items/{reference}".*?</a>', page, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else None


def test_a_decision_named_in_a_message_is_a_card_for_who_may_see_it_and_leads_there(api_of, client_of, decision, storm):
    assert say(api_of("Eleni"), f"conversations/{storm}", f"See {decision} first").status_code == 201
    shown = card(client_of("Eleni"), storm, decision)
    assert "Shall we plant plane trees?" in shown
    assert card(client_of("Sofia"), storm, decision) is None
    moved = client_of("Eleni").get(f"/work-items/{decision}")
    assert (moved.status_code, moved.headers["Location"]) == (303, f"/decisions/{decision}")


def test_the_card_of_an_item_says_who_holds_it_now(api_of, client_of, cast, storm):
    eleni = api_of("Eleni")
    made = eleni.post(f"{V1}/tasks", json={"title": "Fell the pine", "unit": cast.PARKS, "holder": cast.Eleni}).json
    say(eleni, f"conversations/{storm}", f"See {made['reference']}")
    assert card(client_of("Eleni"), storm, made["reference"]).endswith("· Eleni Markou")
    given = api_of("Nikos").put(f"{V1}/work-items/{made['reference']}/holder", json={"holder": cast.Giorgos})
    assert given.status_code in (200, 204), given.text
    assert card(client_of("Eleni"), storm, made["reference"]).endswith("· Giorgos Zervas")
