"""The parts of a mail that answers: in their order, of alternatives one, and what no person wrote."""

from base64 import b64encode

import pytest

from collab.work.mail_parts import MOST_PARTS, MOST_READ
from collab.work.mail_reading import read_message

DEEP = (
    b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(20)) + b"\r\nwords"
)


def several(kind: str, *given: tuple[str, str]) -> str:
    """A part of several, each with its kind and what it says."""
    mark = kind[:4] + str(len(given))
    return (
        f"Content-Type: multipart/{kind}; boundary={mark}\r\n\r\n"
        + "".join(f"--{mark}\r\n{f'Content-Type: {of}' if of else ''}\r\n\r\n{says}\r\n" for of, says in given)
        + f"--{mark}--\r\n"
    )


PLAIN, PAGE = "text/plain; charset=utf-8", "text/html; charset=utf-8"
FOOTER = (PLAIN, "-- \r\nThis was checked for viruses.")
BOTH = several("alternative", (PLAIN, "We agree"), (PAGE, "<p>We <b>agree</b>"))
EMPTY = several("alternative", (PLAIN, " \r\n"), (PAGE, "<p>We <b>agree</b>"))
APPLE = several(
    "alternative", (PLAIN, "We agree"), ("multipart/related; boundary=rela1", several("related", (PAGE, "x")))
)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (several("mixed", (PAGE, "<p>We refuse.</p>"), FOOTER), "We refuse.\n\n-- \nThis was checked for viruses."),
        (several("mixed", FOOTER, (PAGE, "<p>We refuse.")), "-- \nThis was checked for viruses.\n\nWe refuse."),
        (several("mixed", ("", "We agree"), (PAGE, "<p>a footer")), "We agree\n\na footer"),
        (BOTH, "We agree"),
        (EMPTY, "We agree"),
        (several("alternative", (PAGE, "<p>We <b>agree</b>"), (PLAIN, "We agree.")), "We agree."),
        (APPLE, "We agree"),
        (several("digest", ("", "Subject: old\r\n\r\nOld words"), (PLAIN, "New")), "New"),
        ("Content-Type: multipart/mixed; boundary=b\r\n\r\nnot set apart", "not set apart"),
        ("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--bx\r\n--b \r\n--b\r\n\r\ntwo",
         "one\n--bx\n\ntwo"),
        ("Content-Type: text/plain charset=iso-8859-7\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=CD=E1=E9",
         "Ναι"),
    ],
)  # fmt: skip
def test_the_parts_are_read_in_their_order_and_of_alternatives_one(message: str, text: str) -> None:
    assert read_message(message.encode()).text == text


def test_a_message_in_another_is_inside_its_own_boundary() -> None:
    mixed = several("mixed", ("", "HEAD"), FOOTER).replace("\r\n\r\nHEAD", BOTH)
    assert read_message(mixed.encode()).text == "We agree\n\n-- \nThis was checked for viruses."


@pytest.mark.parametrize(
    "said", ["Ναι, συμφωνούμε. delivery-status", "multipart/ message/delivery-status\r\n\r\n--b" * 30]
)
def test_words_that_are_told_of_in_the_standards_are_words(said: str) -> None:
    body = b64encode(said.encode())
    for wrapped in (body, body.rstrip(b"="), body + b"\r\n"):
        raw = (
            b"Subject: Re: delivery-status of parcels\r\nContent-Type: text/plain; charset=utf-8\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n" + wrapped
        )
        assert read_message(raw).text == said.replace("\r\n", "\n")
        assert not read_message(raw).automatic


def test_what_is_left_of_a_message_with_too_much_in_it_is_marked() -> None:
    many = several("mixed", *[(PLAIN, f"part {n}") for n in range(MOST_PARTS + 1)])
    assert read_message(many.encode()).text.endswith(f"part {MOST_PARTS - 1} …")
    styled = f"Content-Type: text/html\r\n\r\n<p>Yes<!--{'x' * MOST_READ}--><p>words"
    assert read_message(styled.encode()).text == "Yes …"
    picture = f"Content-Type: text/html\r\n\r\n<img src='data:{'x' * MOST_READ}'><p>words"
    assert (read_message(picture.encode()).files, read_message(picture.encode()).text) == (("text/html",), "")
    hops = "Delivered-To: office@city.example\r\n" * 40
    assert read_message((hops + "Content-Type: text/html\r\n\r\n<p>Yes").encode()).text == "Yes"
    assert (read_message(DEEP).files, read_message(DEEP).says) == (("multipart/mixed",), True)


TAGS = "<p>" * 225_000


@pytest.mark.parametrize(
    ("kind", "later", "text"),
    [
        ("alternative", (PLAIN, "Yes, we approve."), "Yes, we approve."),
        ("mixed", (PLAIN, "Yes, " * 4_000), "Yes, " * 3_000 + " …"),
        ("mixed", (PAGE, "<p>Yes, we approve."), "Yes, we approve."),
    ],
)
def test_an_answer_behind_a_long_page_of_tags_is_read(kind: str, later: tuple[str, str], text: str) -> None:
    came = read_message(several(kind, (PAGE, TAGS), later).encode())
    assert (came.text, came.says) == (text, True)


@pytest.mark.parametrize(
    "head",
    [
        "X-Autoreply: yes", "X-Autorespond: On holiday", "Precedence: auto_reply", "Return-Path: <>",
        "return-path:\t< >", "Auto-Submitted: auto-generated", "Content-Type: multipart/report; boundary=b",
    ],
)  # fmt: skip
def test_what_no_person_wrote_is_automatic(head: str) -> None:
    assert read_message(f"From: a@b.example\r\n{head}\r\n\r\nI am away.".encode()).automatic


@pytest.mark.parametrize(
    "head",
    [
        "X-Autoreply: no", "Precedence: list", "Return-Path: <a@b.example>", "Auto-Submitted: no",
        "X-Auto-Response-Suppress: All",
    ],
)  # fmt: skip
def test_what_a_person_wrote_is_not(head: str) -> None:
    assert read_message(f"From: a@b.example\r\n{head}\r\n\r\nYes.".encode()).says


def test_a_report_inside_is_a_report_but_not_in_a_message_that_hangs_on_it() -> None:
    report = several("report", (PLAIN, "failed"), ("message/delivery-status", "Action: failed"))
    assert read_message(several("mixed", ("", "HEAD"), FOOTER).replace("\r\n\r\nHEAD", report).encode()).automatic
    forwarded = several("mixed", (PLAIN, "See what came"), ("message/rfc822", report))
    assert read_message(forwarded.encode()).says


@pytest.mark.parametrize("blank", ["\n", "\r\n", " \t\r\n", "\N{ZERO WIDTH SPACE}", "\0", "&nbsp;<br>"])
def test_blank_lines_are_no_answer_and_hide_none(blank: str) -> None:
    kind = "html" if "br" in blank else "plain"
    assert not read_message(f"Content-Type: text/{kind}; charset=utf-8\r\n\r\n{blank * 40_000}".encode()).says
    if blank.endswith("\n"):
        assert read_message(f"\r\n{blank * 40_000}  The answer{blank * 40_000}".encode()).text == "  The answer"
