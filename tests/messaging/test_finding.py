"""Finding what was said in three languages, and catching up with what was missed."""

import re
from datetime import date

import pytest

from collab.core.dates.said import Today
from collab.messaging.seeking import sought
from tests.files.sending import sent

V1 = "/api/v1"


def say(client, talk, text, **more):
    body = {"text": text, "nonce": f"n-{abs(hash(text))}"} | more
    sent = client.post(f"{V1}/conversations/{talk}/messages", json=body)
    assert sent.status_code == 201, sent.text
    return sent.json["id"]


@pytest.fixture
def talk(api_of, cast):
    form = {"title": "Storm damage", "members": [cast.Sofia]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def found(client, q, **more):
    answer = client.get(f"{V1}/messages", query_string={"q": q} | more)
    assert answer.status_code == 200, answer.text
    return [one["text"] for one in answer.json["items"]]


def test_words_are_found_in_any_form_in_three_languages_and_only_by_those_who_may_read(api_of, talk):
    eleni, sofia = api_of("Eleni"), api_of("Sofia")
    say(eleni, talk, "Two trees are down")
    say(sofia, talk, "Τα δέντρα της πλατείας")
    say(sofia, talk, "كتاب‌های قانون را آوردم")
    assert found(eleni, "tree") == ["Two trees are down"]
    assert found(eleni, "ΔΕΝΤΡΟ") == ["Τα δέντρα της πλατείας"]
    assert found(eleni, "کتاب") == ["كتاب‌های قانون را آوردم"]
    assert found(api_of("Leila"), "tree") == []
    message = say(eleni, talk, "A secret trunk")
    eleni.patch(f"{V1}/messages/{message}", json={"text": "A plain branch"})
    assert (found(eleni, "trunk"), found(eleni, "branch")) == ([], ["A plain branch"])
    eleni.delete(f"{V1}/messages/{message}")
    assert found(eleni, "branch") == []


def test_marks_narrow_down_who_where_and_when(api_of, talk, cast):
    eleni, sofia = api_of("Eleni"), api_of("Sofia")
    say(eleni, talk, "The pine at the school")
    say(sofia, talk, "The pine and the law")
    parks = eleni.post(f"{V1}/units/{cast.PARKS}/messages", json={"text": "A pine for the square", "nonce": "p1"})
    assert parks.status_code == 201
    assert found(eleni, "pine from:Sofia") == ["The pine and the law"]
    assert found(eleni, 'pine in:"storm damage"') == ["The pine and the law", "The pine at the school"]
    assert found(eleni, "pine in:parks") == ["A pine for the square"]
    assert found(eleni, "από:me pine σε:storm") == ["The pine at the school"]
    assert found(eleni, "pine unit:legal") == ["The pine and the law"]
    assert found(eleni, "pine before:2001-01-01") == []
    assert found(eleni, "pine has:file") == []
    assert found(eleni, "from:Nobodyatall") == []
    assert found(eleni, "pine", talk=talk) == ["The pine and the law", "The pine at the school"]
    assert eleni.get(f"{V1}/messages", query_string={"q": "before:soonish"}).status_code == 422
    assert api_of("Leila").get(f"{V1}/messages", query_string={"q": "pine", "talk": talk}).status_code == 404


def test_files_of_what_was_found_are_named_and_lead_to_their_page(api_of, client_of, talk):
    eleni = api_of("Eleni")
    file = sent(eleni, "/api/v1/files", b"One, two", "list of trees.txt").json["items"][0]["id"]
    say(eleni, talk, "The pine list", files=[file])
    say(eleni, talk, "The pine itself")
    assert found(eleni, "pine has:file") == ["The pine list"]
    page = client_of("Sofia").get("/conversations/search", query_string={"q": "has:file"}).text
    hits = re.findall(r'<li class="hit">.*?</ul>', page, re.S)
    assert len(hits) == 1
    assert "list of trees.txt" in hits[0]
    assert f'href="/files/{file}/versions"' in hits[0]
    assert "list of trees.txt" not in client_of("Leila").get("/conversations/search?q=has:file").text


def test_pages_of_what_was_found_follow_each_other_and_lead_to_the_message_in_its_place(api_of, client_of, talk):
    for number in range(7):
        say(api_of("Eleni"), talk, f"Pump {number}")
    seen, after = [], None
    while True:
        more = {"after": after} if after else {}
        answer = api_of("Sofia").get(f"{V1}/messages", query_string={"q": "pump", "limit": 3} | more).json
        seen += [one["text"] for one in answer["items"]]
        after = answer["next"]
        if not after:
            break
    assert seen == [f"Pump {number}" for number in reversed(range(7))]
    page = client_of("Sofia").get("/conversations/search?q=pump")
    place = client_of("Sofia").get(re.search(r'href="(/messages/\d+/place)"', page.text)[1])
    assert place.headers["Location"].startswith(f"/conversations/{talk}?at=7#message-")


@pytest.mark.parametrize("q", ["", "''':&|!()*", "from:", 'in:"', "x" * 200, "🙂", "before:2026-13-45"])
def test_whatever_is_typed_is_answered_with_a_page(client_of, talk, q):
    assert client_of("Eleni").get("/conversations/search", query_string={"q": q}).status_code == 200
    assert sought(q, Today(TUESDAY)).author == ""


TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("q", "before", "since"),
    [
        ("before:yesterday", date(2026, 11, 23), None), ("after:monday", None, date(2026, 11, 23)),
        ("since:tuesday", None, date(2026, 11, 17)), ('before:"3 days ago"', date(2026, 11, 21), None),
        ("πριν:χθες", date(2026, 11, 23), None), ("μετά:Δευτέρα", None, date(2026, 11, 23)),
        ("πριν:«πριν 3 μέρες»", date(2026, 11, 21), None), ("پیش:دیروز", date(2026, 11, 23), None),
        ("پس:دوشنبه", None, date(2026, 11, 23)), ("before:today", TUESDAY, None),
        ("before:2026-11-01", date(2026, 11, 1), None), ("since:25/11", None, date(2025, 11, 25)),
    ],
)  # fmt: skip
def test_days_are_read_as_people_say_them_and_lie_behind_whoever_searches(q, before, since):
    found = sought(f"pump {q}", Today(TUESDAY, over=True))
    assert (found.words, found.before, found.since, found.wrong) == ("pump", before, since, [])


