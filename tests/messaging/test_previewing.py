"""What is shown while one writes is what will be said; and who is called stands there in the reader's own language."""

import re

import pytest

from collab.core.db import writing
from collab.people.organisation.parties import Naming, rename_parties
from tests.messaging.test_rendering import HOSTILE, harmless

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def shown(answer):
    """The words of the last message on a page, as HTML."""
    return re.findall(r'<div class="message-text prose prose-small"[^>]*>(.*?)</div>', answer.text, re.S)[-1]


@pytest.fixture
def named(app, cast):
    """Parks and the post of its head have names in three languages, Eleni in two."""
    names = {
        cast.PARKS: Naming("Parks", {"el": "Πράσινο", "fa": "فضای سبز"}, "PARKS"),
        cast.head_posts["PARKS"]: Naming("Head of Parks", {"el": "Προϊστάμενος Πρασίνου", "fa": "رئیس فضای سبز"}),
        cast.Eleni: Naming("Eleni Markou", {"fa": "النی مارکو"}),
    }
    with app.app_context(), writing() as session:
        rename_parties(session, list(names.items()))
    return names


@pytest.fixture
def talk(api_of, cast):
    form = {"title": "Storm", "members": [cast.Nikos, cast.Shirin]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def test_a_preview_shows_what_will_be_said_and_keeps_nothing(item, api_of, client_of, cast, talk, queries):
    page, api = client_of("Eleni"), api_of("Eleni")
    text = f"**Look** at PARKS-1, @[Niko](party:{cast.Nikos})\n\n- one\n- two\n\nسلام"
    composer = {"text": text, "nonce": "n-1", "reply_to": "", "files[]": "7"}  # all that stands in the composer
    page.post("/messages/preview", data=composer, headers=PART)
    with queries() as sent:
        seen = page.post("/messages/preview", data=composer, headers=PART)
    assert not [one for one in sent.sent if re.match(r"\s*(insert|update|delete)", one, re.I)], sent.sent
    assert "@Nikos Pappas" in seen.text
    assert "PARKS-1</span>" in seen.text  # its card
    assert 'href="/work-items/PARKS-1" class="reference"' in seen.text
    told = api.post(f"{V1}/messages/preview", json={"text": text}).json
    assert ([one["reference"] for one in told["cards"]], told["html"] in seen.text) == (["PARKS-1"], True)
    assert api.get(f"{V1}/conversations/{talk}/messages").json["items"] == []
    page.post(f"/conversations/{talk}/messages", data={"text": text, "nonce": "n-1"}, headers=PART)
    said = shown(page.get(f"/conversations/{talk}"))
    assert shown(seen) == said == told["html"]
    strange = client_of("Leila").post("/messages/preview", data={"text": "PARKS-1"}, headers=PART)
    assert (strange.status_code, "message-card" in strange.text, "<a" in strange.text) == (200, False, False)


@pytest.mark.parametrize("text", ["", "   ", "\0", "x" * 20_001], ids=["none", "blank", "nul", "long"])
def test_whatever_is_typed_a_preview_answers(client_of, api_of, text):
    page = client_of("Eleni").post("/messages/preview", data={"text": text}, headers=PART)
    assert page.status_code == 200
    assert ("shown here as it will be said" in page.text) != ("field-error" in page.text)
    assert api_of("Eleni").post(f"{V1}/messages/preview", json={"text": text}).status_code in (200, 422)


def test_a_flood_of_previews_is_held_back_with_the_time_to_wait(client_of, api_of, cast, at, monkeypatch):
    from collab.core import broker, clock
    from collab.messaging import previewing

    monkeypatch.setattr(previewing, "MOST", 3)
    at(clock.now())
    for key in broker.ask("keys", "collab:preview:*"):
        broker.ask("delete", key)
    page, api = client_of("Eleni"), api_of("Eleni")
    ask = [page.post("/messages/preview", data={"text": "Trees"}, headers=PART) for _each in range(4)]
    assert [one.status_code for one in ask] == [200, 200, 200, 429]
    assert 1 <= int(ask[-1].headers["Retry-After"]) <= 60
    assert "goes on in" in ask[-1].text
    over_api = api.post(f"{V1}/messages/preview", json={"text": "Trees"})
    assert (over_api.status_code, "goes on in" in over_api.json["detail"]) == (429, True)
    assert page.post("/messages/preview", data={"text": ""}, headers=PART).status_code == 200
    assert client_of("Nikos").post("/messages/preview", data={"text": "Trees"}, headers=PART).status_code == 200
    monkeypatch.setattr(broker, "ask", lambda *_words, **_more: None)
    assert page.post("/messages/preview", data={"text": "Trees"}, headers=PART).status_code == 200


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PARKS-1, TECHNICALSERVICESX12-7.", ["PARKS-1", "TECHNICALSERVICESX12-7"]),
        ("η ΠΡΆΣΙΝΟ-12 και η ΔΤΥ.Β-3", ["ΠΡΆΣΙΝΟ-12", "ΔΤΥ.Β-3"]),
        ("کار پارک-۲۱۴ و PARKS-۷", ["پارک-214", "PARKS-7"]),
        ("covid-19, Page-3, 2026-11, x/PARKS-1, PARKS-01, PARKS-0, A-PARKS-1, PARKS-1-2", []),
        ("1A-5 " * 3, ["1A-5"]),
        (" ".join(f"P{n}-1" for n in range(500)), [f"P{n}-1" for n in range(40)]),
    ],
    ids=["latin", "greek", "persian", "none", "once", "many"],
)
def test_references_of_every_script_are_known_as_they_are_stored(text, found):
    from collab.messaging.cards import named_by

    assert named_by(text) == found


