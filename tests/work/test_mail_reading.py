"""What comes by e-mail is read whatever it is: in bounds, without a fault, as words that can be said."""

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.i18n import speaking
from collab.messaging.forms import Say
from collab.work.answering import _words
from collab.work.mail_pages import words_of_page
from collab.work.mail_parts import MOST_READ
from collab.work.mail_reading import Mailed, mailed, read_message


def nested(levels: int) -> bytes:
    heads = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(levels))
    return b"".join(heads)


def parts(head: bytes, number: int) -> bytes:
    return b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + (b"--b\r\n" + head + b"\r\n\r\nx\r\n") * number


NESTED = nested(5_000)
MANY = b"x" * 100_000
HTML = b"Content-Type: text/html\r\n\r\n"
# Browsers put formatting that is open into each paragraph after it: of this a tree has n times k elements.
FORMATTED = b"<p>" + b"".join(b"<b a=%d>" % n for n in range(4_000)) + b"<p>x" * 150_000

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
    HTML + FORMATTED,
    parts(b"Content-Type: text/plain; " + b';"' * 1_900, 990),
    parts(b"Content-Type: text/plain" + b";a=b" * 980, 990),
    parts(b"Content-Disposition: attachment" + b"".join(b";filename*%d=b" % n for n in range(240)), 990),
    parts(b'Content-Disposition: attachment; filename="' + b"=?a?q?b" * 550 + b'"', 990),
    *(nested(19) + line * (5_000_000 // len(line)) for line in (b"x\n", b"a: b\n", b" x\n", b"--b7\n", b"--b7x\n")),
    b"A: " + b" x\n" * 1_600_000,
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=\n" * 2_500_000,
    *(
        HTML + (shape * MOST_READ)[:MOST_READ]
        for shape in (
            b"<p>", b"<a =", b"<a b='", b'<a b="', b"<!--", b"<!", b"</", b"<?", b"&#9", b"&lt", b"<script>",
            b"</script", b"<script></script>", b"<title", b"<!--><", b"<table><tr><td>", b"<span>", b"<p> \n", b"9",
        )
    ),
    HTML + b"&#" + b"9" * MOST_READ,
    HTML + b"<script>" + b"</script" * 70_000,
    parts(HTML + b"<!" * 8_000, 99),
    HTML + MANY * 4 + parts(HTML + b"<p>" * 8_000, 99),
    b"to:\n" * 60_000 + b"\nx",
    parts(b"to:\n" * 3_900, 99),
]  # fmt: skip


def said(came: Mailed) -> Say:
    with speaking("en"):
        return Say(text=_words(came), nonce="one")


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_message_costs_moments(raw: bytes) -> None:
    began = time.process_time()
    assert said(read_message(raw)).text
    # Each of these took seconds, minutes or the stack where a library took it apart; here it is a tenth of a second.
    assert time.process_time() - began < 1


def test_a_hostile_page_makes_no_tree() -> None:
    """Three times the page again is three times the memory; of the tree it was gigabytes."""
    tracemalloc.start()
    try:
        words_of_page(FORMATTED.decode())
        assert tracemalloc.get_traced_memory()[1] < 40 * len(FORMATTED)
    finally:
        tracemalloc.stop()


@given(st.text("<>!-/ab='\"&#9;\n xscriptyle", max_size=200))
def test_any_page_is_words(page: str) -> None:
    assert "\n\n\n" not in words_of_page(page)


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


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_heads_of_parts_are_read(head: bytes, name: bytes) -> None:
    whole = b"--b\r\nContent-Disposition: attachment; filename*0*=%s\r\n\r\nx\r\n--b\r\n%s\r\n\r\ny\r\n--b--" % (
        name,
        head,
    )
    assert said(read_message(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + whole)).text


def test_a_message_of_marks_alone_fits() -> None:
    for mark in ("*", "|\n", "1.\n", "&"):
        assert len(said(mailed("a@b.example", "s", mark * 16_000)).text) <= 20_000


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (b"<html><head><meta x><title>t</title><body><p>Yes, agreed", "Yes, agreed"),
        (b"<p>See <br>http://x.example/?a=1&b=2", "See\nhttp://x.example/?a=1&b=2"),
        (
            b"<!DOCTYPE html><!-- a > b --><P\nclass='x>y' id=\">\">un<b>do</b> 1 < 2 &lt;b&gt; <3</p>",
            "undo 1 < 2 <b> <3",
        ),
        (b"<![if !mso]>a<![endif]><STYLE>p>b{}</style >b<script>'</p>'</script>c<style>d", "abc"),
        (b"<ul><li>one<li>two</ul><table><tr><td>three", "one\ntwo\n\nthree"),
        (b"<div>a</div>\n<div>\n</div>\n<div>&nbsp;</div><p>b&#" + b"1" * 5_000, "a\n\nb\N{REPLACEMENT CHARACTER}"),
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
