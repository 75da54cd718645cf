"""A meeting from its invitation to its approved minutes, and who may do what with it."""

from datetime import UTC, datetime

import pytest

from collab.core.i18n import speaking
from collab.work.asked_words import asked_words

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DONE = (200, 204, 303)


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def called(client, cast, **said):
    """Nikos' department meets on Thursday at ten; Eleni writes the minutes, Maria of ROADS is invited."""
    body = {
        "title": "Winter plan", "unit": cast.PARKS, "on": "2026-11-26", "clock": "10:00", "place": "Room 2",
        "secretary": cast.Eleni, "people": [cast.Maria, cast.Giorgos], "quorum": "half",
    } | said  # fmt: skip
    answer = client.post("/api/v1/meetings", json=body)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()


def at_(made, rest=""):
    return f"/api/v1/meetings/{made['reference']}{rest}"


def added(client, made, title, **said):
    answer = client.post(at_(made, "/points"), json={"title": title, "minutes": 20} | said)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()["id"]


def test_from_the_invitation_to_the_approved_minutes(cast, api_of, client_of):
    nikos, eleni = api_of("Nikos"), api_of("Eleni")
    made = called(nikos, cast)
    assert (made["starts_at"], made["needed"], made["present"]) == ("2026-11-26T08:00:00+00:00", 3, 0)
    first, second = added(eleni, made, "Salt"), added(eleni, made, "Trees", minutes=15)
    assert eleni.put(at_(made, f"/points/{second}/place"), json={"position": 1}).status_code == 200
    page = client_of("Eleni").get(f"/meetings/{made['reference']}").text
    assert page.index("Trees") < page.index("Salt")
    assert "10:00–10:15" in page
    assert "10:15–10:35" in page, "the clock of the agenda runs on"
    early = eleni.put(at_(made, f"/points/{first}/minutes"), json={"notes": "Too soon", "version": 1})
    assert early.status_code == 409, "before it begins there is nothing to minute"
    assert eleni.put(at_(made, "/beginning")).status_code == 200
    for name in ("Nikos", "Eleni"):
        eleni.put(at_(made, f"/people/{getattr(cast, name)}"), json={"presence": "present"})
    assert "No quorum yet." in client_of("Eleni").get(f"/meetings/{made['reference']}").text
    api_of("Maria").put(at_(made, f"/people/{cast.Maria}"), json={"presence": "remote"})
    assert "Quorum reached." in client_of("Eleni").get(f"/meetings/{made['reference']}").text
    said = {"notes": "**40 tons** are there.", "outcome": "Salt is ordered.", "version": 1}
    assert eleni.put(at_(made, f"/points/{first}/minutes"), json=said).status_code == 200
    task = eleni.post(at_(made, f"/points/{first}/tasks"), json={"title": "Order salt", "holder": cast.Giorgos})
    assert task.status_code == 201, task.get_json()
    assert eleni.put(at_(made, "/ending"), json={}).status_code == 200
    assert eleni.put(at_(made, "/approval")).status_code == 403, "the chair approves"
    closed = nikos.put(at_(made, "/approval")).get_json()
    assert (closed["stage"], closed["approved_by"], closed["present"]) == ("closed", cast.Nikos, 3)
    minuted = next(point for point in closed["points"] if point["id"] == first)
    assert minuted["tasks"] == [task.get_json()["reference"]]
    assert made["reference"] in client_of("Giorgos").get(f"/work-items/{minuted['tasks'][0]}").text
    late = eleni.put(at_(made, f"/points/{first}/minutes"), json=said | {"notes": "No", "version": 2})
    assert late.status_code == 409, "what was approved stands"
    assert "<strong>40 tons</strong>" in client_of("Maria").get(f"/meetings/{made['reference']}").text


def test_who_approves_is_told_that_nobody_is_noted_as_present(cast, api_of, client_of):
    nikos, made = api_of("Nikos"), called(api_of("Nikos"), cast)
    for step in ("/beginning", "/ending"):
        assert nikos.put(at_(made, step), json={}).status_code == 200
    warned, page = 'id="nobody-noted"', f"/meetings/{made['reference']}"
    assert warned in client_of("Nikos").get(page).text
    assert warned not in client_of("Eleni").get(page).text, "who does not approve is not warned"
    nikos.put(at_(made, f"/people/{cast.Nikos}"), json={"presence": "present"})
    assert warned not in client_of("Nikos").get(page).text


