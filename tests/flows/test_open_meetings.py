"""The open meeting of every quarter: it comes again, questions are taken in and answered, minutes go out."""

from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from sqlalchemy import update

from collab.core.db import writing
from collab.flows.meetings.models import Meeting, MeetingSeries
from collab.flows.meetings.sweeps import sweep_meetings
from collab.people.models import Membership
from collab.tasks import falling

from ..decisions.test_papers import printed
from .test_meetings import DONE, added, at_, called

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
QUARTERLY = {"every": "month", "interval": 3, "by": "weekday", "place": 4, "weekday": 3, "ahead": 30}


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def swept(app, at, api_of):
    def run(*instant):
        """The sweep of that day; Nikos, who has signed in again."""
        at(datetime(*instant, 8, tzinfo=UTC))
        with app.app_context():
            sweep_meetings()
        return api_of("Nikos")

    return run


def coming(client):
    """Those that stand, one that was never begun too once its day is over."""
    lists = [client.get(f"/api/v1/meetings?which={which}").get_json()["items"] for which in ("coming", "past")]
    stand = [one for found in lists for one in found if one["stage"] in ("planned", "running")]
    return sorted((one["starts_at"][:16], one["reference"]) for one in stand)


def test_the_meeting_of_every_quarter_is_called_in_time_and_takes_along_what_was_left(cast, api_of, client_of, swept):
    nikos = api_of("Nikos")
    made = called(nikos, cast, title="Open meeting of the district")
    answer = nikos.put(at_(made, "/series"), json=QUARTERLY)
    assert answer.status_code == 200, answer.get_json()
    assert (answer.get_json()["rrule"], answer.get_json()["next_on"]) == (
        "FREQ=MONTHLY;INTERVAL=3;BYDAY=4TH", "2027-02-25",
    )  # fmt: skip
    assert "Every 3 months: the fourth Thursday" in client_of("Eleni").get(f"/meetings/{made['reference']}").text
    added(nikos, made, "Questions of citizens", standing=True)
    salt, gloves = added(nikos, made, "Salt"), added(nikos, made, "Gloves")
    trees = added(nikos, made, "Trees")
    nikos = swept(2027, 1, 25)
    assert len(coming(nikos)) == 1, "a month before is early enough"
    nikos.put(at_(made, f"/points/{gloves}/standing"), json={"state": "put-off"})
    nikos = swept(2027, 1, 26)
    nikos = swept(2027, 1, 26)
    [_first, (starts, reference)] = coming(nikos)
    assert starts == "2027-02-25T08:00", "ten o'clock in Athens, once"
    second = {"reference": reference}
    assert [one["title"] for one in nikos.get(at_(second)).get_json()["points"]] == ["Questions of citizens", "Gloves"]
    day = client_of("Maria").get("/").text
    assert reference in day, "who was invited is invited again"
    assert ("10:00" in day, "08:00" in day) == (True, False), "at the hour of the town"
    nikos.put(at_(made, "/beginning"))
    nikos.put(at_(made, f"/points/{salt}/minutes"), json={"notes": "Ordered", "version": 1})
    nikos.put(at_(made, "/ending"), json={})
    points = nikos.get(at_(second)).get_json()["points"]
    assert [one["title"] for one in points] == ["Questions of citizens", "Gloves", "Trees"], "not dealt with: next time"
    assert trees not in [one["id"] for one in points]
    moved = {"title": "Open meeting", "on": "2027-02-26", "clock": "18:00", "chair": cast.Nikos, "people": [cast.Maria]}
    assert nikos.put(at_(second), json=moved).status_code == 200
    nikos = swept(2027, 4, 28)
    assert [one[0] for one in coming(nikos)] == ["2027-02-26T16:00", "2027-05-27T07:00"], "only that one was moved"
    third = {"reference": coming(nikos)[1][1]}
    assert nikos.put(at_(second, "/cancellation"), json={"reason": "Snow"}).status_code == 200
    assert "Trees" in [one["title"] for one in nikos.get(at_(third)).get_json()["points"]]
    assert api_of("Maria").delete(at_(third, "/series")).status_code == 403
    assert nikos.delete(at_(third, "/series")).status_code == 204
    nikos = swept(2027, 8, 20)
    assert len(coming(nikos)) == 1, "it was stopped"
    assert nikos.put(at_(third, "/series"), json=QUARTERLY | {"until": "2027-01-01"}).status_code == 422


