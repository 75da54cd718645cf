"""Meetings by letter: an entry for one's own calendar, changed and taken out again with what it is about (RFC 5546)."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from icalendar import Calendar
from sqlalchemy import select

from collab.core import jobs
from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.core.envelope import envelope
from collab.core.reactions import Told
from collab.feed.commands import post
from collab.feed.models import Notification
from collab.flows.meetings import events, reactions, sweeps
from collab.flows.meetings.models import MeetingLetter
from collab.people.mailing import message_of, note_sent
from collab.people.models import Absence, Mail, Person

from .test_meetings import NOW, added, at_, called

PREFERENCES = "/api/v1/me/notification-preferences"
SOON = NOW + timedelta(minutes=3)
TUESDAY = datetime(2026, 11, 24, 6, 0, 30, tzinfo=UTC)  # half a minute past eight in Athens
NIGHT = datetime(2026, 11, 23, 18, tzinfo=UTC)
WITH_PLACE = {"title": "Winter plan", "on": "2026-11-26", "clock": "10:00", "place": "Room 2"}


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def letters(app, tell, monkeypatch):
    """`letters("maria")`: tell what happened, let the sweep and the workers write, give their letters about meetings,
    oldest first."""
    asked = []
    monkeypatch.setattr(jobs, "enqueue", lambda _name, person, **_more: asked.append(person) or True)
    monkeypatch.setattr(jobs, "running_app", lambda: app)

    def read(name):
        tell()
        with app.app_context():
            sweeps.ask_for_letters()
            db.session.remove()
        while asked:
            sweeps.letters_job(asked.pop())
        with app.app_context():
            query = select(Mail).where(Mail.effect.like("meeting-%"), Mail.to.like(f"{name}%"))
            return list(db.session.scalars(query.order_by(Mail.id)))

    return read


@pytest.fixture
def at_once(api_of):
    def choose(*names):
        for name in names:
            answer = api_of(name).patch(PREFERENCES, json={"choices": {"awaited": {"meeting": "mail"}}})
            assert answer.status_code == 200, answer.text

    return choose


def entry(letter):
    """Method and event of the part for calendar programs."""
    made = Calendar.from_ical(letter.calendar)
    [event] = made.walk("VEVENT")
    return str(made["METHOD"]), event


def changed(client, made, cast, **said):
    body = WITH_PLACE | {"secretary": cast.Eleni, "people": [cast.Maria, cast.Giorgos]} | said
    answer = client.put(at_(made), json=body)
    assert answer.status_code == 200, answer.get_json()


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


def test_who_hears_daily_is_written_to_at_their_hour_and_once(app, cast, api_of, letters, tell, at):
    called(api_of("Nikos"), cast)
    at(SOON)
    assert letters("maria") == []
    at(TUESDAY)
    [letter] = letters("maria")
    assert entry(letter)[0] == "REQUEST"
    with app.app_context():
        due = select(Notification.untold).where(Notification.person_id == cast.Maria)
        assert db.session.scalars(due).all() == [[]], "the daily mail does not tell it once more"
        assert post(SYSTEM, cast.Maria) is None


@pytest.mark.parametrize("act", ["cancelled", "moved"])
def test_who_hears_daily_is_told_at_once_where_tomorrow_is_too_late(cast, api_of, letters, at, act):
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    at(TUESDAY)
    assert len(letters("maria")) == 1
    thursday = datetime(2026, 11, 26, 6, 30, tzinfo=UTC)  # the daily mail is through; held at ten
    at(thursday)
    if act == "cancelled":
        assert nikos.put(at_(made, "/cancellation"), json={"reason": "Snow"}).status_code in (200, 204)
    else:
        changed(nikos, made, cast, clock="12:00")
    letters("maria")
    at(thursday + timedelta(minutes=3))
    assert [entry(one)[0] for one in letters("maria")] == ["REQUEST", "CANCEL" if act == "cancelled" else "REQUEST"]


def test_what_begins_before_the_daily_mail_stays_a_line_of_it(app, cast, api_of, letters, at):
    called(api_of("Nikos"), cast, on="2026-11-23", clock="18:00")
    at(SOON)
    assert letters("maria") == []
    with app.app_context():
        due = select(Notification.untold).where(Notification.person_id == cast.Maria)
        assert db.session.scalars(due).all() == [["invited"]], "else no letter would ever tell it"


def test_quiet_hours_and_free_days_are_kept(app, cast, api_of, letters, at_once, at):
    at_once("Maria")
    at(NIGHT)
    called(api_of("Nikos"), cast, on="2026-12-10")
    at(NIGHT + timedelta(minutes=5))
    assert letters("maria") == []
    with app.app_context(), writing() as session:
        session.add(Absence(person_id=cast.Maria, first_day=TUESDAY.date(), last_day=TUESDAY.date()))
    at(TUESDAY)
    assert letters("maria") == [], "she is away on Tuesday"
    at(TUESDAY + timedelta(days=1))
    assert len(letters("maria")) == 1


@pytest.mark.parametrize("wish", [{"mails": False}, {"choices": {"awaited": {"meeting": "inbox"}}}])
def test_who_wants_no_mail_has_none_and_finds_it_in_the_inbox(cast, api_of, letters, at, wish):
    assert api_of("Maria").patch(PREFERENCES, json=wish).status_code == 200
    made = called(api_of("Nikos"), cast)
    at(TUESDAY)
    assert letters("maria") == []
    told = api_of("Maria").get("/api/v1/notifications").get_json()["items"]
    assert [line["subject"]["id"] for line in told] == [made["id"]]


def test_who_switched_letters_off_since_has_none_and_who_left_neither(app, cast, api_of, letters, at_once, at):
    at_once("Maria", "Giorgos")
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    at(SOON)
    assert [len(letters(name)) for name in ("maria", "giorgos")] == [1, 1]
    assert api_of("Maria").patch(PREFERENCES, json={"mails": False}).status_code == 200
    with app.app_context(), writing() as session:
        session.get_one(Person, cast.Giorgos).active = False
    assert nikos.put(at_(made, "/cancellation"), json={"reason": "Snow"}).status_code in (200, 204)
    at(SOON + timedelta(minutes=3))
    assert [len(letters(name)) for name in ("maria", "giorgos")] == [1, 1]
    with app.app_context():
        mine = MeetingLetter.person_id.in_([cast.Maria, cast.Giorgos])
        due = db.session.scalars(select(MeetingLetter.due_at).where(mine)).all()
        assert due == [None, None], "and nothing is tried for ever"


def test_whoever_chose_another_way_since_still_has_their_calendar_kept_right(cast, api_of, letters, at_once, at):
    at_once("Maria")
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    at(SOON)
    assert len(letters("maria")) == 1
    api_of("Maria").patch(PREFERENCES, json={"choices": {"awaited": {"meeting": "inbox"}}})
    changed(nikos, made, cast, clock="12:00")
    at(SOON + timedelta(minutes=3))
    assert [entry(one)[0] for one in letters("maria")] == ["REQUEST", "REQUEST"]


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


def test_whoever_stands_in_hears_of_it_as_of_everything_and_is_sent_no_entry(
    app, cast, api_of, letters, at_once, tell, at
):
    at_once("Maria", "Petros")
    with app.app_context(), writing() as session:
        session.add(
            Absence(
                person_id=cast.Maria, substitute_id=cast.Petros, first_day=NOW.date(), last_day=TUESDAY.date()
            )
        )  # fmt: skip
    called(api_of("Nikos"), cast)
    at(SOON)
    assert [letters(name) for name in ("maria", "petros")] == [[], []]
    with app.app_context():
        key = post(SYSTEM, cast.Petros)
        told = db.session.scalar(select(Mail).where(Mail.effect == key))
        assert ("invites you to a meeting" in told.body, told.calendar) == (True, None)


def test_told_twice_and_written_by_two_it_is_one_letter(app, cast, api_of, letters, at_once, tell, at):
    at_once("Maria")
    made = called(api_of("Nikos"), cast)
    tell()
    at(SOON)
    workers = [Thread(target=sweeps.letters_job, args=(cast.Maria,)) for _each in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert len(letters("maria")) == 1
    with app.app_context(), envelope(SYSTEM):
        fact = events.MeetingCalled(subject=made["id"], people=(cast.Maria,))
        reactions.tell_invited.run(Told(10**9, fact, SOON, cast.Nikos, None))
    at(SOON + timedelta(minutes=9))
    assert len(letters("maria")) == 1


def test_one_that_has_begun_is_told_to_nobody(cast, api_of, letters, at_once, at):
    at_once("Maria")
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    assert nikos.put(at_(made, "/beginning")).status_code == 200
    at(SOON)
    assert letters("maria") == []
