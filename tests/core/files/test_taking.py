"""Hostile files: what must not be taken, and that what is taken comes back byte by byte."""

import contextlib
import io
import os
import struct
import threading
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.files import Refused, Store, download_headers, pieces_of, sniff, take, weigh
from collab.core.files import archives as archives_module

MOST = 8 * 1024 * 1024


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def archive(entries, compression=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as opened:
        for name, content in entries:
            opened.writestr(name, content)
    return made.getvalue()


def linked():
    entry = zipfile.ZipInfo("link")
    entry.external_attr = 0o120777 << 16
    return archive([(entry, "/etc/passwd")])


def overlapping():
    """Two directory entries that share one body, as in the bombs of D. Fifield."""
    honest = archive([("a", b"x" * 1000), ("b", b"x" * 1000)], zipfile.ZIP_STORED)
    place = honest.rfind(b"PK\x01\x02")
    return honest[: place + 42] + struct.pack("<I", 0) + honest[place + 46 :]


def claiming(entries=1, directory=46):
    """An archive whose end says there is a directory of some size."""
    return (
        b"PK\x03\x04" + b"\x00" * 60 + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, entries, entries, directory, 0, 0)
    )


def claiming_64(entries, directory):
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, directory, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, 4, 1)
    return b"PK\x03\x04" + record + locator + claiming(0xFFFF, 0xFFFFFFFF)[64:]


def lying():
    """A directory that says each of its entries unpacks to four gigabytes."""
    honest = archive([("a", b"x")])
    place = honest.rfind(b"PK\x01\x02")
    return honest[: place + 24] + struct.pack("<I", 0xFFFFFFF0) + honest[place + 28 :]


HOSTILE = [
    ("empty.txt", b"", "empty"),
    ("big.txt", b"x" * (MOST + 1), "too-large"),
    ("a.exe", b"harmless", "program"),
    ("invoice.pdf.exe", b"%PDF-1.4", "program"),
    ("photo.jpg.js", b"\xff\xd8\xff", "program"),
    ("gpj.\u202eexe", b"%PDF-", "program"),
    ("run.EXE ", b"x", "program"),
    ("run.exe.", b"x", "program"),
    ("link.lnk", b"L\x00\x00\x00", "program"),
    ("page.hta", b"<script>", "program"),
    ("disk.iso", b"\x00" * 100, "program"),
    ("report.pdf", b"MZ\x90\x00\x03", "program"),
    ("report.txt", b"MZ\x90\x00\x03", "program"),
    ("noending", b"\x7fELF\x02\x01", "program"),
    ("photo.png", b"#!/bin/sh\nrm -rf /", "program"),
    ("tool.docx", archive([("META-INF/MANIFEST.MF", "x")]), "program"),
    ("lib.zip", archive([("META-INF/MANIFEST.MF", "x"), ("A.class", "x")]), "program"),
    ("photo.jpg", b"<script>alert(1)</script>", "not-as-named"),
    ("photo.png", b"<svg onload=alert(1)>", "not-as-named"),
    ("notes.txt", b"<html><body onload=alert(1)>", "not-as-named"),
    ("table.csv", b"\xef\xbb\xbf <!doctype html>", "not-as-named"),
    ("report.pdf", b"GIF89a/*<script>*/=1;", "not-as-named"),
    ("photo.gif", b"%PDF-1.4", "not-as-named"),
    ("report.docx", b"plain text", "not-as-named"),
    ("report.docx", b"\x00\x01\x02", "not-as-named"),
    ("report.pdf", archive([("a", "x")]), "not-as-named"),
    ("a.zip", b"PK\x03\x04broken", "broken-archive"),
    ("a.zip", b"PK\x05\x06", "broken-archive"),
    ("a.zip", claiming(), "broken-archive"),
    ("a.zip", claiming(0xFFFF, 0xFFFFFFFF), "broken-archive"),
    ("a.zip", archive([("a", "x")])[:-30], "broken-archive"),
    ("a.zip", claiming(20_000, 46 * 20_000), "archive-too-large"),
    ("a.zip", claiming(100, 50 * 1024 * 1024), "archive-too-large"),
    ("a.zip", claiming_64(10**12, 46), "archive-too-large"),
    ("a.zip", claiming_64(10, 10**12), "archive-too-large"),
    ("bomb.zip", archive([("a", b"\x00" * (60 * 1024 * 1024))]), "archive-too-large"),
    ("bomb.docx", archive([("word/document.xml", b" " * (60 * 1024 * 1024))]), "archive-too-large"),
    ("lying.zip", lying(), "archive-too-large"),
    ("over.zip", overlapping(), "archive-unsafe"),
    ("up.zip", archive([("../../etc/cron.d/x", "x")]), "archive-unsafe"),
    ("up.zip", archive([("a\\..\\..\\x", "x")]), "archive-unsafe"),
    ("root.zip", archive([("/etc/passwd", "x")]), "archive-unsafe"),
    ("drive.zip", archive([("C:/Windows/x", "x")]), "archive-unsafe"),
    ("link.zip", linked(), "archive-unsafe"),
]


@pytest.mark.parametrize(
    ("name", "content", "code"), HOSTILE, ids=[f"{number}-{each[0]}-{each[2]}" for number, each in enumerate(HOSTILE)]
)
def test_hostile_files_are_refused_and_leave_nothing(store, name, content, code):
    with pytest.raises(Refused) as refusal:
        take(store, name, pieces_of(io.BytesIO(content)), MOST)
    assert refusal.value.code == code
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


