"""Two items that are the same become one: the older goes on, the other leads there, and it can be undone."""

import pytest
from sqlalchemy import select

from collab.core.db import db
from collab.core.facts import FactRow
from collab.work.models import Wait


@pytest.fixture
def pair(api_of, cast):
    """The same request twice, in Eleni's hands: first and second."""
    case = {"unit": cast.PARKS, "holder": cast.Eleni, "counterpart": cast.forestry}
    return [
        api_of("Eleni")
        .post("/api/v1/pending-items", json={**case, "title": title, "protocol_number": number})
        .json["reference"]
        for title, number in (("Fallen plane tree", "2026/100"), ("Plane tree fell down", "2026/101"))
    ]


def merged(api_of, item, other, who="Eleni"):
    return api_of(who).post(f"/api/v1/work-items/{item}/merger", json={"item": other})


def state(api_of, item):
    return api_of("Eleni").get(f"/api/v1/work-items/{item}").json["state"]


def sentences(api_of, item):
    return [each["sentence"] for each in api_of("Eleni").get(f"/api/v1/work-items/{item}/history").json["items"]]


@pytest.mark.parametrize("begun_at", [0, 1])
def test_the_older_goes_on_wherever_one_begins(api_of, pair, begun_at):
    answer = merged(api_of, pair[begun_at], pair[1 - begun_at])
    assert answer.status_code == 201, answer.text
    assert answer.json["reference"] == pair[0]
    assert (state(api_of, pair[0]), state(api_of, pair[1])) == ("new", "cancelled")


def test_both_numbers_stay_and_the_closed_one_leads_to_the_other(client_of, api_of, pair):
    merged(api_of, pair[1], pair[0])
    page = client_of("Eleni").get(f"/work-items/{pair[1]}").text
    assert "Merged into another item" in page
    assert f'href="/work-items/{pair[0]}"' in page
    assert "Merged here" in client_of("Eleni").get(f"/work-items/{pair[0]}").text
    numbers = [each["number"] for each in api_of("Eleni").get("/api/v1/registry?number=2026/10").json["items"]]
    assert sorted(numbers) == ["2026/100", "2026/101"]


def test_open_questions_go_along_and_whoever_took_part_reads_on(api_of, cast, pair):
    eleni = api_of("Eleni")
    wait = eleni.post(f"/api/v1/work-items/{pair[1]}/waits", json={"of": cast.Maria, "what": "Whose tree?"}).json["id"]
    assert api_of("Maria").get(f"/api/v1/work-items/{pair[0]}").status_code == 404
    merged(api_of, pair[1], pair[0])
    found = api_of("Maria").get(f"/api/v1/waits/{wait}").json
    assert found["item"]["reference"] == pair[0]
    assert found["ended_at"] is None
    assert api_of("Maria").get(f"/api/v1/work-items/{pair[0]}").status_code == 200
    assert api_of("Maria").get(f"/api/v1/work-items/{pair[1]}").status_code == 200


def test_what_waited_for_the_end_of_the_one_waits_for_the_other(api_of, cast, pair, tell):
    third = api_of("Eleni").post("/api/v1/tasks", json={"title": "Replant", "unit": cast.PARKS}).json["reference"]
    second = api_of("Eleni").get(f"/api/v1/work-items/{pair[1]}").json["id"]
    wait = (
        api_of("Eleni")
        .post(f"/api/v1/work-items/{third}/waits", json={"item": second, "what": "first that"})
        .json["id"]
    )
    merged(api_of, pair[1], pair[0])
    assert api_of("Eleni").get(f"/api/v1/waits/{wait}").json["ended_at"] is None
    tell()
    assert api_of("Eleni").get(f"/api/v1/waits/{wait}").json["ended_at"] is None, "the merged one's end is none"
    api_of("Eleni").post(f"/api/v1/work-items/{pair[0]}/completion", json={})
    tell()
    assert api_of("Eleni").get(f"/api/v1/waits/{wait}").json["ended_how"] == "answered"


def test_undone_everything_is_as_it_was(api_of, client_of, cast, pair):
    eleni = api_of("Eleni")
    wait = eleni.post(f"/api/v1/work-items/{pair[1]}/waits", json={"of": cast.Maria, "what": "Whose tree?"}).json["id"]
    before = state(api_of, pair[1])
    client = client_of("Eleni")
    client.post(f"/work-items/{pair[1]}/merger", data={"item": pair[0]})
    fact = next(
        each["id"] for each in eleni.get(f"/api/v1/work-items/{pair[1]}/history").json["items"]
        if each["kind"] == "item-merged"
    )  # fmt: skip
    assert client.post(f"/facts/{fact}/undo").status_code == 303
    assert state(api_of, pair[1]) == before
    assert eleni.get(f"/api/v1/waits/{wait}").json["item"]["reference"] == pair[1]
    assert "Merged into" not in client_of("Eleni").get(f"/work-items/{pair[1]}").text
    assert any("took the merging of another item back" in said for said in sentences(api_of, pair[0]))


