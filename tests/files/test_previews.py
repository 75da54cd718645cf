"""Pictures of files: made anew from pixels, by a bounded child, once; what cannot be drawn has none."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from collab.core.db import db
from collab.files.models import StoredFile
from collab.files.previewing import look
from tests.cast import Cast
from tests.clients import Client
from tests.files.sending import item_of, listed, sent

SECRET = b"taken at 40.6401 N 22.9444 E"


def jpeg() -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6  # turned by a quarter
    Image.new("RGB", (400, 100), (200, 30, 30)).save(out, "JPEG", exif=exif, comment=SECRET)
    return out.getvalue() + b"<script>alert(1)</script>"


def pdf(pages: int = 7) -> bytes:
    kids = " ".join(f"{3 + number} 0 R" for number in range(pages))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode()]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>"] * pages
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def bomb() -> bytes:
    """A picture of a few bytes that says it is 60,000 pixels wide and high."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1_000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.fixture
def eleni(api_of: Callable[[str], Client]) -> Client:
    return api_of("Eleni")


@pytest.fixture
def ref(eleni: Client, cast: Cast) -> str:
    return item_of(eleni, cast.PARKS)


def looked(app: Flask) -> int:
    """Look at all that nobody has looked at; how many."""
    with app.app_context():
        ids = list(db.session.scalars(select(StoredFile.id).where(StoredFile.looked_at.is_(None))))
        for id_ in ids:
            look(id_)
            look(id_)  # a doubled job does nothing
        db.session.remove()
    return len(ids)


def test_a_picture_is_drawn_anew_and_nothing_but_pixels_passes(
    app: Flask, eleni: Client, client_of: Callable[[str], Client], ref: str
) -> None:
    content = jpeg()
    assert SECRET in content
    file = sent(eleni, f"/api/v1/work-items/{ref}/files", content, "trunk.jpg").json["items"][0]
    assert file["previews"] == 0
    assert looked(app) == 1
    assert listed(eleni, ref)[0]["previews"] == 1
    got = client_of("Eleni").get(f"/files/{file['id']}/previews/1")
    assert (got.status_code, got.headers["Content-Type"]) == (200, "image/webp")
    assert SECRET not in got.data
    assert b"script" not in got.data
    with Image.open(BytesIO(got.data)) as drawn:
        assert drawn.size == (100, 400)  # stands as it was taken
        assert not drawn.getexif()
    assert client_of("Leila").get(f"/files/{file['id']}/previews/1").status_code == 404
    assert f"/files/{file['id']}/previews/1" in client_of("Eleni").get(f"/work-items/{ref}").get_data(as_text=True)


def test_the_first_pages_of_a_document_are_drawn(app: Flask, eleni: Client, ref: str) -> None:
    sent(eleni, f"/api/v1/work-items/{ref}/files", pdf(), "plan.pdf")
    looked(app)
    assert listed(eleni, ref)[0]["previews"] == 5


def test_what_cannot_be_drawn_has_no_picture_and_is_not_tried_again(app: Flask, eleni: Client, ref: str) -> None:
    for name, content in (
        ("bomb.png", bomb()), ("half.jpg", jpeg()[:40]), ("broken.pdf", b"%PDF-1.7\nnonsense"),
        ("not.gif", b"GIF89a" + b"\xff" * 50),
    ):  # fmt: skip
        assert sent(eleni, f"/api/v1/work-items/{ref}/files", content, name).status_code == 201
    sent(eleni, f"/api/v1/work-items/{ref}/files", b"words", "words.txt")
    assert looked(app) == 4  # text is not looked at
    assert looked(app) == 0
    assert [file["previews"] for file in listed(eleni, ref)] == [0] * 5
