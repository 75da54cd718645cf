"""What every export comes down to: who wrote, where, what, when, and to what it was an answer."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, Protocol

from collab.core import clock
from collab.core.forms import SENTENCES
from collab.core.i18n import N_, _
from collab.core.text.clean import Unclean, clean_line, clean_text
from collab.people.importing.report import BadFile, Fault

MOST_TEXT: Final = 40_000
MOST_MESSAGES: Final = 1_000_000
MOST_KEY: Final = 200
MOST_NAME: Final = 200
NOT_TEXT: Final = SENTENCES["not-text"]
FIRST: Final = datetime(1988, 1, 1, tzinfo=UTC)

TOO_MANY: Final = N_("There are more than %(most)s messages here. Bring them in in parts.")
NO_JSON: Final = N_("This line is no JSON object.")
NO_TIME: Final = N_("It does not say when this was written.")
STRANGE_TIME: Final = N_("Nothing can have been written at that time.")
NO_AUTHOR: Final = N_("It does not say who wrote this.")
NO_TEXT: Final = N_("There is no text in this message.")

_OPEN, _CLOSE = "\ue000", "\ue001"
CALLED: Final = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]{{1,{MOST_KEY}}}){_CLOSE}")
_CODE: Final = re.compile(r"(```.*?```|`[^`\n]+`)", re.S)


class Bar(Protocol):
    """A progress bar."""

    def begin(self, label: str, length: int) -> None: ...
    def reach(self, place: int) -> None: ...
    def step(self, more: int) -> None: ...


class Bad(Exception):
    """Why one message, author or conversation cannot be taken; its text is a sentence in the reader's language."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who wrote there. `key` is what the other system calls them."""

    key: str
    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation there. `members` are keys of writers; `open`: whoever works here may join."""

    key: str
    title: str
    topic: str | None = None
    direct: bool = False
    open: bool = False
    archived: bool = False
    members: tuple[str, ...] = ()
    place: tuple[str, int] = ("", 1)


class Spoken(NamedTuple):
    """One message. `text` is Markdown in which `calling(key)` stands for somebody who is called."""

    key: str
    author: str
    at: datetime
    text: str
    reply_to: str | None
    edited_at: datetime | None
    written_at: datetime | None = None


@dataclass(slots=True)
class Chat:
    """An export as it was read: everything that can be taken, and why the rest cannot."""

    source: str
    writers: dict[str, Writer] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    said: dict[str, dict[str, Spoken]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    number: int = 0

    def add(self, room: str, spoken: Spoken) -> None:
        """Take a message; what stands in the file twice is taken once. Raises BadFile beyond the bounds."""
        there = self.said.setdefault(room, {})
        if spoken.key not in there:
            self.number += 1
            if self.number > MOST_MESSAGES:
                raise BadFile(_(TOO_MANY, most=f"{MOST_MESSAGES:,}"))
            there[spoken.key] = spoken

    def bad(self, place: tuple[str, int], reason: str) -> None:
        self.faults.append(Fault(place[1], place[0], reason))


def calling(key: str) -> str:
    """What stands in a text for somebody who is called there."""
    return f"{_OPEN}{key}{_CLOSE}"


def words(text: object) -> str:
    """A text as it may be kept. Raises Bad. What only looks like one of our mentions calls nobody."""
    if not isinstance(text, str):
        raise Bad(_(NOT_TEXT))
    try:
        cleaned = clean_text(text.replace(_OPEN, "").replace(_CLOSE, ""), most=MOST_TEXT)
    except Unclean as problem:
        template = SENTENCES.get(problem.code, NOT_TEXT)
        raise Bad(_(template, limit=problem.limit) if "%(limit)s" in template else _(template)) from problem
    return cleaned.replace("](party:", "] (party:")


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """`text` with everything changed that is not code."""
    parts = _CODE.split(text)
    return "".join(part if at % 2 else change(part) for at, part in enumerate(parts))


def moment(seconds: object) -> datetime:
    """A time given as seconds since 1970. Raises Bad."""
    try:
        at = datetime.fromtimestamp(float(seconds), UTC)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError) as problem:
        raise Bad(_(NO_TIME)) from problem
    return possible(at)


def possible(at: datetime) -> datetime:
    """The time itself when something can have been written then. Raises Bad."""
    if not FIRST <= at <= clock.now() + timedelta(days=1):
        raise Bad(_(STRANGE_TIME))
    return at


def key_of(value: object, missing: str) -> str:
    """What the other system calls something. Raises Bad."""
    if not isinstance(value, str) or not value.strip() or len(value) > MOST_KEY or "\0" in value or _OPEN in value:
        raise Bad(missing)
    try:
        value.encode()
    except UnicodeEncodeError as problem:
        raise Bad(missing) from problem
    return value.strip()


def name_of(*values: object) -> str:
    """The first of these that is a name, on one line; "" when none is."""
    for value in values:
        if isinstance(value, str):
            try:
                found = clean_line(value[:MOST_NAME], least=0, most=MOST_NAME)
            except Unclean:
                continue
            if found:
                return found
    return ""


def mail_of(value: object) -> str | None:
    """A mail address as people are known by it, or None."""
    if not isinstance(value, str) or "@" not in value or len(value) > 254 or not value.isprintable():
        return None
    return value.strip().lower()


def keys_of(values: object) -> tuple[str, ...]:
    """Those of a list that are keys."""
    listed: Iterable[object] = values if isinstance(values, list) else ()
    return tuple(dict.fromkeys(one for one in listed if isinstance(one, str) and 0 < len(one) <= MOST_KEY))