def test_forty_hostile_files_are_tried():
    assert len(HOSTILE) >= 40


def test_many_entries_are_too_many(store, monkeypatch):
    monkeypatch.setattr(archives_module, "MOST_ENTRIES", 3)
    with pytest.raises(Refused, match="archive-too-large"):
        weigh(io.BytesIO(archive([(str(number), "x") for number in range(4)])))


def test_an_honest_archive_is_weighed():
    made = archive([("φάκελος/α.txt", b"x" * 1000), ("b.txt", b"y")])
    weight = weigh(io.BytesIO(made))
    assert (weight.entries, weight.unpacked, weight.encrypted) == (2, 1001, False)
    assert weigh(io.BytesIO(archive([]))).entries == 0


@given(st.binary(max_size=300), st.integers(0, 400))
def test_no_archive_breaks_the_scale(noise, place):
    honest = archive([("a", b"x" * 50), ("b/c", b"y")])
    spoilt = honest[:place] + noise + honest[place + len(noise) :]
    with contextlib.suppress(Refused):
        assert weigh(io.BytesIO(spoilt)).entries >= 0


def test_what_is_taken_comes_back(store):
    content = "Απόφαση\n".encode() * 50_000
    taken = take(store, "../Απόφαση.txt", pieces_of(io.BytesIO(content)), MOST)
    assert (taken.name, taken.size, taken.kind.media_type) == ("Απόφαση.txt", len(content), "text/plain")
    assert b"".join(store.chunks(taken.sha256)) == content
    assert b"".join(store.chunks(taken.sha256, 10, 100_000)) == content[10:100_000]
    assert b"".join(store.chunks(taken.sha256, 10, 5)) == b""
    with store.opened(taken.sha256) as file:
        assert file.read() == content


def test_the_same_content_is_kept_once_and_survives_a_refusal_under_another_name(store):
    first = take(store, "a.pdf", [b"%PDF-1.7"], MOST)
    second = take(store, "b.pdf", [b"%PDF", b"-1.7"], MOST)
    assert first.sha256 == second.sha256
    with pytest.raises(Refused):
        take(store, "c.png", [b"%PDF-1.7"], MOST)
    assert store.has(first.sha256)
    assert len([path for path in store.root.rglob("*") if path.is_file()]) == 1


def test_a_line_that_breaks_leaves_nothing(store):
    def broken():
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        store.keep(broken(), MOST)
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


def test_an_endless_file_is_stopped_at_its_bound(store):
    sent = []

    def endless():
        while True:
            sent.append(1)
            yield b"x" * 1024

    with pytest.raises(Refused, match="too-large"):
        store.keep(endless(), 10 * 1024)
    assert len(sent) == 11


def test_eight_writers_of_one_content_do_not_disturb_each_other(store):
    kept = []
    writers = [threading.Thread(target=lambda: kept.append(store.keep([b"x" * 100_000], MOST))) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len({one.sha256 for one in kept}) == 1
    assert b"".join(store.chunks(kept[0].sha256)) == b"x" * 100_000


def test_strays_of_broken_writes_are_swept(store):
    store.keep([b"kept"], MOST)
    stray = store.root / "incoming" / "stray"
    stray.write_bytes(b"x")
    os.utime(stray, (1, 1))
    assert store.sweep(before=1000.0) == 1
    assert store.sweep(before=1000.0) == 0
    assert Store(store.root / "nowhere").sweep(before=1000.0) == 0


def test_a_content_can_be_forgotten_twice(store):
    kept = store.keep([b"x"], MOST)
    store.remove(kept.sha256)
    store.remove(kept.sha256)
    assert not store.has(kept.sha256)
    with pytest.raises(FileNotFoundError):
        store.chunks(kept.sha256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", "0" * 65])
def test_only_a_hash_names_a_content(store, name):
    with pytest.raises(ValueError, match="64"):
        store.path(name)


def test_kept_files_are_nobody_elses(store):
    kept = store.keep([b"x"], MOST)
    assert store.path(kept.sha256).stat().st_mode & 0o077 == 0


PNG, SVG, PDF = sniff(b"\x89PNG\r\n\x1a\n"), sniff(b"<svg>"), sniff(b"%PDF-1.7")


def test_files_leave_as_attachments_that_run_nothing():
    headers = download_headers("Απόφαση 12.pdf", PDF, "ab" * 32)
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"_______ 12.pdf\"; filename*=UTF-8''%CE%91%CF%80%CF%8C%CF%86%CE%B1%CF%83%CE%B7%2012.pdf"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "no-cache" in headers["Cache-Control"]


def test_only_pictures_are_shown_in_the_page():
    assert download_headers("a.png", PNG, "0" * 64, shown=True)["Content-Disposition"].startswith("inline")
    assert download_headers("a.pdf", PDF, "0" * 64, shown=True)["Content-Disposition"].startswith("attachment")
    svg = download_headers("a.svg", SVG, "0" * 64, shown=True)
    assert svg["Content-Disposition"].startswith("attachment")
    assert svg["Content-Type"] == "application/octet-stream"


def test_text_names_its_encoding():
    assert download_headers("a.txt", sniff(b"x"), "0" * 64)["Content-Type"] == "text/plain; charset=utf-8"


@given(st.text(st.characters(), max_size=80))
def test_no_name_breaks_a_header(name):
    value = download_headers(name, PNG, "0" * 64)["Content-Disposition"]
    assert value.isascii()
    assert "\r" not in value
    assert "\n" not in value
    assert value.count('"') == 2
