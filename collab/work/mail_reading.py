"""An e-mail as an answer: who it says it is from, its subject, its text. Pure, and bounded whatever comes.

Nothing proves the sender of a mail: what is kept is whom it states. Files that hang on it are left aside, by name.
Heads are decoded and not taken apart: what Python's address parser makes of a hostile one takes minutes, or its stack.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from hashlib import sha256
from html import unescape
from typing import Final, cast

import nh3

from collab.core.text.clean import clean_line, clean_text

MOST_TEXT: Final = 15_000
MOST_LINE: Final = 300
MOST_HEAD: Final = 4_000
MOST_PARTS: Final = 20
MOST_RULES: Final = 1_000
MOST_HTML: Final = 300_000
MOST_PAGE: Final = 100_000
MOST_FILES: Final = 20
MOST_KIND: Final = 60
_UNHELD: Final = re.compile("[\x00\ud800-\udfff]")
_EMBEDDED: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NESTED: Final = re.compile(rb"(?:multipart|message)/", re.IGNORECASE)
_LONG_HEAD: Final = re.compile(
    rb"(?:\A|[\r\n])content-(?:type|disposition)[ \t]*:(?:[^\r\n]|(?:\r\n|\r|\n)[ \t]){%d}" % MOST_HEAD, re.IGNORECASE
)
_STRANGE: Final = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf_7"})
"""Codecs that no mail is written in, and that take long or give what is no text."""
_MARKS: Final = re.compile(r"[\\`*_\[\]<~|&]")
_BEGINNINGS: Final = re.compile(r"^([ \t]*)(?=[#+=:-])|^([ \t]*\d{1,9})(?=[.)])", re.MULTILINE)
_INDENT: Final = re.compile(r"^(?: {0,3}\t| {4})[ \t]*", re.MULTILINE)
_QUOTED: Final = re.compile(r"(^ {0,3}>.*\n)(?= {0,3}[^> \n])", re.MULTILINE)
_CLEANER: Final = nh3.Cleaner(
    tags={"br", "p", "div", "tr", "td", "th", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"},
    clean_content_tags={"script", "style", "title"},
    attributes={},
)
_TAGS: Final = re.compile(r"</?[a-z][^>]*>")


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
    """A message as it travels (RFC 5322). Whatever is garbled in it is left out; it is never refused for that. One that
    cannot be taken apart is read as it stands."""
    message, text, files = _apart(raw) or (_heads_of(raw), _as_it_stands(raw), ())
    found = mailed(_head(message, "from"), _head(message, "subject"), text, _head(message, "message-id"))
    return Mailed(found.sender, found.subject, found.text, found.key, _is_automatic(message), files)


def _apart(raw: bytes) -> tuple[Message, str, tuple[str, ...]] | None:
    if not _is_tame(raw):
        return None
    try:
        message: Message = BytesParser(policy=policy.compat32).parsebytes(raw)
        return message, *_body(message)
    except Exception:  # what the parser of the standard library raises over garbled heads of parts is not told
        return None


def _heads_of(raw: bytes) -> Message:
    heads: Message = BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:MOST_HTML])
    return heads


def _as_it_stands(raw: bytes) -> str:
    parts = re.split(rb"\r?\n\r?\n", raw[: 2 * MOST_HTML], maxsplit=1)
    return parts[1].decode("utf-8", "replace") if len(parts) > 1 else ""


def literal(text: str) -> str:
    """A text that is no Markdown as Markdown that says the same: nobody is called by it and nothing is drawn. What a
    mail quotes stays a quotation. Up to three times as long."""
    text = _QUOTED.sub(r"\1\n", _INDENT.sub("   ", text))
    text = _MARKS.sub(lambda found: "\\" + found[0], text)
    return _BEGINNINGS.sub(lambda found: (found[1] or found[2] or "") + "\\", text)


def _is_tame(raw: bytes) -> bool:
    """Whether it may be taken apart: parts within parts cost as many looks at every line, reports of delivery one at
    each empty line, long heads of parts the square of their length. Nobody who answers writes so."""
    return (
        len(_NESTED.findall(raw)) <= MOST_PARTS
        and b"delivery-status" not in raw.lower()
        and raw.count(b"\n--") + raw.count(b"\r--") <= MOST_RULES
        and _LONG_HEAD.search(raw) is None
    )


def _head(message: Message, name: str) -> str:
    found = [value for known, value in message.raw_items() if known.lower() == name]
    raw = str(found[0])[:MOST_HEAD].encode("utf-8", "surrogateescape").decode("utf-8", "replace") if found else ""
    return _words_of(raw)


def _words_of(head: str) -> str:
    """What encoded words of a head say (RFC 2047); the head itself where they are garbled."""
    try:
        return str(make_header(decode_header(head)))
    except Exception:  # several kinds, not all of them named by the library
        return head


def _is_automatic(message: Message) -> bool:
    """Out of office, or not delivered (RFC 3834, RFC 3464): nobody answered."""
    how = _head(message, "auto-submitted").strip().lower()
    kind = _head(message, "content-type").strip().lower()
    return (how != "" and not how.startswith("no")) or kind.startswith("multipart/report")


def _body(message: Message) -> tuple[str, tuple[str, ...]]:
    """The text, plain before HTML, and the names of the files. A message that hangs on it is a file."""
    plain: list[str] = []
    page: list[str] = []
    files: list[str] = []
    for part in _parts(message):
        kind, name = part.get_content_type(), _line(_words_of(str(part.get_filename() or "")[:MOST_HEAD]))
        texts = {"text/plain": plain, "text/html": page}.get(kind)
        if texts is None or name or part.get_content_disposition() == "attachment":
            files.append(name or _line(kind)[:MOST_KIND])
        else:
            texts.append(_decoded(part))
    text = "\n\n".join(plain)
    return text if text.strip() else _of_html(" ".join(page)), tuple(files[:MOST_FILES])


def _parts(message: Message) -> Iterator[Message]:
    """The parts that are no multipart, in their order."""
    if message.get_content_maintype() == "multipart" and isinstance(message.get_payload(), list):
        for part in cast("list[Message]", message.get_payload()):
            yield from _parts(part)
    else:
        yield message


def _decoded(part: Message) -> str:
    """The text of a part, also where its character set is unknown or a lie."""
    given = part.get_payload(decode=True)
    raw = given[:MOST_HTML] if isinstance(given, bytes) else b""
    try:
        charset = codecs.lookup(part.get_content_charset() or "utf-8").name
        return raw.decode("utf-8" if charset.replace("-", "_") in _STRANGE else charset, "replace")
    except (LookupError, ValueError, TypeError):
        return raw.decode("utf-8", "replace")


def _lines(text: str) -> str:
    short = clean_text(_EMBEDDED.sub("", _UNHELD.sub("", text[: 2 * MOST_TEXT])), most=8 * MOST_TEXT)
    short = re.sub(r"\n{3,}", "\n\n", short)
    cut = len(short) > MOST_TEXT or len(text) > 2 * MOST_TEXT
    return f"{short[:MOST_TEXT]} …" if cut else short


def _line(text: str) -> str:
    return clean_line(_UNHELD.sub("", text[:MOST_HEAD]), least=0, most=4 * MOST_HEAD)[:MOST_LINE]


def _of_html(page: str) -> str:
    """The words of a page, line by line. ammonia reads it as browsers do."""
    kept = _CLEANER.clean(page[:MOST_PAGE].replace("\n", " "))
    lines = unescape(_TAGS.sub("\n", kept)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines)