def test_who_approves_is_told_of_questions_that_nobody_answered(cast, api_of, client_of):
    nikos, made = api_of("Nikos"), called(api_of("Nikos"), cast)
    asked = nikos.post(at_(made, "/questions"), json={"question": "Who cuts the limes?", "asker": "Bob Roe"})
    assert asked.status_code == 201, asked.text
    page, warned = f"/meetings/{made['reference']}", 'id="hanging-questions"'
    nikos.put(at_(made, "/beginning"))
    assert warned not in client_of("Nikos").get(page).text
    nikos.put(at_(made, "/ending"), json={})
    for tab in ("agenda", "people", "talk"):
        told = client_of("Nikos").get(f"{page}?tab={tab}").text
        assert f'href="{page}?tab=questions"' in told.split(warned)[1].split("</div>")[0], tab
    assert warned not in client_of("Eleni").get(page).text, "who does not approve is not warned"
    said = {
        "answer": "Parks, in March.",
        "version": nikos.get(at_(made, "/questions")).get_json()["items"][0]["version"],
    }
    answer = nikos.put(at_(made, f"/questions/{asked.get_json()['id']}/answer"), json=said)
    assert answer.status_code == 200, answer.text
    assert warned not in client_of("Nikos").get(page).text


def test_who_approves_is_told_of_which_points_the_minutes_say_nothing(cast, api_of, client_of):
    nikos, made = api_of("Nikos"), called(api_of("Nikos"), cast)
    salt, trees = added(nikos, made, "Salt"), added(nikos, made, "Trees")
    added(api_of("Maria"), made, "Kerbs")
    page, warned = f"/meetings/{made['reference']}", 'id="empty-points"'
    nikos.put(at_(made, "/beginning"))
    assert warned not in client_of("Nikos").get(page).text, "while it runs there is time"
    nikos.put(at_(made, "/ending"), json={})
    said = client_of("Nikos").get(page).text.split(warned)[1].split("</ul>")[0]
    assert "για 2 θέματα" in said, "Nikos reads Greek"
    assert f"{page}/points/{salt}/minutes" in said
    assert f"{page}/points/{trees}/minutes" in said
    assert "Kerbs" not in said, "what was only proposed was not dealt with"
    assert warned not in client_of("Eleni").get(page).text, "who does not approve is not warned"
    nikos.put(at_(made, f"/points/{salt}/minutes"), json={"notes": "Enough.", "version": 1})
    assert "για 1 θέμα," in client_of("Nikos").get(page).text
    assert nikos.put(at_(made, "/approval")).status_code == 200, "it is said, not refused"
    assert warned not in client_of("Nikos").get(page).text


def test_long_minutes_of_many_points_are_laid_out_within_one_budget(cast, api_of, client_of):
    """What comes first is laid out, what goes beyond is shown plain; nothing of it is lost."""
    nikos, made = api_of("Nikos"), called(api_of("Nikos"), cast)
    notes = "- *item* here\n\n" * 200
    points = [added(nikos, made, f"Point {number}") for number in range(12)]
    nikos.put(at_(made, "/beginning"))
    for point in points:
        said = {"notes": notes, "version": 1}
        assert nikos.put(at_(made, f"/points/{point}/minutes"), json=said).status_code == 200
    nikos.put(at_(made, "/ending"), json={})
    for address in ("", "/public"):
        page = client_of("Nikos").get(f"/meetings/{made['reference']}{address}").text
        plain = page.count("- *item* here")
        assert 200 < page.count("<em>item</em>") < 9 * 200, address
        assert page.count("<em>item</em>") + plain == 12 * 200, address


def test_two_who_write_the_same_point_overwrite_nothing(cast, api_of, client_of):
    nikos, made = api_of("Nikos"), called(api_of("Nikos"), cast)
    point = added(nikos, made, "Salt")
    nikos.put(at_(made, "/beginning"))
    address = f"/meetings/{made['reference']}/points/{point}/minutes"
    assert client_of("Eleni").put(address, data={"notes": "Eleni's", "version": "1"}).status_code in DONE
    late = client_of("Nikos").put(address, data={"notes": "Nikos'", "version": "1"})
    assert late.status_code == 412
    assert "Eleni&#39;s" in late.text, "what stands now is shown"
    assert "Nikos&#39;" in late.text, "what was typed is kept"
    assert nikos.get(at_(made)).get_json()["points"][0]["notes"] == "Eleni's"


