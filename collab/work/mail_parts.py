"""An e-mail taken apart: its heads, and parts within parts (RFC 5322, 2045, 2046, 2231), whatever is garbled in it.

The parser of the standard library holds every line against every open boundary and takes the square of a long head:
a mail of some megabytes costs it seconds. Here each level is one search for its boundary, and parts, levels and what
is read of them are counted, so that the worst mail costs little more than a large one.
"""

import binascii
import codecs
import re
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import unquote_to_bytes

MOST_PARTS: Final = 100
MOST_LEVELS: Final = 8
MOST_HEAD: Final = 4_000
MOST_HEADS: Final = (40, 1_000)  # of a part, of the message
LONGEST_HEADS: Final = (16_000, 250_000)  # of a part, of the message
LONGEST_BOUNDARY: Final = 200  # the standard has 70
MOST_WORDS: Final = 20
MOST_READ: Final = 400_000  # of pages, and as much of plain text
LEAST_READ: Final = 4_000  # of each part, whatever was read before it
_TEXTS: Final = ("text/plain", "text/html")
_HEADS: Final = re.compile(rb"(?:From [^\n]*+\n)?(?:(?:[!-9;-~]++[ \t]*+:|[ \t])[^\n]*+(?:\n|\Z))*+(?:\r?\n)?")
_HEAD: Final = re.compile(
    rb"^(from|to|cc|delivered-to|x-original-to|envelope-to|return-path|subject|message-id|auto-submitted|precedence"
    rb"|x-autoreply|x-autorespond|content-type|content-transfer-encoding|content-disposition)"
    rb"[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)",
    re.IGNORECASE | re.MULTILINE,
)
_KIND: Final = re.compile(r"\s*([a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+)", re.IGNORECASE)
_WORD: Final = re.compile(r'[;\s]([^\s=;"]++)\s*+=\s*+(?:"((?:[^"\\]++|\\.)*+)"|([^;]*+))', re.DOTALL)
_PIECE: Final = re.compile(r"([^*]+)\*(?:([0-9]{1,3})(\*)?)?")
_STRANGE: Final = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf_7"})
"""Codecs that no mail is written in, and that take long or give what is no text."""

