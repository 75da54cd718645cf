import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.files.kinds import fits, is_program, sniff


def zipped(*names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in names:
            archive.writestr(name, content)
    return made.getvalue()


SAMPLES = [
    (b"%PDF-1.7\n", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n\x00", "image/png", "png"),
    (b"\xff\xd8\xff\xe0\x00", "image/jpeg", "jpg"),
    (b"GIF89a\x01\x00", "image/gif", "gif"),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp", "webp"),
    (b"II*\x00\x08", "image/tiff", "tif"),
    (b"BM\x46\x00\x00\x00\x00\x00", "image/bmp", "bmp"),
    (b"\x00\x00\x00\x18ftypheic", "image/heic", "heic"),
    (b"\x00\x00\x00\x18ftypisom", "video/mp4", "mp4"),
    (b"ID3\x03\x00", "audio/mpeg", "mp3"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", "doc"),
    (b"{\\rtf1", "application/rtf", "rtf"),
    (b"7z\xbc\xaf\x27\x1c\x00", "application/x-7z-compressed", "7z"),
    (b"\x1f\x8b\x08\x00", "application/gzip", "gz"),
    (b"\x00" * 257 + b"ustar", "application/x-tar", "tar"),
    (zipped(("a.txt", "x")), "application/zip", "zip"),
    (
        zipped(("[Content_Types].xml", "x"), ("word/document.xml", "x")),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    (
        zipped(("[Content_Types].xml", "x"), ("xl/workbook.xml", "x")),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    (
        zipped(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "x")),
        "application/vnd.oasis.opendocument.text",
        "odt",
    ),
    ("Απόφαση 12".encode(), "text/plain", "txt"),
    ("Απόφαση".encode("cp1253"), "text/plain", "csv"),
    ("متن".encode("utf-16"), "text/plain", "txt"),
    (b"BMW;price\n", "text/plain", "csv"),
    (b"MZ is a name", "text/plain", "txt"),
    (b"", "text/plain", "txt"),
    (b"<?xml version='1.0'?><kml/>", "application/xml", "kml"),
    (b"<?xml version='1.0'?>\n<!-- x -->\n<svg onload=alert(1)>", "image/svg+xml", "svg"),
    (b"<svg/onload=alert(1)>", "image/svg+xml", "svg"),
    (b"  <!DOCTYPE html><script>", "text/html", "html"),
    (b"\xef\xbb\xbf<html>", "text/html", "html"),
    (b"<ScRiPt>alert(1)</script>", "text/html", "html"),
    (b"\x01\x02\x03\x00", "application/octet-stream", "shp"),
]


@pytest.mark.parametrize(("head", "media_type", "name_ending"), SAMPLES)
def test_a_kind_is_told_from_the_first_bytes(head, media_type, name_ending):
    kind = sniff(head)
    assert (kind.media_type, kind.program) == (media_type, False)
    assert fits(kind, name_ending)


@pytest.mark.parametrize(
    "head",
    [
        b"MZ\x90\x00",
        b"\x7fELF\x02",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"\x00asm\x01",
        b"#!/bin/sh\n",
        b"L\x00\x00\x00\x01\x14\x02\x00\x00",
        zipped(("META-INF/MANIFEST.MF", "x"), ("A.class", "x")),
        zipped(("AndroidManifest.xml", "x")),
    ],
)
def test_programs_are_known_whatever_they_are_called(head):
    assert sniff(head).program


@pytest.mark.parametrize(
    ("head", "name_ending"),
    [
        (b"<script>", "jpg"),
        (b"<script>", "txt"),
        (b"<svg>", "png"),
        (b"%PDF-", "png"),
        (b"GIF89a=1;alert(1)//", "js"),
        (b"plain", "pdf"),
        (b"plain", "docx"),
        (b"\x00\x01", "xlsx"),
        (zipped(("a", "b")), "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "pdf"),
    ],
)
def test_bytes_of_one_kind_do_not_bear_the_ending_of_another(head, name_ending):
    assert not fits(sniff(head), name_ending)


def test_office_files_with_a_late_telling_entry_are_still_office_files():
    assert fits(sniff(zipped(("a", "x"))), "docx")


@pytest.mark.parametrize("name_ending", ["exe", "js", "lnk", "hta", "vbs", "ps1", "jar", "iso", "sh"])
def test_endings_that_systems_run_are_known(name_ending):
    assert is_program(name_ending)
    assert not is_program("pdf")


@given(st.binary(max_size=400), st.text("abcdefg", max_size=4))
def test_no_bytes_break_the_look(head, name_ending):
    assert isinstance(fits(sniff(head), name_ending), bool)
    sniff(b"PK\x03\x04" + head)
    sniff(b"<" + head)
