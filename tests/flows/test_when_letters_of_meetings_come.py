"""Letters about meetings: to whom they go, when, and how often."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.core.envelope import envelope
from collab.core.reactions import Told
from collab.feed.commands import post
from collab.feed.models import Notification
from collab.flows.meetings import events, reactions, sweeps
from collab.flows.meetings.models import MeetingLetter
from collab.people.models import Absence, Mail, Person

from .meeting_letters import NIGHT, PREFERENCES, SOON, TUESDAY, changed, entry
from .test_meetings import NOW, at_, called


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


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


def test_before_a_weekend_it_comes_while_there_is_still_time_to_go(cast, api_of, letters, at):
    at(datetime(2026, 11, 27, 7, tzinfo=UTC))  # on Friday at nine, of Monday at eight, the hour of the daily mail
    called(api_of("Nikos"), cast, on="2026-11-30", clock="08:00")
    for day, hour in ((27, 8), (28, 6), (29, 12), (30, 4)):
        at(datetime(2026, 11, day, hour, 1, tzinfo=UTC))
        assert letters("maria") == [], day
    at(datetime(2026, 11, 30, 5, 1, tzinfo=UTC))
    assert len(letters("maria")) == 1, "as soon as quiet hours end"


def test_what_was_told_at_once_for_once_is_told_daily_afterwards(cast, api_of, letters, at):
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    at(TUESDAY)
    assert len(letters("maria")) == 1
    thursday = datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
    at(thursday)
    changed(nikos, made, cast, on="2026-12-17")
    letters("maria")
    at(thursday + timedelta(minutes=3))
    assert len(letters("maria")) == 2
    at(thursday + timedelta(hours=1))
    changed(nikos, made, cast, on="2026-12-18")
    letters("maria")
    at(thursday + timedelta(hours=1, minutes=3))
    assert len(letters("maria")) == 2
    at(thursday + timedelta(hours=24))
    assert len(letters("maria")) == 3


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