def test_a_series_that_cannot_go_on_tells_who_looks_after_it(app, cast, api_of, client_of, swept, tell):
    nikos = api_of("Nikos")
    made = called(nikos, cast, title="Open meeting of the district", secretary=cast.Eleni)
    assert nikos.put(at_(made, "/series"), json=QUARTERLY).status_code == 200
    with app.app_context(), writing() as session:  # who keeps the minutes has left, and nobody was named instead
        session.execute(update(Membership).where(Membership.person_id == cast.Eleni).values(valid_to=NOW.date()))
    nikos = swept(2027, 1, 26)
    assert len(coming(nikos)) == 1, "nothing half made is left"
    tell()
    inbox = client_of("Nikos").get("/inbox").text
    assert made["reference"] in inbox
    assert "η σειρά έληξε" in inbox
    assert "Every 3 months" not in client_of("Maria").get(f"/meetings/{made['reference']}").text


def test_a_series_that_stood_still_for_years_is_called_again_in_one_pass(app, cast, api_of, swept, monkeypatch):
    made = called(api_of("Nikos"), cast)
    weekly = {"every": "week", "ahead": 7, "roll": "next"}
    assert api_of("Nikos").put(at_(made, "/series"), json=weekly).status_code == 200
    begun = date(2000, 1, 6)
    with app.app_context(), writing() as session:  # the house stood still, or somebody wrote 2000 when that was taken
        session.execute(update(Meeting).values(series_on=begun))
        session.execute(
            update(MeetingSeries).values(
                begin_on=begun, last_on=begun, next_on=begun + timedelta(days=7), make_on=begun
            )
        )
    counted, rolled = [], []
    count, ask = falling.days_after, falling.with_working_days
    monkeypatch.setattr(falling, "days_after", lambda *given: counted.append(given) or count(*given))
    monkeypatch.setattr(falling, "with_working_days", lambda *given: rolled.append(given) or ask(*given))
    nikos = swept(2026, 11, 27)
    assert [one[0] for one in coming(nikos)][1:] == ["2026-12-03T08:00"], "the next of its days, and none in the past"
    assert len(counted) <= 4, "once for the one that is due, and once for the one after it"
    assert len(rolled) <= 30, "no calendar is asked about what is long over"


def test_nobody_is_asked_any_more_whether_they_come_once_the_day_is_over(cast, api_of, client_of, swept):
    made = called(api_of("Nikos"), cast)
    assert made["reference"] in client_of("Maria").get("/").text
    swept(2026, 11, 27)
    assert made["reference"] not in client_of("Maria").get("/").text


def test_a_meeting_is_noted_within_a_year_and_comes_again_as_long(app, cast, api_of, client_of):
    nikos = api_of("Nikos")
    body = {"title": "Winter plan", "unit": cast.PARKS}
    for on in ("1900-01-01", "2025-11-21"):
        refused = nikos.post("/api/v1/meetings", json=body | {"on": on})
        assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "on")
    page = client_of("Eleni").post("/meetings", data={"title": "Winter plan", "unit": cast.PARKS, "on": "1926-11-23"})
    assert (page.status_code, 'id="f-on-error"' in page.text) == (422, True)
    assert "This day lies more than a year back." in page.text
    made = nikos.post("/api/v1/meetings", json=body | {"on": "2025-11-24"}).get_json()
    assert nikos.put(at_(made), json={"title": "Winter", "on": "1925-11-24"}).status_code == 422
    assert nikos.put(at_(made, "/series"), json={"every": "week"}).get_json()["next_on"] == "2026-11-23"
    old = called(nikos, cast)
    with app.app_context(), writing() as session:
        session.execute(
            update(Meeting).where(Meeting.item_id == old["id"]).values(starts_at=datetime(1926, 11, 23, 8, tzinfo=UTC))
        )
    edited = {"title": "Winter", "on": "1926-11-23", "secretary": cast.Eleni}
    assert nikos.put(at_(old), json=edited).status_code == 200, "what is old already can still be put right"
    refused = nikos.put(at_(old, "/series"), json={"every": "day"})
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "on")
    page = client_of("Eleni").put(f"/meetings/{old['reference']}/series", data={"every": "day", "ends": "never"})
    assert "This meeting lies more than a year back." in page.text


