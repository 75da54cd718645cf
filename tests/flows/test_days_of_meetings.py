"""On which day a meeting was held, what is said of it afterwards, and what is asked where its day is over already."""

import pytest

from collab.flows.meetings.papers import sheet_of_minutes
from collab.flows.meetings.queries import find_meeting
from collab.people.recognise import person_as_actor

from .test_meetings import NOW, at_, called


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def test_a_meeting_that_is_over_speaks_of_its_quorum_as_past(cast, api_of, client_of):
    eleni, made = api_of("Eleni"), called(api_of("Nikos"), cast)
    page = f"/meetings/{made['reference']}"
    for step in ("/beginning", "/ending"):
        assert eleni.put(at_(made, step), json={}).status_code == 200
    shown = client_of("Eleni").get(page).text
    assert "No quorum yet." not in shown
    assert "There was no quorum. More than half of 4: 3 needed, 0 were there" in " ".join(shown.split())
    for name in ("Nikos", "Eleni", "Maria"):
        eleni.put(at_(made, f"/people/{getattr(cast, name)}"), json={"presence": "present"})
    assert "There was a quorum. More than half of 4" in " ".join(client_of("Eleni").get(page).text.split())
    given_up = called(api_of("Nikos"), cast)
    assert api_of("Nikos").put(at_(given_up, "/cancellation"), json={"reason": "Snow"}).status_code == 200
    assert "More than half" not in client_of("Eleni").get(f"/meetings/{given_up['reference']}").text, "nobody met"


def test_a_meeting_shows_the_day_on_which_it_was_held(app, cast, api_of, client_of, at):
    eleni, made = api_of("Eleni"), called(api_of("Nikos"), cast)
    noted = called(api_of("Nikos"), cast, on="2026-11-10")

    def head(each):
        page = client_of("Eleni").get(f"/meetings/{each['reference']}").text
        return page.split('<p class="line">')[1].split("</p>")[0]

    assert all(said in head(made) for said in ("26 November 2026", "10:00"))
    for each in (made, noted):
        assert eleni.put(at_(each, "/beginning")).status_code == 200
        assert eleni.put(at_(each, "/ending"), json={}).status_code == 200
    held, planned = head(made).split("planned for")
    assert ("23 November 2026" in held, "26 November 2026" in held) == (True, False)
    assert "26 November 2026" in planned
    assert "10 November 2026" in head(noted), "its minutes were begun later"
    assert "planned for" not in head(noted)
    with app.app_context():
        who = person_as_actor(cast.Eleni)
        met, later = (str(sheet_of_minutes(who, find_meeting(who, each["id"]), "en")) for each in (made, noted))
    assert "23 November 2026" in met
    assert ("10 November 2026" in later, "23 November 2026" in later) == (True, False)


def test_whoever_calls_a_meeting_on_a_day_that_is_over_is_asked_once(cast, api_of, client_of):
    client, told = client_of("Eleni"), "This day is over."
    sent = {"title": "Winter plan", "unit": str(cast.PARKS), "on": "2026-11-10"}
    asked = client.post("/meetings", data=sent)
    assert (asked.status_code, told in asked.text) == (422, True)
    assert 'name="sure" value="2026-11-10"' in asked.text
    other = client.post("/meetings", data=sent | {"on": "2026-11-11", "sure": "2026-11-10"})
    assert (other.status_code, 'name="sure" value="2026-11-11"' in other.text) == (422, True), "another day, asked anew"
    made = client.post("/meetings", data=sent | {"sure": "2026-11-10"})
    assert made.status_code == 303
    assert client.post("/meetings", data=sent | {"on": "2026-11-23"}).status_code == 303, "today is not over"
    page = made.location.split("#")[0].split("?")[0]
    said = {"title": "Winter", "on": "2026-11-10"}
    assert client.put(page, data=said | {"version": "1"}).status_code == 303, "the day stays as it was"
    moved = client.put(page, data=said | {"on": "2026-11-09", "version": "2"})
    assert (moved.status_code, told in moved.text) == (422, True)
    noted = called(api_of("Nikos"), cast, on="2026-11-10")
    assert noted["starts_at"] == "2026-11-10T08:00:00+00:00", "the API asks nothing"
