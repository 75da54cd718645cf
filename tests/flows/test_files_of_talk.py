"""An address of a file in a message: below it stands the file as it is now, for those alone who may read it."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from collab.core.package import HOLDS
from collab.flows import file_cards
from tests.decisions.voting import drafted
from tests.files.sending import item_of, sent

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_the_place_of_every_kind_of_file_is_known():
    assert set(file_cards.STANDS_ON) == set(HOLDS)


def say(client, talk, text, **more):
    body = {"text": text, "nonce": f"n-{abs(hash(text))}"} | more
    said = client.post(f"{V1}/conversations/{talk}/messages", json=body)
    assert said.status_code == 201, said.text
    return said.json["id"]


@pytest.fixture
def talk(api_of, cast):
    """A group of Eleni of Parks, Sofia of Legal, who sees no item of Parks, and Giorgos of Parks, who reads Greek."""
    form = {"title": "Storm", "members": [cast.Sofia, cast.Giorgos]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


@pytest.fixture
def ref(api_of, cast):
    return item_of(api_of("Eleni"), cast.PARKS)


@pytest.fixture
def plan(api_of, ref):
    """A file of an item of Parks."""
    return sent(api_of("Eleni"), f"{V1}/work-items/{ref}/files", b"one", "plan.txt").json["items"][0]


def cards(client, talk):
    """The cards of files in a talk: address, name, and all that is said, as a reader reads it."""
    page = client.get(f"/conversations/{talk}").text
    found = re.findall(r'<div class="message-card message-card-file".*?</div>', page, re.S)
    return [
        (
            re.search(r'class="message-card-title" href="([^"]+)"', card)[1],
            " ".join(re.sub(r"<[^>]+>", " ", card).split()),
        )
        for card in found
    ]


def test_a_file_that_is_named_by_its_address_stands_below_the_message_for_those_who_may_read_it(
    app, api_of, client_of, talk, ref, plan
):
    say(api_of("Eleni"), talk, f"As drawn: {app.config['COLLAB_ORIGINS'][0]}/files/{plan['id']}/versions.")
    page = client_of("Eleni").get(f"/conversations/{talk}").text
    [(href, said)] = cards(client_of("Eleni"), talk)
    assert href == f"/files/{plan['id']}/versions"
    assert re.fullmatch(rf"plan\.txt version 1 · 3 bytes Eleni Markou · .+ · {ref} Felling permit", said), said
    assert f'<a class="link" href="/work-items/{ref}"' in page
    assert "#file-text" in page
    assert "αρχείο" in client_of("Giorgos").get(f"/conversations/{talk}").text.lower()
    assert "έκδοση 1" in cards(client_of("Giorgos"), talk)[0][1]
    stranger = client_of("Sofia").get(f"/conversations/{talk}").text
    assert f"/files/{plan['id']}/versions" in stranger, "the address that was written"
    assert [word for word in ("message-card", "plan.txt", "Felling", ref, "work-item:") if word in stranger] == []


def test_the_card_shows_the_newest_version_and_goes_with_the_file(api_of, client_of, talk, ref, plan):
    eleni = api_of("Eleni")
    say(eleni, talk, f"Look at [the plan](/files/{plan['id']}/versions)")
    newer = sent(api_of("Giorgos"), f"{V1}/work-items/{ref}/files", b"seven", "plan.txt").json["items"][0]
    page = client_of("Eleni").get(f"/conversations/{talk}").text
    item = eleni.get(f"{V1}/work-items/{ref}").json["id"]
    assert f"work-item:{item}" in re.search(r'id="talk-messages"[^>]*data-live="([^"]+)"', page)[1]
    assert f'data-shows="work-item:{item}"' in page
    [(href, said)] = cards(client_of("Eleni"), talk)
    assert href == f"/files/{newer['id']}/versions"
    assert said.startswith("plan.txt version 2 · 5 bytes Giorgos"), said
    say(eleni, talk, f"/files/{plan['id']} and /files/{newer['id']}/content are one")
    assert [href for href, _said in cards(client_of("Eleni"), talk)] == [f"/files/{newer['id']}/versions"] * 2
    for file in (newer, plan):
        assert api_of("Nikos").delete(f"{V1}/files/{file['id']}").status_code == 204
    assert cards(client_of("Eleni"), talk) == []


def test_a_card_goes_once_the_item_is_for_named_people_only(api_of, client_of, talk, ref, plan):
    say(api_of("Eleni"), talk, f"/files/{plan['id']}/versions")
    assert len(cards(client_of("Giorgos"), talk)) == 1
    api_of("Eleni").patch(f"{V1}/work-items/{ref}", json={"reach": "named"})
    assert (cards(client_of("Giorgos"), talk), len(cards(client_of("Eleni"), talk))) == ([], 1)


def test_the_file_of_a_message_leads_to_what_was_said_and_a_draft_has_no_card(api_of, client_of, talk, cast):
    eleni = api_of("Eleni")
    file = sent(eleni, f"{V1}/files", b"a map", "map.txt").json["items"][0]["id"]
    say(eleni, talk, f"Not said yet: /files/{file}/versions")
    assert cards(client_of("Eleni"), talk) == []
    form = {"title": "Two", "members": [cast.Sofia]}
    other = eleni.post(f"{V1}/conversations", json=form).json["id"]
    message = say(eleni, other, "The map", files=[file])
    page = client_of("Sofia").get(f"/conversations/{talk}").text
    [(_href, said)] = cards(client_of("Sofia"), talk)
    assert said.endswith("What Eleni Markou said"), said
    assert f'href="/messages/{message}/place"' in page
    assert f'data-shows="message:{message}"' in page
    assert cards(client_of("Giorgos"), talk) == [], "he does not read the other talk"
    eleni.delete(f"{V1}/messages/{message}")
    assert cards(client_of("Sofia"), talk) == []


def test_the_certificate_of_a_skill_leads_to_the_skill(api_of, client_of, talk, cast):
    skill = api_of("Kostas").post(f"{V1}/skills", json={"name": "Tree felling"}).json["id"]
    held = api_of("Eleni").post(f"{V1}/people/{cast.Eleni}/skills", json={"skill_id": skill, "level": 2}).json["id"]
    at = f"{V1}/person-skills/{held}/files"
    file = sent(api_of("Eleni"), at, b"proof", "proof.txt").json["items"][0]["id"]
    say(api_of("Eleni"), talk, f"/files/{file}/versions")
    [(_href, said)] = cards(client_of("Eleni"), talk)
    assert said.endswith("Tree felling"), said
    assert f'href="/person-skills/{held}"' in client_of("Eleni").get(f"/conversations/{talk}").text
    assert cards(client_of("Giorgos"), talk) == []


def test_files_cost_one_statement_however_many_and_none_where_none_is_named(
    api_of, client_of, talk, ref, plan, queries
):
    eleni, page = api_of("Eleni"), client_of("Eleni")

    def asked():
        page.get(f"/conversations/{talk}")
        with queries() as sent_down:
            page.get(f"/conversations/{talk}")
        return len(sent_down)

    say(eleni, talk, "Nothing is named here, and /files/ is no file")
    none = asked()
    say(eleni, talk, f"/files/{plan['id']}/versions")
    assert asked() == none + 1
    for number in range(4):
        made = sent(eleni, f"{V1}/work-items/{ref}/files", b"x%d" % number, f"{number}.txt").json["items"][0]
        say(eleni, talk, f"/files/{made['id']}/versions and again /files/{plan['id']}")
    assert asked() == none + 1
    assert len(cards(page, talk)) == 9


def test_of_a_thousand_addresses_few_are_looked_up_and_six_are_shown(api_of, client_of, talk, ref, plan, queries):
    eleni, page = api_of("Eleni"), client_of("Eleni")
    made = [
        sent(eleni, f"{V1}/work-items/{ref}/files", b"x%d" % number, f"{number}.txt").json["items"][0]["id"]
        for number in range(8)
    ]
    many = " ".join(f"/files/{number}" for number in [*made, *range(10**9, 10**9 + 1000)])
    say(eleni, talk, f"{ref} {many} /files/{plan['id']}")
    with queries() as asked:
        shown = page.get(f"/conversations/{talk}").text
    [statement] = [one for one in asked.sent if "stored_file" in one and "asked" in one]
    assert len(re.findall(r"%\(id_\d+_\d+\)s", statement)) == 40
    assert len(re.findall(r'class="message-card[ "]', shown)) == 6
    assert f'class="message-card" href="/work-items/{ref}"' in shown, "what is named first comes first"


@pytest.mark.parametrize(
    "text",
    [
        "https://elsewhere.example/files/{id}/versions", "{origin}.example/files/{id}", "/files/{id}/previews/1",
        "/files/{id}.txt", "/x/files/{id}", "{origin}/api/v1/files/{id}", "//files/{id}", "/files/0{id}",
        "/files/{id}/versionsx", "/files/99999999999999999999", "x/files/{id}", "/files/-{id}",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_file_of_ours_shows_none(app, api_of, client_of, talk, plan, text):
    say(api_of("Eleni"), talk, text.format(id=plan["id"], origin=app.config["COLLAB_ORIGINS"][0]))
    assert cards(client_of("Eleni"), talk) == []


@pytest.mark.parametrize(
    "text", ["<{origin}/files/{id}>", "[here]({origin}/files/{id}#x)", "سند:\u200f /files/{id}؟", "(/files/{id})"]
)
def test_however_the_address_stands_there_it_is_known(app, api_of, client_of, talk, plan, text):
    say(api_of("Eleni"), talk, text.format(id=plan["id"], origin=app.config["COLLAB_ORIGINS"][0]))
    assert len(cards(client_of("Eleni"), talk)) == 1


def test_a_preview_shows_it_to_its_writer_and_the_api_gives_it_as_it_gives_other_cards(api_of, client_of, plan, ref):
    text = f"/files/{plan['id']}/versions"
    seen = client_of("Eleni").post("/messages/preview", data={"text": text}, headers=PART).text
    assert "plan.txt" in seen
    told = api_of("Eleni").post(f"{V1}/messages/preview", json={"text": text}).json["cards"]
    assert told == [{"reference": "", "title": "plan.txt", "href": text}]
    assert api_of("Sofia").post(f"{V1}/messages/preview", json={"text": text}).json["cards"] == []


def test_nothing_of_a_file_goes_into_search_or_a_copy(app, api_of, client_of, talk, plan):
    """What stands elsewhere is the text of the message, never what its cards say."""
    from collab.messaging.taking_away import jobs

    sofia, eleni = api_of("Sofia"), api_of("Eleni")
    message = say(api_of("Eleni"), talk, f"Look: /files/{plan['id']}/versions")
    assert "plan.txt" not in client_of("Sofia").get(f"/messages/{message}").text
    assert "plan.txt" not in client_of("Sofia").get(f"/messages/{message}/thread").text
    assert "plan.txt" not in sofia.get(f"{V1}/conversations/{talk}/messages").text
    assert "plan.txt" not in client_of("Sofia").get("/conversations").text
    found = sofia.get(f"{V1}/messages?q=plan.txt")
    assert (found.status_code, found.json["items"]) == (200, [])
    copy = eleni.post(f"{V1}/conversations/{talk}/copies").json["id"]
    with app.app_context():
        jobs.make(copy)
    answer = eleni.get(f"{V1}/conversation-copies/{copy}/content")
    with ZipFile(BytesIO(answer.data)) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    answer.close()
    assert (f"/files/{plan['id']}".encode() in inside, b"plan.txt" in inside) == (True, False)


def test_the_page_of_a_file_gives_its_address(client_of, plan):
    for headers in ({}, PART):
        page = client_of("Eleni").get(f"/files/{plan['id']}/versions", headers=headers).text
        assert re.search(rf'href="/files/{plan["id"]}/versions" data-copy-link>.*?Link to the file', page, re.S)


def test_evidence_of_a_decision_is_called_by_it_and_leads_to_where_it_stands(app, api_of, client_of, talk, cast):
    options = [{"title": "Plane trees"}, {"title": "Bitter oranges"}]
    made = drafted(api_of("Nikos"), cast.PARKS, preset="one", reach="all", options=options)
    address = f"/decisions/{made['reference']}/evidence"
    place = f"{address}?option={made['options'][1]['id']}"
    for number, where in enumerate((address, place)):
        file = sent(api_of("Nikos"), f"{V1}{where}", b"x", f"offer-{number}.txt").json["items"][0]
        say(api_of("Eleni"), talk, f"See {app.config['COLLAB_ORIGINS'][0]}/files/{file['id']}")
    page = client_of("Eleni").get(f"/conversations/{talk}").text
    for where, (_href, said) in zip((address, place), cards(client_of("Eleni"), talk), strict=True):
        assert made["reference"] in said
        assert f'<a class="link" href="{where}"' in page
    assert "decision-option:" not in page
