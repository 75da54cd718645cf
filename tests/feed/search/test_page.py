"""The search page: found words marked, safe, page by page; and the field at the top as it is without JavaScript."""

import re

import pytest

from collab.core.envelope import anyone, open_command, session
from collab.people.models import Party
from tests.work.making import make


@pytest.fixture
def town(opened, write, indexed, directory):
    item = opened("Nikos", "PARKS", "Κλαδιά στην οδό <b>Ανεμόμυλου</b>", body="Two *fallen branches* block the road.")
    write("Nikos", item, "The forester wants photographs of the branches")
    indexed()
    return item


def test_found_words_are_marked_and_nothing_else_is_markup(town, client_of):
    page = client_of("Eleni").get("/search", query_string={"q": "kladia anemomylou"}).text
    assert "<mark>Κλαδιά</mark> στην οδό &lt;b&gt;<mark>Ανεμόμυλου</mark>&lt;/b&gt;" in page
    assert "<b>Ανεμ" not in page


def test_the_part_that_answers_is_shown_with_messages_and_people(town, client_of):
    client = client_of("Eleni")
    page = client.get("/search?q=branches").text
    assert "Two fallen <mark>branches</mark> block the road." in page
    assert "photographs of the <mark>branches</mark>" in page
    assert "<mark>Eleni</mark> Markou" in client.get("/search?q=eleni").text


def test_what_was_said_in_a_conversation_stands_with_the_name_it_has_for_the_reader(cast, api_of, client_of, indexed):
    nikos, v1 = api_of("Nikos"), "/api/v1/conversations"
    group = {"kind": "group", "title": "Storm works", "members": [cast.Eleni]}
    for made in (group, {"kind": "direct", "members": [cast.Eleni]}):
        talk = nikos.post(v1, json=made).get_json()["id"]
        said = nikos.post(f"{v1}/{talk}/messages", json={"text": "Sandbags at six", "nonce": str(talk)})
        assert said.status_code == 201
    indexed()
    eleni = client_of("Eleni")
    page = eleni.get("/search?q=sandbags").text
    assert "<bdi>Storm works</bdi></p>" in page
    assert "<bdi>Nikos Pappas</bdi></p>" in page
    found = api_of("Eleni").get("/api/v1/search?q=sandbags").get_json()["items"]
    assert sorted(one["conversation"]["title"] for one in found) == ["Nikos Pappas", "Storm works"]
    groups = {group["key"]: group["options"] for group in eleni.get("/palette?q=sandbags").get_json()["groups"]}
    assert sorted(one["hint"] for one in groups["messages"]) == ["Nikos Pappas", "Storm works"]


def test_a_message_found_names_whom_it_calls_as_its_page_does_and_keeps_the_signs_that_are_no_markup(
    app, cast, api_of, client_of, indexed, queries, do
):
    do(known_as, "Kostas", cast.Dimitra, {"en": "Dimitra Kostidou", "el": "Δήμητρα Κωστίδου"})
    nikos, v1 = api_of("Nikos"), "/api/v1/conversations"
    talk = nikos.post(v1, json={"title": "Storm", "members": [cast.Eleni, cast.Dimitra]}).get_json()["id"]
    for number in range(3):
        text = f"> quoted\n\n@[Δήμητρα](party:{cast.Dimitra}) sandbags {number}: distance > 5 m, <b>html</b>"
        said = nikos.post(f"{v1}/{talk}/messages", json={"text": text, "nonce": f"n{number}"})
        assert said.status_code == 201
    indexed()
    eleni = client_of("Eleni")
    with queries() as sent:
        options = eleni.get("/palette?q=sandbags").get_json()["groups"]
    labels = [one["label"] for group in options if group["key"] == "messages" for one in group["options"]]
    assert labels[0] == "quoted @Dimitra Kostidou sandbags 2: distance > 5 m, <b>html</b>"
    assert len(labels) == 3
    assert len([one for one in sent.sent if "message_mention" in one]) == 1, "all of them in one question"
    page = eleni.get("/search?q=sandbags").text
    assert ("@Dimitra Kostidou" in page, "Κωστίδου" in page, "&gt; 5 m, &lt;b&gt;html&lt;/b&gt;" in page) == (
        True,
        False,
        True,
    )
    found = api_of("Eleni").get("/api/v1/search?q=sandbags").get_json()["items"][0]["text"]
    assert "@Dimitra Kostidou sandbags" in found
    assert "@Dimitra Kostidou sandbags" in eleni.get("/conversations/search?q=sandbags").text
    assert "@Δήμητρα Κωστίδου" in client_of("Nikos").get("/search?q=sandbags").text