def test_a_question_of_a_citizen_is_answered_in_public_minutes(app, cast, api_of, client_of, swept):
    nikos, eleni, maria = api_of("Nikos"), api_of("Eleni"), api_of("Maria")
    made = called(nikos, cast, title="Open meeting", open=True)
    page = f"/meetings/{made['reference']}"
    asked = {"question": "When is the square paved?", "asker": "Anna Doe", "channel": "phone"}
    assert client_of("Eleni").post(f"{page}/questions", data=asked | {"named": "on"}).status_code in DONE
    eleni.post(at_(made, "/questions"), json={"question": "Who cuts the limes?", "asker": "Bob Roe"})
    own = maria.post(at_(made, "/questions"), json={"question": "And our depot?", "asker": "Somebody else"})
    late = {"question": "?", "asker": "X", "received_on": "2026-11-24"}
    assert eleni.post(at_(made, "/questions"), json=late).status_code == 422
    assert own.status_code == 201
    first, second, third = eleni.get(at_(made, "/questions")).get_json()["items"]
    assert (third["asker"], third["channel"]) == ("Maria Lekka", "staff"), "nobody asks in another's name"
    assert maria.get(at_(made, "/questions")).get_json()["items"][0]["asker"] is None
    assert "Anna Doe" not in client_of("Maria").get(f"{page}?tab=questions").text
    inner = added(nikos, made, "A matter of staff", internal=True)
    assert maria.put(at_(made, f"/questions/{first['id']}/place"), json={}).status_code == 403
    assert client_of("Eleni").put(f"{page}/questions/{first['id']}/place", data={"point": ""}).status_code in DONE
    agenda = client_of("Maria").get(page).text
    assert agenda.index("A matter of staff") < agenda.index("When is the square paved?")
    nikos.put(at_(made, "/beginning"))
    nikos.put(at_(made, f"/points/{inner}/minutes"), json={"notes": "Hush", "outcome": "Quiet", "version": 1})
    said = {"answer": "In May.", "version": str(first["version"] + 1)}
    assert client_of("Eleni").put(f"{page}/questions/{first['id']}/answer", data=said).status_code in DONE
    stale = client_of("Nikos").put(f"{page}/questions/{first['id']}/answer", data=said | {"answer": "In June."})
    assert stale.status_code == 412
    assert "In May." in stale.text
    assert "In June." in stale.text
    for one in (second, third):
        nikos.put(at_(made, f"/questions/{one['id']}/declining"), json={"reason": "Not for the parks"})
    nikos.put(at_(made, "/ending"), json={})
    before = client_of("Eleni").get(f"{page}/public").text
    assert "This, and nothing else, will be public." in before
    assert nikos.put(at_(made, "/publication")).status_code == 409, "first the chair approves"
    nikos.put(at_(made, "/approval"))
    assert eleni.put(at_(made, "/publication")).status_code == 403
    out = nikos.put(at_(made, "/publication")).get_json()
    assert out["published_at"]
    everything = str(out) + client_of("Maria").get(f"{page}/public").text
    for seen in ("When is the square paved?", "Anna Doe", "In May.", "Who cuts the limes?", "Not for the parks"):
        assert seen in everything, seen
    for hidden in ("Hush", "Quiet", "A matter of staff", "Bob Roe", "Giorgos"):
        assert hidden not in everything, hidden
    with app.app_context():
        paper = printed(
            maria, maria.post(at_(made, "/paper"), json={"language": "en", "public": True}).get_json()["id"]
        )
        with pypdfium2.PdfDocument(paper) as document:
            text = " ".join("\n".join(page.get_textpage().get_text_range() for page in document).split())
    for seen in (
        "When is the square paved?",
        "Anna Doe",
        "In May.",
        "Not for the parks",
        "Dealt with behind closed doors",
    ):
        assert seen in text, seen
    for hidden in ("Hush", "Quiet", "A matter of staff", "Bob Roe", "Giorgos", made["reference"] + " "):
        assert hidden not in text.replace(f"Public minutes of {made['reference']} ", ""), hidden
    inside = called(nikos, cast, title="Not for everybody")
    assert nikos.post(at_(inside, "/paper"), json={"public": True}).status_code == 409
    assert client_of("Maria").get(f"{page}/public").text.count('name="public"') == 1
    assert nikos.put(at_(made, "/series"), json=QUARTERLY).status_code == 200
    nikos = swept(2027, 1, 26)
    following = {"reference": coming(nikos)[-1][1]}
    assert nikos.get(at_(following)).get_json()["points"] == [], "what was answered is not carried over"
