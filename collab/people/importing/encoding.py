"""In which encoding a text file was saved, told from its bytes alone.

Office programs on Greek and Persian machines still save CSV in the code page of the machine (Windows-1253 and
Windows-1256), newer ones in UTF-8 with a mark in front, "Unicode text" is UTF-16. A file that is UTF-8 from end to
end is UTF-8; otherwise the two code pages are told apart by whether the bytes make words: Greek read as Arabic, or
the other way round, mixes alphabets and puts capitals inside words.
"""

import codecs
import re
from itertools import pairwise
from pathlib import Path
from typing import Final

BLOCK: Final = 1 << 20
MOST_EVIDENCE: Final = 1 << 18
LEAST_SURE: Final = 0.8
"""Share of neighbouring letters that must look right. Real text gave above 0.95, the wrong code page below 0.6."""

_HIGH: Final = re.compile(rb"[^\x00-\x7f]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")
_ISO_ALPHA: Final = re.compile(rb"\xb6[\xc1-\xfe]")
_WINDOWS_ALPHA: Final = re.compile(rb"\xa2[\xc1-\xfe]")
"""Ά before a letter, the one Greek letter that ISO 8859-7 and Windows-1253 keep at different places."""
_GREEK: Final = re.compile("[Ά-ώ]")
_PERSIAN: Final = re.compile("[\u0621-\u06d3\u200c]")


def encoding_of(path: Path) -> str | None:
    """The codec name of the file's encoding, or None when it is none that we know. Reads it in blocks of 1 MB."""
    with path.open("rb") as file:
        head = file.read(4096)
        marked = _by_mark(head) or _by_zeros(head)
        if marked:
            return marked
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        evidence = bytearray()
        is_utf8 = True
        while block := file.read(BLOCK):
            if is_utf8:
                is_utf8 = _decodes(decoder, block)
            if len(evidence) < MOST_EVIDENCE:
                evidence += b"\n".join(line for line in block.split(b"\n") if _HIGH.search(line))[:MOST_EVIDENCE]
        if is_utf8 and _decodes(decoder, b"", final=True):
            return "utf-8"
    return _code_page(bytes(evidence))


def _by_mark(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return None


def _by_zeros(head: bytes) -> str | None:
    """UTF-16 without a mark: the delimiters and digits of any script leave a zero in every other byte."""
    pairs = len(head) // 2
    if pairs < 8:
        return None
    if head[1::2].count(0) > pairs / 4 and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > pairs / 4 and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _code_page(evidence: bytes) -> str | None:
    greek, persian = _looks_greek(evidence), _looks_persian(evidence)
    if max(greek, persian) < LEAST_SURE:
        return "cp1253" if _same_in_both(evidence) else None
    if greek < persian:
        return "cp1256"
    return "iso8859-7" if _ISO_ALPHA.search(evidence) and not _WINDOWS_ALPHA.search(evidence) else "cp1253"


def _same_in_both(evidence: bytes) -> bool:
    """Whether every sign beyond ASCII, such as « and », is the same in either code page."""
    return evidence.decode("cp1253", "replace") == evidence.decode("cp1256", "replace")


def _looks_greek(evidence: bytes) -> float:
    """Share of letter pairs that Greek writes: both Greek, no capital after a small letter."""
    good = all_pairs = 0
    for word in _foreign_words(evidence, "cp1253"):
        for one, other in pairwise(word):
            all_pairs += 1
            good += bool(_GREEK.match(one) and _GREEK.match(other) and not (one.islower() and other.isupper()))
    return good / all_pairs if all_pairs else 0.0


def _looks_persian(evidence: bytes) -> float:
    """Share of letter pairs that Persian or Arabic writes: both of that alphabet."""
    good = all_pairs = 0
    for word in _foreign_words(evidence, "cp1256"):
        for one, other in pairwise(word):
            all_pairs += 1
            good += bool(_PERSIAN.match(one) and _PERSIAN.match(other))
    return good / all_pairs if all_pairs else 0.0


def _foreign_words(evidence: bytes, codec: str) -> list[str]:
    """Words with a letter beyond ASCII; a byte that the code page does not have stands in them as a wrong letter."""
    text = evidence.decode(codec, "replace").replace("\ufffd", "ŭ")
    return [word for word in _WORD.findall(text) if not word.isascii()]
