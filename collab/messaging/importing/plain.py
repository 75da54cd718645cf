"""Our own JSONL: one object a line, `conversation`, `author` or `message`, in any order.

{"type": "conversation", "id": "storm", "title": "Storm", "topic": "…", "open": true, "members": ["anna@city.example"]}
{"type": "author", "id": "anna", "name": "Anna Stathi", "email": "anna@city.example"}
{"type": "message", "id": "1", "conversation": "storm", "author": "anna", "at": "2026-03-02T09:30+02:00", "text": "…"}

A message may say `reply_to` (the id of another), `edited_at`, `written_at` (before it could be sent) and `files`
(their names stand in one without words), and call somebody as `@[Name](author:anna)`. What is `gone` in a copy that
Collab made is passed over. Without `type` a line is a message. Authors and conversations that no line describes are
known by their ids; an author's id may be their mail address.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from collab.core.i18n import N_, _

from .shapes import (
    NO_AUTHOR,
    NO_JSON,
    NO_TEXT,
    NO_TIME,
    Bad,
    Chat,
    Room,
    Spoken,
    Writer,
    calling,
    key_of,
    keys_of,
    mail_of,
    name_of,
    possible,
    words,
)

NO_ID: Final = N_("It has no id, a text of at most 200 characters.")
NO_ROOM: Final = N_("It does not say in which conversation this was written.")
STRANGE: Final = N_("This is neither a conversation, nor an author, nor a message.")
CALLS: Final = re.compile(r"@\[[^\]\[\n\\]{1,200}\]\(author:([^()\s]{1,200})\)")
OFFSETS: Final = N_("A time such as 2026-03-02T09:30:00+02:00 is expected here.")


def read(source: str, first: tuple[int, Any], rest: Iterator[tuple[int, Any]], zone: str) -> Chat:
    """Every line of the file. Times without an offset are those of `zone`."""
    chat, place, local = Chat(source), "", ZoneInfo(zone)
    for line, given in _all(first, rest):
        try:
            if not isinstance(given, dict):
                raise Bad(_(NO_JSON))
            take = _TAKERS.get(str(given.get("type", "message")))
            if take is None:
                raise Bad(_(STRANGE))
            take(chat, line, given, local)
        except Bad as problem:
            chat.bad((place, line), str(problem))
    _complete(chat)
    return chat


def _all(first: tuple[int, Any], rest: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    yield first
    yield from rest


def _conversation(chat: Chat, line: int, given: dict[str, Any], _zone: ZoneInfo) -> None:
    key = key_of(given.get("id"), _(NO_ID))
    chat.rooms[key] = Room(
        key=key,
        title=name_of(given.get("title"), key),
        topic=name_of(given.get("topic")) or None,
        direct=given.get("direct") is True,
        open=given.get("open") is True,
        archived=given.get("archived") is True,
        members=keys_of(given.get("members")),
        place=("", line),
    )


def _author(chat: Chat, _line: int, given: dict[str, Any], _zone: ZoneInfo) -> None:
    key = key_of(given.get("id"), _(NO_ID))
    email = mail_of(given.get("email")) or mail_of(key)
    chat.writers[key] = Writer(key, name_of(given.get("name"), email, key) or "?", email)


def _message(chat: Chat, line: int, given: dict[str, Any], zone: ZoneInfo) -> None:
    room = key_of(given.get("conversation"), _(NO_ROOM))
    text = words(given.get("text") or _names(given.get("files")))
    if not text:
        raise Bad(_(NO_TEXT))
    reply = given.get("reply_to")
    edited, written = given.get("edited_at"), given.get("written_at")
    spoken = Spoken(
        key=key_of(given.get("id"), _(NO_ID)),
        author=key_of(given.get("author"), _(NO_AUTHOR)),
        at=_time(given.get("at"), zone),
        text=CALLS.sub(lambda found: calling(found[1]), text),
        reply_to=None if reply is None else key_of(reply, _(NO_ID)),
        edited_at=None if edited is None else _time(edited, zone),
        written_at=None if written is None else _time(written, zone),
    )
    if room not in chat.rooms:
        chat.rooms[room] = Room(room, name_of(room) or "?", place=("", line))
    chat.add(room, spoken)


def _gone(_chat: Chat, _line: int, _given: dict[str, Any], _zone: ZoneInfo) -> None:
    """What was deleted, hidden or removed before the copy was made has no words to bring in."""


def _names(files: object) -> str:
    """The names of files where a message has no words."""
    listed = files if isinstance(files, list) else []
    return ", ".join(name_of(one.get("name") if isinstance(one, dict) else one) for one in listed)


_TAKERS: Final = {"conversation": _conversation, "author": _author, "message": _message, "gone": _gone}


def _time(value: object, zone: ZoneInfo) -> datetime:
    if not isinstance(value, str) or not value.strip():
        raise Bad(_(NO_TIME))
    try:
        at = datetime.fromisoformat(value.strip())
        return possible(at if at.tzinfo else at.replace(tzinfo=zone))
    except (ValueError, OverflowError) as problem:
        raise Bad(_(OFFSETS)) from problem


def _complete(chat: Chat) -> None:
    """Whoever no line describes is known by the id alone."""
    keys = {spoken.author for there in chat.said.values() for spoken in there.values()}
    keys.update(member for room in chat.rooms.values() for member in room.members)
    for key in keys - chat.writers.keys():
        chat.writers[key] = Writer(key, name_of(key) or "?", mail_of(key))
