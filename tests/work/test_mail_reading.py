"""What comes by e-mail is read whatever it is: in bounds, without a fault, as words that can be said."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.i18n import speaking
from collab.messaging.forms import Say
from collab.work.answering import _words
from collab.work.mail_reading import Mailed, mailed, read_message

NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(5_000))
MANY = b"x" * 100_000

HOSTILE = [
    b"From: " + b"a@b.example, " * 300_000 + b"\r\n\r\nx",
    b"From: " + b"(" * 100_000 + b"\r\n\r\nx",
    b"Content-Type: text/plain; " + b"(" * 100_000 + b"\r\n\r\nx",
    b"Content-Type: text/plain" + b';";' * 1_000_000 + b"\r\n\r\nx",
    b"Content-Type: text/plain;\r\n " + b';"\r\n ' * 1_000_000 + b"\r\n\r\nx",
    b"A: b\rContent-Type: text/plain" + b';";' * 1_000_000 + b"\r\n\r\nx",
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment" + b';"' * 1_000_000,
    NESTED,
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 500_000,
    b"a: b\r\n" * 500_000,
    b"Subject: " + b"=?utf-8?q?a?= " * 300_000 + b"\r\n\r\nx",
    b"Content-Type: text/plain; charset=punycode\r\n\r\n" + MANY * 20,
    b"Content-Type: text/html\r\n\r\n" + b"<a <" * 1_000_000,
    b"Content-Type: text/html\r\n\r\n" + b"&#" * 2_000_000,
    b"\r\n" + b">\n" * 2_000_000,
    b"\r\n" + b"\\" * 4_000_000,
    b"From: =?\xff?q?a?=\r\n\r\nx",
    b"Content-Disposition: attachment; name*=utf-8''=%3F%C3%A9%3Fq%3Fa%3F=\r\n\r\nx",
    b"Content-Type: multipart/mixed; boundary*=x; boundary*0=y\r\n\r\nx",
    b"Content-Type: multipart/mixed; boundary*=undefined''x\r\n\r\nx",
    b"Content-Type: multipart/mixed; boundary*=a\0b''x\r\n\r\nx",
    b"Content-Type: application/x\0y\r\n\r\nx",
    b"Content-Type: application/x\x0b# Heading\r\n\r\nx",
    b"Content-Type: application/" + b"x" * 3_900 + b"\r\n\r\nx",
    b"Content-Type: message/delivery-status\r\n\r\n" + b"\n" * 4_000_000,
    b"Content-Type: text/html\r\n\r\n" + b"<div>" * 500_000,
]


def said(came: Mailed) -> Say:
    with speaking("en"):
        return Say(text=_words(came), nonce="one")


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_message_costs_moments(raw: bytes) -> None:
    began = time.process_time()
    assert said(read_message(raw)).text
    # Each of these took minutes, or the stack, where it was taken apart as it came: the bound is far from both.
    assert time.process_time() - began < 30


@given(
    st.binary(max_size=300),
    st.sampled_from(["utf-7", "unicode_escape", "punycode", "nonsense", "utf-16", "rot13", "x\0y", "utf-8"]),
)
def test_any_bytes_in_any_character_set_can_be_said(body: bytes, charset: str) -> None:
    raw = f"From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\n\r\n".encode() + body
    assert said(read_message(raw)).text


@given(st.text(st.characters(), max_size=400), st.text(st.characters(), max_size=400))
def test_any_words_can_be_said(subject: str, text: str) -> None:
    assert said(mailed("a@b.example", subject, text)).text


def test_a_message_of_marks_alone_fits() -> None:
    for mark in ("*", "|\n", "1.\n", "&"):
        assert len(said(mailed("a@b.example", "s", mark * 16_000)).text) <= 20_000


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (b"<html><head><meta x><title>t</title><body><p>Yes, agreed", "Yes, agreed"),
        (b"<p>See <br>http://x.example/?a=1&b=2", "See\nhttp://x.example/?a=1&b=2"),
    ],
)
def test_a_page_is_read_to_its_end(page: bytes, text: str) -> None:
    assert read_message(b"Content-Type: text/html\r\n\r\n" + page).text == text


def test_files_are_named_and_nothing_at_all_is_no_answer() -> None:
    mixed = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pdf\r\n"
        b'Content-Disposition: attachment; filename="=?utf-8?b?zobOtM61zrnOsS5wZGY=?="\r\n\r\nJVBE\r\n--b--'
    )
    came = read_message(mixed)
    assert (came.text, came.files, came.says) == ("", ("Άδεια.pdf",), True)
    assert "With files that are not kept here: Άδεια.pdf" in said(came).text
    assert not read_message(b"From: a@b.example\r\n\r\n \r\n").says


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>My answer"
         b"\r\n--b\r\n"
         b"Content-Type: message/rfc822\r\n\r\nSubject: old\r\n\r\nOld words\r\n--b--", "My answer"),
        (b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\n \r\n--b\r\n"
         b"Content-Type: text/html\r\n\r\n<p>Yes I agree\r\n--b--", "Yes I agree"),
        (b"From: a@b\r\n\r\nYes\n" + b"-- c\n" * 1_001, "Yes"),
        (b"Content-Type: text/plain; charset=windows-1253\r\n\r\n\xcd\xe1\xe9 \xaa", "Ναι"),
        (b"Content-Type: text/html\r\n\r\n<table><tr><td>Price</td><td>300", "Price\n\n300"),
    ],
)  # fmt: skip
def test_no_words_of_an_answer_are_lost_or_another_s(raw: bytes, text: str) -> None:
    assert read_message(raw).text.startswith(text)


def test_heads_in_other_letters_are_read() -> None:
    assert read_message("From: Άννα\r\nSubject: Ναι\r\n\r\nx".encode()).sender == "Άννα"
