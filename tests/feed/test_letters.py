"""Letters about what one heard of: the day's digest once a day, at once where one chose so, never what was read, never
what one may not see, never in quiet hours; and an end to them without signing in."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.feed.commands import post
from collab.feed.models import Notification
from collab.feed.unsubscribing import token
from collab.people.mailing import message_of
from collab.people.models import Absence, Mail, Person
from collab.work.models import WorkItem
from tests.work.making import make

TUESDAY = datetime(2026, 11, 24, 6, 0, 30, tzinfo=UTC)  # half a minute past eight in Athens
PREFERENCES = "/api/v1/me/notification-preferences"


@pytest.fixture
def letters(app):
    """`letters("eleni.markou@…")`: the letters about news to somebody, oldest first; writes those that are due."""

    def read() -> list[Mail]:
        with app.app_context():
            due = db.session.scalars(select(Notification.person_id).where(Notification.mail_at.is_not(None)).distinct())
            for person in due.all():
                post(SYSTEM, person)
            db.session.rollback()
            kinds = Mail.effect.like("digest-%") | Mail.effect.like("heard-%")
            return list(db.session.scalars(select(Mail).where(kinds).order_by(Mail.id)))

    return read


@pytest.fixture
def prefer(api_of):
    """`prefer("Eleni", digest_hour=10)`: choose how one wants to hear."""

    def choose(name, **given):
        answer = api_of(name).patch(PREFERENCES, json=given)
        assert answer.status_code == 200, answer.text
        return answer.json

    return choose


def test_the_digest_comes_at_its_hour_once_with_what_is_unread(item, write, tell, letters, at, cast):
    write("Nikos", item, f"@[Eleni](party:{cast.Eleni}) please look")
    tell()
    assert letters() == [], "it is Monday, half past nine"
    at(datetime(2026, 11, 24, 5, 59, tzinfo=UTC))
    assert letters() == []
    at(TUESDAY)
    [letter] = letters()
    assert letter.effect == f"digest-{cast.Eleni}-2026-11-24"
    assert letter.to.startswith("eleni")
    assert "PARKS-1  Fallen branches" in letter.body
    assert "you were mentioned, given to you" in letter.body
    assert '<html lang="en" dir="ltr">' in letter.html
    assert "/work-items/PARKS-1" in letter.html
    assert len(letters()) == 1
    at(datetime(2026, 11, 25, 6, 1, tzinfo=UTC))
    assert len(letters()) == 1, "nothing new, no letter"


def test_what_was_read_put_away_or_put_off_meanwhile_is_not_told_again(
    app, cast, do, tell, letters, at, inbox, client_of
):
    items = [do(make, "Nikos", cast.PARKS, cast.Eleni, f"item {number}") for number in range(4)]
    tell()
    client, lines = client_of("Eleni"), inbox("Eleni")
    client.put(f"/inbox/work-items/{items[0]}/reading")
    client.delete(f"/notifications/{lines[items[1]]['id']}")
    client.put(f"/notifications/{lines[items[2]]['id']}/snooze", data={"later": "month"})
    at(TUESDAY)
    [letter] = letters()
    assert re.findall(r"item \d", letter.body) == ["item 3"]


def test_nothing_is_told_about_what_one_may_no_longer_see(app, cast, do, item, tell, letters, at):
    other = do(make, "Nikos", cast.PARKS, cast.Eleni, "Still there")
    tell()
    with app.app_context(), writing() as session:
        session.execute(update(WorkItem).where(WorkItem.id == item).values(reach="named"))
        from collab.work.models import Participant

        session.execute(
            update(Participant)
            .where(Participant.item_id == item, Participant.party_id == cast.Eleni)
            .values(until=datetime(2026, 11, 23, 12, tzinfo=UTC))
        )
    at(TUESDAY)
    [letter] = letters()
    assert "Still there" in letter.body
    assert "Fallen branches" not in letter.body + letter.html
    assert other


def test_the_title_of_what_is_for_named_people_only_stays_in_the_house(cast, do, tell, letters, at):
    do(make, "Nikos", cast.PARKS, cast.Eleni, "A complaint about somebody", reach="named")
    tell()
    at(TUESDAY)
    [letter] = letters()
    assert "complaint" not in letter.subject + letter.body + letter.html
    assert "PARKS-1" in letter.body
    assert "named people only" in letter.body


def test_at_once_is_one_letter_two_minutes_later_and_the_digest_does_not_repeat_it(
    cast, do, write, tell, letters, at, prefer
):
    prefer("Eleni", choices={"called": {"task": "mail"}})
    item = do(make, "Nikos", cast.PARKS, cast.Nikos, "The pine")
    for text in ("look", "look again"):
        write("Nikos", item, f"@[Eleni](party:{cast.Eleni}) {text}")
    tell()
    assert letters() == []
    at(datetime(2026, 11, 23, 7, 32, 30, tzinfo=UTC))
    [letter] = letters()
    assert letter.subject == "PARKS-1: you were mentioned (×2)"
    assert letter.effect.startswith(f"heard-{cast.Eleni}-")
    at(TUESDAY)
    assert len(letters()) == 1


def test_quiet_hours_free_days_and_absence_hold_letters_back(app, cast, do, write, tell, letters, at, prefer):
    prefer("Eleni", choices={"called": {"task": "mail"}}, quiet_from=18, quiet_until=9)
    at(datetime(2026, 11, 27, 17, 0, tzinfo=UTC))  # Friday evening in Athens
    item = do(make, "Nikos", cast.PARKS, cast.Nikos, "The pine")
    write("Nikos", item, f"@[Eleni](party:{cast.Eleni}) look")
    tell()
    for moment in ((27, 17, 10), (28, 10, 0), (29, 10, 0), (30, 6, 59)):
        at(datetime(2026, 11, *moment, tzinfo=UTC))
        assert letters() == [], moment
    with app.app_context(), writing() as session:
        days = {"first_day": date(2026, 11, 30), "last_day": date(2026, 12, 1)}
        session.add(Absence(person_id=cast.Eleni, substitute_id=None, **days))
    at(datetime(2026, 11, 30, 7, 0, tzinfo=UTC))
    assert letters() == []
    at(datetime(2026, 12, 2, 7, 0, tzinfo=UTC))
    assert len(letters()) == 1


def test_a_second_digest_of_a_day_waits_for_the_next(cast, do, item, tell, letters, at, prefer):
    tell()
    at(TUESDAY)
    assert len(letters()) == 1
    do(make, "Nikos", cast.PARKS, cast.Eleni, "Later")
    tell()
    prefer("Eleni", digest_hour=9)
    at(datetime(2026, 11, 24, 7, 1, tzinfo=UTC))
    assert len(letters()) == 1
    at(datetime(2026, 11, 25, 7, 1, tzinfo=UTC))
    assert [letter.effect[-10:] for letter in letters()] == ["2026-11-24", "2026-11-25"]


def test_a_letter_speaks_its_readers_language_direction_and_calendar(cast, do, tell, letters, at):
    do(make, "Nikos", cast.FINANCE, cast.Leila, "بررسی")
    tell()
    at(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    [letter] = letters()
    assert '<html lang="fa" dir="rtl">' in letter.html
    assert "۱۴۰۵" in letter.body
    assert "&lt;" not in letter.subject


def test_a_title_is_text_in_a_letter_too(cast, do, tell, letters, at):
    do(make, "Nikos", cast.PARKS, cast.Eleni, "<script>alert(1)</script>\u202e")
    tell()
    at(TUESDAY)
    [letter] = letters()
    assert "<script>" not in letter.html


def test_a_worker_that_dies_while_writing_leaves_all_or_nothing(app, cast, item, tell, letters, at, monkeypatch):
    from collab.feed.commands import posting

    tell()
    at(TUESDAY)

    def die(*_args, **_more):
        raise RuntimeError("killed")

    monkeypatch.setattr(posting, "write_mail", die)
    with app.app_context(), pytest.raises(RuntimeError):
        post(SYSTEM, cast.Eleni)
    monkeypatch.undo()
    assert len(letters()) == 1, "what was due stayed due"


def test_never_is_never_and_what_must_not_be_lost_cannot_be_left_out(
    cast, do, item, write, tell, prefer, api_of, inbox
):
    prefer("Nikos", choices={"talk": {"task": "never"}, "ended": {"task": "never"}})
    tell()
    write("Eleni", item, "It is done, I think")
    tell()
    assert item not in inbox("Nikos")
    for topic in ("called", "given", "awaited"):
        refused = api_of("Nikos").patch(PREFERENCES, json={"choices": {topic: {"task": "never"}}})
        assert refused.status_code == 422
        assert f"choices.{topic}.task" in refused.text


@pytest.mark.parametrize(
    "given",
    [
        {"digest_hour": 24}, {"digest_hour": "x"}, {"quiet_from": -1}, {"choices": {"called": {"nothing": "mail"}}},
        {"choices": {"gossip": {"task": "mail"}}}, {"choices": {"called": {"task": "pigeon"}}}, {"choices": []},
        {"choices": {"called": {"task\u0000": "mail"}}}, {"mails": "perhaps"}, {"more": 1},
    ],
)  # fmt: skip
def test_a_wrong_wish_is_refused(api_of, client_of, given):
    assert api_of("Eleni").patch(PREFERENCES, json=given).status_code == 422
    assert api_of("Eleni").get(PREFERENCES).json["digest_hour"] == 8


def test_wishes_are_refused_by_their_number_before_each_is_read(api_of):
    many = {f"no kind {number}": "pigeon" for number in range(400)}
    for given, field in ((many, "choices"), ({"called": many}, "choices.called")):
        refused = api_of("Eleni").patch(PREFERENCES, json={"choices": given})
        assert (refused.status_code, [error["field"] for error in refused.json["errors"]]) == (422, [field])


def test_the_page_keeps_what_is_chosen(client_of, api_of):
    client = client_of("Eleni")
    page = client.get("/profile/hearing").text
    assert page.count('<select class="input" name="choices.') >= 14
    sent = {"choices.called.task": "mail", "digest_hour": "7", "quiet_from": "20", "quiet_until": "6"}
    assert client.patch("/profile/hearing", data=sent).status_code == 303
    kept = api_of("Eleni").get(PREFERENCES).json
    assert (kept["mails"], kept["working_days"], kept["digest_hour"]) == (False, False, 7)
    assert kept["choices"]["called"] == {**kept["choices"]["called"], "task": "mail", "pending": "digest"}
    for wrong in (
        {"digest_hour": "99"},
        {"choices.called.task": "never"},
        {"choices.x": "1"},
        {"quiet_from": "\u0661"},
    ):
        assert client.patch("/profile/hearing", data=wrong).status_code == 422


def test_letters_end_by_their_own_address_without_signing_in(app, cast, item, tell, letters, at, client_of, api_of):
    tell()
    at(TUESDAY)
    [letter] = letters()
    address = re.search(r"/unsubscribe/(\S+)", letter.body)[0]
    stranger = client_of(None)
    asked = stranger.get(address)
    assert asked.status_code == 200
    assert api_of("Eleni").get(PREFERENCES).json["mails"] is True, "asking ends nothing"
    assert stranger.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert api_of("Eleni").get(PREFERENCES).json["mails"] is False
    with app.app_context():
        message = message_of(1, letter.to, letter.subject, letter.body, letter.html, letter.unsubscribe)
    assert f"<http://localhost:8000{address}>" in str(message) or f"{address}>" in str(message)
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in str(message)
    assert message.get_content_type() == "multipart/alternative"


def test_a_made_up_address_ends_nobodys_letters(app, cast, client_of, api_of):
    with app.app_context():
        good = token(cast.Eleni)
    number, mac = good.split(".")
    wrong = [f"{cast.Nikos}.{mac}", number, f"{number}.", f"{number}.{mac[:-1]}", f"{number}.{mac}x", f"0{good}", "é.é"]
    for given in wrong:
        for method in ("get", "post"):
            answer = getattr(client_of(None), method)(f"/unsubscribe/{given}")
            assert answer.status_code == 404, given
    assert api_of("Nikos").get(PREFERENCES).json["mails"] is True
    assert api_of("Eleni").get(PREFERENCES).json["mails"] is True


def test_whoever_left_or_wants_no_letters_gets_none(app, cast, item, tell, letters, at, prefer):
    tell()
    prefer("Eleni", mails=False)
    with app.app_context():
        assert db.session.scalar(select(Notification.mail_at).where(Notification.mail_at.is_not(None))) is None
    prefer("Eleni", mails=True)
    with app.app_context(), writing() as session:
        session.execute(update(Notification).values(mail_at=TUESDAY, untold=["assigned"]))
        session.execute(update(Person).where(Person.id == cast.Eleni).values(active=False))
    at(TUESDAY)
    assert letters() == []