def test_a_reference_in_greek_or_persian_becomes_a_card(item, client_of, app):
    from collab.work.models import WorkItem

    for reference, said in (("ΠΡΑΣΙΝΟ-12", "η ΠΡΑΣΙΝΟ-12"), ("پارک-214", "کار پارک-۲۱۴")):
        with app.app_context(), writing() as session:
            session.get_one(WorkItem, item).reference = reference
        seen = client_of("Eleni").post("/messages/preview", data={"text": said}, headers=PART).text
        assert f"{reference}</span>" in seen


def test_nothing_hostile_comes_alive_in_a_preview(api_of):
    for text in HOSTILE:
        harmless(api_of("Eleni").post(f"{V1}/messages/preview", json={"text": text}).json["html"])


def test_whoever_is_called_stands_there_in_the_language_of_whoever_reads(named, api_of, client_of, cast, talk, queries):
    head = cast.head_posts["PARKS"]
    text = f"Ask @[Parks](party:{cast.PARKS}), @[x](party:{head}) and @[Eleni Markou](party:{cast.Eleni})"
    where = f"{V1}/conversations/{talk}/messages"
    first = api_of("Nikos").post(where, json={"text": text, "nonce": "n-1"}).json["id"]
    api_of("Eleni").post(where, json={"text": "They know", "nonce": "n-2", "reply_to": first})
    words = {
        "Eleni": ("@Parks", "@Head of Parks", "@Eleni Markou"),
        "Nikos": ("@Πράσινο", "@Προϊστάμενος Πρασίνου", "@Eleni Markou"),
        "Shirin": ("@فضای سبز", "@رئیس فضای سبز", "@النی مارکو"),
    }
    for name, called in words.items():
        page = client_of(name).get(f"/conversations/{talk}")
        said = re.findall(r'<div class="message-text prose prose-small"[^>]*>(.*?)</div>', page.text, re.S)[0]
        assert tuple(re.findall(r'class="mention[^>]*>([^<]+)</a>', said)) == called, name
        quote = re.search(r'class="message-quote".*?</a>', page.text, re.S)[0]
        assert called[0] in quote, name
        [root, _answer] = api_of(name).get(where).json["items"]
        assert root["called"] == sorted([cast.PARKS, head, cast.Eleni])
        assert f"@[{called[0][1:]}](party:{cast.PARKS})" in root["text"]
    # Whoever changes it finds the words they read; kept is the name of the organisation's own language.
    assert "@[Πράσινο](party:" in client_of("Nikos").get(f"/messages/{first}/text").text
    changed = api_of("Nikos").patch(f"{V1}/messages/{first}", json={"text": f"@[Πράσινο](party:{cast.PARKS}) only"})
    assert changed.status_code == 200
    assert "@Parks only" in re.sub(r"<[^>]+>", "", shown(client_of("Eleni").get(f"/messages/{first}")))
    former = client_of("Shirin").get(f"/messages/{first}/versions").text
    assert former.count("@فضای سبز") == 2
    for name, called in words.items():
        [before] = api_of(name).get(f"{V1}/messages/{first}/versions").json["items"]
        assert [f"@{one}" for one in re.findall(r"@\[([^\]]+)\]", before["text"])] == list(called), name
    page = client_of("Eleni")
    page.get(f"/conversations/{talk}")
    with queries() as sent:
        page.get(f"/conversations/{talk}")
    assert len(sent) <= 8


def quotes(page):
    return re.findall(r'class="message-quote".*?<bdi[^>]*>([^<]*)</bdi>\s*</a>', page.text, re.S)


def test_a_quote_is_cut_where_it_is_read_and_not_where_it_is_written(named, api_of, client_of, cast, talk):
    """Seven who are called, a notice in bold and a long address take room of which nothing is shown."""
    where = f"{V1}/conversations/{talk}/messages"
    far = f"https://example.org/{'a' * 600}"
    texts = {
        f"@[x](party:{cast.PARKS}) " * 7 + "all seven": "@Parks " * 7 + "all seven",
        f"**{'Attention all. ' * 15}Now.**": ("Attention all. " * 15)[:139].rstrip() + "…",
        f"See [the plan]({far}) before noon": "See the plan before noon",
    }
    for place, text in enumerate(texts):
        said = api_of("Nikos").post(where, json={"text": text, "nonce": f"q-{place}"}).json["id"]
        api_of("Eleni").post(where, json={"text": "Yes", "nonce": f"a-{place}", "reply_to": said})
    page = client_of("Eleni").get(f"/conversations/{talk}")
    assert [text.strip("\u200e") for text in quotes(page)] == list(texts.values())


def test_what_waits_to_be_sent_names_whom_it_calls_as_the_talk_will(named, api_of, client_of, cast, talk):
    words = {"Nikos": "Πράσινο", "Shirin": "فضای سبز"}
    for name, parks in words.items():
        later = {"text": f"Ask @[Parks](party:{cast.PARKS}) of *it*", "when": "hour"}
        assert api_of(name).post(f"{V1}/conversations/{talk}/later", json=later).status_code == 201
        page = re.search(r'<p class="later-text"[^>]*>([^<]*)</p>', client_of(name).get("/conversations/later").text)[1]
        assert page.strip("\u200e") == f"Ask @{parks} of it"
        [waits] = api_of(name).get(f"{V1}/later-messages").json["items"]
        assert waits["text"] == f"Ask @[{parks}](party:{cast.PARKS}) of *it*"
