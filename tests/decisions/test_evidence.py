"""Evidence: files beside an option, or beside the question, by whoever may argue."""

import pytest

from tests.files.sending import sent

from .voting import NOW, drafted, opened

OPTIONS = [{"title": "Plane trees"}, {"title": "Bitter oranges"}]
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def made(api_of, cast):
    """A vote over two trees that Yannis prepares and everybody sees; it is in discussion."""
    made = drafted(api_of("Yannis"), cast.TECH, preset="one", reach="all", options=OPTIONS)
    assert api_of("Yannis").put(f"/api/v1/decisions/{made['reference']}/discussion").status_code == 200
    return made


def evidence(made, option=None):
    place = f"?option={made['options'][option]['id']}" if option is not None else ""
    return f"/api/v1/decisions/{made['reference']}/evidence{place}"


def listed(client, made):
    """Each file with the place of its option."""
    places = {one["id"]: at for at, one in enumerate(made["options"])}
    items = client.get(evidence(made)).get_json()["items"]
    return [(places.get(one["option"]), one["name"], one["version"]) for one in items]


def question(client, made):
    return client.get(f"/decisions/{made['reference']}?tab=question").text


def test_two_options_have_each_their_own_offer_beside_them(api_of, client_of, made):
    eleni, page = api_of("Eleni"), client_of("Giorgos")
    first = sent(eleni, evidence(made, 0), b"120 euros", "first.txt")
    assert (first.status_code, first.json["items"][0]["option"]) == (201, made["options"][0]["id"])
    address = evidence(made, 1).removeprefix("/api/v1")
    assert sent(page, address, b"90 euros", "offer.txt").status_code == 303
    assert listed(eleni, made) == [(0, "first.txt", 1), (1, "offer.txt", 1)]
    shown = question(client_of("Yannis"), made)
    one, other = (shown.index(f'id="option-{each["id"]}"') for each in made["options"])
    assert ("first.txt" in shown[one:other], "offer.txt" in shown[one:other]) == (True, False)
    assert ("first.txt" in shown[other:], "offer.txt" in shown[other:]) == (False, True)
    assert '<span class="count">۱</span>' in client_of("Leila").get(evidence(made, 0).removeprefix("/api/v1")).text
    assert "Eleni Markou" in client_of("Yannis").get(evidence(made, 0).removeprefix("/api/v1")).text
    assert "Τεκμήρια" in question(page, made)
    assert api_of("Leila").get(first.json["items"][0]["content"]).data == b"120 euros"


@pytest.mark.parametrize("preset", ["simple", "consent"])
def test_a_vote_without_options_has_it_beside_the_question(api_of, client_of, cast, preset):
    made = opened(api_of("Nikos"), cast.PARKS, preset=preset)
    assert sent(api_of("Eleni"), evidence(made), b"Shade", "study.txt").status_code == 201
    assert listed(api_of("Eleni"), made) == [(None, "study.txt", 1)]
    assert "study.txt" in question(client_of("Nikos"), made)
    wrong = sent(api_of("Eleni"), f"{evidence(made)}?option=1", b"Shade", "other.txt")
    assert (wrong.status_code, wrong.json["errors"][0]["field"]) == (422, "option")


def test_it_is_for_whoever_sees_the_decision_and_auditors_only_read(api_of, client_of, cast):
    made = drafted(api_of("Nikos"), cast.PARKS, preset="one", options=OPTIONS)
    eleni = api_of("Eleni")
    file = sent(eleni, evidence(made, 0), b"x", "offer.txt").json["items"][0]
    content = f"/api/v1/files/{file['id']}/content"
    stranger, auditor = api_of("Leila"), api_of("Reza")
    assert [stranger.get(each).status_code for each in (evidence(made), content)] == [404, 404]
    assert sent(stranger, evidence(made, 0), b"y", "mine.txt").status_code == 404
    place = evidence(made, 0).removeprefix("/api/v1")
    assert client_of("Leila").get(place).status_code == 404
    assert client_of("Nikos").get(place.split("=")[0] + "=999999").status_code == 404
    assert sent(auditor, evidence(made, 0), b"y", "mine.txt").status_code == 403
    assert auditor.get(content).status_code == 200
    told = [line["sentence"] for line in eleni.get(f"/api/v1/work-items/{made['reference']}/history").json["items"]]
    assert told.count("Reza Karimi read it as auditor") == 1
    assert "data-upload" not in client_of("Reza").get(place).text
    assert "Eleni Markou added the file offer.txt as evidence" in told
    assert listed(eleni, made) == [(0, "offer.txt", 1)]


def test_the_file_of_another_is_taken_away_by_whoever_runs_the_decision_alone(api_of, client_of, made):
    eleni, giorgos, yannis = api_of("Eleni"), api_of("Giorgos"), api_of("Yannis")
    files = [sent(eleni, evidence(made, 0), text, f"{text.decode()}.txt").json["items"][0] for text in (b"a", b"b")]
    assert giorgos.delete(f"/api/v1/files/{files[0]['id']}").status_code == 403
    place = evidence(made, 0).removeprefix("/api/v1")
    assert f'hx-delete="/files/{files[0]["id"]}"' not in client_of("Giorgos").get(place).text
    assert eleni.delete(f"/api/v1/files/{files[0]['id']}").status_code == 204
    assert f'hx-delete="/files/{files[1]["id"]}"' in client_of("Yannis").get(place).text
    assert yannis.delete(f"/api/v1/files/{files[1]['id']}").status_code == 204
    assert listed(eleni, made) == []
    told = [line["sentence"] for line in eleni.get(f"/api/v1/work-items/{made['reference']}/history").json["items"]]
    assert "Yannis Dellas took the file b.txt off the evidence" in told, told