def test_a_slip_of_the_second_does_not_let_them_overwrite_what_they_did_not_read(cast, api_of, client_of):
    nikos, made = api_of("Nikos"), called(api_of("Nikos"), cast)
    page, point = f"/meetings/{made['reference']}", added(nikos, made, "Salt")
    id_ = nikos.post(at_(made, "/questions"), json={"question": "When?", "asker": "Anna Doe"}).get_json()["id"]
    sent = {"title": "Winter", "on": "2026-12-01", "clock": "10:00", "place": "Hall", "chair": cast.Nikos}
    sent |= {"secretary": cast.Eleni, "people[]": [cast.Eleni]}
    held = [
        (page, sent, {"title": ""}),
        (f"{page}/points/{point}/minutes", {"notes": "Hers"}, {"notes": "x" * 20_001}),
        (f"{page}/questions/{id_}/answer", {"answer": "In May."}, {"answer": ""}),
    ]
    for address, good, slip in held:
        if address.endswith("/minutes"):
            nikos.put(at_(made, "/beginning"))
        form = client_of("Eleni").get(f"{page}/editing" if address == page else address.removesuffix("/answer"))
        version = form.text.split('name="version" value="')[1].split('"')[0]
        assert client_of("Eleni").put(address, data={**good, "version": version}).status_code in DONE, address
        refused = client_of("Nikos").put(address, data={**good, **slip, "version": version})
        assert refused.status_code == 422, address
        assert f'name="version" value="{version}"' in refused.text, "opened as it was"
        assert client_of("Nikos").put(address, data={**good, "version": version}).status_code == 412, address


def test_two_who_change_the_same_point_of_the_agenda_overwrite_nothing(cast, api_of, client_of):
    made = called(api_of("Nikos"), cast)
    point = added(api_of("Nikos"), made, "Salt")
    address = f"/meetings/{made['reference']}/points/{point}"
    form = client_of("Nikos").get(address).text
    assert 'name="edition" value="1"' in form
    assert client_of("Eleni").put(address, data={"title": "Salt and sand", "edition": "1"}).status_code in DONE
    late = client_of("Nikos").put(address, data={"title": "Salt and grit", "minutes": "25", "edition": "1"})
    assert late.status_code == 412
    assert "Salt and sand" in late.text, "what stands now is shown"
    assert 'value="Salt and grit"' in late.text, "what was typed is kept"
    assert api_of("Nikos").get(at_(made)).get_json()["points"][0]["title"] == "Salt and sand"
    assert 'name="edition" value="2"' in late.text, "having seen both, one may save"
    together = {"title": "Salt, sand and grit", "edition": "2"}
    assert client_of("Nikos").put(address, data=together).status_code in DONE
    blind = api_of("Eleni").put(at_(made, f"/points/{point}"), json={"title": "Salt"})
    assert (blind.status_code, blind.get_json()["errors"][0]["field"]) == (422, "edition")


def test_an_invitation_stands_on_my_day_until_it_is_answered(cast, api_of, client_of):
    nikos, maria, made = api_of("Nikos"), api_of("Maria"), called(api_of("Nikos"), cast)

    def on_day(name):
        return made["reference"] in client_of(name).get("/").text

    assert on_day("Maria")
    assert not on_day("Nikos"), "whoever calls it comes, and 3 answers are no 3 lines of what he awaits"
    waits = maria.get("/api/v1/waits?sense=invitation").get_json()["items"]
    assert [one["what"] for one in waits] == ["10:00 · Room 2"]
    assert maria.post(f"/api/v1/waits/{waits[0]['id']}/answer", json={"text": "Yes"}).status_code in (403, 409)
    assert api_of("Leila").put(at_(made, "/answer"), json={"answer": "yes"}).status_code == 404
    with speaking("fa"):
        assert asked_words("invitation", waits[0]["what"]) == "۱۰:۰۰ · Room 2", "the hour, and no word of people"
    assert "Will you come?" in client_of("Maria").get(f"/meetings/{made['reference']}").text
    assert maria.put(at_(made, "/answer"), json={"answer": "no"}).status_code == 200
    assert not on_day("Maria")
    sent = {"title": "Winter plan", "on": "2026-11-27", "clock": "10:00", "chair": cast.Nikos, "people": [cast.Maria]}
    assert nikos.put(at_(made), json=sent | {"secretary": cast.Eleni}).status_code == 200
    assert on_day("Maria"), "held on another day, it is asked again"
    assert not on_day("Giorgos"), "who is no longer invited is asked nothing"
    maria.put(at_(made, "/answer"), json={"answer": "no"})
    begun = nikos.put(at_(made, "/beginning")).get_json()
    found = {one["person"]: one["presence"] for one in begun["people"]}
    assert (found[cast.Maria], found[cast.Eleni]) == ("excused", None)
    left = api_of("Eleni").get("/api/v1/waits?sense=invitation").get_json()["items"]
    assert left == [], "once it has begun no answer is awaited"
    assert maria.put(at_(made, "/answer"), json={"answer": "yes"}).status_code == 409


