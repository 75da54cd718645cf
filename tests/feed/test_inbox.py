"""The inbox: one line per item, unread first, by day; read when opened, put away by key, paged by keyset."""

import json
import re
from datetime import UTC, datetime

import pytest

from collab.feed.sweeps import wake
from tests.work.making import make


@pytest.fixture
def three(app, cast, actor_of, write, tell, at):
    """Eleni heard of three items on three days; the ids in that order."""
    items = []
    with app.app_context():
        nikos = actor_of("Nikos")
        for number in range(3):
            items.append(make(nikos, cast.PARKS, cast.Nikos, f"item {number}"))
    for number, item in enumerate(items):
        at(datetime(2026, 11, 19 + number * 2, 9, tzinfo=UTC))
        write("Nikos", item, f"@[Eleni](party:{cast.Eleni}) look")
    at(datetime(2026, 11, 23, 10, tzinfo=UTC))
    tell()
    return items


def rows(page):
    return re.findall(r'<li class="row( row-unread)?" id="news-(\d+)".*?class="row-title"[^>]*>([^<]*)<', page.text)


def days(page):
    return re.findall(r'<li class="rows-day".*?>([^<]+)</h2>', page.text)


def test_unread_stands_first_and_each_day_has_its_heading(three, client_of, inbox):
    client = client_of("Eleni")
    page = client.get("/inbox")
    assert [title for _unread, _id, title in rows(page)] == ["item 2", "item 1", "item 0"]
    assert [heading.strip() for heading in days(page)] == [
        "today · Unread", "Saturday 21 November 2026 · Unread", "Thursday 19 November 2026 · Unread",
    ]  # fmt: skip
    client.put(f"/inbox/work-items/{three[2]}/reading")
    page = client.get("/inbox")
    assert [(bool(unread), title) for unread, _id, title in rows(page)] == [
        (True, "item 1"), (True, "item 0"), (False, "item 2"),
    ]  # fmt: skip


def test_a_line_leads_to_the_item_and_asking_for_it_changes_nothing(three, client_of, inbox):
    line = inbox("Eleni")[three[0]]
    answer = client_of("Eleni").get(f"/notifications/{line['id']}")
    assert answer.status_code == 303
    assert re.fullmatch(r"/work-items/PARKS-1#message-\d+", answer.headers["Location"])
    assert inbox("Eleni")[three[0]]["read"] is False, "a browser that asks ahead must not lose anybody's news"


def test_having_the_item_open_reads_its_line(three, client_of, inbox):
    client, address = client_of("Eleni"), f"/inbox/work-items/{three[1]}/reading"
    assert f'hx-put="{address}"' in client.get("/work-items/PARKS-2").text
    assert client.put(address).status_code == 204
    assert inbox("Eleni")[three[1]]["read"] is True
    assert inbox("Eleni")[three[0]]["read"] is False


def test_a_line_is_put_away_by_e_and_brought_back(three, client_of, inbox):
    client, line = client_of("Eleni"), inbox("Eleni")[three[0]]
    assert 'data-key="e"' in client.get("/inbox").text
    assert client.post(f"/notifications/{line['id']}?_method=DELETE").status_code == 303
    assert three[0] not in inbox("Eleni")
    assert inbox("Eleni", "?which=archived")[three[0]]["archived"] is True
    back = client.post(f"/notifications/{line['id']}?_method=PATCH", data={"archived": "false"})
    assert back.status_code == 303
    assert three[0] in inbox("Eleni")


def test_what_was_put_away_comes_back_by_undo_as_unread_as_it_was(three, client_of, inbox, at):
    client, line = client_of("Eleni"), inbox("Eleni")[three[0]]
    part = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = client.post(f"/notifications/{line['id']}?_method=DELETE", headers=part)
    assert answer.status_code == 204
    told = json.loads(answer.headers["HX-Trigger"])
    assert told["inbox-changed"]
    assert client.post(told["toast"]["undo"], headers=part).status_code == 204
    again = inbox("Eleni")[three[0]]
    assert (again["archived"], again["read"]) == (False, False)
    client.put(f"/inbox/work-items/{three[0]}/reading")
    at(datetime(2026, 11, 23, 10, 1, tzinfo=UTC))
    client.delete(f"/notifications/{line['id']}")
    client.post(told["toast"]["undo"])
    assert inbox("Eleni")[three[0]]["read"] is True, "what was read before stays read"


