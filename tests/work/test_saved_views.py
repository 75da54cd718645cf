"""Saved views: kept by one, shared with a unit, pinned, opened by address, read in everybody's own language."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier
from urllib.parse import unquote_plus

import pytest
from sqlalchemy import update

from collab.core.db import db, writing
from collab.people.models import Membership
from collab.work.commands import views


@pytest.fixture
def keep(api_of):
    """`keep("Eleni", name=…, query=…)`: the id of a view that was saved."""

    def make(who, **said):
        answer = api_of(who).post("/api/v1/views", json={"name": "Storm"} | said)
        assert answer.status_code == 201, answer.text
        return answer.json["id"]

    return make


def names(client):
    return [each["name"] for each in client.get("/api/v1/views").json["items"]]


def test_a_query_is_kept_on_the_page_and_opened_by_its_address(client_of):
    eleni = client_of("Eleni")
    form = eleni.get("/views?list=tasks&query=label%3Astorm&order=priority&group=holder")
    assert 'name="query" value="label:storm"' in form.text
    typed = {
        "name": "Storm",
        "list": "tasks",
        "query": "label:storm",
        "order": "priority",
        "group": "holder",
        "pinned": "on",
    }
    there = eleni.post("/views", data=typed).headers["Location"]
    opened = eleni.get(there)
    assert unquote_plus(opened.headers["Location"]) == "/tasks?query=label:storm&order=priority&group=holder"
    page = eleni.get(opened.headers["Location"])
    assert f'href="{there}"' in page.text  # in the sidebar


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("Eleni", "Pending items · Lies with: my units · State: not waiting · Holder: Maria Lekka"),
        ("Reza", "موارد معلق · نزدِ: واحدهای من · "),
    ],
)
def test_what_a_view_asks_for_is_said_as_its_chips_say_it(client_of, api_of, cast, queries, who, words):
    asked = f"desk:mine -state:waiting holder:%23{cast.Maria}"
    address = f"/views?list=pending-items&query={asked}"
    assert words in client_of(who).get(address).text
    for number in range(3):
        said = {"name": f"Ours {number}", "list": "pending-items", "query": unquote_plus(asked)}
        assert api_of(who).post("/api/v1/views", json=said).status_code == 201
    with queries() as asked_of_db:
        page = client_of(who).get(address).text
    assert page.count(words) == 4
    assert "desk:mine" not in page.replace('value="desk:mine', "")
    assert len(asked_of_db) <= 8


def test_a_view_is_read_in_the_language_of_whoever_opens_it(client_of, keep, cast):
    view = keep("Eleni", query="holder:me due<2026-11-30", unit=cast.PARKS)
    greek = unquote_plus(client_of("Nikos").get(f"/views/{view}").headers["Location"])
    assert greek.startswith("/work-items?query=χειριστής:εγώ προθεσμία<2026-11-30")


def test_only_the_unit_it_is_shared_with_sees_it(client_of, api_of, keep, cast):
    view = keep("Eleni")
    assert api_of("Nikos").get(f"/api/v1/views/{view}").status_code == 404
    api_of("Eleni").patch(f"/api/v1/views/{view}", json={"unit": cast.PARKS})
    assert names(api_of("Nikos")) == ["Storm"]
    assert names(api_of("Leila")) == []
    assert api_of("Giorgos").patch(f"/api/v1/views/{view}", json={"name": "Mine now"}).status_code == 403
    assert api_of("Nikos").patch(f"/api/v1/views/{view}", json={"name": "Storms"}).json["name"] == "Storms"
    api_of("Eleni").patch(f"/api/v1/views/{view}", json={"unit": None})
    assert names(api_of("Nikos")) == []


def test_it_is_shared_with_units_of_ones_own_alone(api_of, cast):
    refused = api_of("Eleni").post("/api/v1/views", json={"name": "x", "unit": cast.LEGAL})
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "unit"


def test_a_pin_goes_when_the_view_is_no_longer_to_be_seen(client_of, api_of, keep, cast):
    view = keep("Eleni", name="Storm watch", unit=cast.PARKS)
    nikos = api_of("Nikos")
    assert nikos.put(f"/api/v1/views/{view}/pin").json["pinned"] is True
    assert "Storm watch" in client_of("Nikos").get("/tasks").text
    api_of("Eleni").patch(f"/api/v1/views/{view}", json={"unit": None})
    assert "Storm watch" not in client_of("Nikos").get("/tasks").text
    assert nikos.delete(f"/api/v1/views/{view}/pin").status_code == 404


def test_a_view_is_renamed_and_deleted_on_the_page(client_of, keep, cast):
    view, eleni = keep("Eleni", pinned=True, unit=cast.PARKS), client_of("Eleni")
    answer = eleni.post(f"/views/{view}?_method=PATCH", data={"name": "Flood", "unit": "", "next": "/views"})
    assert answer.headers["Location"] == "/views"
    assert "Flood" in eleni.get("/views").text
    assert client_of("Nikos").get(f"/views/{view}").status_code == 404
    eleni.post(f"/views/{view}?_method=DELETE", data={})
    assert eleni.get(f"/views/{view}").status_code == 404
    assert "Flood" not in eleni.get("/views").text


def test_many_views_stand_on_pages_and_each_is_changed_with_the_unit_it_has(client_of, keep, cast):
    for number in range(60):
        keep("Nikos", name=f"View {number:02}", unit=cast.PARKS if number % 2 else None)
    nikos = client_of("Nikos")
    page = nikos.get("/views?list=tasks&query=label%3Astorm")
    names = re.findall(r'<input class="input" id="name-\d+" name="name" value="(View \d\d)"', page.text)
    assert names == [f"View {number:02}" for number in range(50)]
    chosen = re.findall(r'<select class="input" id="unit-\d+" name="unit">(.*?)</select>', page.text, re.S)
    shared = [re.findall(r"<option value=(\d+) selected ", one) for one in chosen]
    assert shared == [[str(cast.PARKS)] if number % 2 else [] for number in range(50)]
    further = unescape(re.search(r'rel="next" href="([^"]+)"', page.text)[1])
    assert "query=label%3Astorm" in further
    rest = nikos.get(further)
    assert re.findall(r'name="name" value="(View \d\d)"', rest.text) == [
        f"View {number:02}" for number in range(50, 60)
    ]
    back = unescape(re.search(r'rel="prev" href="([^"]+)"', rest.text)[1])
    assert "View 00" in nikos.get(back).text


def test_the_tree_and_the_words_are_the_same_view(api_of, keep):
    tree = {"all": [{"field": "label", "value": "storm"}, {"not": {"field": "state", "value": "new"}}]}
    eleni = api_of("Eleni")
    by_words = eleni.get(f"/api/v1/views/{keep('Eleni', query='label:storm -state:new')}").json
    by_tree = eleni.get(f"/api/v1/views/{keep('Eleni', filter=tree)}").json
    assert by_words["filter"] == by_tree["filter"] == tree
    assert by_words["query"] == by_tree["query"]


@pytest.mark.parametrize(
    "said",
    [
        {"query": "holdr:me"}, {"filter": {"field": "x", "value": "y"}}, {"filter": {"all": "x"}}, {"filter": []},
        {"filter": {"not": {"not": {}}}}, {"name": ""}, {"name": "x" * 61}, {"name": "a\x00b"}, {"list": "people"},
        {"order": "size"}, {"unit": "1x"}, {"colour": "red"}, {"filter": {"field": "due", "value": "0000"}},
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_a_reason(api_of, said):
    eleni = api_of("Eleni")
    refused = eleni.post("/api/v1/views", json={"name": "x"} | said)
    assert refused.status_code == 422
    assert refused.json["errors"]
    assert names(eleni) == []


def test_what_was_typed_is_kept_when_it_is_refused(client_of):
    refused = client_of("Eleni").post("/views", data={"name": "x" * 61, "query": "label:storm", "list": "tasks"})
    assert refused.status_code == 422
    assert 'value="label:storm"' in refused.text
    assert "x" * 61 in refused.text


def test_views_are_not_without_number(api_of, monkeypatch):
    from collab.work.commands import views

    monkeypatch.setattr(views, "MOST", 2)
    monkeypatch.setattr(views, "MOST_PINS", 1)
    eleni = api_of("Eleni")
    assert eleni.post("/api/v1/views", json={"name": "a", "pinned": True}).status_code == 201
    assert eleni.post("/api/v1/views", json={"name": "b", "pinned": True}).status_code == 422
    assert names(eleni) == ["a"]  # nothing half-kept
    assert eleni.post("/api/v1/views", json={"name": "b"}).status_code == 201
    assert eleni.post("/api/v1/views", json={"name": "c"}).status_code == 422


def test_a_change_is_made_to_the_view_that_was_seen(api_of, keep):
    view, eleni = keep("Eleni"), api_of("Eleni")
    assert eleni.patch(f"/api/v1/views/{view}", json={"query": "holder:me"}).json["version"] == 2
    stale = eleni.patch(f"/api/v1/views/{view}", json={"name": "y"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert eleni.get(f"/api/v1/views/{view}").json["query"] == "holder:me"


def test_whoever_left_the_unit_no_longer_changes_what_it_works_with(app, api_of, keep, cast):
    view = keep("Eleni", query="label:storm", unit=cast.PARKS)
    with app.app_context():
        with writing() as session:
            mine = (Membership.person_id == cast.Eleni) & (Membership.unit_id == cast.PARKS)
            session.execute(update(Membership).where(mine).values(unit_id=cast.FINANCE, post_id=None))
        db.session.remove()
    app.extensions.pop("collab.actors", None)
    assert api_of("Eleni").patch(f"/api/v1/views/{view}", json={"query": "label:other"}).status_code == 403
    assert api_of("Eleni").delete(f"/api/v1/views/{view}").status_code == 403
    assert api_of("Nikos").patch(f"/api/v1/views/{view}", json={"name": "Storms"}).status_code == 200


def test_of_two_who_change_a_shared_view_at_once_the_second_is_told(cast, client_of, keep):
    view = keep("Eleni", query="label:a", unit=cast.PARKS)
    eleni, nikos = client_of("Eleni"), client_of("Nikos")
    assert f'action="/views/{view}?_method=PATCH"' in nikos.get("/views").text
    assert 'name="version" value="1"' in nikos.get("/views").text
    assert nikos.patch(f"/views/{view}", data={"name": "His", "version": "1"}).status_code == 303
    assert eleni.patch(f"/views/{view}", data={"name": "Hers", "version": "1"}).status_code == 412
    assert "His" in eleni.get("/views").text


def test_the_limit_of_views_holds_for_requests_at_once(app, api_of, keep, monkeypatch):
    """Six at once where there is room for two."""
    monkeypatch.setattr(views, "MOST", 3)
    keep("Eleni", name="Mine")
    barrier = Barrier(6)

    def save(client):
        barrier.wait()
        return client.post("/api/v1/views", json={"name": "Storm"}).status_code

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(save, [api_of("Eleni") for _n in range(6)]))
    assert sorted(answers) == [201, 201, 422, 422, 422, 422]
    assert len(names(api_of("Eleni"))) == 3
