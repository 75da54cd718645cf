"""A slip in a name after `from:` or `unit:` is forgiven in a search of conversations, and whom it meant is said."""

import re
from html import unescape

import pytest

V1 = "/api/v1"


@pytest.fixture
def talk(api_of, cast, directory):
    """A conversation in which Eleni and Sofia said something of a pine."""
    id_ = api_of("Eleni").post(f"{V1}/conversations", json={"title": "Storm", "members": [cast.Sofia]}).json["id"]
    for name, text in (("Eleni", "The pine at the school"), ("Sofia", "The pine and the law")):
        sent = api_of(name).post(f"{V1}/conversations/{id_}/messages", json={"text": text, "nonce": name})
        assert sent.status_code == 201
    return id_


@pytest.mark.parametrize("question", ["pine from:Sofai", "pine unit:Leagl", "pine from:Σοφία"])
def test_who_is_called_nearly_so_is_looked_for_and_named(api_of, client_of, talk, question):
    found = api_of("Eleni").get(f"{V1}/messages", query_string={"q": question}).json
    assert [one["text"] for one in found["items"]] == ["The pine and the law"]
    assert len(found["instead"]) == 1
    page = client_of("Eleni").get("/conversations/search", query_string={"q": question}).text
    assert "Nobody is called so" in page
    assert found["instead"][0] in page


def test_whoever_is_called_so_is_meant_and_nobody_else(api_of, client_of, talk):
    exact = api_of("Eleni").get(f"{V1}/messages", query_string={"q": "pine from:Sofia"}).json
    assert ([one["text"] for one in exact["items"]], exact["instead"]) == (["The pine and the law"], [])
    nobody = api_of("Eleni").get(f"{V1}/messages", query_string={"q": "pine from:Zebedee"}).json
    assert (nobody["items"], nobody["instead"]) == ([], [])
    assert api_of("Leila").get(f"{V1}/messages", query_string={"q": "pine from:Sofai"}).json["items"] == []


@pytest.mark.parametrize("question", ["pine in:Strom", "pine in:Storrm", 'pine σε:"stomr"'])
def test_the_conversation_called_nearly_so_is_looked_in_and_named(api_of, client_of, talk, question):
    found = api_of("Eleni").get(f"{V1}/messages", query_string={"q": question}).json
    assert (len(found["items"]), found["instead"]) == (2, ["Storm"])
    page = client_of("Eleni").get("/conversations/search", query_string={"q": question}).text
    assert "No conversation is called so. Searched was in: <bdi>Storm</bdi>" in page
    # Whoever does not take part is not told that there is one called so.
    leila = api_of("Leila").get(f"{V1}/messages", query_string={"q": question}).json
    assert (leila["items"], leila["instead"]) == ([], [])
    assert "Storm</bdi>" not in client_of("Leila").get("/conversations/search", query_string={"q": question}).text


def test_the_conversation_called_so_is_meant_and_none_beside_it(api_of, talk, cast):
    other = api_of("Eleni").post(f"{V1}/conversations", json={"title": "Strom", "members": [cast.Sofia]}).json["id"]
    api_of("Eleni").post(f"{V1}/conversations/{other}/messages", json={"text": "A pine", "nonce": "s"})
    found = api_of("Eleni").get(f"{V1}/messages", query_string={"q": "pine in:strom"}).json
    assert ([one["text"] for one in found["items"]], found["instead"]) == (["A pine"], [])


@pytest.mark.parametrize("nothing", ["\u200c", "\u0301", "\u200c\u200d", "!!!", "🙂", "aaaa"])
@pytest.mark.parametrize("mark", ["from", "unit", "in"])
def test_a_name_without_a_letter_that_counts_is_nobodys(api_of, talk, mark, nothing):
    found = api_of("Eleni").get(f"{V1}/messages", query_string={"q": f'pine {mark}:"{nothing}"'}).json
    assert (found["items"], found["instead"]) == ([], [])


def test_the_page_says_that_nothing_is_called_so_and_not_whether_others_have_one(client_of, api_of, talk):
    said = "No conversation that you may read is called “{}”."
    for name, called in (("Eleni", "zebedee"), ("Katerina", "Storm")):
        page = client_of(name).get("/conversations/search", query_string={"q": f"pine in:{called}"}).text
        assert said.format(called) in page
        assert "Searched was in" not in page
    for called in ("Storm", "Strom"):
        assert said.format(called) not in client_of("Eleni").get(f"/conversations/search?q=pine+in:{called}").text
    nowhere = client_of("Eleni").get("/conversations/search", query_string={"q": 'in:"<b>&"'}).text
    assert said.format("&lt;b&gt;&amp;") in nowhere


def test_programs_are_told_the_words_that_were_meant(api_of, talk):
    for question, words in (("pine shcool in:Storm", "pine school in:Storm"), ("pine", ""), ("zzgrmpf", "")):
        assert api_of("Eleni").get(f"{V1}/messages", query_string={"q": question}).json["meant"] == words
    assert api_of("Leila").get(f"{V1}/messages", query_string={"q": "shcool"}).json["meant"] == ""


def meant(client, question):
    page = client.get("/conversations/search", query_string={"q": question}).text
    found = re.search(r'Did you mean <a href="([^"]+)"><bdi>([^<]+)</bdi>', page)
    return (found[2], client.get("/conversations/search" + unescape(found[1])).text) if found else None


def test_words_with_a_slip_are_offered_as_they_were_meant_and_one_press_finds_them(api_of, client_of, talk):
    words, page = meant(client_of("Eleni"), "pine shcool from:Eleni")
    assert words == "pine school from:Eleni"
    assert "The pine at the school" in page
    assert meant(client_of("Eleni"), "pine zzgrmpf") is None
    assert meant(client_of("Eleni"), "pine before:2001-01-01") is None


def test_of_a_short_stem_no_more_is_forgiven_than_of_a_short_word(api_of, client_of, talk):
    sent = api_of("Eleni").post(f"{V1}/conversations/{talk}/messages", json={"text": "Take this one", "nonce": "o"})
    assert sent.status_code == 201
    assert meant(client_of("Eleni"), "openning") is None


def test_no_word_is_offered_from_what_one_may_not_read_or_what_is_gone(api_of, client_of, talk):
    assert meant(client_of("Leila"), "shcool") is None
    [school] = api_of("Eleni").get(f"{V1}/messages", query_string={"q": "school"}).json["items"]
    api_of("Eleni").delete(f"{V1}/messages/{school['id']}")
    assert meant(client_of("Eleni"), "shcool") is None
