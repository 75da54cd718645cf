"""Files on an item: added, read, versioned, removed; nobody reads what they may not see, nothing is doubled."""

import hashlib
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from collab.files.receiving import store
from collab.files.sweeps import sweep_strays, sweep_unneeded
from tests.cast import Cast
from tests.clients import Client
from tests.files.sending import item_of, listed, sent

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture
def eleni(api_of: Callable[[str], Client]) -> Client:
    return api_of("Eleni")


@pytest.fixture
def ref(eleni: Client, cast: Cast) -> str:
    return item_of(eleni, cast.PARKS)


def test_a_file_is_added_and_comes_back_byte_by_byte(eleni: Client, ref: str) -> None:
    answer = sent(eleni, f"/api/v1/work-items/{ref}/files", b"Plane tree, 14 m", "δέντρα.txt")
    assert answer.status_code == 201
    file = answer.json["items"][0]
    assert (file["name"], file["version"], file["media_type"]) == ("δέντρα.txt", 1, "text/plain")
    got = eleni.get(file["content"])
    assert got.data == b"Plane tree, 14 m"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_history_tells_of_it(eleni: Client, ref: str) -> None:
    file = sent(eleni, f"/api/v1/work-items/{ref}/files", b"one", "plan.txt").json["items"][0]
    sent(eleni, f"/api/v1/work-items/{ref}/files", b"two", "plan.txt")
    eleni.delete(f"/api/v1/files/{file['id']}")
    told = [line["sentence"] for line in eleni.get(f"/api/v1/work-items/{ref}/history").json["items"]]
    assert told[:3] == [
        "Eleni Markou removed the file plan.txt",
        "Eleni Markou added version 2 of the file plan.txt",
        "Eleni Markou added the file plan.txt",
    ]


def test_whoever_does_not_see_the_item_finds_no_file(
    eleni: Client, api_of: Callable[[str], Client], client_of: Callable[[str | None], Client], cast: Cast
) -> None:
    ref = item_of(eleni, cast.PARKS, reach="named")
    file = sent(eleni, f"/api/v1/work-items/{ref}/files", PNG, "map.png").json["items"][0]
    for other in ("Leila", "Reza", "Nikos"):
        assert api_of(other).get(file["content"]).status_code == 404
        assert client_of(other).get(f"/files/{file['id']}").status_code == 404
        assert client_of(other).get(f"/files/{file['id']}/content").status_code == 404
    assert client_of(None).get(f"/files/{file['id']}").status_code == 303


def test_the_right_to_read_is_asked_at_each_reading(eleni: Client, api_of: Callable[[str], Client], ref: str) -> None:
    file = sent(eleni, f"/api/v1/work-items/{ref}/files", b"x", "a.txt").json["items"][0]
    giorgos = api_of("Giorgos")
    tag = giorgos.get(file["content"]).headers["ETag"]
    assert giorgos.get(file["content"], headers={"If-None-Match": tag}).status_code == 304
    eleni.patch(f"/api/v1/work-items/{ref}", json={"reach": "named"})
    assert giorgos.get(file["content"], headers={"If-None-Match": tag}).status_code == 404


def test_the_same_name_is_a_new_version_and_the_old_one_stays(eleni: Client, ref: str) -> None:
    first = sent(eleni, f"/api/v1/work-items/{ref}/files", b"one", "plan.txt").json["items"][0]
    second = sent(eleni, f"/api/v1/work-items/{ref}/files", b"two", "plan.txt").json["items"][0]
    assert [(each["id"], each["version"]) for each in listed(eleni, ref)] == [(second["id"], 2)]
    known = eleni.get(f"/api/v1/files/{second['id']}").json
    assert [each["version"] for each in known["all_versions"]] == [2, 1]
    assert eleni.get(first["content"]).data == b"one"
    eleni.delete(f"/api/v1/files/{second['id']}")
    assert [each["version"] for each in listed(eleni, ref)] == [1]


