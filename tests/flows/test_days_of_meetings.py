"""On which day a meeting was held, what is said of it afterwards, and what is asked where its day is over already."""

import pytest

from collab.flows.meetings.papers import sheet_of_minutes, sheet_of_public
from collab.flows.meetings.queries import find_meeting
from collab.people.recognise import person_as_actor

from .test_meetings import NOW, added, at_, called


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
    later = client.put(page, data=said | {"clock": "09:30", "version": "2"})
    assert later.status_code == 303, "another hour of the same day"
    moved = client.put(page, data=said | {"on": "2026-11-09", "version": "3"})
    assert (moved.status_code, told in moved.text) == (422, True)
    noted = called(api_of("Nikos"), cast, on="2026-11-10")
    assert noted["starts_at"] == "2026-11-10T08:00:00+00:00", "the API asks nothing"


def test_an_hour_of_today_that_is_over_is_asked_about_once_like_a_day(cast, client_of, at):
    at(NOW.replace(hour=18, minute=50))
    client, told = client_of("Eleni"), "It is past 01:00 already."
    sent = {"title": "Winter plan", "unit": str(cast.PARKS), "on": "2026-11-23", "clock": "1:00"}
    asked = client.post("/meetings", data=sent)
    assert (asked.status_code, told in asked.text) == (422, True)
    assert 'name="sure" value="2026-11-23T01:00"' in asked.text
    assert "Yes, it began at that hour" in asked.text
    assert client.post("/meetings", data=sent | {"clock": "13:00", "sure": "2026-11-23T01:00"}).status_code == 422
    assert client.post("/meetings", data=sent | {"clock": "20:40"}).status_code == 303, "people sit down to it"
    made = client.post("/meetings", data=sent | {"sure": "2026-11-23T01:00"})
    assert made.status_code == 303
    page, said = made.location.split("#")[0].split("?")[0], {"title": "Winter", "on": "2026-11-23"}
    assert client.put(page, data=said | {"clock": "01:00", "version": "1"}).status_code == 303, "it stays as it was"
    moved = client.put(page, data=said | {"clock": "02:00", "version": "2"})
    assert (moved.status_code, "It is past 02:00 already." in moved.text) == (422, True)
    assert client.put(page, data=said | {"clock": "23:00", "version": "2"}).status_code == 303


def line_of(client, made):
    page = client.get(f"/meetings/{made['reference']}").text
    return " ".join(page.split('<p class="line">')[1].split("</p>")[0].split())


def test_a_meeting_that_is_over_tells_from_when_to_when_it_was_held(app, cast, api_of, client_of, at):
    eleni, made = api_of("Eleni"), called(api_of("Nikos"), cast, on="2026-11-23", clock="10:30", open=True)
    at(NOW.replace(minute=9, second=20))
    assert eleni.put(at_(made, "/beginning")).status_code == 200
    running = line_of(client_of("Eleni"), made)
    assert "23 November 2026, 10:09" in running
    assert "planned for 10:30" in running
    at(NOW.replace(minute=10, second=5))
    assert eleni.put(at_(made, "/ending"), json={}).status_code == 200
    said = line_of(client_of("Eleni"), made)
    assert "held 23 November 2026, 10:09–10:10" in said
    assert "planned for 10:30" in said
    assert "10:09–10:10" in client_of("Eleni").get(f"/meetings/{made['reference']}/public").text
    with app.app_context():
        who = person_as_actor(cast.Eleni)
        found = find_meeting(who, made["id"])
        minutes, public = str(sheet_of_minutes(who, found, "en")), str(sheet_of_public(who, found, "el"))
    assert all(part in minutes for part in ("10:09", "10:10", "10:30"))
    assert "10:09–10:10" in public


def test_what_is_begun_long_after_its_time_is_noted_afterwards_however_it_was_moved(cast, api_of, client_of, at):
    at(NOW.replace(day=18))
    eleni, made = api_of("Eleni"), called(api_of("Nikos"), cast, on="2026-11-25")
    at(NOW)
    client, page = client_of("Eleni"), f"/meetings/{made['reference']}"
    moved = {"title": "Winter plan", "on": "2026-11-20", "clock": "10:00", "sure": "2026-11-20", "version": "1"}
    assert client.put(page, data=moved).status_code == 303
    for step in ("/beginning", "/ending"):
        assert eleni.put(at_(made, step), json={}).status_code == 200
    said = line_of(client, made)
    assert ("20 November 2026, 10:00" in said, "23 November" in said, "planned for" in said) == (True, False, False)


