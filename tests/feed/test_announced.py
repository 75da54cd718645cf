"""An announcement that everybody is asked to confirm is told to everybody whom it is for, a whole house at once."""

import re
from datetime import date, timedelta
from time import process_time

import pytest
from sqlalchemy import func, insert, select

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.core.envelope import envelope
from collab.core.facts import FactRow, revive
from collab.core.reactions import Told
from collab.feed import reactions
from collab.feed.models import Notification
from collab.people.models import Membership, Party, Person

from .conftest import MONDAY
from .test_called_in_talks import V1, heard, say

NEWS = "conversation"
CROWD = 5_000


@pytest.fixture
def news(api_of, cast):
    form = {"kind": "announcement", "title": "News", "audience": cast.TECH}
    return api_of("Yannis").post(f"{V1}/conversations", json=form).json["id"]


def test_everybody_who_is_asked_to_confirm_an_announcement_is_told_and_led_to_it(api_of, client_of, news, cast, tell):
    say(api_of("Yannis"), news, "Nothing to confirm")
    message = say(api_of("Yannis"), news, "Helmets from Monday", asks_receipt=True)
    tell()
    for name in ("Eleni", "Maria", "Nikos"):
        assert heard(api_of(name)) == [(NEWS, "News", ["to-read"])], name
    for name in ("Yannis", "Sofia", "Leila"):
        assert heard(api_of(name)) == [], name
    assert "asks you to confirm that you have read it" in client_of("Eleni").get("/inbox").text
    assert "News" in client_of("Eleni").get("/inbox?which=awaited").text
    line = api_of("Eleni").get(f"{V1}/notifications").json["items"][0]["id"]
    place = client_of("Eleni").get(f"/notifications/{line}").headers["Location"]
    assert place == f"/conversations/{news}?at=2#message-{message}"


def test_whoever_is_called_in_it_is_told_both_and_whoever_confirmed_already_is_told_nothing(api_of, news, cast, tell):
    text = f"@[E](party:{cast.Eleni}) @[S](party:{cast.Sofia}) helmets"
    message = say(api_of("Yannis"), news, text, asks_receipt=True)
    assert api_of("Maria").put(f"{V1}/messages/{message}/receipt").status_code == 200
    tell()
    assert heard(api_of("Eleni")) == [(NEWS, "News", ["mentioned", "to-read"])]
    assert (heard(api_of("Maria")), heard(api_of("Sofia"))) == ([], [])


def test_what_was_confirmed_elsewhere_is_read_and_no_letter_asks_for_it(api_of, news, tell):
    def lines(name):
        return [(one["count"], one["read"]) for one in api_of(name).get(f"{V1}/notifications").json["items"]]

    first = say(api_of("Yannis"), news, "Helmets from Monday", asks_receipt=True)
    tell()
    assert api_of("Eleni").put(f"{V1}/messages/{first}/receipt").status_code == 200
    tell()
    assert (lines("Eleni"), lines("Nikos")) == ([(1, True)], [(1, False)])
    second = say(api_of("Yannis"), news, "Boots from Tuesday", asks_receipt=True)
    tell()
    assert (lines("Eleni"), lines("Nikos")) == ([(1, False)], [(2, False)])
    assert api_of("Nikos").put(f"{V1}/messages/{second}/receipt").status_code == 200
    tell()
    assert lines("Nikos") == [(2, False)], "the first still asks"
    assert api_of("Nikos").put(f"{V1}/messages/{first}/receipt").status_code == 200
    tell()
    assert lines("Nikos") == [(2, True)], "neither asks any more"


def test_a_line_that_was_read_before_tells_of_what_came_since_alone(api_of, news, tell, at):
    """The first message stays unconfirmed and its line was read. What came an hour later makes a line of its own,
    which is read once that is confirmed, whatever the lines of others begin with."""
    at(MONDAY)
    say(api_of("Yannis"), news, "Helmets from Monday", asks_receipt=True)
    tell()
    [line] = api_of("Eleni").get(f"{V1}/notifications").json["items"]
    assert api_of("Eleni").patch(f"{V1}/notifications/{line['id']}", json={"read": True}).json["read"]
    at(MONDAY + timedelta(hours=1))
    second = say(api_of("Yannis"), news, "Boots from Tuesday", asks_receipt=True)
    tell()
    at(MONDAY + timedelta(hours=2))
    assert api_of("Eleni").put(f"{V1}/messages/{second}/receipt").status_code == 200
    tell()
    for name, read in (("Eleni", True), ("Maria", False)):
        assert [one["read"] for one in api_of(name).get(f"{V1}/notifications").json["items"]] == [read], name


def test_what_a_confirmation_reads_is_sought_by_the_line_itself(api_of, news, tell, queries):
    """The statement names the lines once, as what it changes: it looks through no other line, whosever."""
    message = say(api_of("Yannis"), news, "Helmets from Monday", asks_receipt=True)
    tell()
    assert api_of("Eleni").put(f"{V1}/messages/{message}/receipt").status_code == 200
    with queries() as asked:
        tell()
    [sql] = [one for one in asked.sent if one.startswith("UPDATE notification SET read_at")]
    assert re.findall(r"(?:FROM|JOIN|,)\s+notification\b(?![.])", sql) == [], sql


def test_each_chooses_how_they_hear_of_it(api_of, client_of, news, cast, tell):
    assert (
        api_of("Eleni")
        .patch(f"{V1}/me/notification-preferences", json={"choices": {"awaited": {NEWS: "inbox"}}})
        .status_code
        == 200
    )
    say(api_of("Yannis"), news, "Helmets from Monday", asks_receipt=True)
    tell()

    def letters(name):
        one = select(Notification.untold).where(Notification.person_id == getattr(cast, name))
        return db.session.scalars(one).one()

    with client_of("Eleni").application.app_context():
        assert (letters("Eleni"), letters("Maria")) == ([], ["to-read"])


def crowd(app, unit):
    with app.app_context(), writing() as session:
        names = [{"kind": "person", "label": f"Clerk {each}", "sort_key": f"clerk {each:04}", "folded": f"clerk {each}"}
                 for each in range(CROWD)]  # fmt: skip
        ids = list(session.scalars(insert(Party).returning(Party.id), names))
        people = [{"id": id_, "email": f"c{id_}@city.example", "locale": "el", "time_zone": "UTC"} for id_ in ids]
        session.execute(insert(Person), people)
        belonging = {"unit_id": unit, "kind": "member", "main": True, "valid_from": date(2020, 1, 1)}
        session.execute(insert(Membership), [{"person_id": id_, **belonging} for id_ in ids])


def test_a_whole_house_is_told_at_once_and_cheaply(app, api_of, news, cast, tell):
    crowd(app, cast.PARKS)
    say(api_of("Yannis"), news, "Helmets from Monday", asks_receipt=True)
    with app.app_context():
        row = db.session.execute(select(FactRow).where(FactRow.kind == "message-posted")).scalar_one()
        fact = revive(row.kind, row.subject_id, row.payload, {})
        told = Told(row.id, fact, row.at, row.actor_id, row.on_behalf_of)
        db.session.rollback()
    began = process_time()
    for _twice in range(2):
        with app.app_context(), envelope(SYSTEM):
            reactions.notify.run(told)
    assert process_time() - began < 10
    with app.app_context():
        found = db.session.execute(
            select(func.count(), func.max(Notification.count)).where(Notification.reasons == ["to-read"])
        ).one()
    assert tuple(found) == (CROWD + 6, 1)
