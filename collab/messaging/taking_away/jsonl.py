"""A conversation as lines of JSON: the form that `collab import chat` reads, so that what goes out comes in the same.

What is gone is a line of its own type (`gone`), which says how and by whom; bringing in passes it over. A person who is
called is written `@[Name](author:KEY)`, units and posts by their name alone.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from collab.files.queries import File

from ..gone import gone_how
from ..mentions import MENTION
from ..queries import Said


class Known(NamedTuple):
    """A party as it is told apart outside: people and outsiders by their mail address."""

    id: int
    kind: str
    name: str
    email: str | None

    @property
    def key(self) -> str:
        return self.email or f"party-{self.id}"


def head_line(key: str, title: str, topic: str | None, direct: bool, archived: bool, members: Iterable[Known]) -> str:
    """The line of the conversation itself."""
    people = [one.key for one in members if one.kind == "person"]
    return _line(
        {"type": "conversation", "id": key, "title": title, "topic": topic or "", "direct": direct,
         "archived": archived, "members": people}
    )  # fmt: skip


def author_line(one: Known) -> str:
    return _line({"type": "author", "id": one.key, "name": one.name, **({"email": one.email} if one.email else {})})


def message_line(talk: str, said: Said, parties: dict[int, Known], files: list[tuple[File, str]]) -> str:
    """The line of one message. `files` are those that hang on it, with their places in the zip."""
    author = parties[said.author_id].key
    line: dict[str, Any] = {
        "type": "message", "id": str(said.id), "conversation": talk, "seq": said.seq, "author": author,
        "at": said.created_at.isoformat(),
    }  # fmt: skip
    if said.reply_to_id is not None:
        line["reply_to"] = str(said.reply_to_id)
    gone = gone_how(said)
    if gone:
        line |= {"type": "gone", "gone": gone}
        if gone == "hidden":
            line |= {"hidden_by": said.hidden_label, "reason": said.hidden_reason}
        return _line(line)
    line["text"] = MENTION.sub(lambda found: _called(found[1], parties.get(int(found[2]))), said.text)
    if said.edited_at is not None:
        line["edited_at"] = said.edited_at.isoformat()
    if said.written:
        line["written_at"] = said.written
    if files:
        line["files"] = [{"name": file.name, "path": path, "sha256": file.sha256} for file, path in files]
    return _line(line)


def _called(name: str, party: Known | None) -> str:
    return f"@[{name}](author:{party.key})" if party is not None and party.kind == "person" else f"@{name}"


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