def test_all_that_was_put_away_at_once_comes_back_at_once(three, client_of, inbox, at):
    client = client_of("Eleni")
    for item in three[:2]:
        client.put(f"/inbox/work-items/{item}/reading")
    client.delete(f"/notifications/{inbox('Eleni')[three[0]]['id']}")
    at(datetime(2026, 11, 23, 10, 1, tzinfo=UTC))
    answer = client.delete("/inbox/read", headers={"HX-Request-Type": "partial"})
    assert set(inbox("Eleni")) == {three[2]}
    client.post(json.loads(answer.headers["HX-Trigger"])["toast"]["undo"])
    assert set(inbox("Eleni")) == {three[1], three[2]}, "the one put away before stays away"
    calm = client.delete("/inbox/read", headers={"HX-Request-Type": "partial"})
    assert "undo" in calm.headers["HX-Trigger"]
    assert client.post("/inbox/cleared/9999999999999999/return").status_code == 303


def test_a_line_put_off_leaves_and_comes_back_once_as_unread(app, three, client_of, inbox, at):
    client, line = client_of("Eleni"), inbox("Eleni")[three[0]]
    client.put(f"/inbox/work-items/{three[0]}/reading")
    form = client.get(f"/notifications/{line['id']}/snooze").text
    assert 'value="tomorrow"' in form
    assert client.post(f"/notifications/{line['id']}/snooze?_method=PUT", data={"later": "tomorrow"}).status_code == 303
    assert three[0] not in inbox("Eleni")
    [off] = inbox("Eleni", "?which=snoozed").values()
    assert off["snoozed_until"] == "2026-11-24T06:00:00+00:00"  # eight in the morning in Athens
    assert "item 0" in client.get("/inbox?which=snoozed").text
    for hour in (5, 6, 7):
        at(datetime(2026, 11, 24, hour, 0, tzinfo=UTC))
        with app.app_context():
            wake()
        assert (three[0] in inbox("Eleni")) is (hour >= 6)
    back = inbox("Eleni")[three[0]]
    assert (back["read"], back["snoozed_until"], back["at"]) == (False, None, "2026-11-24T06:00:00+00:00")
    client.put(f"/inbox/work-items/{three[0]}/reading")
    with app.app_context():
        wake()
    assert inbox("Eleni")[three[0]]["read"] is True, "it comes back once"


def test_what_is_new_brings_a_line_back_before_its_time_and_so_does_undo(three, write, client_of, inbox, tell, cast):
    client, api = client_of("Eleni"), inbox
    for number in (0, 1):
        address = f"/notifications/{api('Eleni')[three[number]]['id']}"
        assert client.put(f"{address}/snooze", data={"until": "2026-12-01"}).status_code == 303
    assert set(inbox("Eleni")) == {three[2]}
    write("Nikos", three[0], f"@[Eleni](party:{cast.Eleni}) again")
    tell()
    client.post(f"{address}/return")
    assert set(inbox("Eleni")) == set(three)


@pytest.mark.parametrize("typed", [{}, {"until": "2026-11-23"}, {"until": "yesterday"}, {"later": "never"}, {"x": "1"}])
def test_a_moment_that_cannot_be_is_refused_at_its_field(three, client_of, inbox, typed):
    address = f"/notifications/{inbox('Eleni')[three[0]]['id']}/snooze"
    answer = client_of("Eleni").put(address, data=typed)
    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert three[0] in inbox("Eleni")


def test_the_views_show_what_they_say(three, do, cast, inbox, tell):
    given = do(make, "Nikos", cast.PARKS, cast.Eleni, "yours")
    tell()
    assert set(inbox("Eleni", "?which=called")) == set(three)
    assert set(inbox("Eleni", "?which=given")) == {given}
    assert set(inbox("Eleni", "?which=awaited")) == set()
    assert set(inbox("Eleni", "?which=talk")) == set()


def test_it_stands_by_unit_as_its_reader_likes(three, do, write, cast, client_of, tell):
    item = do(make, "Sofia", cast.LEGAL, cast.Sofia, "An opinion", reach="all")
    write("Sofia", item, f"@[Eleni](party:{cast.Eleni}) look")
    tell()
    client = client_of("Eleni")
    assert client.put("/inbox/grouping", data={"by": "unit"}).status_code == 303
    page = client.get("/inbox")
    assert len(days(page)) == 2
    assert len(rows(page)) == 4
    assert client.put("/inbox/grouping", data={"by": "colour"}).status_code == 422


def test_a_muted_line_is_silent_but_for_what_is_expected(three, write, client_of, inbox, tell, cast, do):
    client, line = client_of("Eleni"), inbox("Eleni")[three[0]]
    assert client.patch(f"/notifications/{line['id']}", data={"muted": "true"}).status_code == 303
    client.put(f"/inbox/work-items/{three[0]}/reading")
    write("Nikos", three[0], "Nothing that concerns her")
    tell()
    assert inbox("Eleni")[three[0]]["read"] is True
    write("Nikos", three[0], f"@[Eleni](party:{cast.Eleni}) but this does")
    tell()
    again = inbox("Eleni")[three[0]]
    assert (again["read"], again["muted"], again["reasons"]) == (False, True, ["mentioned"])