def test_a_mark_with_nothing_after_it_lists_nothing_by_itself_and_says_what_is_missing(api_of, client_of, talk):
    say(api_of("Eleni"), talk, "Pump one")
    for q in ("from:", 'from:""', "in:", "πριν:", "از:", "before: "):
        assert found_at(api_of("Eleni"), q) == (422, ["q"]), q
        page = client_of("Eleni").get("/conversations/search", query_string={"q": q}).text
        assert ("Nothing stands after" in page, "Pump one" in page) == (True, False), q
    page = client_of("Eleni").get("/conversations/search", query_string={"q": "from: pump"}).text
    assert ("Nothing stands after" in page, "Pump one" in page) == (True, True)


def found_at(client, q):
    answer = client.get(f"{V1}/messages", query_string={"q": q})
    return answer.status_code, [one["field"] for one in answer.json["errors"]]


def test_a_mark_nobody_knows_is_looked_for_as_words_and_explained(api_of, client_of, talk):
    say(api_of("Eleni"), talk, "The pump: bar is broken")
    answer = api_of("Eleni").get(f"{V1}/messages", query_string={"q": "pump:bar"}).json
    assert [one["text"] for one in answer["items"]] == ["The pump: bar is broken"]
    assert "“pump:” is no mark of this search" in answer["notes"][0]
    page = client_of("Eleni").get("/conversations/search", query_string={"q": "pump:bar"}).text
    assert ("“pump:” is no mark" in page, "is broken" in page) == (True, True)
    for plain in ("https://city.example/a", "at 12:30", "pump: bar", "PARKS-2:3"):
        assert sought(plain, Today(TUESDAY)).notes == [], plain


def test_what_was_missed_stands_by_conversation_what_calls_one_first(api_of, client_of, talk, cast):
    eleni = api_of("Eleni")
    group = eleni.post(f"{V1}/conversations", json={"title": "Quiet group", "members": [cast.Sofia]}).json["id"]
    called = say(eleni, talk, f"@[Sofia](party:{cast.Sofia}) is this legal?")
    for number in range(5):
        say(eleni, talk, f"Line {number}")
    say(eleni, group, "Nothing urgent")
    missed = api_of("Sofia").get(f"{V1}/conversations/missed").json["items"]
    assert [(one["conversation"]["name"], one["unread"], len(one["calls"])) for one in missed] == [
        ("Storm damage", 6, 1), ("Quiet group", 1, 0),
    ]  # fmt: skip
    assert missed[0]["calls"][0]["id"] == called
    assert [one["text"] for one in missed[0]["first"]] == ["Line 0", "Line 1"]
    api_of("Sofia").put(f"{V1}/conversations/{group}/silence")
    page = client_of("Sofia").get("/conversations/missed").text
    assert "Quiet group</bdi></a></h2>" not in page
    assert page.index("You were called") < page.index("Line 0")
    api_of("Sofia").put(f"{V1}/conversations/{talk}/read-state", json={"seq": 6})
    assert "You have read everything" in client_of("Sofia").get("/conversations/missed").text
    assert api_of("Eleni").get(f"{V1}/conversations/missed").json["items"] == []


def test_catching_up_and_finding_ask_few_questions(client_of, api_of, talk, queries):
    for number in range(12):
        say(api_of("Eleni"), talk, f"Pump {number}")
    sofia = client_of("Sofia")
    for address in ("/conversations/missed", "/conversations/search?q=pump"):
        sofia.get(address)
        with queries() as sent:
            sofia.get(address)
        assert len(sent) <= 8, (address, sent.sent)


def test_whoever_is_called_like_nobody_is_told_so(api_of, client_of, cast, talk):
    say(api_of("Eleni"), talk, "The pump is broken")
    page = client_of("Eleni")

    def told(q):
        return page.get("/conversations/search", query_string={"q": q}).text

    assert "Nobody here is called “zzzq”." in told("from:zzzq pump")
    assert "No unit here is called “zzzq”." in told("unit:zzzq")
    for known in ("from:Sofia pump", "from:me", "from:Eleni pump", "unit:parks xylophagou"):
        assert "here is called “" not in told(known), known