@pytest.mark.parametrize(
    ("clock", "begun", "said"),
    [
        ("20:00", NOW.replace(day=25, hour=5, minute=30), "24 November 2026, 20:00"),
        ("23:30", NOW.replace(day=24, hour=22, minute=10), "held 25 November 2026, 00:10"),
        ("09:00", NOW.replace(day=24, hour=9), "held 24 November 2026, 11:00"),
    ],
    ids=["noted the next morning", "begun after midnight", "begun late"],
)
def test_what_is_noted_the_next_morning_was_held_in_the_evening(cast, api_of, client_of, at, clock, begun, said):
    eleni, made = api_of("Eleni"), called(api_of("Nikos"), cast, on="2026-11-24", clock=clock)
    at(begun)
    for step in ("/beginning", "/ending"):
        assert eleni.put(at_(made, step), json={}).status_code == 200
    line = line_of(client_of("Eleni"), made)
    assert said in line
    assert ("planned for" in line) == ("held" in said)


def test_the_list_tells_the_day_on_which_a_meeting_was_held(cast, api_of, client_of):
    eleni, made = api_of("Eleni"), called(api_of("Nikos"), cast)
    for step in ("/beginning", "/ending"):
        assert eleni.put(at_(made, step), json={}).status_code == 200
    for which in ("minutes", "past"):
        rows = client_of("Eleni").get(f"/meetings?which={which}&whose=all").text
        assert ("23 November 2026" in rows, "26 November 2026" in rows) == (True, False)


def test_of_a_day_that_is_over_nobody_is_asked_and_it_is_past(cast, api_of, client_of):
    made = called(api_of("Nikos"), cast, on="2026-11-20")
    eleni, page = client_of("Eleni"), f"/meetings/{made['reference']}"
    shown = eleni.get(page).text
    assert 'id="answer"' not in shown
    assert "have not answered" not in shown
    assert "This day is over. Begin the meeting to note what was said" in shown
    assert "This day is over, and the meeting has not been begun." in client_of("Maria").get(page).text
    assert made["reference"] not in eleni.get("/meetings?whose=all").text
    past = eleni.get("/meetings?which=past&whose=all").text
    assert (made["reference"] in past, "not begun" in past) == (True, True)
    assert made["reference"] not in client_of("Maria").get("/").text, "nothing is expected of her"
    coming = called(api_of("Nikos"), cast)
    assert coming["reference"] in client_of("Maria").get("/").text
    assert coming["reference"] in eleni.get("/meetings?whose=all").text


def test_that_one_is_sure_belongs_to_the_day_and_outlasts_other_refusals(cast, client_of):
    client, sent = client_of("Eleni"), {"title": "Winter plan", "unit": str(cast.PARKS), "on": "2026-11-10"}
    asked = client.post("/meetings", data=sent).text
    assert "Call the meeting" in asked
    assert "all the same" not in asked
    assert "you note it now, confirm it." in asked
    assert 'name="sure" value="2026-11-10" checked' not in asked
    amiss = client.post("/meetings", data=sent | {"sure": "2026-11-10", "chair_name": "Nobody at all"})
    assert amiss.status_code == 422
    assert 'name="sure" value="2026-11-10" checked' in amiss.text


def test_who_approves_is_told_that_nothing_is_written_and_who_is_not_noted(cast, api_of, client_of):
    nikos, made = api_of("Nikos"), called(api_of("Nikos"), cast, chair=cast.Eleni, secretary=cast.Nikos)
    point = added(nikos, made, "Salt")
    nikos.put(at_(made, "/beginning"))
    nikos.put(at_(made, f"/people/{cast.Maria}"), json={"presence": "present"})
    nikos.put(at_(made, "/ending"), json={})
    page = f"/meetings/{made['reference']}"
    asks = client_of("Eleni").get(page).text.split('/approval?_method=PUT"')[1].split(">")[0]
    assert "No minutes are written. 3 people are not noted as there or not. Approve the minutes?" in asks
    nikos.put(at_(made, f"/points/{point}/minutes"), json={"notes": "Ordered.", "version": 1})
    asks = client_of("Eleni").get(page).text.split('/approval?_method=PUT"')[1].split(">")[0]
    assert "No minutes" not in asks
