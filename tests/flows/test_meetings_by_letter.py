"""Meetings by letter: an entry for one's own calendar, changed and taken out again with what it is about (RFC 5546)."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.flows.meetings import sweeps
from collab.people.mailing import message_of, note_sent
from collab.people.models import Mail

from .meeting_letters import SOON, WITH_PLACE, changed, entry
from .test_meetings import NOW, added, at_, called


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def test_whoever_is_invited_is_sent_an_entry_for_their_calendar(cast, api_of, letters, at_once, at):
    at_once("Maria")
    made = called(api_of("Nikos"), cast)
    added(api_of("Nikos"), made, "Salt", minutes=45)
    assert letters("maria") == [], "what comes in a burst is one letter"
    at(SOON)
    [letter] = letters("maria")
    method, event = entry(letter)
    assert (method, str(event["SUMMARY"]), str(event["LOCATION"])) == ("REQUEST", "Winter plan", "Room 2")
    assert event["UID"] == f"meeting-{made['id']}@{letter.calendar.split('@', 1)[1].split()[0]}"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        datetime(2026, 11, 26, 8, tzinfo=UTC), datetime(2026, 11, 26, 8, 45, tzinfo=UTC),
    )  # fmt: skip
    assert event.decoded("DTSTAMP") == SOON
    attendee = event["ATTENDEE"]
    assert (str(attendee), attendee.params["PARTSTAT"]) == (f"mailto:{letter.to}", "NEEDS-ACTION")
    assert (attendee.params["CN"], attendee.params["RSVP"]) == ("Maria Lekka", "FALSE")
    assert str(event["ORGANIZER"]).startswith("mailto:collab@")
    assert "26 November 2026, 10:00" in letter.subject
    for words in (
        "Hello Maria",
        "Where: Room 2",
        "Chair: Nikos Pappas",
        "Agenda:\n  • Salt",
        f"/meetings/{made['reference']}",
    ):
        assert words in letter.body
    assert '<html lang="en" dir="ltr">' in letter.html
    assert len(letters("maria")) == 1


def test_it_travels_as_a_part_that_says_what_is_to_be_done(app, cast, api_of, letters, at_once, at):
    at_once("Maria")
    called(api_of("Nikos"), cast, title="Σχέδιο χειμώνα")
    at(SOON)
    [row] = letters("maria")
    with app.app_context():
        message = message_of(
            row.id, to=row.to, subject=row.subject, body=row.body, html=row.html, stop=row.unsubscribe,
            calendar=row.calendar,
        )  # fmt: skip
        kinds = [part.get_content_type() for part in message.iter_parts()]
        part = list(message.iter_parts())[-1]
        assert (message.get_content_type(), kinds) == (
            "multipart/alternative", ["text/plain", "text/html", "text/calendar"],
        )  # fmt: skip
        assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
        read = Calendar.from_ical(part.get_content())
        assert str(read.walk("VEVENT")[0]["SUMMARY"]) == "Σχέδιο χειμώνα"
        assert b"METHOD:REQUEST" in bytes(message) or b"base64" in bytes(message)
        note_sent(SYSTEM, row.id)
        assert db.session.get(Mail, row.id).calendar is None, "what was handed in is kept no longer"


def test_a_meeting_that_is_moved_is_sent_again_and_one_that_is_not_is_not(cast, api_of, letters, at_once, at):
    at_once("Maria")
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    at(SOON)
    [first] = letters("maria")
    api_of("Maria").put(at_(made, "/answer"), json={"answer": "yes"})
    changed(nikos, made, cast, quorum="third")
    at(SOON + timedelta(minutes=5))
    assert len(letters("maria")) == 1, "a quorum stands in no calendar"
    changed(nikos, made, cast, place="Room 7")
    changed(nikos, made, cast, place="Room 7", clock="11:30")
    at(SOON + timedelta(minutes=10))
    _first, second = letters("maria")
    (_method, before), (method, event) = entry(first), entry(second)
    assert (method, str(event["LOCATION"]), event["UID"]) == ("REQUEST", "Room 7", before["UID"])
    assert event["SEQUENCE"] > before["SEQUENCE"]
    assert event.decoded("DTSTART") == datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION", "they are asked again"
    assert second.subject.startswith("Changed: Winter plan")
    changed(nikos, made, cast, place="Room 8", clock="11:30")
    changed(nikos, made, cast, place="Room 7", clock="11:30")
    at(SOON + timedelta(minutes=20))
    assert len(letters("maria")) == 2, "what was moved there and back is as it stands"


def test_what_somebody_answered_stands_behind_them(cast, api_of, letters, at_once, at):
    at_once("Maria")
    made = called(api_of("Nikos"), cast)
    assert api_of("Maria").put(at_(made, "/answer"), json={"answer": "remote"}).status_code == 200
    at(SOON)
    [letter] = letters("maria")
    assert entry(letter)[1]["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_a_cancelled_meeting_is_taken_out_again(cast, api_of, letters, at_once, at):
    at_once("Maria")
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    at(SOON)
    [first] = letters("maria")
    assert nikos.put(at_(made, "/cancellation"), json={"reason": "Snow"}).status_code in (200, 204)
    at(SOON + timedelta(minutes=3))
    _first, second = letters("maria")
    method, event = entry(second)
    assert (method, str(event["STATUS"]), event["UID"]) == ("CANCEL", "CANCELLED", entry(first)[1]["UID"])
    assert event["SEQUENCE"] > entry(first)[1]["SEQUENCE"]
    assert str(event["ATTENDEE"]) == f"mailto:{second.to}"
    assert second.subject.startswith("Cancelled: Winter plan, 26 November 2026, 10:00")
    assert len(letters("maria")) == 2


def test_whoever_is_taken_off_is_told_what_stood_there_and_not_what_it_became(cast, api_of, letters, at_once, at):
    at_once("Maria", "Giorgos")
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    at(SOON)
    assert [len(letters(name)) for name in ("maria", "giorgos")] == [1, 1]
    changed(nikos, made, cast, people=[cast.Giorgos], title="What nobody else may know")
    at(SOON + timedelta(minutes=3))
    _first, second = letters("maria")
    method, event = entry(second)
    assert (method, str(event["SUMMARY"])) == ("CANCEL", "Winter plan")
    assert "nobody else" not in second.subject + second.body + second.html + second.calendar
    assert "/meetings/" not in second.body.partition("-- ")[0]
    assert entry(letters("giorgos")[-1])[0] == "REQUEST"
    changed(nikos, made, cast, people=[cast.Giorgos, cast.Maria], title="What nobody else may know")
    at(SOON + timedelta(minutes=6))
    third = letters("maria")[2]
    assert (entry(third)[0], entry(third)[1]["SEQUENCE"] > event["SEQUENCE"]) == ("REQUEST", True)
    assert len(letters("giorgos")) == 2, "who is invited beside them concerns nobody's calendar"


def test_a_meeting_for_named_people_only_leaves_the_house_with_its_time_alone(cast, api_of, letters, at_once, at):
    at_once("Maria")
    made = called(api_of("Nikos"), cast, reach="named", title="A complaint", place="The office of the chair")
    added(api_of("Nikos"), made, "Somebody's name")
    at(SOON)
    [letter] = letters("maria")
    told = letter.subject + letter.body + letter.html + letter.calendar
    for secret in ("complaint", "office", "Somebody's name"):
        assert secret not in told
    assert "(for named people only)" in letter.subject
    assert entry(letter)[1].decoded("DTSTART") == datetime(2026, 11, 26, 8, tzinfo=UTC)


def test_one_that_is_for_named_people_only_by_now_stands_in_their_calendars_with_its_time_alone(
    cast, api_of, letters, at_once, at
):
    at_once("Maria")
    made = called(api_of("Nikos"), cast, **WITH_PLACE)
    at(SOON)
    [first] = letters("maria")
    assert str(entry(first)[1]["SUMMARY"]) == "Winter plan"
    changed(api_of("Nikos"), made, cast, reach="named")
    at(SOON + timedelta(minutes=3))
    second = letters("maria")[-1]
    method, event = entry(second)
    assert (method, str(event["SUMMARY"]), str(event["LOCATION"])) == ("REQUEST", "(for named people only)", "")
    assert "Winter plan" not in second.subject + second.body + second.html


@pytest.mark.parametrize(
    ("name", "subject", "frame"),
    [
        ("Giorgos", "Πρόσκληση: Winter plan", '<html lang="el" dir="ltr">'),
        ("Shirin", "دعوت‌نامه: Winter plan", '<html lang="fa" dir="rtl">'),
    ],
)
def test_it_is_in_the_readers_language_and_calendar(cast, api_of, letters, at_once, at, name, subject, frame):
    at_once(name)
    called(api_of("Nikos"), cast, people=[getattr(cast, name)])
    at(SOON)
    [letter] = letters(name.lower())
    assert letter.subject.startswith(subject)
    assert frame in letter.html
    assert ("۱۴۰۵" in letter.body) is (name == "Shirin")
    assert entry(letter)[1].decoded("DTSTART") == datetime(2026, 11, 26, 8, tzinfo=UTC)


def test_what_a_series_calls_is_an_entry_of_its_own(app, cast, api_of, letters, at_once, at):
    at_once("Maria")
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    answer = nikos.put(at_(made, "/series"), json={"every": "week", "ahead": 8})
    assert answer.status_code in (200, 201), answer.get_json()
    at(datetime(2026, 11, 25, 8, tzinfo=UTC))
    with app.app_context():
        sweeps.sweep_meetings()
        db.session.remove()
    letters("maria")
    at(datetime(2026, 11, 25, 8, 3, tzinfo=UTC))
    first, second = (entry(one)[1] for one in letters("maria"))
    assert [one.decoded("DTSTART").day for one in (first, second)] == [26, 3]
    assert first["UID"] != second["UID"]


def test_what_was_held_already_and_is_noted_now_enters_no_calendar(cast, api_of, letters, at_once, at):
    at_once("Maria")
    called(api_of("Nikos"), cast, on="2026-11-19")
    at(SOON)
    assert letters("maria") == []


def test_the_other_who_moves_it_has_their_own_calendar_changed_too(cast, api_of, letters, at_once, at):
    at_once("Eleni")
    made = called(api_of("Nikos"), cast)
    at(SOON)
    assert len(letters("eleni")) == 1
    changed(api_of("Eleni"), made, cast, clock="09:00")
    at(SOON + timedelta(minutes=3))
    assert [entry(one)[0] for one in letters("eleni")] == ["REQUEST", "REQUEST"]


def test_the_file_of_the_page_and_the_letter_are_one_entry(cast, api_of, letters, at_once, at):
    at_once("Maria")
    made = called(api_of("Nikos"), cast)
    at(SOON)
    [letter] = letters("maria")
    [saved] = Calendar.from_ical(api_of("Maria").get(at_(made, "/calendar")).data).walk("VEVENT")
    sent = entry(letter)[1]
    assert [saved[name] for name in ("UID", "SEQUENCE", "SUMMARY")] == [
        sent[name] for name in ("UID", "SEQUENCE", "SUMMARY")
    ]
