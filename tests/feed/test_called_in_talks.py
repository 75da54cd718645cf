"""Whoever is called in a conversation that is no item's hears of it, if they may read it; the writer is told who may
not."""

from datetime import timedelta

import pytest

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def say(client, talk, text, **more):
    body = {"text": text, "nonce": f"n-{abs(hash(text))}"} | more
    sent = client.post(f"{V1}/conversations/{talk}/messages", json=body)
    assert sent.status_code == 201, sent.text
    return sent.json["id"]


def heard(client):
    found = client.get(f"{V1}/notifications").json["items"]
    return [(one["subject"]["kind"], one["subject"]["title"], one["reasons"]) for one in found]


@pytest.fixture
def talk(api_of, cast):
    form = {"title": "Storm", "members": [cast.Sofia, cast.ROADS]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def test_people_posts_and_units_hear_that_they_were_called_and_nobody_else(api_of, client_of, talk, cast, tell):
    post = cast.head_posts["LEGAL"]
    call = say(api_of("Eleni"), talk, f"@[Head of Legal](party:{post}) and @[Roads](party:{cast.ROADS}), please")
    say(api_of("Eleni"), talk, "Without calling anybody")
    tell()
    for name in ("Sofia", "Maria", "Petros"):
        assert heard(api_of(name)) == [("conversation", "Storm", ["mentioned"])], name
    for name in ("Eleni", "Dimitra", "Nikos", "Leila"):
        assert heard(api_of(name)) == [], name
    sofia = client_of("Sofia")
    assert "Storm" in sofia.get("/inbox").text
    assert "Storm" in sofia.get("/").text
    line = api_of("Sofia").get(f"{V1}/notifications").json["items"][0]["id"]
    assert sofia.get(f"/notifications/{line}").headers["Location"] == f"/conversations/{talk}?at=1#message-{call}"
    assert f"/inbox/conversations/{talk}/reading" in sofia.get(f"/conversations/{talk}").text
    assert sofia.put(f"/inbox/conversations/{talk}/reading").status_code == 204
    assert api_of("Sofia").get(f"{V1}/notifications").json["items"][0]["read"]


def test_a_line_leads_to_the_message_it_is_about_however_much_was_said_since(
    app, api_of, client_of, talk, cast, tell, at
):
    from collab.core import clock
    from collab.messaging.package import sweep_reminders

    eleni, sofia = api_of("Eleni"), api_of("Sofia")
    old = say(eleni, talk, "The key lies under the stone")
    assert sofia.put(f"{V1}/messages/{old}/reminder", json={"when": "hour"}).status_code == 204
    for number in range(30):
        say(eleni, talk, f"Other things {number}")
    at(clock.now() + timedelta(hours=2))
    with app.app_context():
        sweep_reminders()
    tell()

    def leads():
        [line] = sofia.get(f"{V1}/notifications").json["items"]
        return client_of("Sofia").get(f"/notifications/{line['id']}").headers["Location"]

    assert leads() == f"/conversations/{talk}?at=1#message-{old}"
    assert "under the stone" in client_of("Sofia").get(leads()).text
    assert client_of("Sofia").put(f"/inbox/conversations/{talk}/reading").status_code == 204
    # Several that are unread are read on from the first of them.
    first, _second = (say(eleni, talk, f"@[S](party:{cast.Sofia}) {word}") for word in ("one", "two"))
    tell()
    assert leads() == f"/conversations/{talk}?at=32#message-{first}"


def test_a_line_of_an_item_leads_to_what_was_said_there(api_of, client_of, cast, tell):
    form = {"title": "Plane trees", "unit": cast.PARKS, "holder": cast.Eleni}
    task = api_of("Eleni").post(f"{V1}/tasks", json=form).json
    body = {"text": f"@[N](party:{cast.Nikos}) look", "nonce": "n1"}
    sent = api_of("Eleni").post(f"{V1}/work-items/{task['id']}/messages", json=body).json["id"]
    tell()
    line = api_of("Nikos").get(f"{V1}/notifications").json["items"][0]["id"]
    leads = client_of("Nikos").get(f"/notifications/{line}").headers["Location"]
    assert leads == f"/work-items/{task['reference']}#message-{sent}"
    assert f'id="message-{sent}"' in client_of("Nikos").get(leads).text


def test_whoever_leaves_sees_no_line_of_it_any_more(api_of, talk, cast, tell):
    say(api_of("Eleni"), talk, f"@[S](party:{cast.Sofia})")
    tell()
    assert heard(api_of("Sofia"))
    api_of("Eleni").delete(f"{V1}/conversations/{talk}/members/{cast.Sofia}")
    assert heard(api_of("Sofia")) == []


def test_a_line_of_a_unit_and_of_a_direct_talk_is_called_after_them(api_of, client_of, cast, tell):
    text = {"text": f"@[N](party:{cast.Nikos}) good morning", "nonce": "n1"}
    assert api_of("Eleni").post(f"{V1}/units/{cast.PARKS}/messages", json=text).status_code == 201
    direct = api_of("Eleni").post(f"{V1}/conversations", json={"kind": "direct", "members": [cast.Nikos]}).json["id"]
    say(api_of("Eleni"), direct, f"@[N](party:{cast.Nikos}) in private")
    tell()
    page = client_of("Nikos").get("/inbox").text
    assert ">Parks</a>" in page
    assert ">Eleni Markou</a>" in page


def test_a_direct_talk_speaks_to_those_who_are_in_it(api_of, client_of, cast, tell):
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    direct = eleni.post(f"{V1}/conversations", json={"kind": "direct", "members": [cast.Nikos]}).json["id"]
    say(eleni, direct, "Good morning")
    tell()
    assert [why for _kind, _title, why in heard(nikos)] == [["direct"]]
    assert heard(eleni) == [], "nobody hears what they say themselves"
    sofia = client_of("Sofia").get("/inbox").text
    assert "Eleni Markou" not in sofia
    say(nikos, direct, f"@[E](party:{cast.Eleni}) to you")
    tell()
    assert [why for _kind, _title, why in heard(eleni)] == [["mentioned"]], "told once"


def test_whoever_reads_a_direct_talk_or_wants_quiet_there_is_told_nothing(api_of, cast, tell):
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    direct = eleni.post(f"{V1}/conversations", json={"kind": "direct", "members": [cast.Nikos]}).json["id"]
    say(eleni, direct, "Good morning")
    nikos.put(f"{V1}/conversations/{direct}/read-state", json={"seq": 1})
    tell()
    assert heard(nikos) == [], "read before it was told"
    nikos.put(f"{V1}/conversations/{direct}/hearing", json={"level": "muted"})
    say(eleni, direct, "And good night")
    tell()
    assert heard(nikos) == []


def test_whoever_unfollows_a_thread_of_a_direct_talk_hears_no_answers_there(api_of, cast, tell):
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    direct = eleni.post(f"{V1}/conversations", json={"kind": "direct", "members": [cast.Nikos]}).json["id"]
    root = say(eleni, direct, "Good morning")
    tell()
    where = f"{V1}/messages/{root}/thread"
    assert nikos.get(where).json["follows"] is True
    assert nikos.delete(f"{where}/following").status_code < 300
    say(eleni, direct, "One more", reply_to=root)
    tell()
    assert nikos.get(where).json["follows"] is False
    counts = [one["count"] for one in nikos.get(f"{V1}/notifications").json["items"]]
    assert counts == [1]


def test_the_writer_is_told_who_was_called_and_may_not_read(client_of, talk, cast):
    text = f"@[L](party:{cast.Leila}) and @[S](party:{cast.Sofia}) look"
    sent = client_of("Eleni").post(f"/conversations/{talk}/messages", data={"text": text, "nonce": "n1"}, headers=PART)
    assert sent.status_code == 200
    assert "Leila" in sent.headers["HX-Trigger"]
    assert "Sofia" not in sent.headers["HX-Trigger"]
