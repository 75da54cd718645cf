"""Forty files nobody should send: each is refused with a sentence, or taken as what it is and handed out harmless."""

import gzip
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.clients import Client
from tests.core.files.test_taking import archive, claiming, claiming_64, linked, lying, overlapping
from tests.files.sending import item_of, listed, sent

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 60
PDF = b"%PDF-1.7\n1 0 obj\n<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>\nendobj\n"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HTML = b"<!doctype html><script>fetch('/profile')</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def bomb() -> bytes:
    return archive([("bomb.txt", b"0" * 60_000_000)])


def nested() -> bytes:
    return archive([(f"{number}.zip", archive([("x", b"0" * 1_000_000)])) for number in range(3)])


REFUSED: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("a zip bomb", "bomb.zip", bomb),
    ("a bomb that calls itself a document", "report.docx", bomb),
    ("entries over one another", "over.zip", overlapping),
    ("a directory that lies about sizes", "lies.zip", lying),
    ("ten thousand entries claimed", "many.zip", lambda: claiming(60_000, 46)),
    ("a directory of four gigabytes", "dir.zip", lambda: claiming(1, 0xFFFFFFF0)),
    ("more entries than numbers", "64.zip", lambda: claiming_64(2**40, 100)),
    ("a link out of the folder", "link.zip", linked),
    ("a name above the folder", "up.zip", lambda: archive([("../../etc/cron.d/x", b"x")])),
    ("a name from the root", "root.zip", lambda: archive([("/etc/passwd", b"x")])),
    ("a name on drive C", "drive.zip", lambda: archive([("C:\\Windows\\x", b"x")])),
    ("half an archive", "half.zip", lambda: archive([("a", bytes(range(256)) * 20)])[:200]),
    ("a program", "setup.exe", lambda: b"MZ\x90\x00\x03"),
    ("a program called a picture", "photo.jpg", lambda: b"MZ\x90\x00\x03"),
    ("a program of Linux", "plan.pdf", lambda: b"\x7fELF\x02\x01\x01"),
    ("a program of the web", "map.png", lambda: b"\x00asm\x01\x00"),
    ("a shell script", "notes.txt", lambda: b"#!/bin/sh\nrm -rf /\n"),
    ("a script by its ending", "invoice.js", lambda: b"WScript.Shell"),
    ("a double ending", "invoice.pdf.exe", lambda: PDF),
    ("a double ending of script", "photo.jpg.vbs", lambda: b"MsgBox 1"),
    ("a shortcut", "Folder.lnk", lambda: b"L\x00\x00\x00\x01\x14\x02\x00"),
    ("a page called a picture", "cat.png", lambda: HTML),
    ("a drawing called a picture", "cat.gif", lambda: SVG),
    ("a picture called a document", "letter.pdf", lambda: PNG),
    ("a document called a picture", "scan.jpg", lambda: PDF),
    ("a Java archive", "tool.zip", lambda: archive([("META-INF/MANIFEST.MF", b"Main-Class: X")])),
    ("a phone's program", "app.zip", lambda: archive([("AndroidManifest.xml", b"x")])),
    ("nothing at all", "empty.pdf", lambda: b""),
    ("an ending turned round", "photo\u202egpj.exe", lambda: b"MZ\x90\x00"),
    ("an application of HTML", "page.hta", lambda: HTML),
)

TAKEN: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
    ("the test virus is text", "eicar.txt", "eicar.txt", lambda: EICAR),
    ("a page", "page.html", "page.html", lambda: HTML),
    ("a drawing with a script", "logo.svg", "logo.svg", lambda: SVG),
    ("a picture that is a page too", "poly.gif", "poly.gif", lambda: b"GIF89a/*" + HTML + b"*/=1;"),
    ("a PDF that would run", "form.pdf", "form.pdf", lambda: PDF),
    ("archives in an archive", "nest.zip", "nest.zip", nested),
    ("a bomb of gzip is not opened", "log.gz", "log.gz", lambda: gzip.compress(b"0" * 5_000_000)),
    ("a path as a name", "../../../etc/passwd.txt", "passwd.txt", lambda: b"root"),
    ("a path of Windows", "..\\..\\boot.txt", "boot.txt", lambda: b"x"),
    ("a name turned round", "\u202ephoto\u202c.txt", "photo.txt", lambda: b"x"),
    ("a name the devil reserved", "con.txt", "", lambda: b"x"),
    ("a very long name", "a" * 4_000 + ".txt", "", lambda: b"x"),
    ("a name of markup", "<img src=x onerror=alert(1)>.txt", "", lambda: b"x"),
    ("only dots", "...", "", lambda: b"x"),
)


@pytest.fixture
def eleni(api_of: Callable[[str], Client]) -> Client:
    return api_of("Eleni")


@pytest.fixture
def ref(eleni: Client, cast: Cast) -> str:
    return item_of(eleni, cast.PARKS)


def test_there_are_forty() -> None:
    assert len(REFUSED) + len(TAKEN) >= 40


def test_what_is_not_taken_is_refused_with_a_sentence_and_leaves_nothing(eleni: Client, ref: str) -> None:
    for what, name, make in REFUSED:
        answer = sent(eleni, f"/api/v1/work-items/{ref}/files", make(), name, mimetype="image/png")
        assert answer.status_code == 422, (what, answer.status_code)
        assert answer.json["errors"][0]["field"] == "file", what
        assert len(answer.json["errors"][0]["reason"]) > 10, what
    assert listed(eleni, ref) == []


