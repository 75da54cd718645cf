"""Filters as words: the query language of lists on the search page, in the palette and over the API."""

import pytest


@pytest.fixture(autouse=True)
def town(opened, write, indexed, directory):
    item = opened("Nikos", "PARKS", "Fallen branches")
    opened("Nikos", "PARKS", "Hidden branches", reach="named")
    opened("Nikos", "PARKS", "Broken bench")
    write("Nikos", item, "The branches are many")
    indexed()


QUERIES = ["state:open branches", "κατάσταση:ανοιχτή branches", "وضعیت:باز branches", 'unit:PARKS text:"fallen"']


def palette(client, typed):
    answer = client.get("/palette", query_string={"q": typed})
    assert answer.status_code == 200
    return {group["key"]: group["options"] for group in answer.json["groups"]}


@pytest.mark.parametrize("typed", QUERIES)
def test_conditions_of_any_language_find_items_alone(client_of, typed):
    found = palette(client_of("Eleni"), typed)
    assert [one["label"] for one in found["items"]] == ["Fallen branches"]
    assert set(found) == {"items", "list"}
    page = client_of("Eleni").get("/search", query_string={"q": typed})
    assert page.status_code == 200
    assert "Fallen branches" in page.text
    assert "Hidden branches" not in page.text
    assert "Broken bench" not in page.text
    assert "The branches are many" not in page.text


def test_what_conditions_find_goes_on_page_by_page(api_of):
    eleni, address, seen = api_of("Eleni"), "/api/v1/search?q=state:open&limit=1", []
    while address:
        assert len(seen) < 4
        page = eleni.get(address).json
        seen += [one["title"] for one in page["items"]]
        address = page["next"] and f"/api/v1/search?q=state:open&limit=1&after={page['next']}"
    assert sorted(seen) == ["Broken bench", "Fallen branches"]


def test_a_stranger_finds_nothing_by_conditions(client_of):
    assert set(palette(client_of("Leila"), "state:open branches")) == {"list"}
    assert "Fallen branches" not in client_of("Leila").get("/search?q=state:open+branches").text


def test_the_way_to_the_list_leads_to_the_same_items(client_of):
    [way] = palette(client_of("Eleni"), "state:open branches")["list"]
    assert way["href"].startswith("/work-items?query=state:open")
    assert "Fallen branches" in client_of("Eleni").get(way["href"]).text
    assert way["href"] in client_of("Eleni").get("/search?q=state:open+branches").text


def test_a_word_that_cannot_be_is_pointed_at(client_of):
    page = client_of("Eleni").get("/search", query_string={"q": "branches state:opne <b>"})
    assert page.status_code == 422
    assert "<mark>opne</mark>" in page.text
    assert "<b>" not in page.text.partition("<main")[2]
    [wrong] = palette(client_of("Eleni"), "state:opne")["wrong"]
    assert "opne" in wrong["label"]
    assert client_of("Eleni").get("/palette/items?q=state:opne").json == {"items": []}


def test_a_colon_in_plain_words_is_no_condition(client_of):
    assert "messages" in palette(client_of("Eleni"), "many: branches")
    assert client_of("Eleni").get('/search?q="branches').status_code == 200


def test_few_statements_find_by_conditions(client_of, queries):
    client = client_of("Eleni")
    client.get("/search?q=state:open+branches")
    for address in ("/search?q=state:open+branches", "/palette?q=state:open+branches"):
        with queries() as sent:
            client.get(address)
        assert len(sent.sent) <= 8, "\n".join(sent.sent)
