"""An e-mail as an answer: who it says it is from, its subject, its text. Pure.

Nothing proves the sender of a mail: what is kept is whom it states. Attachments are left aside.
"""

import re
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any, Final

MOST_TEXT: Final = 15_000
MOST_LINE: Final = 300
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_MARKS: Final = re.compile(r"([\\`*_\[\]<~|]|^\s*#)", re.MULTILINE)
_INDENT: Final = re.compile(r"^[ \t]{4,}", re.MULTILINE)
_QUOTED: Final = re.compile(r"(^>.*\n)(?=[^>\n])", re.MULTILINE)
_SKIPPED: Final = frozenset({"script", "style", "head", "title"})
_LINES: Final = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote"})


@dataclass(frozen=True, slots=True)
class Mailed:
    """What came. `key` tells a message that is delivered twice from another one; `automatic`: no person wrote it."""

    sender: str
    subject: str
    text: str
    key: bytes
    automatic: bool = False


def mailed(sender: str, subject: str, text: str, message_id: str = "") -> Mailed:
    """A message whose parts are known; without a Message-ID it is known by what it says."""
    key = message_id.strip() or "\0".join((sender, subject, text))
    short = _clean(text).strip()
    if len(short) > MOST_TEXT:
        short = f"{short[:MOST_TEXT]} …"
    return Mailed(_line(sender), _line(subject), short, sha256(key.encode("utf-8", "replace")).digest())


def read_message(raw: bytes) -> Mailed:
    """A message as it travels (RFC 5322). Whatever is garbled in it is left out; it is never refused for that."""
    message: EmailMessage = BytesParser(policy=policy.default).parsebytes(raw)
    found = mailed(_head(message, "from"), _head(message, "subject"), _text(message), _head(message, "message-id"))
    return Mailed(found.sender, found.subject, found.text, found.key, _is_automatic(message))


def literal(text: str) -> str:
    """A text that is no Markdown as Markdown that says the same: nobody is called by it and nothing is drawn. What a
    mail quotes stays a quotation."""
    text = _QUOTED.sub(r"\1\n", text)
    return _MARKS.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], _INDENT.sub("   ", text))


def _head(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _is_automatic(message: EmailMessage) -> bool:
    """Out of office, or not delivered (RFC 3834, RFC 3464): nobody answered."""
    how = _head(message, "auto-submitted").strip().lower()
    return (how != "" and not how.startswith("no")) or message.get_content_type() == "multipart/report"


def _text(message: EmailMessage) -> str:
    try:
        body = message.get_body(("plain", "html"))
    except (MessageError, ValueError, LookupError, AttributeError, TypeError):
        body = None
    if body is None:
        return ""
    told = _decoded(body)
    return _of_html(told) if body.get_content_type() == "text/html" else told


def _decoded(part: Any) -> str:
    """The text of a part, also where its character set is unknown or a lie."""
    given = part.get_payload(decode=True)
    raw = given if isinstance(given, bytes) else b""
    try:
        return raw.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeError, ValueError):
        return raw.decode("utf-8", "replace")


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n{3,}", "\n\n", _CONTROLS.sub("", lines).replace("\ufffe", ""))


def _line(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())[:MOST_LINE]


class _Words(HTMLParser):
    """The words of a page, line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.skipping += tag in _SKIPPED
        if tag in _LINES:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.skipping = max(0, self.skipping - (tag in _SKIPPED))
        if tag in _LINES:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.said.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def _of_html(page: str) -> str:
    words = _Words()
    words.feed(page[:1_000_000])
    return "\n".join(line.strip() for line in "".join(words.said).split("\n"))
