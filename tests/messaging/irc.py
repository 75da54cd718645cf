"""Logs of public IRC channels, with their hand-made reply links, turned into our JSONL.

The folder is `COLLAB_TEST_DATA/chat`; its README names source and licence. `B` answers `A` where an annotation file
says `A B -`: numbers of lines from 0. Times of the ubuntu logs have neither seconds nor days; these follow midnight.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

_SAID = re.compile(r"\[(\d\d):(\d\d)\] <([^>]+)> ?(.*)")
_STAMPED = re.compile(r"(\S+) (\d{4}-\d\d-\d\d) \[(\d\d:\d\d(?::\d\d)?)\] <([^>]+)> ?(.*)")


def converted(folder: Path, out: Path) -> int:
    """Write everything below `folder` into the file `out`; how many messages."""
    number = 0
    with out.open("w", encoding="utf-8") as file:
        for log in sorted([*folder.glob("irc_ubuntu/*.raw.txt"), *folder.glob("irc_other_channels/*.ascii.txt")]):
            for message in _messages(log):
                file.write(json.dumps(message, ensure_ascii=False) + "\n")
                number += 1
    return number


def _messages(log: Path) -> Iterator[dict[str, Any]]:
    name = log.name.split(".train")[0].removesuffix(".ascii.txt")
    answers = _answers(log.with_name(re.sub(r"\.(raw|ascii)\.txt$", ".annotation.txt", log.name)))
    said = dict(_ubuntu(log) if log.name.endswith(".raw.txt") else _stamped(log))
    for line, (at, nick, text) in said.items():
        message = {
            "id": f"{line}", "conversation": f"#{name}", "author": nick, "at": at.isoformat(), "text": text,
        }  # fmt: skip
        parent = answers.get(line)
        yield {**message, "reply_to": f"{parent}"} if parent in said else message


def _ubuntu(log: Path) -> Iterator[tuple[int, tuple[datetime, str, str]]]:
    day, before = datetime.fromisoformat(log.name[:10]).replace(tzinfo=UTC), 0
    for number, line in enumerate(log.read_text(encoding="utf-8", errors="replace").split("\n")):
        match = _SAID.match(line)
        if match and match[4].strip():
            minutes = int(match[1]) * 60 + int(match[2])
            if minutes < before - 720:
                day += timedelta(days=1)
            before = minutes
            yield number, (day + timedelta(minutes=minutes), match[3], match[4])


def _stamped(log: Path) -> Iterator[tuple[int, tuple[datetime, str, str]]]:
    for number, line in enumerate(log.read_text(encoding="utf-8", errors="replace").split("\n")):
        match = _STAMPED.match(line)
        if match and match[5].strip():
            at = datetime.fromisoformat(f"{match[2]}T{match[3]}").replace(tzinfo=UTC)
            yield number, (at, match[4], match[5])


def _answers(annotations: Path) -> dict[int, int]:
    pairs = (line.split()[:2] for line in annotations.read_text().splitlines() if line.strip())
    found: dict[int, int] = {}
    for first, second in pairs:
        earlier, later = sorted((int(first), int(second)))
        if earlier != later:
            found[later] = earlier
    return found
