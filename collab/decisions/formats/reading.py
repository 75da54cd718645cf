"""What every reader of a votes file shares: the text of its lines, and the one way to say that a file is bad. Pure."""

import codecs
import re
from typing import Final

LARGEST: Final = 512 * 1024 * 1024
LONGEST_LINE: Final = 16 * 1024 * 1024
MOST_OPTIONS: Final = 2_000
MOST_VOTES: Final = 2_000_000_000
"""A count beyond this is a slip of the pen, not an election."""

_END = re.compile("\r\n|\r|\n")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


class BadFile(Exception):
    """A file that cannot be counted: the line (from 1; 0 when it is the file as a whole) and a sentence why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.line, self.reason = line, reason


def text_of(data: bytes, encoding: str | None = None) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252, as older files are written."""
    if len(data) > LARGEST:
        raise BadFile(0, f"the file is larger than {LARGEST // 1024 // 1024} MB")
    _refuse_endless_line(data)
    text = _decoded(data, encoding).rstrip().rstrip("\x1a")  # DOS ended its files with one
    if found := _FORBIDDEN.search(text):
        line = len(_END.findall(text, 0, found.start())) + 1
        raise BadFile(line, f"the sign U+{ord(found[0]):04X} does not belong in a text; is this a file of votes?")
    if not text.strip():
        raise BadFile(0, "the file is empty")
    return text


def _refuse_endless_line(data: bytes) -> None:
    """Before anything is decoded: what is no file of lines is said at once, without its size in memory many times."""
    at = 0
    while at + LONGEST_LINE < len(data):
        end = max(data.rfind(sign, at, at + LONGEST_LINE) for sign in (b"\n", b"\r"))
        if end < 0:
            line = data.count(b"\n", 0, at) + 1
            raise BadFile(line, f"the line is longer than {LONGEST_LINE // 1024 // 1024} MB; is this a file of votes?")
        at = end + 1


def _decoded(data: bytes, encoding: str | None) -> str:
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except LookupError as error:
            raise BadFile(0, f"there is no encoding named {encoding}") from error
        except UnicodeError as error:
            line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
            raise BadFile(line, f"the file is not written in {encoding}") from error
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name)
            except UnicodeDecodeError as error:
                line = data.count(b"\n", 0, error.start) + 1
                raise BadFile(line, f"the file says that it is {name.upper()}, but is not") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")


def lines_of(text: str) -> list[str]:
    """The lines, however they end; the last one is not empty."""
    lines = _END.split(text)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def whole(word: str, line: int, what: str, least: int = 0, most: int = MOST_VOTES) -> int:
    """A whole number in plain digits, or a sentence that says which one is wrong."""
    word = word.strip()
    if not word.isascii() or not word.isdigit():
        raise BadFile(line, f"{what} should be a whole number, not {shown(word)}")
    if len(word) > 12 or not least <= int(word) <= most:
        raise BadFile(line, f"{what} is {shown(word)}; it must be between {least} and {most}")
    return int(word)


def shown(word: str) -> str:
    """A word of the file as a message shows it: short, and its invisible signs seen."""
    return repr(word if len(word) <= 40 else word[:39] + "…") if word else "nothing"


def distinct(names: list[str], lines: list[int]) -> None:
    """Two options of one name cannot be told apart in a result."""
    if len(names) > MOST_OPTIONS:
        raise BadFile(lines[MOST_OPTIONS], f"there are more than {MOST_OPTIONS} options")
    seen: dict[str, int] = {}
    for name, line in zip(names, lines, strict=True):
        if not name:
            raise BadFile(line, "an option has no name")
        known = " ".join(name.casefold().split())
        if known in seen:
            raise BadFile(line, f"the name {shown(name)} stands for two options (see line {seen[known]})")
        seen[known] = line