def test_an_upload_repeated_after_a_cut_is_one_file(eleni: Client, ref: str) -> None:
    address = f"/api/v1/work-items/{ref}/files"
    first = sent(eleni, address, b"one", "plan.txt", nonce="k-1").json["items"]
    sent(eleni, address, b"two", "plan.txt", nonce="k-2")
    again = sent(eleni, address, b"one", "plan.txt", nonce="k-1")
    assert again.status_code == 201
    assert len(listed(eleni, ref)) == 1
    assert listed(eleni, ref)[0]["version"] == 2
    assert first[0]["version"] == 1
    other = sent(eleni, address, b"three", "plan.txt", nonce="k-1")
    assert other.status_code == 409
    assert sent(eleni, address, b"one", "map.txt", nonce="k-1").status_code == 409, (
        "under another name it is another file"
    )
    assert [each["name"] for each in listed(eleni, ref)] == ["plan.txt"]
    keyed = {"Idempotency-Key": "key-9"}
    assert sent(eleni, address, b"four", "four.txt", headers=keyed).status_code == 201
    assert sent(eleni, address, b"four", "four.txt", headers=keyed).status_code == 201
    assert len(listed(eleni, ref)) == 2


def test_several_at_once_are_all_there_or_none(eleni: Client, ref: str) -> None:
    address = f"/api/v1/work-items/{ref}/files"
    good = {"file": [(BytesIO(b"a"), "a.txt"), (BytesIO(b"b"), "b.txt")]}
    assert len(eleni.post(address, data=good).json["items"]) == 2
    bad = {"file": [(BytesIO(b"c"), "c.txt"), (BytesIO(b"MZ\x00\x01"), "d.exe")]}
    answer = eleni.post(address, data=bad)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "file"
    assert "d.exe" in answer.json["errors"][0]["reason"]
    assert [each["name"] for each in listed(eleni, ref)] == ["a.txt", "b.txt"]


def test_a_giver_and_a_head_remove_and_a_colleague_does_not(
    eleni: Client, api_of: Callable[[str], Client], ref: str
) -> None:
    address = f"/api/v1/work-items/{ref}/files"
    mine, other = (sent(eleni, address, name.encode(), name).json["items"][0] for name in ("a.txt", "b.txt"))
    assert api_of("Giorgos").delete(f"/api/v1/files/{mine['id']}").status_code == 403
    assert api_of("Petros").delete(f"/api/v1/files/{mine['id']}").status_code == 404  # the head of another unit
    assert api_of("Nikos").delete(f"/api/v1/files/{mine['id']}").status_code == 204
    assert eleni.delete(f"/api/v1/files/{other['id']}").status_code == 204
    assert listed(eleni, ref) == []


def test_bytes_go_when_nothing_else_needs_them(app: Flask, eleni: Client, cast: Cast, ref: str) -> None:
    content = f"only here {time.monotonic_ns()}".encode()
    sha256 = hashlib.sha256(content).hexdigest()
    other = item_of(eleni, cast.PARKS)
    one = sent(eleni, f"/api/v1/work-items/{ref}/files", content, "a.txt").json["items"][0]
    two = sent(eleni, f"/api/v1/work-items/{other}/files", content, "b.txt").json["items"][0]
    eleni.delete(f"/api/v1/files/{one['id']}")
    with app.app_context():
        sweep_unneeded()
        assert store().has(sha256)
    eleni.delete(f"/api/v1/files/{two['id']}")
    with app.app_context():
        sweep_unneeded()
        assert not store().has(sha256)
    assert sent(eleni, f"/api/v1/work-items/{ref}/files", content, "c.txt").status_code == 201
    with app.app_context():
        assert store().has(sha256)


def test_a_content_no_row_knows_is_swept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        kept = store().keep([f"stray {time.monotonic_ns()}".encode()], 1_000)
        sweep_strays()
        assert store().has(kept.sha256)  # young: perhaps being written down right now
        monkeypatch.setattr("collab.files.sweeps.STRAY_LASTS", -10)
        sweep_strays()
        assert not store().has(kept.sha256)


