"""Files in a talk: sent before the message, hung on it when it is said, gone with it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.cast import Cast
from tests.clients import Client
from tests.files.sending import item_of, sent


@pytest.fixture
def eleni(api_of: Callable[[str], Client]) -> Client:
    return api_of("Eleni")


@pytest.fixture
def talk(eleni: Client, cast: Cast) -> str:
    return f"/api/v1/work-items/{item_of(eleni, cast.PARKS)}/messages"


def laid_by(client: Client, content: bytes = b"Trunk, north side", name: str = "trunk.txt") -> int:
    return int(sent(client, "/api/v1/files", content, name).json["items"][0]["id"])


def test_a_message_carries_its_files_with_words_or_without(
    eleni: Client, talk: str, api_of: Callable[[str], Client]
) -> None:
    first, second = laid_by(eleni), laid_by(eleni, b"South side", "south.txt")
    assert eleni.post(talk, json={"text": "Both sides", "nonce": "n-1", "files": [first, second]}).status_code == 201
    assert eleni.post(talk, json={"nonce": "n-2", "files": [laid_by(eleni, b"x", "x.txt")]}).status_code == 201
    read = api_of("Giorgos").get(talk).json["items"]
    assert [[file["name"] for file in message["files"]] for message in read] == [["trunk.txt", "south.txt"], ["x.txt"]]
    assert api_of("Giorgos").get(read[0]["files"][0]["content"]).data == b"Trunk, north side"
    assert api_of("Leila").get(read[0]["files"][0]["content"]).status_code == 404


def test_until_it_is_said_a_file_is_its_senders_alone(
    eleni: Client, talk: str, api_of: Callable[[str], Client]
) -> None:
    file = laid_by(eleni)
    assert eleni.get(f"/api/v1/files/{file}").status_code == 200
    giorgos = api_of("Giorgos")
    assert giorgos.get(f"/api/v1/files/{file}").status_code == 404
    stolen = giorgos.post(talk, json={"text": "Mine", "nonce": "n-1", "files": [file]})
    assert stolen.status_code == 422
    assert giorgos.get(talk).json["items"] == []


def test_a_message_sent_again_is_one_with_its_files(eleni: Client, talk: str) -> None:
    body = {"text": "Once", "nonce": "n-1", "files": [laid_by(eleni)]}
    assert eleni.post(talk, json=body).json == eleni.post(talk, json=body).json
    assert [len(message["files"]) for message in eleni.get(talk).json["items"]] == [1]


def test_neither_words_nor_files_is_nothing(eleni: Client, talk: str) -> None:
    for body in ({"nonce": "n-1"}, {"text": " ", "nonce": "n-2"}, {"nonce": "n-3", "files": []}):
        assert eleni.post(talk, json=body).status_code == 422
    assert eleni.post(talk, json={"text": "x", "nonce": "n-4", "files": [True]}).status_code == 422
    assert eleni.post(talk, json={"text": "x", "nonce": "n-5", "files": list(range(1, 30))}).status_code == 422


def test_what_is_deleted_takes_its_files_along(eleni: Client, talk: str) -> None:
    file = laid_by(eleni)
    said = eleni.post(talk, json={"text": "Wrong one", "nonce": "n-1", "files": [file]}).json["id"]
    assert eleni.delete(f"/api/v1/messages/{said}").status_code == 204
    assert eleni.get(f"/api/v1/files/{file}").status_code == 404
    assert eleni.get(talk).json["items"][0]["files"] == []


def test_the_giver_takes_one_file_back(eleni: Client, talk: str, api_of: Callable[[str], Client]) -> None:
    file = laid_by(eleni)
    eleni.post(talk, json={"text": "Look", "nonce": "n-1", "files": [file]})
    assert api_of("Giorgos").delete(f"/api/v1/files/{file}").status_code == 403
    assert eleni.delete(f"/api/v1/files/{file}").status_code == 204
    assert eleni.get(talk).json["items"][0]["files"] == []


def test_the_page_shows_them_and_a_browser_sends_them(
    client_of: Callable[[str], Client], eleni: Client, talk: str
) -> None:
    page = client_of("Eleni")
    address = talk.removeprefix("/api/v1")
    answer = sent(page, "/files", b"From the page", "page.txt", headers={"HX-Request-Type": "partial"})
    assert answer.status_code == 201
    file = answer.json["files"][0]["id"]
    said = page.post(address, data={"text": "", "nonce": "n-1", "files[]": [str(file)]})
    assert said.status_code == 303
    assert "page.txt" in page.get(address.removesuffix("/messages")).get_data(as_text=True)


def test_two_of_one_name_sent_at_once_are_both_taken(api_of: Callable[[str], Client]) -> None:
    clients = [api_of("Eleni") for _number in range(4)]
    met = Barrier(len(clients))

    def send(numbered: tuple[int, Client]) -> int:
        number, client = numbered
        met.wait()
        return int(sent(client, "/api/v1/files", b"%d" % number, "image.txt").status_code)

    with ThreadPoolExecutor(len(clients)) as pool:
        assert list(pool.map(send, enumerate(clients))) == [201] * len(clients)


def test_a_file_sent_under_a_key_that_was_used_for_another_name_is_refused(eleni: Client) -> None:
    sent(eleni, "/api/v1/files", b"One", "one.txt", headers={"Idempotency-Key": "key-1"})
    again = sent(eleni, "/api/v1/files", b"One", "one.txt", headers={"Idempotency-Key": "key-1"})
    other = sent(eleni, "/api/v1/files", b"One", "two.txt", headers={"Idempotency-Key": "key-1"})
    assert (again.status_code, other.status_code) == (201, 409)
    assert again.json["items"][0]["name"] == "one.txt"
