"""Logs of real channels brought in: every message, every answer in its thread, everybody who spoke, and how quickly."""

import json
import os
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.messaging.importing.commands import bring_in_chat
from collab.messaging.models import Conversation, Message
from collab.people.models import Party
from tests.importing.real import DATA, SAMPLES
from tests.messaging.irc import converted
from tests.messaging.test_importing import read


@pytest.mark.parametrize(
    ("kept", "messages", "answers", "channels", "authors"),
    [("the sample carried here", 1_773, 265, 2, 166), ("the whole", 31_825, 8_111, 25, 2_832)],
)
def test_real_logs_come_in_quickly_with_every_reply_link(app, tmp_path, kept, messages, answers, channels, authors):
    file = tmp_path / "irc.jsonl"
    assert converted(logs(kept), file) == messages
    began, worked = time.monotonic(), time.process_time()
    with app.app_context():
        brought = bring_in_chat(SYSTEM, read(_open(file)), False)
    took, worked = time.monotonic() - began, time.process_time() - worked
    assert (brought.created, brought.unchanged, list(brought.faults)) == (messages, 0, [])
    with app.app_context():
        links = select(func.count(Message.reply_to_id), func.count(Message.root_id), func.count()).select_from(Message)
        assert tuple(db.session.execute(links).one()) == (answers, answers, messages)
        assert db.session.scalar(select(func.sum(Message.answers))) == answers
        ends = select(Conversation.last_seq, func.count(Message.id), func.max(Message.seq)).outerjoin(Message)
        ends = db.session.execute(ends.group_by(Conversation.id)).all()
        outsiders = db.session.scalar(select(func.count()).select_from(Party).where(Party.kind == "outsider"))
    assert len(ends) == channels
    assert all(last == number == highest for last, number, highest in ends), "a number was left out"
    assert outsiders == authors + 1  # the cast has one of its own
    print(f"{messages} messages, {answers} answers, {authors} authors: {took:.1f} s, {worked:.1f} CPU s")
    assert worked < 60  # by the clock too where the machine is quiet


def logs(kept: str) -> Path:
    """The carried sample; or all logs, which not every machine has. Where a folder was named they are there."""
    if kept != "the whole":
        return SAMPLES / "chat"
    if not (DATA / "chat").exists():
        assert not os.environ.get("COLLAB_TEST_DATA"), f"there are no logs in {DATA}"
        pytest.skip("the whole logs are not on this machine (COLLAB_TEST_DATA)")
    return DATA / "chat"


def _open(file: Path) -> Path:
    """Every channel is one that anybody may join."""
    names = {json.loads(line)["conversation"] for line in file.read_text(encoding="utf-8").splitlines()}
    with file.open("a", encoding="utf-8") as more:
        for name in sorted(names):
            more.write(json.dumps({"type": "conversation", "id": name, "title": name, "open": True}) + "\n")
    return file
