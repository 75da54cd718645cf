"""A message that is nothing but files is called by their names wherever it is shown in short."""

import re
from html import unescape

import pytest

from tests.files.sending import sent

V1 = "/api/v1"
NAMES = "plan_2026.txt, north side.txt"


@pytest.fixture
def talk(api_of, cast):
    form = {"title": "Storm", "members": [cast.Sofia]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def say(client, talk, **body):
    answer = client.post(f"{V1}/conversations/{talk}/messages", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


@pytest.fixture
def sent_files(api_of, talk):
    """Two files and no word, said by Eleni."""
    eleni = api_of("Eleni")
    files = [
        sent(eleni, f"{V1}/files", b"%d" % place, name).json["items"][0]["id"]
        for place, name in enumerate(NAMES.split(", "))
    ]
    return say(eleni, talk, nonce="n-files", files=files)


def made_of(message, kind):
    return f"/messages/{message}/work/new?kind={kind}"


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", unescape(answer.text))


def test_it_is_quoted_pinned_and_missed_by_the_names_of_its_files(client_of, api_of, talk, sent_files):
    sofia = client_of("Sofia")
    missed = shown(sofia, "/conversations/missed")
    assert f'<span class="hit-text" dir="auto">{NAMES}</span>' in missed
    assert NAMES in shown(sofia, f"/messages/{sent_files}/forwarding/new")
    assert api_of("Sofia").put(f"{V1}/messages/{sent_files}/pin").status_code < 300
    assert NAMES in shown(sofia, f"/conversations/{talk}/about")
    say(api_of("Sofia"), talk, text="Thank you", nonce="n-thanks", reply_to=sent_files)
    assert NAMES in shown(sofia, f"/conversations/{talk}/messages"), "in the quote above the answer"


def test_what_is_made_of_it_is_called_by_the_names_of_its_files(client_of, sent_files):
    sofia = client_of("Sofia")
    for kind in ("task", "pending", "answer"):
        form = shown(sofia, made_of(sent_files, kind))
        assert (f'value="{NAMES}"' in form, f"> {NAMES}" in form) == (True, True), kind
        [body] = re.findall(r"<textarea[^>]*>(.*?)</textarea>", sofia.get(made_of(sent_files, kind)).text, re.DOTALL)
        [first, second] = re.findall(r"/files/\d+/versions", body)
        assert f"- [plan\\_2026.txt]({first})\n- [north side.txt]({second})" in unescape(body), kind
        assert (sofia.get(first).status_code, client_of("Leila").get(second).status_code) == (200, 404)
    assert f'value="{NAMES}"' in shown(sofia, f"/messages/{sent_files}/decisions/new")


def test_a_name_that_is_too_long_is_cut_and_words_need_no_files():
    from collab.messaging.mentions import excerpt

    assert excerpt("", 10, ["a" * 20]) == "a" * 9 + "…"
    assert excerpt("*Look*", 10, ["plan.txt"]) == "Look"


WITHOUT = {
    "Eleni": "The file was removed.",
    "Nikos": "Το αρχείο αφαιρέθηκε.",
    "Shirin": "پرونده برداشته شد.",
}


def test_one_whose_files_were_removed_says_so_where_it_stands_and_where_it_is_quoted(api_of, client_of, cast):
    eleni = api_of("Eleni")
    talk = eleni.post(f"{V1}/conversations", json={"title": "Storm", "members": [cast.Nikos, cast.Shirin]}).json["id"]
    files = [sent(eleni, f"{V1}/files", name.encode(), name).json["items"][0]["id"] for name in ("a.txt", "b.txt")]
    said = say(eleni, talk, nonce="n-files", files=files)
    say(api_of("Nikos"), talk, text="Thank you", nonce="n-thanks", reply_to=said)
    for left, file in enumerate(files):
        assert all(shown(client_of(name), f"/conversations/{talk}").count(WITHOUT[name]) == 0 for name in WITHOUT), left
        assert eleni.delete(f"{V1}/files/{file}").status_code == 204
    for name, words in WITHOUT.items():
        page = shown(client_of(name), f"/conversations/{talk}")
        assert f'<p class="muted">{words}</p>' in page, name
        assert f"<bdi>{words}</bdi>" in page, name
