"""What one keeps for oneself over the API: a reminder of a message, and what is half written in a thread."""

from datetime import UTC, datetime, timedelta

import pytest

V1 = "/api/v1"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def say(client, talk, text, **more):
    body = {"text": text, "nonce": f"n-{abs(hash(text))}"} | more
    sent = client.post(f"{V1}/conversations/{talk}/messages", json=body)
    assert sent.status_code == 201, sent.text
    return sent.json["id"]


@pytest.fixture
def talk(api_of, cast, at):
    """A group of Eleni of Parks and Sofia of Legal."""
    at(NOW)
    return api_of("Eleni").post(f"{V1}/conversations", json={"title": "Storm", "members": [cast.Sofia]}).json["id"]


def test_a_reminder_is_read_and_taken_back_by_whoever_wished_it(app, api_of, talk, at, tell):
    from collab.messaging.package import sweep_reminders

    message = say(api_of("Sofia"), talk, "Sign by Friday")
    where, eleni, sofia = f"{V1}/messages/{message}/reminder", api_of("Eleni"), api_of("Sofia")
    assert (eleni.get(where).status_code, eleni.delete(where).status_code) == (404, 204)
    for client, when, due in ((eleni, "hour", NOW + timedelta(hours=1)), (sofia, "hour", NOW + timedelta(hours=1)),
                              (eleni, "tomorrow", datetime(2026, 11, 24, 6, tzinfo=UTC))):  # fmt: skip
        assert client.put(where, json={"when": when}).status_code == 204
        assert datetime.fromisoformat(client.get(where).json["due_at"]) == due
    assert api_of("Leila").get(where).status_code == 404
    assert api_of("Leila").delete(where).status_code == 404
    for _again in range(2):
        assert eleni.delete(where).status_code == 204
    assert eleni.get(where).status_code == 404
    assert sofia.get(where).status_code == 200, "nobody takes back what another wished"
    at(NOW + timedelta(days=3))
    with app.app_context():
        sweep_reminders()
    tell()
    reasons = [one["reasons"] for one in eleni.get(f"{V1}/notifications").json["items"]]
    assert ["reminder"] not in reasons
    assert ["reminder"] in [one["reasons"] for one in sofia.get(f"{V1}/notifications").json["items"]]
    assert sofia.get(where).status_code == 404, "it came"


def test_a_reminder_of_what_is_gone_may_be_taken_back(api_of, talk):
    message = say(api_of("Sofia"), talk, "Sign by Friday")
    where = f"{V1}/messages/{message}/reminder"
    assert api_of("Eleni").put(where, json={"when": "monday"}).status_code == 204
    assert api_of("Sofia").delete(f"{V1}/messages/{message}").status_code == 204
    assert api_of("Eleni").delete(where).status_code == 204
    assert api_of("Eleni").get(where).status_code == 404


def test_what_is_half_written_in_a_thread_is_read_there_by_whoever_wrote_it(api_of, talk):
    root = say(api_of("Sofia"), talk, "Well?")
    answer = say(api_of("Sofia"), talk, "I ask again", reply_to=root)
    other = say(api_of("Sofia"), talk, "And you?")
    eleni = api_of("Eleni")
    assert eleni.get(f"{V1}/messages/{root}/thread/draft").json == {"text": ""}
    assert eleni.put(f"{V1}/messages/{answer}/thread/draft", json={"text": "Not yet"}).json == {"text": "Not yet"}
    for one in (root, answer):
        assert eleni.get(f"{V1}/messages/{one}/thread/draft").json == {"text": "Not yet"}, "of the thread, not of one"
    assert eleni.get(f"{V1}/messages/{other}/thread/draft").json == {"text": ""}
    assert api_of("Sofia").get(f"{V1}/messages/{root}/thread/draft").json == {"text": ""}
    assert api_of("Leila").get(f"{V1}/messages/{root}/thread/draft").status_code == 404
    assert eleni.put(f"{V1}/messages/{root}/thread/draft", json={"text": ""}).json == {"text": ""}
    assert eleni.get(f"{V1}/messages/{answer}/thread/draft").json == {"text": ""}


def test_what_is_half_written_in_the_talk_of_an_item_stands_on_its_page_too(api_of, client_of, cast):
    eleni = api_of("Eleni")
    reference = eleni.post(f"{V1}/tasks", json={"title": "Drain", "unit": cast.PARKS}).json["reference"]
    said = eleni.post(f"{V1}/work-items/{reference}/messages", json={"text": "By noon", "nonce": "half-1"})
    assert said.status_code == 201, said.text
    talk = said.json["conversation"]
    assert eleni.put(f"{V1}/conversations/{talk}/draft", json={"text": "The pump is"}).status_code == 200
    assert "The pump is</textarea>" in client_of("Eleni").get(f"/work-items/{reference}").text
    assert "The pump is" not in client_of("Nikos").get(f"/work-items/{reference}").text
    for page in (f"/work-items/{reference}", f"/conversations/{talk}"):
        assert f'data-keep="/conversations/{talk}/draft"' in client_of("Eleni").get(page).text, page


def test_what_is_half_written_where_nothing_was_said_yet_is_kept_and_goes_as_it_is_said(api_of, client_of, cast):
    eleni, leila = api_of("Eleni"), api_of("Leila")
    reference = eleni.post(f"{V1}/tasks", json={"title": "Drain", "unit": cast.PARKS}).json["reference"]
    address = f"{V1}/work-items/{reference}/messages/draft"
    assert eleni.get(address).json == {"text": ""}
    assert eleni.put(address, json={"text": "The pump is"}).json == {"text": "The pump is"}
    page = client_of("Eleni").get(f"/work-items/{reference}").text
    assert "The pump is</textarea>" in page
    assert f'data-keep="/work-items/{reference}/messages/draft"' in page
    assert "The pump is" not in client_of("Nikos").get(f"/work-items/{reference}").text
    assert api_of("Nikos").get(address).json == {"text": ""}
    assert [leila.get(address).status_code, leila.put(address, json={"text": "x"}).status_code] == [404, 404]
    assert eleni.get(f"{V1}/work-items/{reference}/messages").json["conversation"] is None, "nothing has begun by it"
    said = {"text": "The pump is dry", "nonce": "half-2"}
    assert eleni.post(f"{V1}/work-items/{reference}/messages", json=said).status_code == 201
    assert eleni.get(address).json == {"text": ""}
    eleni.put(address, json={"text": "And now"})
    assert eleni.put(address, json={"text": ""}).json == {"text": ""}
