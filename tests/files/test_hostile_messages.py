"""Files of messages: what lies about its type comes into no talk; pictures and pages are drawn for its readers."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.cast import Cast
from tests.clients import Client
from tests.files.sending import sent
from tests.files.test_hostile import HTML, REFUSED
from tests.files.test_previews import jpeg, looked, pdf

V1 = "/api/v1"
Of = Callable[[str], Client]


@pytest.fixture
def talk(api_of: Of, cast: Cast) -> str:
    """A group of Eleni and Sofia."""
    made = api_of("Eleni").post(f"{V1}/conversations", json={"title": "Storm", "members": [cast.Sofia]})
    return f"/conversations/{made.json['id']}"


def test_what_lies_about_its_type_comes_into_no_talk(api_of: Of, client_of: Of, talk: str) -> None:
    eleni, page = api_of("Eleni"), client_of("Eleni")
    for what, name, make in REFUSED:
        refused = sent(eleni, f"{V1}/files", make(), name, mimetype="image/png")
        assert (refused.status_code, bool(refused.json["detail"])) == (422, True), what
        browser = sent(page, "/files", make(), name, mimetype="image/png", headers={"HX-Request-Type": "partial"})
        assert (browser.status_code, browser.content_type.split(";")[0]) == (422, "text/plain"), what
    for number in (1, 999_999):
        answer = eleni.post(f"{V1}{talk}/messages", json={"text": "Look", "nonce": f"n-{number}", "files": [number]})
        assert answer.status_code == 422
    assert eleni.get(f"{V1}{talk}/messages").json["items"] == []


def test_a_page_sent_as_a_picture_hangs_as_something_to_save(api_of: Of, client_of: Of, talk: str) -> None:
    eleni = api_of("Eleni")
    file = sent(eleni, f"{V1}/files", HTML, "page.html", mimetype="image/png").json["items"][0]
    eleni.post(f"{V1}{talk}/messages", json={"nonce": "n-1", "files": [file["id"]]})
    got = client_of("Sofia").get(api_of("Sofia").get(f"{V1}{talk}/messages").json["items"][0]["files"][0]["content"])
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert not got.content_type.startswith(("image/", "text/html"))
    assert "<img" not in client_of("Sofia").get(talk).text.split('class="message-files"')[1].split("</div>")[0]


@pytest.mark.parametrize(("name", "make", "pages"), [("trunk.jpg", jpeg, 1), ("plan.pdf", pdf, 5)])
def test_a_picture_and_a_document_are_seen_in_the_message_by_its_readers_alone(
    app: Flask, api_of: Of, client_of: Of, talk: str, name: str, make: Callable[[], bytes], pages: int
) -> None:
    eleni = api_of("Eleni")
    file = sent(eleni, f"{V1}/files", make(), name).json["items"][0]["id"]
    eleni.post(f"{V1}{talk}/messages", json={"text": "Look", "nonce": "n-1", "files": [file]})
    assert "<img" not in client_of("Sofia").get(talk).text.split('class="message-files"')[1].split("</div>")[0]
    assert looked(app) == 1
    [(address, room)] = re.findall(r'<img src="(/files/[^"]+)" alt="([^>]*)loading', client_of("Sofia").get(talk).text)
    # A picture is one, 256 pixels high and whole, in room that is kept for it; of a document there is a small one.
    assert room == ('trunk.jpg" width="64" height="256" ' if name == "trunk.jpg" else '" ')
    assert client_of("Sofia").get(address).content_type == "image/webp"
    assert client_of("Dimitra").get(address).status_code == 404
    assert api_of("Sofia").get(f"{V1}{talk}/messages").json["items"][0]["files"][0]["previews"] == pages