def test_whoever_is_invited_proposes_and_the_chair_accepts(cast, api_of, client_of):
    nikos, maria = api_of("Nikos"), api_of("Maria")
    made = called(nikos, cast)
    point = added(maria, made, "Kerbs")
    assert maria.get(at_(made)).get_json()["points"][0]["state"] == "proposed"
    assert maria.put(at_(made, f"/points/{point}/standing"), json={"state": "accepted"}).status_code == 403
    answer = nikos.put(at_(made, f"/points/{point}/standing"), json={"state": "accepted"})
    assert answer.get_json()["points"][0]["state"] == "accepted"
    assert api_of("Anna").post(at_(made, "/points"), json={"title": "Mine"}).status_code == 201, "who heads it runs it"


def test_a_closed_meeting_is_unseen_by_whoever_is_not_invited(cast, api_of, client_of):
    made = called(api_of("Nikos"), cast, reach="named", people=[cast.Maria], secretary=cast.Nikos)
    assert api_of("Maria").get(at_(made)).status_code == 200
    for name in ("Giorgos", "Leila", "Reza"):
        assert api_of(name).get(at_(made)).status_code == 404, name
        assert made["reference"] not in client_of(name).get("/meetings").text


def test_what_a_point_is_about_is_shown_to_those_alone_who_see_it(cast, api_of, client_of):
    nikos = api_of("Nikos")
    secret = nikos.post("/api/v1/tasks", json={"title": "Quiet matter", "unit": cast.PARKS, "reach": "named"})
    assert secret.status_code == 201, secret.get_json()
    made = called(nikos, cast)
    added(nikos, made, "A matter", about=secret.get_json()["reference"])
    address = f"/meetings/{made['reference']}"
    assert "Quiet matter" in client_of("Nikos").get(address).text
    assert "Quiet matter" not in client_of("Maria").get(address).text
    refused = api_of("Eleni").post(at_(made, "/points"), json={"title": "?", "about": secret.get_json()["reference"]})
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "about")


def test_a_decision_on_the_agenda_shows_its_vote(cast, api_of, client_of):
    nikos, made = api_of("Nikos"), called(api_of("Nikos"), cast)
    question = {"title": "Shall we plant limes?", "unit": cast.PARKS, "closes_on": "2026-11-27"}
    decision = nikos.post("/api/v1/decisions", json=question).get_json()["reference"]
    added(nikos, made, "Limes", about=decision)
    address = f"/meetings/{made['reference']}"
    assert "Prepare and open the vote" in client_of("Eleni").get(address).text
    assert nikos.put(f"/api/v1/decisions/{decision}/opening").status_code == 200
    assert "Vote now" in client_of("Eleni").get(address).text
    api_of("Eleni").put(f"/api/v1/decisions/{decision}/ballot", json={"vote": "yes"})
    assert "To the vote" in client_of("Eleni").get(address).text, "who has voted may look, and vote otherwise"


def test_those_invited_hear_of_it_and_take_it_into_their_calendar(cast, api_of, client_of, tell):
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    tell()
    assert "invites you to a meeting" in client_of("Maria").get("/inbox").text
    answer = nikos.put(at_(made, "/cancellation"), json={"reason": "Snow"})
    assert answer.get_json()["stage"] == "cancelled"
    file = client_of("Maria").get(f"/meetings/{made['reference']}/calendar").text
    assert "DTSTART:20261126T080000Z" in file.replace("\r\n", "\n")
    assert "STATUS:CANCELLED" in file
    assert "Snow" in client_of("Maria").get(f"/meetings/{made['reference']}").text


