"""From talk to an agenda: what was said becomes a point of a meeting, each leads to the other for who may see it."""

import re

import pytest

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def say(client, talk, text):
    sent = client.post(f"{V1}/conversations/{talk}/messages", json={"text": text, "nonce": f"n-{abs(hash(text))}"})
    assert sent.status_code == 201, sent.text
    return sent.json["id"]


@pytest.fixture
def talk(api_of, cast):
    """A group of Eleni of Parks, Sofia of Legal and Maria of Roads."""
    form = {"title": "Storm", "members": [cast.Sofia, cast.Maria]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def call(api, unit, title, on, people=()):
    form = {"title": title, "unit": unit, "on": on, "people": list(people)}
    made = api.post(f"{V1}/meetings", json=form)
    assert made.status_code == 201, made.text
    return made.json["reference"]


def cards(client, talk):
    return re.findall(r'class="message-card" href="/work-items/([^"]+)"', client.get(f"/conversations/{talk}").text)


def test_what_was_said_becomes_a_point_and_each_leads_to_the_other(api_of, client_of, talk, cast):
    later = call(api_of("Eleni"), cast.PARKS, "The budget", "2099-03-02")
    soon = call(api_of("Eleni"), cast.PARKS, "The storm", "2099-03-01", [cast.Nikos])
    message = say(api_of("Sofia"), talk, "Who pays for **the pine**?")
    eleni = client_of("Eleni")
    assert f'href="/messages/{message}/points/new"' in eleni.get(f"/messages/{message}").text
    form = eleni.get(f"/messages/{message}/points/new", headers=PART).text
    assert re.findall(r'<option value="([^"]+)"', form) == [soon, later], "the next one first"
    assert "&#x2068;The storm&#x2069; · " in form, "a title does not turn the day beside it"
    assert 'value="Who pays for the pine?"' in form
    entered = {"meeting": soon, "title": "Who pays?", "minutes": "5"}
    made = eleni.post(f"/messages/{message}/points", data=entered, headers=PART)
    assert (made.status_code, '"talk-said": true' in made.headers["HX-Trigger"]) == (204, True)
    page = eleni.get(f"/meetings/{soon}").text
    assert f'href="/messages/{message}/place">Came from what Sofia Rigas said</a>' in page
    assert cards(eleni, talk) == [soon]
    assert cards(client_of("Sofia"), talk) == [], "who may not see the meeting sees no card of it"
    seen = client_of("Nikos").get(f"/meetings/{soon}").text
    assert "Who pays?" in seen
    assert f"/messages/{message}" not in seen, "who may not read the message is not led to it"
    [point] = api_of("Eleni").get(f"{V1}/meetings/{soon}").json["points"]
    assert (point["minutes"], point["state"]) == (5, "accepted")


def test_of_a_direct_talk_the_form_for_a_point_says_who_will_read_it(api_of, client_of, talk, cast):
    call(api_of("Eleni"), cast.PARKS, "The storm", "2099-03-01", [cast.Nikos])
    between = api_of("Eleni").post(f"{V1}/conversations", json={"kind": "direct", "members": [cast.Maria]}).json["id"]
    forms = [
        client_of("Eleni").get(f"/messages/{say(api_of('Eleni'), where, 'Who pays?')}/points/new", headers=PART).text
        for where in (between, talk)
    ]
    assert ["Everybody invited to the meeting will read what stands here." in form for form in forms] == [True, False]
    assert ["Who pays?" in form for form in forms] == [False, True], "of a direct talk not even the title is filled in"


def test_whoever_does_not_run_the_meeting_proposes_and_whoever_is_not_invited_does_neither(
    api_of, client_of, talk, cast
):
    meeting = call(api_of("Eleni"), cast.PARKS, "The storm", "2099-03-01", [cast.Maria])
    message = say(api_of("Sofia"), talk, "Who pays?")
    form = {"meeting": meeting, "title": "Who pays?"}
    made = api_of("Maria").post(f"{V1}/messages/{message}/points", json=form)
    assert made.status_code == 201, made.text
    [point] = api_of("Eleni").get(f"{V1}/meetings/{meeting}").json["points"]
    assert point["state"] == "proposed"
    assert f'href="/messages/{message}/place"' in client_of("Maria").get(f"/meetings/{meeting}").text
    refused = api_of("Sofia").post(f"{V1}/messages/{message}/points", json=form)
    assert refused.status_code == 404
    assert "No meeting to which you are invited is planned." in client_of("Sofia").get(
        f"/messages/{message}/points/new"
    ).text  # fmt: skip


def test_a_message_is_one_point_of_a_meeting_until_the_point_is_removed(api_of, client_of, talk, cast):
    meeting = call(api_of("Eleni"), cast.PARKS, "The storm", "2099-03-01")
    message, form = say(api_of("Sofia"), talk, "Who pays?"), {"meeting": meeting, "title": "Who pays?"}
    made = api_of("Eleni").post(f"{V1}/messages/{message}/points", json=form).json
    again = client_of("Eleni").post(f"/messages/{message}/points", data=form, headers=PART)
    assert (again.status_code, "is a point of this meeting already" in again.text) == (422, True)
    assert len(api_of("Eleni").get(f"{V1}/meetings/{meeting}").json["points"]) == 1
    assert api_of("Eleni").delete(f"{V1}/meetings/{meeting}/points/{made['id']}").status_code == 204
    assert cards(client_of("Eleni"), talk) == []
    assert api_of("Eleni").post(f"{V1}/messages/{message}/points", json=form).status_code == 201


@pytest.mark.parametrize(
    ("change", "field"), [({"title": ""}, "title"), ({"meeting": ""}, "meeting"), ({"minutes": 0}, "minutes")]
)
def test_what_cannot_be_a_point_is_said_at_its_field(api_of, talk, cast, change, field):
    meeting = call(api_of("Eleni"), cast.PARKS, "The storm", "2099-03-01")
    message = say(api_of("Eleni"), talk, "Who pays?")
    form = {"meeting": meeting, "title": "Who pays?", "minutes": 5} | change
    refused = api_of("Eleni").post(f"{V1}/messages/{message}/points", json=form)
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json["errors"]] == [field]
    assert api_of("Eleni").get(f"{V1}/meetings/{meeting}").json["points"] == []


