"""A message that could not be sent when it was written says so: both times, wherever it stands."""

from datetime import UTC, datetime, timedelta

import pytest

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
THERE = "/conversations/units/PARKS/messages"
SENT = datetime(2026, 3, 4, 9, 5, tzinfo=UTC)  # 11:05 in Athens
WRITTEN = SENT - timedelta(minutes=23)


def time_of(client, text, locale="en"):
    """What stands beside the name on the page of Parks, for the message that says this."""
    client.post("/profile?_method=PATCH", data={"locale": locale})
    page = client.get(THERE, headers=PART).text
    article = next(part for part in page.split("<article") if text in part)
    return article.split('class="message-time"')[1].split(">", 1)[1].split("</time>")[0]


@pytest.fixture
def say(api_of, cast, at):
    """`say("Trees", written_at=…)`: Eleni says it in Parks at five past eleven. Gives the answer."""
    at(SENT)
    there = f"{V1}/units/{cast.PARKS}/messages"
    return lambda text, **more: api_of("Eleni").post(there, json={"text": text, "nonce": text, **more})


def test_both_times_stand_beside_the_name_in_the_words_of_the_reader(client_of, cast, say):
    assert say("Sandbags", written_at="2026-03-04T10:42:00+02:00").status_code == 201
    anna = client_of("Anna")
    assert time_of(anna, "Sandbags") == "written 10:42, sent 11:05"
    assert time_of(anna, "Sandbags", "el") == "γράφτηκε 10:42, στάλθηκε 11:05"
    assert time_of(anna, "Sandbags", "fa") == "نوشته‌شده ۱۰:۴۲، فرستاده‌شده ۱۱:۰۵"


def test_the_day_is_named_where_it_was_another_and_it_begins_anew_under_its_author(client_of, cast, say):
    say("Directly")
    say("Yesterday", written_at=(SENT - timedelta(days=1)).isoformat())
    eleni = client_of("Eleni")
    assert time_of(eleni, "Directly") == "11:05"
    assert time_of(eleni, "Yesterday") == "written 3 Mar 2026, 11:05, sent 11:05"
    page = eleni.get(THERE, headers=PART).text
    assert "message-more" not in page, "its times have room beside a name alone"


def test_a_page_says_it_as_a_script_does(client_of, api_of, cast, at):
    at(SENT)
    form = {"text": "From a page", "nonce": "p1", "written_at": WRITTEN.isoformat().replace("+00:00", ".123Z")}
    assert client_of("Eleni").post(THERE, data=form, headers=PART).status_code == 200
    [said] = api_of("Eleni").get(f"{V1}/units/{cast.PARKS}/messages").json["items"]
    assert said["written_at"] == "2026-03-04T08:42:00+00:00"
    assert said["created_at"] == "2026-03-04T09:05:00+00:00"
    assert time_of(client_of("Eleni"), "From a page") == "written 10:42, sent 11:05"


@pytest.mark.parametrize("wrong", [timedelta(minutes=-8), timedelta(hours=3), timedelta(days=-400)])
def test_a_clock_that_goes_wrong_says_nothing_false(say, client_of, wrong):
    by_it = {"written_at": (WRITTEN + wrong).isoformat(), "sent_at": (SENT + wrong).isoformat()}
    assert say("Late", **by_it).status_code == 201
    assert time_of(client_of("Anna"), "Late") == "written 10:42, sent 11:05"
    at_once = {"written_at": (SENT + wrong - timedelta(seconds=2)).isoformat(), "sent_at": (SENT + wrong).isoformat()}
    assert say("Prompt", **at_once).status_code == 201
    assert "written" not in time_of(client_of("Anna"), "Prompt")


@pytest.mark.parametrize(
    "before",
    [timedelta(minutes=4), timedelta(0), -timedelta(minutes=30), timedelta(days=29), timedelta(days=9000)],
    ids=["just before", "now", "to come", "long ago", "years ago"],
)
def test_what_cannot_be_or_is_not_worth_telling_is_not_kept_and_the_message_is_said_all_the_same(
    client_of, api_of, cast, say, before
):
    assert say("Trees", written_at=(SENT - before).isoformat()).status_code == 201
    [said] = api_of("Eleni").get(f"{V1}/units/{cast.PARKS}/messages").json["items"]
    assert said["written_at"] is None
    assert time_of(client_of("Eleni"), "Trees") == "11:05"


@pytest.mark.parametrize(
    "time", ["yesterday", "2026-03-04T10:42:00", "2026-03-04", 1772613720, True, {}, "0001-01-01T00:00+14:00"]
)
def test_what_is_no_time_is_refused_and_named(say, time):
    refused = say("Trees", written_at=time)
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json["errors"]] == ["written_at"]


def test_what_was_sent_before_and_comes_again_as_belated_is_the_same_message(api_of, cast, say):
    first = say("Trees")
    again = say("Trees", written_at=WRITTEN.isoformat())
    assert (again.status_code, again.json["id"]) == (201, first.json["id"])
    [said] = api_of("Eleni").get(f"{V1}/units/{cast.PARKS}/messages").json["items"]
    assert said["written_at"] is None, "it was said when it was first sent"


def test_a_deleted_message_keeps_no_such_time(api_of, cast, say):
    made = say("Trees", written_at=WRITTEN.isoformat()).json["id"]
    assert api_of("Eleni").get(f"{V1}/messages/{made}").json["written_at"]
    api_of("Eleni").delete(f"{V1}/messages/{made}")
    assert api_of("Eleni").get(f"{V1}/messages/{made}").json["written_at"] is None