@pytest.mark.parametrize("language", ["en", "el", "fa"])
def test_the_minutes_become_a_paper(cast, api_of, app, language):
    nikos, made = api_of("Nikos"), called(api_of("Nikos"), cast)
    point = added(nikos, made, "Salt")
    nikos.put(at_(made, "/beginning"))
    nikos.put(at_(made, f"/points/{point}/minutes"), json={"notes": "- 40 tons", "outcome": "Ordered", "version": 1})
    answer = nikos.post(at_(made, "/paper"), json={"language": language})
    assert answer.status_code == 202, answer.get_json()
    from collab.files.papers import make_paper

    with app.app_context():
        make_paper(answer.get_json()["id"])
    assert nikos.get(f"/api/v1/papers/{answer.get_json()['id']}").get_json()["state"] == "there"


def test_a_meeting_that_a_colleague_changed_is_not_overwritten(cast, api_of, client_of):
    made, nikos = called(api_of("Nikos"), cast), client_of("Nikos")
    address, sent = f"/meetings/{made['reference']}", {"on": "2026-11-27", "clock": "11:00", "chair": str(cast.Nikos)}
    sent |= {"version": str(made["version"]), "people[]": [str(cast.Maria)]}
    assert nikos.put(address, data=sent | {"title": "Winter"}).status_code in DONE
    late = nikos.put(address, data=sent | {"title": "Summer"})
    assert late.status_code == 412
    assert 'value="Summer"' in late.text
    assert api_of("Giorgos").get(at_(made)).get_json()["title"] == "Winter"
    wrong = nikos.put(address, data=sent | {"title": "Winter", "clock": "25:00", "version": "2"})
    assert wrong.status_code == 422
    assert 'aria-describedby="f-clock-error"' in wrong.text


def test_the_pages_ask_little(cast, api_of, client_of, queries):
    made, nikos = called(api_of("Nikos"), cast), client_of("Nikos")
    for number in range(8):
        added(api_of("Nikos"), made, f"Point {number}")
    for address, most in (("/meetings", 8), (f"/meetings/{made['reference']}", 12)):
        nikos.get(address)
        with queries() as counted:
            assert nikos.get(address).status_code == 200
        assert len(counted) <= most, address


@pytest.mark.parametrize("typed", ["9.30", "9:30", "۹:۳۰", "۹٫۳۰"])
def test_an_hour_is_taken_with_a_point_as_with_a_colon(cast, api_of, typed):
    assert called(api_of("Nikos"), cast, clock=typed)["starts_at"] == "2026-11-26T07:30:00+00:00"


def test_whoever_begins_a_meeting_is_asked_only_where_it_is_planned_for_another_day(cast, api_of, client_of, at):
    at(datetime(2026, 11, 22, 23, 34, tzinfo=UTC))  # 1:34 on the 23rd in Athens
    asked, eleni = "This meeting is planned for another day.", api_of("Eleni")
    days = {"2026-11-23": False, "2026-11-24": True}
    for day, wanted in days.items():
        made = called(eleni, cast, on=day, clock="23:30")
        assert (asked in client_of("Eleni").get(f"/meetings/{made['reference']}").text) is wanted, day
    made = called(eleni, cast, on="2026-11-24", clock="00:20")
    at(datetime(2026, 11, 23, 21, 50, tzinfo=UTC))
    assert asked not in client_of("Eleni").get(f"/meetings/{made['reference']}").text, "half an hour early"


def test_what_comes_of_a_point_of_a_closed_meeting_is_for_named_people(cast, api_of, client_of):
    nikos = api_of("Nikos")
    made = called(nikos, cast, reach="named", people=[cast.Maria], secretary=cast.Nikos)
    point = added(nikos, made, "The complaint")
    assert nikos.put(at_(made, "/beginning")).status_code == 200
    tasks = at_(made, f"/points/{point}/tasks")
    for holder in (None, cast.PARKS):
        refused = nikos.post(tasks, json={"title": "Ask her", "holder": holder})
        assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "holder"), holder
    form = client_of("Nikos").get(f"/meetings/{made['reference']}/points/{point}/tasks/new").text
    assert f'name="holder" value="{cast.Nikos}"' in form
    entered = {"title": "Ask her", "holder": str(cast.Nikos)}
    asked = client_of("Nikos").post(f"/meetings/{made['reference']}/points/{point}/tasks", data=entered)
    assert asked.status_code == 303, asked.text
    [minuted] = nikos.get(at_(made)).get_json()["points"]
    [task] = minuted["tasks"]
    assert nikos.get(f"/api/v1/tasks/{task}").get_json()["reach"] == "named"
    for name in ("Giorgos", "Yannis", "Reza"):
        assert api_of(name).get(f"/api/v1/tasks/{task}").status_code == 404, name