def test_opened_again_it_leads_nowhere(api_of, client_of, pair):
    merged(api_of, pair[1], pair[0])
    assert api_of("Eleni").delete(f"/api/v1/work-items/{pair[1]}/completion").status_code in (200, 204)
    assert "goes on:" not in client_of("Eleni").get(f"/work-items/{pair[1]}").text


def test_only_who_may_change_both_merges_them(api_of, cast, pair):
    theirs = api_of("Petros").post("/api/v1/pending-items", json={"title": "x", "unit": cast.ROADS, "reach": "all"})
    refused = merged(api_of, pair[0], theirs.json["reference"])
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "item"
    assert merged(api_of, pair[0], pair[1], "Giorgos").status_code == 403


def test_what_is_for_named_people_only_is_told_to_nobody_by_merging(api_of, cast, pair):
    case = {"title": "Secret", "unit": cast.PARKS, "holder": cast.Eleni, "reach": "named"}
    secret = api_of("Eleni").post("/api/v1/pending-items", json=case).json["reference"]
    assert merged(api_of, pair[0], secret).status_code == 422
    assert state(api_of, pair[0]) == "new"


@pytest.mark.parametrize("other", ["", "NOPE-1", "\x00", 7, None, "x" * 500])
def test_nonsense_is_refused(api_of, pair, other):
    assert merged(api_of, pair[0], other).status_code == 422


def test_with_itself_or_with_what_is_finished_it_is_refused(api_of, pair):
    assert merged(api_of, pair[0], pair[0]).status_code == 422
    api_of("Eleni").post(f"/api/v1/work-items/{pair[1]}/completion", json={})
    assert merged(api_of, pair[0], pair[1]).status_code == 422


def test_likely_ones_are_offered_and_chosen_with_one_press(client_of, api_of, cast, pair):
    [one] = api_of("Eleni").get(f"/api/v1/work-items/{pair[1]}/similar").json["items"]
    assert (one["reference"], one["why"]) == (pair[0], "counterpart")
    client = client_of("Eleni")
    assert "Is the same as" in client.get(f"/work-items/{pair[1]}").text
    page = client.get(f"/work-items/{pair[1]}/merger").text
    assert "Fallen plane tree" in page
    answer = client.post(f"/work-items/{pair[1]}/merger", data={"choice": one["id"]})
    assert answer.location.endswith(pair[0])
    assert "goes on" in client.get(answer.location).text


def test_whoever_holds_the_closed_one_hears_of_it(api_of, cast, pair, tell):
    merged(api_of, pair[1], pair[0], "Nikos")
    tell()
    lines = api_of("Eleni").get("/api/v1/notifications").json["items"]
    assert any("cancelled" in line["reasons"] for line in lines)


def test_undone_nothing_of_it_is_left_on_the_other_item(app, api_of, cast, pair):
    eleni = api_of("Eleni")
    first, second = (eleni.get(f"/api/v1/work-items/{one}").json["id"] for one in pair)
    third = eleni.post("/api/v1/tasks", json={"title": "Replant", "unit": cast.PARKS}).json["id"]
    ends = [
        eleni.post(f"/api/v1/work-items/{asked}/waits", json={"item": awaited, "what": "first that"}).json["id"]
        for asked, awaited in ((third, second), (first, second))
    ]
    eleni.post(f"/api/v1/work-items/{second}/waits", json={"of": cast.Leila, "what": "Whose tree?"})
    merged(api_of, pair[1], pair[0])
    assert api_of("Leila").get(f"/api/v1/work-items/{first}").status_code == 200
    with app.app_context():
        act = db.session.scalar(select(FactRow.id).where(FactRow.kind == "item-merged"))
    assert eleni.post(f"/api/v1/facts/{act}/undo").status_code < 300
    assert api_of("Leila").get(f"/api/v1/work-items/{first}").status_code == 404
    assert api_of("Leila").get(f"/api/v1/work-items/{second}").status_code == 200
    with app.app_context():
        found = select(Wait.for_item_id, Wait.ended_at).where(Wait.id.in_(ends))
        assert [tuple(row) for row in db.session.execute(found)] == [(second, None)] * 2
