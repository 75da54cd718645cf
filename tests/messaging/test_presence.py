"""Who is here: told to colleagues with a page open, over processes; never of those who hide it; gone by itself."""

import re

import pytest

from collab.core import broker, clock, presence
from tests.machine.copies import soon
from tests.messaging.serving import Page


@pytest.fixture(autouse=True)
def nobody_here(app):
    for key in broker.ask("keys", f"{presence.KEY}*"):
        broker.ask("delete", key)


def state_of(api, person):
    return api.get(f"/api/v1/people/{person}/presence").json["state"]


def test_who_is_here_is_known_over_tabs_and_processes_and_ends_with_a_killed_one(two_webs, signed_in, cast, api_of):
    one, other = two_webs
    maria, eleni = api_of("Maria"), signed_in("Eleni")
    nikos = Page(one, signed_in("Nikos"))
    assert state_of(maria, cast.Eleni) == "away"
    tabs = [Page(one, eleni), Page(other, eleni)]
    assert soon(lambda: nikos.heard("here", cast.Eleni), 20)
    assert state_of(maria, cast.Eleni) == "here"
    tabs[0].line.disconnect()  # the page in the other process is still open
    other_page = Page(other, signed_in("Sofia"))
    assert soon(lambda: nikos.heard("here", cast.Sofia), 20)
    assert state_of(maria, cast.Eleni) == "here"
    assert not nikos.heard("gone", cast.Eleni)
    other.kill()  # says nothing any more: those who sat there are gone by themselves
    assert soon(lambda: nikos.heard("gone", cast.Eleni), 20)
    assert state_of(maria, cast.Eleni) == state_of(maria, cast.Sofia) == "away"
    assert sum(cast.Eleni in each["here"] for each in nikos.told) == 1
    nikos.line.disconnect()
    other_page.line.disconnect()


def test_who_hides_it_is_never_told_of_and_programs_sit_nowhere(app, cast, actor_of, monkeypatch):
    from collab.core import realtime
    from collab.core.actor import Actor
    from collab.web.seated import Seated

    told = []
    monkeypatch.setattr(realtime, "emit", lambda event, data, rooms: told.append((event, data, rooms)))
    seated = Seated()
    shown, hidden = Actor(cast.Eleni, session_id=1), Actor(cast.Nikos, session_id=2, shows_presence=False)
    program = Actor(cast.Maria, token_id=3)
    seated.look([shown, shown, hidden, program], now=0.0)
    assert told == [("presence", {"here": [cast.Eleni], "gone": []}, ["all"])]
    seated.look([], now=1.0)  # too early to say anything
    seated.look([], now=6.0)  # from one page to the next: still warm
    seated.look([shown], now=12.0)
    assert len(told) == 1
    seated.look([Actor(cast.Eleni, session_id=1, shows_presence=False)], now=18.0)
    assert told[1:] == [("presence", {"here": [], "gone": [cast.Eleni]}, ["all"])]


def dots(page):
    return re.findall(r'<span class="presence" data-presence="(\d+)"( hidden)?>here</span>', page)


@pytest.fixture
def direct(api_of, cast):
    body = {"kind": "direct", "members": [cast.Eleni]}
    return api_of("Maria").post("/api/v1/conversations", json=body).json["id"]


def test_a_dot_with_its_word_stands_beside_the_name_until_somebody_hides_it(app, direct, client_of, cast):
    presence.beat("a", [cast.Eleni])
    maria, shown = client_of("Maria"), (str(cast.Eleni), "")
    for path in ("/conversations", f"/conversations/{direct}", f"/conversations/{direct}/about"):
        assert shown in dots(maria.get(path).text), path
    assert dots(maria.get(f"/people/{cast.Eleni}").text) == [shown]
    eleni = client_of("Eleni")
    assert "Nobody sees when I am here" in eleni.get("/profile").text
    eleni.post("/profile?_method=PATCH", data={"shows_presence": "false"})
    assert dots(maria.get(f"/people/{cast.Eleni}").text) == [(str(cast.Eleni), " hidden")]


def test_the_absent_are_shown_as_absent_with_who_stands_in(app, direct, client_of, api_of, cast):
    presence.beat("a", [cast.Eleni])
    day = clock.today("Europe/Athens").isoformat()
    absence = {"first_day": day, "last_day": day, "substitute_id": cast.Nikos}
    assert api_of("Eleni").post(f"/api/v1/people/{cast.Eleni}/absences", json=absence).status_code < 300
    told = api_of("Maria").get(f"/api/v1/people/{cast.Eleni}/presence").json
    assert (told["state"], told["until"], told["substitute_id"]) == ("absent", day, cast.Nikos)
    page = client_of("Maria").get(f"/conversations/{direct}").text
    assert dots(page) == []
    assert re.search(r'presence-absent">Away until [^<]*\. Nikos Pappas stands in\.<', page)


def test_while_redis_stands_still_everything_goes_on_without_dots(app, servers, direct, client_of, api_of, cast):
    presence.beat("a", [cast.Eleni])
    maria, api = client_of("Maria"), api_of("Maria")
    broker.ask("client_pause", 2_000, all=True)
    try:
        page = maria.get(f"/conversations/{direct}")
        assert page.status_code == 200
        assert (str(cast.Eleni), "") not in dots(page.text)
        assert state_of(api, cast.Eleni) == "unknown"
        assert presence.beat("a", [cast.Eleni]) is None
    finally:
        assert soon(broker.connect(servers.redis_url, timeout=5).ping)
        broker.use(servers.redis_url)
    assert state_of(api, cast.Eleni) == "here"


def test_presence_is_for_those_who_signed_in_and_of_people_alone(api_of, cast):
    assert api_of(None).get(f"/api/v1/people/{cast.Eleni}/presence").status_code == 401
    for nobody in (cast.PARKS, 999_999):
        assert api_of("Maria").get(f"/api/v1/people/{nobody}/presence").status_code == 404
