"""From the draft to the close, through the doors."""

from datetime import timedelta

import pytest

from collab.decisions.sweeps import sweep_votes

from .voting import CLOSES, NOW, ballot, fields, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def awaited(client):
    """References of what waits for the vote of whoever asks."""
    waits = client.get("/api/v1/waits?sense=vote").get_json()["items"]
    return [one["item"]["reference"] for one in waits]


def test_a_vote_from_the_draft_to_the_close(app, cast, api_of, client_of, at, tell):
    nikos, eleni = api_of("Nikos"), api_of("Eleni")
    made = opened(nikos, cast.PARKS)
    assert (made["stage"], made["turnout"]) == ("open", {"entitled": 4, "recused": 0, "cast": 0})
    tell()
    assert made["reference"] in client_of("Eleni").get("/").get_data(as_text=True)
    assert awaited(eleni) == [made["reference"]]
    assert eleni.put(ballot(made), json={"vote": "no"}).status_code == 200
    assert eleni.put(ballot(made), json={"vote": "yes"}).status_code == 200
    assert nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()["turnout"]["cast"] == 1
    assert awaited(eleni) == []
    at(CLOSES - timedelta(milliseconds=1))
    assert nikos.put(ballot(made), json={"vote": "yes"}).status_code == 200
    at(CLOSES)
    late = eleni.put(ballot(made), json={"vote": "no"})
    told = late.get_json()
    assert (late.status_code, told["type"], told["title"]) == (409, "/problems/vote-closed", "The vote is closed.")
    assert told["detail"] == "The vote closed on 25 November 2026, 16:00. What comes after that does not count."
    with app.app_context():
        sweep_votes()
    closed = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()
    assert (closed["stage"], closed["result"]["cast"]) == ("closed", 2)


def test_what_was_decided_is_written_down_and_tasks_follow_until_it_is_carried_out(app, cast, api_of, client_of, at):
    nikos, options = api_of("Nikos"), [{"title": title} for title in ("Plane", "Lime", "Elm")]
    made = opened(nikos, cast.PARKS, preset="rank", options=options)
    plane, lime, elm = (one["id"] for one in made["options"])
    for name, order in (("Nikos", (plane, lime)), ("Eleni", (plane, elm)), ("Giorgos", (lime, plane, elm))):
        ranks = [{"option": option, "rank": place} for place, option in enumerate(order, start=1)]
        assert api_of(name).put(ballot(made), json={"ranks": ranks}).status_code == 200
    base = f"/api/v1/decisions/{made['reference']}"
    assert nikos.post(f"{base}/tasks", json={"title": "Order the trees"}).status_code == 409
    at(CLOSES)
    with app.app_context():
        sweep_votes()
    closed = nikos.get(base).get_json()
    assert closed["result"]["winners"] == ["Plane"]
    assert nikos.put(f"{base}/outcome", json={"outcome": "Planes, in March."}).get_json()["stage"] == "decided"
    task = nikos.post(f"{base}/tasks", json={"title": "Order the trees", "due_on": "2026-12-20"}).get_json()
    page = client_of("Eleni").get(f"/decisions/{made['reference']}").get_data(as_text=True)
    assert all(words in page for words in ("“\u2068Plane\u2069” wins.", "Planes, in March.", task["reference"]))
    assert made["reference"] in client_of("Eleni").get(f"/work-items/{task['reference']}").get_data(as_text=True)
    asked = nikos.put(f"{base}/completion", json={})
    assert (asked.status_code, fields(asked)) == (422, ["tasks_stay"])
    shown = client_of("Nikos").put(f"/decisions/{made['reference']}/completion", data={})
    assert shown.status_code == 422
    warned = shown.get_data(as_text=True).split('id="tasks-open"')[1].split("</form>")[0]
    assert f"/work-items/{task['reference']}" in warned
    assert 'name="tasks_stay" value="on"' in warned
    assert nikos.put(f"{base}/completion", json={"tasks_stay": True}).get_json()["stage"] == "carried-out"
    assert nikos.put(f"/api/v1/decisions/{made['reference']}", json={"title": "Otherwise"}).status_code == 409


def test_what_follows_from_a_decision_of_named_people_is_for_named_people(cast, api_of, client_of, close):
    nikos, page = api_of("Nikos"), client_of("Nikos")
    people = {"electorate": {"people": [cast.Babis, cast.Eleni]}, "reach": "named"}
    made = opened(nikos, cast.PARKS, **people)
    close()
    base, tasks = f"/api/v1/decisions/{made['reference']}/tasks", f"/decisions/{made['reference']}/tasks"
    form = page.get(f"{tasks}/new").text
    assert f'name="holder" value="{cast.Nikos}"' in form
    assert "μόνο για συγκεκριμένα πρόσωπα, όπως και ό,τι γίνει από αυτό" in form
    for holder in (None, cast.PARKS, cast.ROADS):
        refused = nikos.post(base, json={"title": "Quietly", "holder": holder})
        assert (refused.status_code, fields(refused)) == (422, ["holder"]), holder
        assert page.post(tasks, data={"title": "Quietly", "holder": holder or ""}).status_code == 422
    first = nikos.post(base, json={"title": "Quietly", "holder": cast.Eleni})
    assert first.status_code == 201, first.text
    assert page.post(tasks, data={"title": "Still", "holder": str(cast.Nikos)}).status_code == 303
    quiet = first.get_json()["reference"]
    held = [one["reference"] for one in nikos.get("/api/v1/tasks").get_json()["items"] if one["title"] == "Still"]

    def sees(name):
        return [api_of(name).get(f"/api/v1/tasks/{one}").status_code == 200 for one in (quiet, *held)]

    assert nikos.get(f"/api/v1/tasks/{quiet}").get_json()["reach"] == "named"
    assert quiet not in client_of("Babis").get(f"/decisions/{made['reference']}?tab=result").text
    assert [sees(name) for name in ("Nikos", "Eleni", "Babis", "Yannis", "Reza")] == [
        [True, True], [True, False], [False, False], [False, False], [False, False],
    ]  # fmt: skip