def test_nobody_makes_a_point_of_what_they_may_not_read_nor_of_what_is_gone(api_of, talk, cast):
    meeting = call(api_of("Eleni"), cast.PARKS, "The storm", "2099-03-01", [cast.Dimitra])
    message, form = say(api_of("Eleni"), talk, "Who pays?"), {"meeting": meeting, "title": "Who pays?"}
    assert api_of("Dimitra").post(f"{V1}/messages/{message}/points", json=form).status_code == 404
    api_of("Eleni").delete(f"{V1}/messages/{message}")
    assert api_of("Eleni").post(f"{V1}/messages/{message}/points", json=form).status_code == 403


def test_what_was_said_of_an_item_for_named_people_is_not_put_before_everybody_invited(api_of, client_of, cast):
    eleni = api_of("Eleni")
    meeting = call(eleni, cast.PARKS, "The budget", "2099-03-02", [cast.Maria])
    item = {"title": "A complaint", "unit": cast.PARKS, "holder": cast.Eleni, "reach": "named"}
    item = eleni.post(f"{V1}/tasks", json=item).json["reference"]
    message = eleni.post(f"{V1}/work-items/{item}/messages", json={"text": "The head?", "nonce": "quiet"}).json["id"]
    form, why = {"meeting": meeting, "title": "The head?"}, "the agenda is read by everybody invited."
    refused = eleni.post(f"{V1}/messages/{message}/points", json=form)
    assert (refused.status_code, why in refused.text) == (409, True), refused.text
    page = client_of("Eleni").post(f"/messages/{message}/points", data=form, headers=PART)
    assert (page.status_code, why in page.text) == (409, True)
    asked = client_of("Eleni").get(f"/messages/{message}/points/new", headers=PART).text
    assert (why in asked, meeting in asked) == (True, False), "said before anything is written"
    assert eleni.get(f"{V1}/meetings/{meeting}").json["points"] == []


def test_what_was_said_in_a_meeting_of_named_people_may_be_a_point_of_that_meeting_alone(api_of, client_of, cast):
    eleni = api_of("Eleni")
    other = call(eleni, cast.PARKS, "The budget", "2099-03-02")
    form = {"title": "The storm", "unit": cast.PARKS, "on": "2099-03-01", "people": [cast.Maria], "reach": "named"}
    meeting = eleni.post(f"{V1}/meetings", json=form).json["reference"]
    message = eleni.post(f"{V1}/work-items/{meeting}/messages", json={"text": "Who pays?", "nonce": "own"}).json["id"]
    offered = client_of("Eleni").get(f"/messages/{message}/points/new", headers=PART).text
    assert re.findall(r'<option value="([^"]+)"', offered) == [meeting]
    form = {"meeting": other, "title": "Who pays?"}
    assert eleni.post(f"{V1}/messages/{message}/points", json=form).status_code == 409
    assert eleni.post(f"{V1}/messages/{message}/points", json=form | {"meeting": meeting}).status_code == 201
