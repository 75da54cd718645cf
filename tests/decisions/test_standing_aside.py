"""Whoever has to do with what an option is about is asked whether they stand aside: they answer, nobody for them."""

import pytest

from .test_papers import minutes
from .voting import NOW, ballot, drafted, fields, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def task_of(client, cast, title, **more):
    made = client.post("/api/v1/tasks", json={"title": title, "unit": cast.PARKS} | more)
    assert made.status_code == 201, made.get_json()
    return made.get_json()


def test_who_has_to_do_with_an_option_is_asked_and_the_minutes_say_what_they_did(
    app, cast, api_of, client_of, tell, close
):
    nikos, eleni, giorgos = api_of("Nikos"), api_of("Eleni"), api_of("Giorgos")
    fountain = task_of(nikos, cast, "Fountain", holder=cast.Eleni)
    bench = task_of(giorgos, cast, "Benches", holder=cast.Giorgos)
    task_of(nikos, cast, "Wood for the benches", holder=cast.Babis, parent=bench["id"])
    options = [
        {"title": "The fountain", "about": fountain["reference"]},
        {"title": "The benches", "about": str(bench["id"])},
        {"title": "Neither"},
    ]
    draft = drafted(eleni, cast.PARKS, preset="one", options=options)
    address = f"/decisions/{draft['reference']}"
    assert [one["about"] for one in draft["options"]] == [fountain["reference"], bench["reference"], None]
    before = client_of("Eleni").get(f"{address}/opening").text
    assert "will be asked whether they stand aside: Babis Ioannou, Eleni Markou, Giorgos Zervas" in before
    assert "will be asked whether they stand aside" not in client_of("Giorgos").get(f"{address}/opening").text, (
        "who runs it is told, not all"
    )
    assert "would be asked whether they stand aside" in client_of("Eleni").get(f"{address}/electorate").text
    assert nikos.put(f"/api/v1{address}/opening").status_code == 200
    tell()
    assert "whether you stand aside" in client_of("Eleni").get("/inbox").text

    page = client_of("Eleni").get(address).text
    assert "Do you stand aside?" in page
    assert f"You hold {fountain['reference']}, which “\u2068The fountain\u2069” is about." in page
    assert f">\nI hold {fountain['reference']}, which “The fountain” is about." in page, (
        "their reason, to be sent or worded"
    )
    assert api_of("Eleni").get(f"/api/v1{address}").get_json()["turnout"]["recused"] == 0, "never by itself"
    mine = api_of("Babis").get(f"/api/v1{address}").get_json()["mine"]
    assert [one["because"] for one in mine["proposed"]] == ["part"]
    assert 'id="aside"' in client_of("Babis").get(address).text
    assert 'id="aside"' not in client_of("Nikos").get(address).text
    refused = nikos.put(f"/api/v1{address}/participation")
    assert refused.status_code == 403, "nobody asked him"

    roll = client_of("Eleni").get(f"{address}/electorate").text
    assert roll.count("is asked whether they stand aside") == 3
    assert f"works on a part of {bench['reference']}" in roll
    assert bench["reference"] not in client_of("Giorgos").get(f"{address}/electorate").text, (
        "who runs it is told, not all"
    )

    sent = client_of("Eleni").put(f"{address}/recusal", data={"reason": "The fountain is mine"})
    assert sent.status_code in (200, 204, 303)
    assert api_of("Giorgos").put(f"/api/v1{address}/participation").status_code == 204
    assert "/participation" not in client_of("Giorgos").get(address).text, "he has answered"
    assert api_of("Giorgos").put(ballot(draft), json={"option": draft["options"][1]["id"]}).status_code == 200
    close()
    assert nikos.put(f"/api/v1{address}/participation").status_code == 409
    with app.app_context():
        paper = minutes(api_of("Nikos"), draft, {"language": "en"})
    assert "Who was asked whether they stand aside" in paper
    for words in (
        f"Eleni Markou holds {fountain['reference']}", "stood aside", "said that they take part all the same",
        "did not stand aside", "The fountain is mine",
    ):  # fmt: skip
        assert words in paper, (words, paper)


def test_what_an_option_is_about_is_seen_and_named_only_by_who_sees_it(cast, api_of, client_of):
    nikos, eleni = api_of("Nikos"), api_of("Eleni")
    secret = task_of(nikos, cast, "Secret fountain", holder=cast.Nikos, reach="named")
    body = {"title": "The fountain", "about": secret["reference"]}
    blind = eleni.post(
        "/api/v1/decisions", json={"title": "Which?", "unit": cast.PARKS, "preset": "one", "options": [body]}
    )
    assert (blind.status_code, fields(blind)) == (422, ["about"])
    draft = drafted(eleni, cast.PARKS, preset="one", options=[{"title": "The fountain"}, {"title": "None"}])
    option = f"/decisions/{draft['reference']}/options/{draft['options'][0]['id']}"
    wrong = client_of("Eleni").put(option, data={"title": "The fountain", "about": secret["reference"]})
    assert (wrong.status_code, "There is no such item" in wrong.text) == (422, True)
    assert nikos.put(f"/api/v1{option}", json=body).status_code == 200
    assert secret["reference"] in client_of("Nikos").get(f"/decisions/{draft['reference']}").text
    assert secret["reference"] not in client_of("Eleni").get(f"/decisions/{draft['reference']}").text
    assert client_of("Eleni").put(option, data={"title": "A fountain", "about": ""}).status_code in (200, 204, 303)
    kept = nikos.get(f"/api/v1/decisions/{draft['reference']}").get_json()["options"][0]
    assert (kept["title"], kept["about"]) == ("A fountain", secret["reference"]), (
        "what one does not see one takes not away"
    )


def test_nobody_is_asked_for_what_lies_in_the_tray_of_a_unit(cast, api_of):
    nikos = api_of("Nikos")
    tray = task_of(nikos, cast, "Paint the fence")
    options = [{"title": "Green", "about": tray["reference"]}, {"title": "Blue"}]
    made = opened(nikos, cast.PARKS, preset="one", options=options)
    roll = nikos.get(f"/api/v1/decisions/{made['reference']}/electorate").get_json()["items"]
    assert [one["person"] for one in roll if one["proposed"]] == [], "nobody holds it: not its whole unit"