def test_what_is_taken_leaves_as_something_to_save_and_never_runs(
    eleni: Client, client_of: Callable[[str], Client], ref: str
) -> None:
    page = client_of("Eleni")
    for what, name, kept, make in TAKEN:
        content = make()
        answer = sent(eleni, f"/api/v1/work-items/{ref}/files", content, name, mimetype="text/html")
        assert answer.status_code == 201, (what, answer.json)
        file = answer.json["items"][0]
        assert "/" not in file["name"], what
        assert "\\" not in file["name"], what
        assert len(file["name"].encode()) <= 250, what
        if kept:
            assert file["name"] == kept, what
        for address in (file["content"], f"/files/{file['id']}", f"/files/{file['id']}/content"):
            got = (eleni if address.startswith("/api") else page).get(address)
            harmless(got, what)
            assert got.data == content, what
    html = page.get(f"/work-items/{ref}").get_data(as_text=True)
    assert "<img src=x" not in html


def harmless(got: Any, what: str) -> None:
    headers = got.headers
    assert got.status_code == 200, what
    assert headers["X-Content-Type-Options"] == "nosniff", what
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox", what
    assert "html" not in headers["Content-Type"], what
    assert "svg" not in headers["Content-Type"], what
    shown = headers["Content-Disposition"].startswith("inline")
    assert not shown or headers["Content-Type"].split(";")[0] in ("text/plain", "image/gif"), what


def test_a_lying_content_type_changes_nothing(eleni: Client, ref: str) -> None:
    answer = sent(eleni, f"/api/v1/work-items/{ref}/files", HTML, "page.html", mimetype="image/png")
    assert answer.json["items"][0]["media_type"] == "text/html"


class Endless(io.RawIOBase):
    """A body that never ends, and notes how much of it was read."""

    def __init__(self) -> None:
        self.given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.given += max(size, 1)
        return b"x" * max(size, 1)


def test_two_gigabytes_are_refused_before_a_byte_is_read(
    eleni: Client, client_of: Callable[[str], Client], ref: str
) -> None:
    for client, address in (
        (eleni, f"/api/v1/work-items/{ref}/files"), (client_of("Eleni"), f"/work-items/{ref}/files"),
        (client_of("Eleni"), "/files"),
    ):  # fmt: skip
        body = Endless()
        answer = client.open(
            address,
            method="POST",
            content_type="multipart/form-data; boundary=b",
            environ_overrides={"wsgi.input": body, "CONTENT_LENGTH": str(2 * 1024**3)},
        )
        assert answer.status_code == 413
        assert body.given == 0


def test_a_file_larger_than_the_bound_is_refused_by_name(app: Flask, eleni: Client, ref: str) -> None:
    app.config["FILE_MOST"] = 1024 * 1024
    try:
        head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="film.txt"\r\n\r\n'
        answer = eleni.post(
            f"/api/v1/work-items/{ref}/files",
            data=head + b"x" * (1024 * 1024 + 1) + b"\r\n--b--\r\n",
            content_type="multipart/form-data; boundary=b",
        )
    finally:
        app.config["FILE_MOST"] = 100 * 1024 * 1024
    assert answer.status_code == 413
    assert answer.json["detail"] == "film.txt is larger than 1 MB."


def test_what_is_no_upload_gets_a_clear_answer(eleni: Client, ref: str) -> None:
    address = f"/api/v1/work-items/{ref}/files"
    assert eleni.post(address, json={"file": "x"}).status_code == 415
    assert eleni.post(address, data={"other": "x"}, content_type="multipart/form-data").status_code == 422
    assert eleni.post(address, data=b"--nonsense", content_type="multipart/form-data; boundary=b").status_code == 422
    assert eleni.post(address, data=b"x", content_type="multipart/form-data").status_code == 422
    assert sent(eleni, address, b"x", "a.txt", nonce="\x00").status_code == 422
    assert sent(eleni, address, b"x", "a.txt", nonce="k" * 300).status_code == 422
    many = {"file": [(io.BytesIO(b"x"), f"{number}.txt") for number in range(51)]}
    assert eleni.post(address, data=many).status_code == 422
    assert listed(eleni, ref) == []


def test_a_name_with_nul_or_half_a_character_is_mended(eleni: Client, ref: str) -> None:
    for raw in (b"a\x00b.txt", b"a\xff\xfe.txt", b"\xed\xa0\x80.txt"):
        head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="' + raw + b'"\r\n\r\n'
        answer = eleni.post(
            f"/api/v1/work-items/{ref}/files",
            data=head + b"words\r\n--b--\r\n",
            content_type="multipart/form-data; boundary=b",
        )
        assert answer.status_code in (201, 422), raw
    for file in listed(eleni, ref):
        assert "\x00" not in file["name"]
        assert eleni.get(file["content"]).status_code == 200


def test_the_archive_of_all_keeps_names_inside(eleni: Client, ref: str) -> None:
    sent(eleni, f"/api/v1/work-items/{ref}/files", b"x", "../../up.txt")
    sent(eleni, f"/api/v1/work-items/{ref}/files", b"y", "/etc/root.txt")
    got = eleni.get(f"/api/v1/work-items/{ref}/files/archive")
    with zipfile.ZipFile(io.BytesIO(got.data)) as opened:
        assert sorted(opened.namelist()) == ["root.txt", "up.txt"]