@open_command(anyone)
def known_as(_actor, party, names):
    session().get_one(Party, party).names = names


def test_a_reference_leads_to_its_item(town, client_of):
    for typed in ("PARKS-1", "parks-1", " PARKS-1 "):
        assert client_of("Eleni").get("/search", query_string={"q": typed}).location == "/work-items/PARKS-1"


def test_somebody_else_finds_nothing_and_is_told_so(town, client_of):
    answer = client_of("Leila").get("/search", query_string={"q": "PARKS-1"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "Κλαδιά" not in answer.text
    assert "PARKS-1" in answer.text


def test_no_words_yet_shows_what_one_last_worked_on(town, client_of):
    assert "Κλαδιά" in client_of("Nikos").get("/search").text
    assert "Κλαδιά" not in client_of("Leila").get("/search").text


def test_a_slip_in_a_name_is_asked_back(town, client_of):
    page = client_of("Leila").get("/search?q=Elenni+Marcou").text
    assert "Eleni Markou" in page


def test_one_kind_is_walked_page_by_page_and_keeps_its_place(app, cast, do, client_of, indexed):
    for number in range(25):
        do(make, "Nikos", cast.PARKS, None, f"Broken lamp {number}")
    indexed()
    client = client_of("Eleni")
    first = client.get("/search?q=lamp&kind=items").text
    assert first.count("row-found") == 20
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(following).text
    assert second.count("row-found") == 5
    assert "kind=items" in following
    assert "Show more" in client.get("/search?q=lamp").text


def test_more_is_offered_where_there_is_more_and_leads_there(town, client_of, cast, do, indexed):
    client = client_of("Eleni")
    assert "Show more" not in client.get("/search?q=branches").text
    assert "Show more" not in client.get("/search?q=branches&kind=items").text
    for number in range(7):
        do(make, "Nikos", cast.PARKS, None, f"Broken lamp {number}")
    indexed()
    leads = re.search(r'<a class="button" href="([^"]+)">Show more', client.get("/search?q=lamp").text)[1]
    assert leads == "/search?q=lamp&amp;kind=items"
    assert client.get("/search?q=lamp&kind=items").text.count("row-found") == 7


def test_the_page_asks_few_statements_and_stays_small(town, client_of, queries):
    client = client_of("Eleni")
    client.get("/search?q=branches")
    with queries() as sent:
        page = client.get("/search?q=branches")
    assert len(sent.sent) <= 14, "\n".join(sent.sent)
    with queries() as sent:
        client.get("/search?q=branches&kind=items")
    assert len(sent.sent) <= 8, "\n".join(sent.sent)
    assert len(page.data) < 40_000


def test_what_cannot_be_asked_is_refused_with_a_page(app, client_of):
    client = client_of("Eleni")
    for query in ("q=%00", "kind=secrets", "q=a&after=zz&kind=items", "sort=x", "q=" + "x" * 201):
        assert client.get(f"/search?{query}").status_code == 422, query


def test_nothing_that_is_typed_breaks_it(town, client_of):
    client = client_of("Eleni")
    for typed in ("", " ", "' & | !", "<script>", "9" * 20, "%", "\u202e", "\\", "a:*"):
        answer = client.get("/search", query_string={"q": typed}, follow_redirects=True)
        assert answer.status_code == 200, typed
        assert "<script>" not in re.sub(r"<script[^>]+>", "", answer.text)
        assert client.get("/palette", query_string={"q": typed}).status_code == 200, typed


def test_a_few_of_each_kind_are_no_page_that_goes_on(api_of, cast, indexed):
    eleni = api_of("Eleni")
    for number in range(5):
        assert eleni.post("/api/v1/tasks", json={"title": f"Zinnia {number}", "unit": cast.PARKS}).status_code == 201
    indexed()
    found = eleni.get("/api/v1/search?q=zinnia&limit=2").json
    assert (len(found["items"]), found["next"]) == (2, None)
    assert eleni.get("/api/v1/search?q=zinnia&limit=2&kind=items").json["next"]
