"""Slack's export: `users.json`, lists of channels, and a folder a channel with a file a day.

Format: slack.com/help "How to read Slack data exports". A message is known by its channel and `ts`. What the system
said (joined, left, renamed) stays out. Files are named with their addresses; they are not in an export.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from collab.core.i18n import N_, _

from .shapes import (
    NO_AUTHOR,
    NO_TIME,
    Bad,
    Chat,
    Room,
    Spoken,
    Writer,
    key_of,
    keys_of,
    mail_of,
    moment,
    name_of,
    words,
)
from .slack_text import markdown

LISTS: Final = {"channels.json": (True, False), "groups.json": (False, False), "mpims.json": (False, True),
                "dms.json": (False, True)}  # fmt: skip
TAKEN: Final = (None, "bot_message", "thread_broadcast", "me_message", "file_share", "file_comment", "huddle_thread")
NO_LIST: Final = N_("This file is not the list that a Slack export has here.")
_STAMP: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")

Json = Callable[[str], Any]


def root_of(names: Iterable[str]) -> str | None:
    """The folder in which the export lies ("" when it is not within another), or None when it is no Slack export."""
    lists = [name for name in names if name.rsplit("/", 1)[-1] in LISTS]
    return min((name.rpartition("/")[0] for name in lists), key=len, default=None)


def read(source: str, root: str, names: list[str], json: Json) -> Chat:
    """Every channel of the export."""
    chat, prefix = Chat(source), f"{root}/" if root else ""
    here = {name.removeprefix(prefix): name for name in names if name.startswith(prefix)}
    for entry in _list(chat, here, "users.json", json):
        _user(chat, entry)
    folders: dict[str, str] = {}
    for file, (open_, direct) in LISTS.items():
        for number, entry in enumerate(_list(chat, here, file, json), start=1):
            _channel(chat, entry, (file, number), open_, direct, folders)
    for name in sorted(here):
        folder, _slash, day = name.rpartition("/")
        if folder in folders and day.endswith(".json"):
            for number, entry in enumerate(_list(chat, here, name, json), start=1):
                _message(chat, folders[folder], entry, (name, number))
    _complete(chat)
    return chat


def _list(chat: Chat, here: dict[str, str], name: str, json: Json) -> list[dict[str, Any]]:
    if name not in here:
        return []
    try:
        found = json(here[name])
    except ValueError:
        found = None
    if not isinstance(found, list):
        chat.bad((name, 1), _(NO_LIST))
        return []
    return [entry if isinstance(entry, dict) else {} for entry in found]


def _user(chat: Chat, entry: dict[str, Any]) -> None:
    profile: dict[str, Any] = entry["profile"] if isinstance(entry.get("profile"), dict) else {}
    key = entry.get("id")
    if isinstance(key, str) and 0 < len(key) <= 60:
        name = name_of(profile.get("real_name"), entry.get("real_name"), profile.get("display_name"), entry.get("name"))
        chat.writers[key] = Writer(key, name or key, mail_of(profile.get("email")))


def _channel(
    chat: Chat, entry: dict[str, Any], place: tuple[str, int], open_: bool, direct: bool, folders: dict[str, str]
) -> None:
    try:
        key = key_of(entry.get("id"), _(NO_LIST))
        title = name_of(entry.get("name")) or ("" if direct else key)
        topics = [one.get("value") for one in (entry.get("topic"), entry.get("purpose")) if isinstance(one, dict)]
        chat.rooms[key] = Room(
            key, title, name_of(*topics) or None, direct=direct, open=open_, archived=entry.get("is_archived") is True,
            members=keys_of(entry.get("members")), place=place,
        )  # fmt: skip
        folders[key] = key
        if isinstance(entry.get("name"), str):
            folders[entry["name"]] = key
    except Bad as problem:
        chat.bad(place, str(problem))


def _message(chat: Chat, room: str, entry: dict[str, Any], place: tuple[str, int]) -> None:
    if entry.get("subtype") not in TAKEN:
        return
    try:
        text = "\n\n".join(part for part in (markdown(words(entry.get("text") or "")), *_more(entry)) if part)
        if not text:
            return
        stamp = _stamp(entry.get("ts"))
        edited = entry.get("edited")
        thread = entry.get("thread_ts")
        chat.add(
            room,
            Spoken(
                key=stamp,
                author=_author(chat, entry),
                at=moment(stamp),
                text=text,
                reply_to=thread if isinstance(thread, str) and thread != stamp else None,
                edited_at=moment(_stamp(edited.get("ts"))) if isinstance(edited, dict) else None,
            ),
        )
    except Bad as problem:
        chat.bad(place, str(problem))


def _stamp(value: object) -> str:
    if not isinstance(value, str) or _STAMP.fullmatch(value) is None:
        raise Bad(_(NO_TIME))
    return value


def _author(chat: Chat, entry: dict[str, Any]) -> str:
    key = key_of(entry.get("user") or entry.get("bot_id") or entry.get("username"), _(NO_AUTHOR))
    if key not in chat.writers:
        profile = entry.get("user_profile") or entry.get("bot_profile")
        named = profile if isinstance(profile, dict) else {}
        name = name_of(named.get("real_name"), named.get("name"), entry.get("username"), key)
        chat.writers[key] = Writer(key, name or "?")
    return key


def _more(entry: dict[str, Any]) -> list[str]:
    """What hangs on a message: the words of attachments, and files by name and address."""
    found: list[str] = []
    attachments, files = entry.get("attachments"), entry.get("files")
    if not entry.get("text"):
        for one in attachments if isinstance(attachments, list) else ():
            if isinstance(one, dict):
                found.append(markdown(words(one.get("text") or one.get("fallback") or "")))
    for one in files if isinstance(files, list) else ():
        name = name_of(one.get("title"), one.get("name")) if isinstance(one, dict) else ""
        if name:
            address = one.get("permalink") or one.get("url_private")
            plain = name.replace("[", "(").replace("]", ")")
            linked = isinstance(address, str) and re.fullmatch(r"https://[^\s()<>]{1,1000}", address)
            found.append(f"📎 [{plain}]({address})" if linked else f"📎 {name}")
    return found


def _complete(chat: Chat) -> None:
    for room in chat.rooms.values():
        for key in room.members:
            chat.writers.setdefault(key, Writer(key, name_of(key) or "?"))
