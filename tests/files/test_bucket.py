"""Files on an S3 server: the same doors, the same rights; what is kept, read in parts, packed, drawn and forgotten."""

import hashlib
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from minio import Minio
from moto.server import ThreadedMotoServer
from PIL import Image
from sqlalchemy import select

from collab.core.db import db
from collab.core.errors import Busy
from collab.core.files import Refused, Store, pieces_of
from collab.core.files.bucket import Bucket, Place
from collab.files.models import Preview, StoredFile
from collab.files.previewing import look
from collab.files.sweeps import sweep_strays, sweep_unneeded
from config import checks
from tests.cast import Cast
from tests.clients import Client
from tests.files.sending import item_of, listed, sent


@pytest.fixture(scope="module")
def s3() -> Iterator[Minio]:
    """A server of its own, with an empty bucket."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = Minio(f"{host}:{port}", "key", "secret", secure=False, region="us-east-1")
    client.make_bucket("town-files")
    yield client
    server.stop()


@pytest.fixture
def bucket(app: Flask, s3: Minio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """The store of the application, for one test, in that bucket."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    found = checks.files_url(f"s3://town-files/{tmp_path.name}?endpoint=http://{s3._base_url.host}&region=us-east-1")
    place = Place(found.bucket, found.prefix, found.endpoint, found.secure, found.region)
    keeper = Bucket(tmp_path / "files", place)
    monkeypatch.setitem(app.extensions, "collab.files", keeper)
    return keeper


@pytest.fixture
def ref(api_of: Callable[[str], Client], cast: Cast) -> str:
    return item_of(api_of("Eleni"), cast.PARKS, reach="named")


def kept(s3: Minio, keeper: Bucket) -> list[str]:
    found = s3.list_objects("town-files", keeper._place.prefix, recursive=True)
    return [str(each.object_name).rpartition("/")[2] for each in found]


def test_a_file_goes_to_the_bucket_and_comes_back_in_parts_to_those_who_may_read_it(
    api_of: Callable[[str], Client], s3: Minio, bucket: Bucket, ref: str
) -> None:
    content = bytes(range(256)) * 1_000
    answer = sent(api_of("Eleni"), f"/api/v1/work-items/{ref}/files", content, "measures.bin")
    assert answer.status_code == 201, answer.text
    file = answer.json["items"][0]
    assert kept(s3, bucket) == [hashlib.sha256(content).hexdigest()]
    assert list((bucket.root / "incoming").iterdir()) == [], "nothing of it stays on this machine"
    assert api_of("Eleni").get(file["content"]).data == content
    part = api_of("Eleni").get(file["content"], headers={"Range": "bytes=200000-200009"})
    assert (part.status_code, part.data) == (206, content[200_000:200_010])
    assert api_of("Giorgos").get(file["content"]).status_code == 404
    sent(api_of("Eleni"), f"/api/v1/work-items/{ref}/files", b"Beside it", "note.txt")
    packed = api_of("Eleni").get(f"/api/v1/work-items/{ref}/files/archive")
    with zipfile.ZipFile(BytesIO(packed.data)) as archive:
        assert archive.read("measures.bin") == content
    assert len(listed(api_of("Eleni"), ref)) == 2


def test_pictures_are_drawn_of_what_lies_in_the_bucket_and_all_of_it_is_forgotten(
    app: Flask,
    api_of: Callable[[str], Client],
    client_of: Callable[[str], Client],
    s3: Minio,
    bucket: Bucket,
    ref: str,
) -> None:
    drawn = BytesIO()
    Image.new("RGB", (300, 200), "green").save(drawn, "PNG")
    file = sent(api_of("Eleni"), f"/api/v1/work-items/{ref}/files", drawn.getvalue(), "tree.png").json["items"][0]
    with app.app_context():
        look(db.session.scalars(select(StoredFile.id)).one())
        assert db.session.scalars(select(Preview.width)).all() != []
    assert len(kept(s3, bucket)) == 2
    picture = client_of("Eleni").get(f"/files/{file['id']}/previews/1")
    assert (picture.status_code, picture.data[8:12]) == (200, b"WEBP")
    assert api_of("Eleni").delete(f"/api/v1/files/{file['id']}").status_code == 204
    with app.app_context():
        sweep_unneeded()
    assert kept(s3, bucket) == []


def test_what_no_row_knows_is_swept_and_what_is_refused_never_arrives(app: Flask, s3: Minio, bucket: Bucket) -> None:
    stray = bucket.keep([b"A crash left me here"], 1_000).sha256
    with pytest.raises(Refused):
        bucket.keep([b"x" * 2_000], 1_000)
    assert kept(s3, bucket) == [stray]
    with app.app_context():
        sweep_strays()
        assert kept(s3, bucket) == [stray], "what came just now may still be written down"
    assert list(bucket.contents(time.time() + 60)) == [stray]
    with bucket.opened(stray) as file, bucket.at_hand(stray) as place:
        assert file.read() == place.read_bytes() == b"A crash left me here"
    bucket.remove(stray)
    bucket.remove(stray)
    assert not bucket.has(stray)
    with pytest.raises(FileNotFoundError):
        bucket.chunks(stray)


def test_a_server_that_does_not_answer_is_a_moment_to_try_again(
    app: Flask, api_of: Callable[[str], Client], ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    nobody = Bucket(tmp_path / "files", Place("town-files", "", "127.0.0.1:9", secure=False, region="us-east-1"))
    monkeypatch.setitem(app.extensions, "collab.files", nobody)
    answer = sent(api_of("Eleni"), f"/api/v1/work-items/{ref}/files", b"The plan", "plan.txt")
    assert answer.status_code == 503
    assert listed(api_of("Eleni"), ref) == []
    with pytest.raises(Busy):
        nobody.has("0" * 64)


@pytest.mark.parametrize(
    "text",
    ["s3://", "s3:///prefix", "https://bucket", "s3://a/b?endpoint=ftp://x", "s3://town/x?key=secret", "s3://U/x"],
)
def test_an_address_that_names_no_bucket_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        checks.files_url(text)


def test_a_folder_and_a_bucket_hold_the_same(bucket: Bucket, tmp_path: Path) -> None:
    for keeper in (bucket, Store(tmp_path / "folder")):
        found: Any = keeper.keep(pieces_of(BytesIO(b"x" * 70_000)), 100_000)
        assert [len(piece) for piece in keeper.chunks(found.sha256)] == [65_536, 70_000 - 65_536]
        assert b"".join(keeper.chunks(found.sha256, 69_990, 69_999)) == b"x" * 9
        assert b"".join(keeper.chunks(found.sha256, 5, 5)) == b""