def test_what_is_read_is_put_away_at_once_and_what_is_unread_stays(three, client_of, inbox):
    client = client_of("Eleni")
    client.put(f"/inbox/work-items/{three[0]}/reading")
    assert client.post("/inbox/read?_method=DELETE").status_code == 303
    assert set(inbox("Eleni")) == {three[1], three[2]}


def test_a_new_thing_brings_an_archived_line_back(three, write, client_of, inbox, tell, cast):
    line = inbox("Eleni")[three[0]]
    client_of("Eleni").delete(f"/notifications/{line['id']}")
    write("Nikos", three[0], f"@[Eleni](party:{cast.Eleni}) again")
    tell()
    again = inbox("Eleni")[three[0]]
    assert (again["id"], again["count"], again["read"], again["archived"]) == (line["id"], 1, False, False)


def test_an_inbox_is_its_owners_alone(three, client_of, api_of, inbox):
    line = inbox("Eleni")[three[0]]
    for name in ("Nikos", "Anna", "Kostas", "Reza"):
        api, client = api_of(name), client_of(name)
        address = f"/notifications/{line['id']}"
        assert api.get(f"/api/v1{address}").status_code == 404
        assert api.patch(f"/api/v1{address}", json={"read": True}).status_code == 404
        assert api.delete(f"/api/v1{address}").status_code == 404
        assert client.get(address).status_code == 404
        assert client.delete(address).status_code == 404
    assert inbox("Eleni")[three[0]]["read"] is False


def test_the_api_pages_through_everything_once(three, write, api_of, app, cast, actor_of, tell):
    with app.app_context():
        nikos = actor_of("Nikos")
        for number in range(12):
            make(nikos, cast.PARKS, cast.Eleni, f"more {number}")
    tell()
    api, seen, after = api_of("Eleni"), [], None
    for _page in range(5):
        answer = api.get("/api/v1/notifications?limit=4" + (f"&after={after}" if after else ""))
        seen += [line["subject"]["id"] for line in answer.json["items"]]
        after = answer.json["next"]
        if after is None:
            break
    assert after is None
    assert len(seen) == len(set(seen)) == 15


def test_marking_over_the_api_gives_the_line_as_it_is_now(three, api_of, inbox):
    line, api = inbox("Eleni")[three[0]], api_of("Eleni")
    address = f"/api/v1/notifications/{line['id']}"
    assert api.patch(address, json={"read": True}).json["read"] is True
    assert api.patch(address, json={"read": False}).json["read"] is False
    assert api.patch(address, json={"archived": True}).json["archived"] is True
    assert api.delete(address).status_code == 204
    assert api.get(address).json["archived"] is True


@pytest.mark.parametrize("body", [{"read": "perhaps"}, {"read": [1]}, {"archived": {}}, {"color": "red"}])
def test_a_wrong_mark_is_refused(three, api_of, inbox, body):
    line = inbox("Eleni")[three[0]]
    assert api_of("Eleni").patch(f"/api/v1/notifications/{line['id']}", json=body).status_code == 422


@pytest.mark.parametrize("asked", ["which=mine", "limit=0", "limit=x", "after=%00", "after=%ff", "x=1", "after=AAAA"])
def test_a_wrong_question_is_refused(api_of, asked):
    assert api_of("Eleni").get(f"/api/v1/notifications?{asked}").status_code == 422


def test_a_cursor_of_one_order_is_no_cursor_of_another(three, api_of):
    api = api_of("Eleni")
    after = api.get("/api/v1/notifications?limit=1").json["next"]
    assert api.get(f"/api/v1/notifications?which=unread&after={after}").status_code == 422


def test_an_empty_inbox_says_what_will_stand_there(client_of):
    assert 'class="empty"' in client_of("Leila").get("/inbox").text


def test_few_queries_whatever_the_number_of_lines(three, client_of, queries):
    client = client_of("Eleni")
    client.get("/inbox")
    with queries() as sent:
        client.get("/inbox")
    assert len(sent) <= 6


def test_the_badges_are_one_query_of_feed(three, app, actor_of, queries):
    from flask import g

    from collab.feed.queries import badges
    from collab.people.queries.tree import tree

    with app.app_context():
        eleni = actor_of("Eleni")
        g.tree_version = tree().version  # as signing in tells every request
        with queries() as sent:
            assert badges(eleni) == {"my-day": 0, "inbox": 3, "decisions": 0}
    assert len(sent) == 1


def test_one_event_names_who_did_it_and_several_do_not_blame_the_last(item, write, cast, client_of, tell):
    tell()
    assert "<bdi>Nikos Pappas</bdi> gave it to you" in client_of("Eleni").get("/inbox").text
    write("Babis", item, f"@[Eleni](party:{cast.Eleni}) look")
    tell()
    page = client_of("Eleni").get("/inbox").text
    assert "Babis" not in page
    assert "you were mentioned, given to you" in page
    assert "(×" not in page, "a number of what is of two kinds counts neither"