def test_once_the_vote_is_closed_it_stands_as_it_was(api_of, client_of, cast, close):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS, preset="one", options=OPTIONS)
    file = sent(api_of("Eleni"), evidence(made, 0), b"x", "offer.txt").json["items"][0]
    place = evidence(made, 0).removeprefix("/api/v1")
    assert f'href="{place}"' in question(client_of("Eleni"), made)
    offered = client_of("Eleni").get(place).text
    assert ("data-upload" in offered, "hx-delete" in offered) == (True, True)
    close()
    late = sent(api_of("Eleni"), evidence(made, 0), b"y", "offer.txt")
    assert (late.status_code, late.json["type"].rsplit("/", 1)[-1]) == (409, "not-now")
    gone = api_of("Eleni").delete(f"/api/v1/files/{file['id']}")
    assert (gone.status_code, gone.json["type"].rsplit("/", 1)[-1]) == (409, "not-now")
    assert listed(nikos, made) == [(0, "offer.txt", 1)]
    shown = question(client_of("Eleni"), made)
    assert "offer.txt" in shown
    assert place not in shown
    assert "hx-delete" not in shown
    over = client_of("Eleni").get(place).text
    assert ("offer.txt" in over, "data-upload" in over, "hx-delete" in over) == (True, False, False)


def test_an_option_takes_its_files_along(app, api_of, made):
    yannis = api_of("Yannis")
    file = sent(yannis, evidence(made, 1), b"x", "offer.txt").json["items"][0]
    assert yannis.delete(f"/api/v1/decisions/{made['reference']}/options/{made['options'][1]['id']}").status_code == 204
    assert yannis.get(f"/api/v1/files/{file['id']}").status_code == 404
    assert listed(yannis, made) == []


def test_a_name_known_there_is_the_next_version_and_the_former_stays(api_of, client_of, made):
    eleni = api_of("Eleni")
    first = sent(eleni, evidence(made, 0), b"120", "offer.txt").json["items"][0]
    assert sent(eleni, evidence(made, 0), b"110", "offer.txt").json["items"][0]["version"] == 2
    assert listed(eleni, made) == [(0, "offer.txt", 2)]
    assert "version 2" in client_of("Eleni").get(evidence(made, 0).removeprefix("/api/v1")).text
    assert eleni.get(first["content"]).data == b"120"


def test_what_is_not_taken_is_said_beside_its_option_and_to_an_open_page_in_plain_words(client_of, made):
    page = client_of("Eleni")
    address = evidence(made, 1).removeprefix("/api/v1")
    refused = sent(page, address, b"", "empty.txt")
    assert refused.status_code == 422
    assert "empty.txt is empty." in refused.text
    assert "Bitter oranges" in refused.text
    part = sent(page, address, b"", "empty.txt", headers=PART)
    assert (part.status_code, part.text, part.mimetype) == (422, "empty.txt is empty.", "text/plain")
    assert sent(page, address, b"x", "full.txt", headers=PART).status_code == 204


def test_open_pages_and_cards_of_its_files_ask_again_when_it_comes_and_goes(api_of, made, tell, hinted):
    eleni = api_of("Eleni")
    for comes in (True, False):
        if comes:
            file = sent(eleni, evidence(made, 0), b"x", "offer.txt").json["items"][0]
        else:
            assert eleni.delete(f"/api/v1/files/{file['id']}").status_code == 204
        hinted.clear()
        tell()
        assert "work-item" in hinted, comes


def test_there_is_an_end_to_it(api_of, made, monkeypatch):
    monkeypatch.setattr("collab.decisions.commands.evidence.MOST", 1)
    assert sent(api_of("Eleni"), evidence(made, 0), b"x", "one.txt").status_code == 201
    full = sent(api_of("Eleni"), evidence(made, 1), b"y", "two.txt")
    assert (full.status_code, full.json["errors"][0]["field"]) == (422, "file")


def test_beside_an_option_stand_three_and_how_many_more_and_few_questions_are_asked(api_of, client_of, made, queries):
    eleni, page = api_of("Eleni"), client_of("Eleni")
    for place in (evidence(made), evidence(made, 0), evidence(made, 1)):
        for number in range(5):
            assert sent(eleni, place, b"%d" % number, f"offer-{number}.txt").status_code == 201
    question(page, made)
    with queries() as asked:
        shown = question(page, made)
    assert len(asked) <= 12, asked.sent
    assert (shown.count("offer-2.txt"), shown.count("offer-3.txt"), shown.count("2 more files…")) == (3, 0, 3)
    address = evidence(made, 1).removeprefix("/api/v1")
    page.get(address)
    with queries() as asked:
        assert page.get(address).text.count("offer-4.txt") > 0
    assert len(asked) <= 12, asked.sent