Heads = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message. `name`: of a file, `""` where it has none; `is_file`: it is no text of the message itself.
    `text`: of the others, as it was written; `cut`: there is more of it than is read here."""

    kind: str
    name: str = ""
    is_file: bool = False
    text: str = ""
    cut: bool = False
    parts: tuple["Part", ...] = ()


@dataclass(slots=True)
class _Left:
    """What may still be taken of the whole message."""

    parts: int = MOST_PARTS
    page: int = MOST_READ
    plain: int = MOST_READ

    def take(self, kind: str, most: int) -> int:
        """How much of a part is read, of `most`: a page that comes first leaves plain text its own."""
        whose = "page" if kind == "text/html" else "plain"
        left: int = getattr(self, whose)
        taken = min(most, max(left, LEAST_READ))
        setattr(self, whose, left - taken)
        return taken


def take_apart(raw: bytes) -> tuple[Heads, Part]:
    """The heads of a message by their small names, each as often as it stands there, and the message as a part."""
    heads, body = _heads(raw, 0, len(raw))
    return heads, _part(raw, heads, body, len(raw), _Left())


def heads_of(raw: bytes) -> Heads:
    """The heads alone, all of them and whole: an address may stand behind a hundred others."""
    return _heads(raw, 0, len(raw), whole=True)[0]


def _heads(raw: bytes, start: int, end: int, *, whole: bool = False) -> tuple[Heads, int]:
    """The heads that are asked for here, `whole` or as much of them as is read, and where the body begins."""
    block = _HEADS.match(raw, start, min(end, start + LONGEST_HEADS[start == 0]))
    body = block.end() if block else start
    heads: Heads = {}
    for found in islice(_HEAD.finditer(raw, start, body), None if whole else MOST_HEADS[start == 0]):
        value = found[2] if whole else raw[found.start(2) : min(found.end(2), found.start(2) + MOST_HEAD)]
        value = value.replace(b"\r", b"").replace(b"\n", b"").strip()
        heads.setdefault(found[1].decode().lower(), []).append(value.decode("utf-8", "surrogateescape"))
    return heads, body


def _part(
    raw: bytes, heads: Heads, body: int, end: int, left: _Left, level: int = 1, otherwise: str = "text/plain"
) -> Part:
    stated = _first(heads, "content-type")
    words, kind = words_of(stated), _kind(stated) or otherwise
    boundary = words.get("boundary", "").rstrip() if kind.startswith("multipart/") else ""
    if 0 < len(boundary) <= LONGEST_BOUNDARY and level <= MOST_LEVELS:
        inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        spans, cut = _spans(raw, body, end, boundary.encode("utf-8", "surrogateescape"), left)
        if spans:
            parts = [_part(raw, *_heads(raw, *one), one[1], left, level + 1, inner) for one in spans]
            return Part(kind, cut=cut, parts=tuple(parts))
    unparted = kind.startswith("multipart/") and level <= MOST_LEVELS  # it is read as it stands
    how = _first(heads, "content-disposition")
    name = words_of(how).get("filename") or words.get("name") or ""
    if name or not (unparted or kind in _TEXTS) or how.lower().startswith("attachment"):
        return Part(kind, name, is_file=True)
    read = raw[body : body + left.take(kind, end - body)]
    text = decoded(_carried(read, _first(heads, "content-transfer-encoding").lower()), words.get("charset", ""))
    return Part(kind, text=text, cut=len(read) < end - body)


def _spans(raw: bytes, body: int, end: int, boundary: bytes, left: _Left) -> tuple[list[tuple[int, int]], bool]:
    """Where the parts stand between their boundaries, and whether there are more than are taken."""
    line = re.compile(rb"\n--" + re.escape(boundary) + rb"(--)?[ \t\r]*+(?:\n|\Z)")
    spans: list[tuple[int, int]] = []
    start, at = None, body - 1  # the line end before a boundary may be that of the heads, or of another boundary
    while found := line.search(raw, at, end):
        if start is not None:
            spans.append((start, max(start, found.start() - (raw[found.start() - 1 : found.start()] == b"\r"))))
            left.parts -= 1
        if found[1] is not None or left.parts <= 0:
            return spans, found[1] is None
        start = found.end()
        at = start - 1
    if start is not None:
        spans.append((start, end))
        left.parts -= 1
    return spans, False


def _first(heads: Heads, name: str) -> str:
    return heads.get(name, [""])[0]


def _kind(stated: str) -> str:
    found = _KIND.match(stated)
    return found[1].lower() if found else ""


def words_of(head: str) -> dict[str, str]:
    """What stands behind the first word of a head (`charset=utf-8`), put together where it came in pieces."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for found in islice(_WORD.finditer(head), MOST_WORDS):
        name = found[1].lower()
        value = found[3].strip() if found[2] is None else re.sub(r"\\(.)", r"\1", found[2], flags=re.DOTALL)
        piece = _PIECE.fullmatch(name)
        if piece is None:
            plain.setdefault(name, value)
        else:
            encoded = piece[2] is None or piece[3] is not None
            pieces.setdefault(piece[1], {}).setdefault(int(piece[2] or 0), (encoded, value))
    return plain | {name: _joined([those[number] for number in sorted(those)]) for name, those in pieces.items()}


def _joined(pieces: list[tuple[bool, str]]) -> str:
    """The value that came in pieces, with its character set before the first (RFC 2231)."""
    charset, (encoded, first) = "", pieces[0]
    if encoded and first.count("'") >= 2:
        charset, _language, first = first.split("'", 2)
    raws = [(how, value.encode("utf-8", "surrogateescape")) for how, value in [(encoded, first), *pieces[1:]]]
    return decoded(b"".join(unquote_to_bytes(raw) if how else raw for how, raw in raws), charset)


def _carried(raw: bytes, how: str) -> bytes:
    """The signs as they were before they were made fit for travel."""
    if how.startswith("quoted-printable"):
        return binascii.a2b_qp(raw)
    return _base64(raw) if how.startswith("base64") else raw


def _base64(raw: bytes) -> bytes:
    """Also where its end is missing. What a list appended behind the end is no part of it."""
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:
        signs = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
        signs = signs[:-1] if len(signs) % 4 == 1 else signs
        return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4))


def decoded(raw: bytes, charset: str) -> str:
    """The text, also where its character set is unknown or a lie."""
    try:
        found = codecs.lookup(charset[:40] or "utf-8").name
        return raw.decode("utf-8" if found.replace("-", "_") in _STRANGE else found, "replace")
    except (LookupError, ValueError, TypeError):
        return raw.decode("utf-8", "replace")
