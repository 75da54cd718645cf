"""An e-mail as an answer: who it says it is from, its subject, its text. Pure, and bounded whatever comes.

Nothing proves the sender of a mail: what is kept is whom it states. Files that hang on it are left aside, by name.
Heads are decoded and not taken apart: what Python's address parser makes of a hostile one takes minutes, or its stack.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.header import decode_header, make_header
from hashlib import sha256
from itertools import islice
from typing import Final

from collab.core.text.clean import clean_line, clean_text, is_blank

from .mail_pages import words_of_page
from .mail_parts import MOST_HEAD, Heads, Part, take_apart

MOST_TEXT: Final = 15_000
MOST_LINE: Final = 300
MOST_FILES: Final = 20
MOST_KIND: Final = 60
MOST_ENCODED: Final = 3_000
MOST_NAME: Final = 1_200
MOST_QUOTES: Final = 5
_UNHELD: Final = re.compile("[\x00\ud800-\udfff]")
_EMBEDDED: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BLANK_LINES: Final = re.compile(r"\A(?:[^\S\n]*+\n)++")
_MARKS: Final = re.compile(r"[\\`*_\[\]<~|&]")
_BEGINNINGS: Final = re.compile(r"^([> \t]*)(?=[#+=:-])|^([> \t]*\d{1,9})(?=[.)])", re.MULTILINE)
_INDENT: Final = re.compile(r"^(?: {0,3}\t| {4})[ \t]*", re.MULTILINE)
_QUOTES: Final = re.compile(r"^ {0,3}(>[> \t]*)", re.MULTILINE)
_QUOTED: Final = re.compile(r"(^ {0,3}>.*\n)(?= {0,3}[^> \n])", re.MULTILINE)
_REPORTS: Final = ("multipart/report", "message/delivery-status", "message/disposition-notification")


@dataclass(frozen=True, slots=True)
class Mailed:
    """What came. `key` tells a message that is delivered twice from another one; `automatic`: no person wrote it.
    `files`: the names of what hung on it."""

    sender: str
    subject: str
    text: str
    key: bytes
    automatic: bool = False
    files: tuple[str, ...] = ()

    @property
    def says(self) -> bool:
        """Whether there is an answer in it."""
        return bool(self.text or self.files) and not self.automatic


def mailed(sender: str, subject: str, text: str, message_id: str = "") -> Mailed:
    """A message whose parts are known; without a Message-ID it is known by what it says."""
    key = message_id.strip() or "\0".join((sender, subject, text))
    return Mailed(_line(sender), _line(subject), _lines(text), sha256(key.encode("utf-8", "replace")).digest())


def read_message(raw: bytes) -> Mailed:
    """A message as it travels (RFC 5322). Whatever is garbled in it is left out; it is never refused for that."""
    heads, whole = take_apart(raw)
    sender, subject = (_words_of(_head(heads, name)) for name in ("from", "subject"))
    found = mailed(sender, subject, _said(whole), _head(heads, "message-id"))
    files = tuple(islice(_files(whole, unsaid=not found.text), MOST_FILES))
    return replace(found, automatic=_is_automatic(heads, whole), files=files)


def literal(text: str) -> str:
    """A text that is no Markdown as Markdown that says the same: nobody is called by it and nothing is drawn. What a
    mail quotes stays a quotation. Up to three times as long."""
    text = _QUOTES.sub(_quotes, _INDENT.sub("   ", text))
    text = _MARKS.sub(lambda found: "\\" + found[0], _QUOTED.sub(r"\1\n", text))
    return _BEGINNINGS.sub(lambda found: (found[1] or found[2] or "") + "\\", text)


def _quotes(found: re.Match[str]) -> str:
    """What makes a quotation, without the room that would make code of what is quoted."""
    return ">" * min(found[1].count(">"), MOST_QUOTES) + " "


def _head(heads: Heads, name: str) -> str:
    return heads.get(name, [""])[0]


def _words_of(head: str, most: int = MOST_ENCODED) -> str:
    """What encoded words of a head say (RFC 2047); the head itself where they are garbled. The library takes the square
    of its length."""
    raw = head[:most].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return str(make_header(decode_header(raw)))
    except Exception:  # several kinds, not all of them named by the library
        return raw


def _is_automatic(heads: Heads, whole: Part) -> bool:
    """Out of office, or not delivered (RFC 3834, RFC 3464, and what programs wrote before those): nobody answered."""
    submitted, replied, generated = (
        _head(heads, name).strip().lower() for name in ("auto-submitted", "x-autoreply", "x-autorespond")
    )
    return (
        any(how != "" and not how.startswith("no") for how in (submitted, replied, generated))
        or _head(heads, "precedence").strip().lower() == "auto_reply"
        or "<>" in (path.replace(" ", "") for path in heads.get("return-path", []))
        or any(part.kind in _REPORTS for part in _all(whole))
    )


def _all(part: Part) -> Iterator[Part]:
    """A part and those within it, in their order. What is in a message that hangs on it is not of this one."""
    yield part
    for one in part.parts:
        yield from _all(one)


def _said(part: Part) -> str:
    """The text of a part, its parts in their order. Of alternatives the first that says something, plain ones
    before HTML."""
    if part.parts and part.kind == "multipart/alternative":
        ways = sorted(part.parts, key=lambda way: any(one.kind == "text/html" for one in _all(way)))
        text = next((said for way in ways if (said := _said(way)).strip()), "")
    elif part.parts:
        text = "\n\n".join(said for one in part.parts if (said := _said(one)).strip())
    else:
        read = part.text.rstrip("</") if part.cut else part.text  # where a tag was cut, its first sign is no word
        text = words_of_page(read) if part.kind == "text/html" else part.text
    return f"{text} …" if part.cut and not is_blank(text[: 2 * MOST_TEXT]) else text


def _files(whole: Part, *, unsaid: bool) -> Iterator[str]:
    """The names of what hangs on it. A message that hangs on it is a file; where nothing is said, so is a page whose
    words come after more than is read, behind a picture written into it for instance: somebody answered."""
    for part in _all(whole):
        if part.is_file:
            yield _line(_words_of(part.name, MOST_NAME)) or _line(part.kind)[:MOST_KIND]
        elif unsaid and part.cut and part.kind == "text/html":
            yield part.kind


def _lines(text: str) -> str:
    text = _BLANK_LINES.sub("", _UNHELD.sub("", text).replace("\r\n", "\n")).rstrip()
    text = re.sub(r"\n{3,}", "\n\n", text)
    short = clean_text(_EMBEDDED.sub("", text[: 2 * MOST_TEXT]), most=8 * MOST_TEXT)
    cut = len(short) > MOST_TEXT or (short and len(text) > 2 * MOST_TEXT)
    return f"{short[:MOST_TEXT]} …" if cut else short


def _line(text: str) -> str:
    return clean_line(_UNHELD.sub("", text[:MOST_HEAD]), least=0, most=4 * MOST_HEAD)[:MOST_LINE]
