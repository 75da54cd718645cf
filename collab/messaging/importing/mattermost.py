"""Mattermost's bulk export: JSONL whose lines are teams, channels, users, posts with their replies, direct posts.

Format: docs.mattermost.com, "Bulk loading data" (version 1). Posts have no ids there; one is known by its author, time
and text. Files are named at the end of the message; they are not brought in.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

from collab.core.i18n import N_, _

from .shapes import (
    NO_AUTHOR,
    NO_JSON,
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
    moment,
    name_of,
    outside_code,
    words,
)

NO_CHANNEL: Final = N_("It does not say in which channel this was written.")
NO_NAME: Final = N_("It has no name.")
_CALL: Final = re.compile(r"(?<![\w@./-])@([a-z0-9][a-z0-9._-]{0,63})", re.I)


def read(source: str, lines: Iterator[tuple[int, Any]]) -> Chat:
    """Every line after the first, which told the version."""
    chat = Chat(source)
    joined: dict[str, list[str]] = {}
    for line, given in lines:
        try:
            if not isinstance(given, dict):
                raise Bad(_(NO_JSON))
            kind = given.get("type")
            body = given.get(kind) if isinstance(kind, str) else None
            if kind in _TAKERS:
                if not isinstance(body, dict):
                    raise Bad(_(NO_JSON))
                _TAKERS[kind](chat, line, body, joined)
        except Bad as problem:
            chat.bad(("", line), str(problem))
    _complete(chat, joined)
    return chat


def _channel(chat: Chat, line: int, body: dict[str, Any], _joined: dict[str, list[str]]) -> None:
    key = _channel_key(body.get("team"), body.get("name"))
    chat.rooms[key] = Room(
        key,
        name_of(body.get("display_name"), body.get("name")) or key[:60],
        topic=name_of(body.get("header"), body.get("purpose")) or None,
        open=body.get("type") == "O",
        archived=bool(body.get("deleted_at")),
        place=("", line),
    )


def _user(chat: Chat, _line: int, body: dict[str, Any], joined: dict[str, list[str]]) -> None:
    key = key_of(body.get("username"), _(NO_NAME)).lower()
    full = " ".join(str(body.get(part) or "") for part in ("first_name", "last_name"))
    name = name_of(full, body.get("nickname"), key) or "?"
    chat.writers[key] = Writer(key, name, mail_of(body.get("email")))
    for team in body.get("teams") or ():
        for channel in (team.get("channels") or ()) if isinstance(team, dict) else ():
            if isinstance(channel, dict) and isinstance(channel.get("name"), str):
                joined.setdefault(_channel_key(team.get("name"), channel["name"]), []).append(key)


def _post(chat: Chat, line: int, body: dict[str, Any], _joined: dict[str, list[str]]) -> None:
    room = _channel_key(body.get("team"), body.get("channel"))
    if room not in chat.rooms:
        chat.rooms[room] = Room(room, name_of(body.get("channel")) or "?", place=("", line))
    _said(chat, room, line, body)


def _direct(chat: Chat, line: int, body: dict[str, Any], _joined: dict[str, list[str]]) -> None:
    _direct_room(chat, line, body.get("members") or _named(body.get("participants")))


def _direct_post(chat: Chat, line: int, body: dict[str, Any], _joined: dict[str, list[str]]) -> None:
    _said(chat, _direct_room(chat, line, body.get("channel_members")), line, body)


_TAKERS: Final = {
    "channel": _channel, "user": _user, "post": _post, "direct_channel": _direct, "direct_post": _direct_post,
}  # fmt: skip


def _said(chat: Chat, room: str, line: int, body: dict[str, Any]) -> None:
    first = _spoken(body, None)
    if first is not None:
        chat.add(room, first)
    replies = body.get("replies")
    for reply in replies if isinstance(replies, list) else ():
        try:
            answer = _spoken(reply, first.key if first else None) if isinstance(reply, dict) else None
        except Bad as problem:
            chat.bad(("", line), str(problem))
            continue
        if answer is not None:
            chat.add(room, answer)


def _spoken(body: dict[str, Any], root: str | None) -> Spoken | None:
    """A post or reply; None for what the system itself wrote and for what is empty."""
    if str(body.get("type") or "").startswith("system_") or body.get("delete_at"):
        return None
    author = key_of(body.get("user"), _(NO_AUTHOR)).lower()
    at = moment(_milliseconds(body.get("create_at")))
    edited = body.get("edit_at")
    text = outside_code(words(body.get("message") or ""), lambda part: _CALL.sub(_called, part))
    text = "\n\n".join(part for part in (text, *_files(body.get("attachments"))) if part)
    if not text:
        return None
    key = sha256(f"{body['create_at']}\0{author}\0{body.get('message')}".encode()).hexdigest()[:32]
    return Spoken(key, author, at, text, root, moment(_milliseconds(edited)) if edited else None)


def _called(match: re.Match[str]) -> str:
    """Sentences end with a full stop that is not of the name."""
    name = match[1].rstrip(".-_")
    return calling(name.lower()) + match[1][len(name) :]


def _files(attachments: object) -> list[str]:
    paths = [one.get("path") for one in attachments if isinstance(one, dict)] if isinstance(attachments, list) else []
    names = [name_of(path.rsplit("/", 1)[-1]) for path in paths if isinstance(path, str)]
    return [f"📎 {name}" for name in names if name]


def _milliseconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Bad(_(NO_TIME))
    try:
        return value / 1000
    except OverflowError as problem:
        raise Bad(_(NO_TIME)) from problem


def _channel_key(team: object, channel: object) -> str:
    return key_of(f"{team or ''}/{key_of(channel, _(NO_CHANNEL))}", _(NO_CHANNEL)).lower()


def _direct_room(chat: Chat, line: int, members: object) -> str:
    names = sorted(name.lower() for name in keys_of(members))
    if not names:
        raise Bad(_(NO_CHANNEL))
    key = f"direct/{sha256(chr(0).join(names).encode()).hexdigest()[:32]}"
    chat.rooms.setdefault(key, Room(key, "", direct=True, members=tuple(names), place=("", line)))
    return key


def _named(participants: object) -> list[Any]:
    listed = participants if isinstance(participants, list) else []
    return [one.get("username") for one in listed if isinstance(one, dict)]


def _complete(chat: Chat, joined: dict[str, list[str]]) -> None:
    """Members of channels, and whoever wrote without being described."""
    for key, names in joined.items():
        room = chat.rooms.get(key)
        if room is not None:
            members = tuple(dict.fromkeys(names))
            chat.rooms[key] = Room(key, room.title, room.topic, False, room.open, room.archived, members, room.place)
    keys = {spoken.author for there in chat.said.values() for spoken in there.values()}
    keys.update(member for room in chat.rooms.values() for member in room.members)
    for key in keys - chat.writers.keys():
        chat.writers[key] = Writer(key, key)
