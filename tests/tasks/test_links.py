"""Links between items: told on both sides with the other's state, as far as it may be seen."""

import pytest

from collab.work.commands import complete
from collab.work.forms import Complete
from tests.work.making import make

PART = {"HX-Request-Type": "partial"}
HERE = "/work-items/PARKS-1/links"
API = "/api/v1/work-items/PARKS-1"


@pytest.fixture(autouse=True)
def two(app, cast, actor_of):
    with app.app_context():
        eleni = actor_of("Eleni")
        return [make(eleni, cast.PARKS, cast.Eleni, title=title) for title in ("Fell the pine", "Plant two")]


def ties(client, reference):
    said = client.get(f"/api/v1/work-items/{reference}").json["relations"]
    return [(each["relation"], each["reference"], each["state"]) for each in said]


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        ("relates", "relates", "relates-by"),
        ("blocks", "blocks", "blocks-by"),
        ("blocked-by", "blocks-by", "blocks"),
        ("duplicates", "duplicates", "duplicates-by"),
    ],
)
def test_a_link_stands_on_both_sides_with_the_others_state(app, api_of, actor_of, two, kind, here, there):
    eleni = api_of("Eleni")
    assert eleni.post(f"{API}/links", json={"item": "parks-2", "kind": kind}).status_code == 201
    with app.app_context():
        complete(actor_of("Eleni"), two[1], Complete())
    assert ties(eleni, "PARKS-1") == [(here, "PARKS-2", "done")]
    assert ties(eleni, "PARKS-2") == [(there, "PARKS-1", "new")]


def test_the_same_link_twice_is_one_whichever_side_it_is_made_from(api_of):
    eleni = api_of("Eleni")
    for _time in range(2):
        eleni.post(f"{API}/links", json={"item": "PARKS-2"})
        eleni.post("/api/v1/work-items/PARKS-2/links", json={"item": "PARKS-1"})
    assert len(ties(eleni, "PARKS-1")) == 1


def test_two_items_never_both_come_first(client_of, api_of):
    api_of("Eleni").post(f"{API}/links", json={"item": "PARKS-2", "kind": "blocks"})
    page = client_of("Eleni").post(HERE, data={"item": "PARKS-2", "kind": "blocked-by"}, headers=PART)
    assert page.status_code == 422
    assert "two items cannot both come first" in page.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"item": "PARKS-1"}, "item"), ({"item": "PARKS-99"}, "item"), ({"item": ""}, "item"), ({"item": "%"}, "item"),
        ({"item": "a\x00"}, "item"), ({"item": 7}, "item"), ({}, "item"),
        ({"item": "PARKS-2", "kind": "loves"}, "kind"),
    ],
)  # fmt: skip
def test_what_cannot_be_linked_is_said_at_its_field(api_of, typed, field):
    answer = api_of("Eleni").post(f"{API}/links", json=typed)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)


def test_what_is_out_of_sight_is_neither_linked_nor_shown(app, api_of, actor_of, cast):
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Hidden", reach="named")
    giorgos, eleni = api_of("Giorgos"), api_of("Eleni")
    assert eleni.post(f"{API}/links", json={"item": "PARKS-3"}).status_code == 201
    assert ties(giorgos, "PARKS-1") == []
    assert ties(eleni, "PARKS-1") == [("relates", "PARKS-3", "new")]
    assert "Hidden" not in giorgos.get(f"{API}/history").text
    assert api_of("Nikos").post(f"{API}/links", json={"item": "PARKS-3"}).status_code == 422


def test_a_link_is_taken_away_from_either_side(client_of, api_of):
    eleni = api_of("Eleni")
    eleni.post(f"{API}/links", json={"item": "PARKS-2", "kind": "blocks"})
    assert 'hx-delete="/work-items/PARKS-1/links/PARKS-2"' in client_of("Eleni").get(f"{HERE}/new").text
    assert client_of("Eleni").delete("/work-items/PARKS-2/links/PARKS-1").status_code == 303
    assert ties(eleni, "PARKS-1") == []
    assert eleni.delete(f"{API}/links/PARKS-2").status_code == 404


def test_both_histories_tell_of_it(client_of, api_of):
    api_of("Eleni").post(f"{API}/links", json={"item": "PARKS-2", "kind": "blocks"})
    assert "linked it with another item: blocked by" in client_of("Eleni").get("/work-items/PARKS-2").text.replace(
        "<bdi>", ""
    ).replace("</bdi>", "")


def test_links_that_block_each_other_in_a_circle_are_refused_however_long_it_is(app, cast, actor_of, api_of):
    with app.app_context():
        for number in range(3, 6):
            make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title=f"Step {number}")
    eleni = api_of("Eleni")

    def block(one, other):
        return eleni.post(f"/api/v1/work-items/PARKS-{one}/links", json={"item": f"PARKS-{other}", "kind": "blocks"})

    assert [block(one, one + 1).status_code for one in range(1, 5)] == [201] * 4
    refused = block(5, 1)
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "kind")
    assert "circle" in refused.json["errors"][0]["reason"]
    assert block(1, 5).status_code == 201


def test_the_other_is_named_by_what_was_chosen_or_by_its_reference_alone(client_of, api_of):
    client, chosen = client_of("Eleni"), "PARKS-2 Plant two"
    assert client.post(HERE, data={"item_name": chosen, "item": "PARKS-2"}).status_code == 303
    assert client.post(HERE, data={"item_name": "parks-2", "item": "", "kind": "blocks"}).status_code == 303
    assert {tie[:2] for tie in ties(api_of("Eleni"), "PARKS-1")} == {("relates", "PARKS-2"), ("blocks", "PARKS-2")}
    refused = client.post(HERE, data={"item_name": "Plant", "item": ""}, headers=PART)
    assert refused.status_code == 422
    assert 'value="Plant"' in refused.text
    assert client.post("/work-items/PARKS-1/merger", data={"item_name": chosen}).location.endswith("PARKS-1")