def test_a_part_is_sent_when_a_part_is_asked_for(eleni: Client, ref: str) -> None:
    file = sent(eleni, f"/api/v1/work-items/{ref}/files", b"0123456789", "n.txt").json["items"][0]
    for asked, status, body, told in (
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=5-900", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=1-2,4-5", 200, b"0123456789", None),
        ("nonsense", 200, b"0123456789", None),
        ("bytes=4-2", 200, b"0123456789", None),
    ):
        got = eleni.get(file["content"], headers={"Range": asked})
        assert (got.status_code, got.data, got.headers.get("Content-Range")) == (status, body, told), asked
    stale = eleni.get(file["content"], headers={"Range": "bytes=2-4", "If-Range": '"other"'})
    assert (stale.status_code, stale.data) == (200, b"0123456789")
    assert eleni.head(file["content"]).headers["Content-Length"] == "10"


def test_all_files_come_as_one_archive(eleni: Client, client_of: Callable[[str], Client], ref: str) -> None:
    address = f"/api/v1/work-items/{ref}/files"
    for name, content in (("a.txt", b"one"), ("a.txt", b"two"), ("شهر.txt", b"three")):
        sent(eleni, address, content, name)
    got = client_of("Eleni").get(f"/work-items/{ref}/files/archive")
    assert got.headers["Content-Disposition"].startswith(f'attachment; filename="{ref}.zip"')
    with zipfile.ZipFile(BytesIO(got.data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.txt": b"two", "شهر.txt": b"three"}


def test_the_page_shows_its_files_in_twelve_queries_and_takes_more(
    client_of: Callable[[str], Client], eleni: Client, ref: str, queries: Any
) -> None:
    page = client_of("Eleni")
    answer = sent(page, f"/work-items/{ref}/files", b"bold words", "notes.txt")
    assert answer.status_code == 303
    page.get(f"/work-items/{ref}")
    with queries() as asked:
        html = page.get(f"/work-items/{ref}").get_data(as_text=True)
    assert len(asked) <= 12
    assert "notes.txt" in html
    assert "Download" in html
    refused = sent(page, f"/work-items/{ref}/files", b"MZ\x00\x01", "run.exe")
    assert refused.status_code == 422
    assert "run.exe is a program" in refused.get_data(as_text=True)
    part = sent(page, f"/work-items/{ref}/files", b"", "empty.txt", headers={"HX-Request-Type": "partial"})
    assert (part.status_code, part.get_data(as_text=True)) == (422, "empty.txt is empty.")
    versions = page.get(f"/files/{listed(eleni, ref)[0]['id']}/versions").get_data(as_text=True)
    assert "version 1" in versions


def test_how_many_files_there_are_stands_in_the_readers_digits(
    client_of: Callable[[str], Client], eleni: Client, ref: str
) -> None:
    count = '<span class="count">{}</span>'
    assert count.format("0") not in client_of("Eleni").get(f"/work-items/{ref}").text
    for name in ("a.txt", "b.txt"):
        sent(eleni, f"/api/v1/work-items/{ref}/files", b"x", name)
    assert count.format("2") in client_of("Eleni").get(f"/work-items/{ref}").text
    eleni.patch("/api/v1/me", json={"locale": "fa"})
    assert count.format("۲") in client_of("Eleni").get(f"/work-items/{ref}").text


def test_what_an_auditor_reads_is_written_down(eleni: Client, api_of: Callable[[str], Client], ref: str) -> None:
    file = sent(eleni, f"/api/v1/work-items/{ref}/files", b"x", "a.txt").json["items"][0]
    assert api_of("Reza").get(file["content"]).status_code == 200
    told = [line["sentence"] for line in eleni.get(f"/api/v1/work-items/{ref}/history").json["items"]]
    assert "Reza Karimi read it as auditor" in told


def test_the_quota_is_said_and_nothing_is_kept(app: Flask, eleni: Client, ref: str) -> None:
    app.config["FILES_MOST"] = 10
    try:
        answer = sent(eleni, f"/api/v1/work-items/{ref}/files", b"x" * 100, "a.txt")
    finally:
        app.config["FILES_MOST"] = None
    assert answer.status_code == 409
    assert "no room left" in answer.json["detail"]
    assert listed(eleni, ref) == []
