"""While a vote runs only who has not voted is reminded, once, and whoever looks at it hears that the turnout moved."""

import json
import re
from datetime import timedelta

import pytest

from collab.core.db import db
from collab.decisions.sweeps import sweep_votes
from tests.machine.copies import soon
from tests.messaging.serving import Page, Web

from .voting import CLOSES, NOW, ballot, drafted, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def reasons_of(client, made):
    lines = client.get("/api/v1/notifications").get_json()["items"]
    return json.dumps([line for line in lines if line["subject"]["id"] == made["id"]])


def test_only_who_has_not_voted_is_reminded_and_only_once(app, cast, api_of, at, tell):
    made = opened(api_of("Nikos"), cast.PARKS)
    assert api_of("Eleni").put(ballot(made), json={"vote": "yes"}).status_code == 200
    stands = f"/api/v1/decisions/{made['reference']}/recusal"
    assert api_of("Giorgos").put(stands, json={"reason": "My house stands there"}).status_code == 204
    tell()
    before = {name: reasons_of(api_of(name), made) for name in ("Eleni", "Giorgos", "Babis", "Sofia")}
    for _twice in range(2):
        at(CLOSES - timedelta(hours=20))
        with app.app_context():
            sweep_votes()
            db.session.remove()
        tell()
    after = {name: reasons_of(api_of(name), made) for name in before}
    assert [name for name in before if before[name] != after[name]] == ["Babis"]
    facts = api_of("Nikos").get(f"/api/v1/work-items/{made['reference']}/history").get_json()["items"]
    assert json.dumps(facts).count("voters-reminded") == 1


def test_a_ballot_moves_the_turnout_on_the_pages_of_others_and_says_nothing_else(
    app, cast, api_of, client_of, tell, servers, clones, tmp_path, monkeypatch
):
    from collab.core import realtime
    from collab.people.recognise import cookie_name

    made = opened(api_of("Nikos"), cast.PARKS)
    other = drafted(api_of("Petros"), cast.ROADS)
    tell()
    web = Web(servers, clones, tmp_path / "a", "tests.messaging.patient_line")
    monkeypatch.setattr(realtime, "_voice", None)
    try:
        assert soon(lambda: web.process.poll() is not None or web.ready(), 400)
        realtime.use(servers.redis_url)
        heard = {}
        for name in ("Babis", "Petros"):
            page = Page(web, str(client_of(name).get_cookie(cookie_name(app)).value))
            heard[name] = []
            page.line.on("hint", heard[name].append)
        assert api_of("Eleni").put(ballot(made), json={"vote": "yes"}).status_code == 200
        tell()
        wanted = {"kind": "turnout", "id": made["id"]}
        found = lambda: [one for one in heard["Babis"] if one["kind"] == "turnout"]  # noqa: E731
        assert soon(found, 30), heard
        assert all({name: one[name] for name in wanted} == wanted for one in found())
        assert set(found()[0]) <= {"kind", "id", "version"}, "neither who voted nor what"
        assert not [one for one in heard["Petros"] if one["id"] in (made["id"], other["id"])], (
            "who sees it not hears not"
        )
    finally:
        web.kill()


def test_whoever_may_open_the_vote_is_told_that_it_is_in_discussion_and_finds_it(cast, api_of, client_of, tell):
    made = drafted(api_of("Eleni"), cast.PARKS)
    path = f"/decisions/{made['reference']}"
    assert 'id="who-opens"' in client_of("Eleni").get(path).text
    assert client_of("Eleni").put(f"{path}/discussion").status_code == 303
    tell()
    nikos, eleni = client_of("Nikos"), client_of("Eleni")
    assert made["reference"] in nikos.get("/inbox").text
    assert made["reference"] in nikos.get("/decisions?whose=to-open").text
    assert "whose=to-open" not in eleni.get("/decisions").text, "she opens none"
    assert made["reference"] not in eleni.get("/decisions?whose=to-open").text
    assert "It stands in their list of decisions" in eleni.get(path).text
    assert api_of("Nikos").put(f"/api/v1{path}/opening").status_code == 200
    assert made["reference"] not in client_of("Nikos").get("/decisions?whose=to-open").text


def button(page, words):
    """The class of the form's button or the link that says these words; empty where there is none."""
    found = re.search(rf'class="([^"]*)"[^>]*>(?:\s*<svg.*?</svg>)?{words}', page, re.DOTALL)
    return found[1] if found else ""


def test_whoever_drafts_a_decision_is_told_the_step_that_is_theirs_and_it_is_the_main_button(cast, client_of):
    said = {"title": "Plane trees?", "preset": "simple", "closes_on": "2026-12-01"}
    seen, told = {}, {}
    for name, unit in (("Eleni", cast.PARKS), ("Sofia", cast.LEGAL)):
        client = client_of(name)
        made = client.post("/decisions", data=said | {"unit": str(unit)})
        assert made.status_code == 303, made.text
        page = client.get(made.location).text
        seen[name] = page.split('class="head-actions"')[1].split("</header>")[0]
        told[name] = "Look at it, then put it up for discussion." in page
    assert told == {"Eleni": True, "Sofia": False}
    assert button(seen["Eleni"], "Put up for discussion") == "button button-primary"
    assert seen["Eleni"].count("button-primary") == 1
    assert button(seen["Sofia"], "Put up for discussion") == "button"
    assert button(seen["Sofia"], "Open the vote…") == "button button-primary"


def test_where_nobody_heads_the_unit_the_next_head_above_is_told(cast, api_of, client_of, tell):
    made = drafted(api_of("Kostas"), cast.ADMIN)
    path = f"/decisions/{made['reference']}"
    assert "or, where nobody does, a unit above" in client_of("Kostas").get(path).text
    assert client_of("Kostas").put(f"{path}/discussion").status_code == 303
    tell()
    assert made["reference"] in client_of("Anna").get("/inbox").text
    assert made["reference"] not in client_of("Sofia").get("/inbox").text


def test_whoever_heads_the_unit_tells_nobody_that_they_may_open_it(cast, api_of, client_of, tell):
    made = drafted(api_of("Nikos"), cast.PARKS)
    assert client_of("Nikos").put(f"/decisions/{made['reference']}/discussion").status_code == 303
    tell()
    assert made["reference"] not in client_of("Nikos").get("/inbox").text
