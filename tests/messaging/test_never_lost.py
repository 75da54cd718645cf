"""No message is lost and none comes twice, in the same order for all, while the line is cut again and again."""

import http.client
import json
import os
import random
import threading
import time
import urllib.error
import urllib.request

import pytest
import socketio

from tests.house.running import Stack
from tests.machine.copies import soon
from tests.messaging.cutting import Line

NIGHTLY = bool(os.environ.get("COLLAB_NIGHTLY"))
CUTS, SHORTEST, LONGEST = (20, 1.0, 5.0) if NIGHTLY else (4, 0.3, 0.8)


@pytest.fixture
def stack(tmp_path):
    running = Stack(tmp_path / "var")
    assert soon(running.ready, 400), (tmp_path / "var.log").read_text()[-3000:]
    yield running
    running.end()


def asked(port, token, path, body=None):
    """JSON of an answer, or None while the line is cut."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1{path}", data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=3) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        return {"refused": refused.code}
    except (OSError, ValueError, http.client.HTTPException):  # the last: cut in the middle of an answer
        return None


class Writer(threading.Thread):
    """Says one thing after another; each again under its nonce until it was acknowledged."""

    def __init__(self, name, port, token, unit, stop):
        super().__init__(daemon=True)
        self.who, self.port, self.token, self.unit, self.stop = name, port, token, unit, stop
        self.acknowledged = []

    def run(self):
        number = 0
        while not self.stop.is_set():
            number += 1
            text = f"{self.who} {number}"
            while True:
                body = {"text": text, "nonce": f"{self.who}-{number}"}
                sent = asked(self.port, self.token, f"/units/{self.unit}/messages", body)
                if sent and "seq" in sent:
                    break
                time.sleep(1 if sent else 0.1)  # held back, or nobody answers
            self.acknowledged.append((sent["seq"], text))
            time.sleep(0.1)


class Reader:
    """An open page: hears the line, and asks for what follows the number it has whenever something is missing."""

    def __init__(self, port, token, talk):
        self.port, self.token, self.talk = port, token, talk
        self.read, self.heard, self._lock = [], 0, threading.Lock()
        self.line = socketio.Client(
            reconnection_delay=0.2,
            reconnection_delay_max=1,
            request_timeout=3,
            websocket_extra_options={"suppress_origin": True},  # a program with a token, no page
        )
        self.line.on("message", self.hear)
        self.line.on("connect", self.catch_up)

    def open(self):
        self.line.connect(f"http://127.0.0.1:{self.port}", auth={"token": self.token}, transports=["websocket"])

    def hear(self, said):
        self.heard += 1
        with self._lock:
            if said["seq"] == len(self.read) + 1:
                self.read.append((said["seq"], said["text"]))
                return
        if said["seq"] > len(self.read):
            self.catch_up()

    def catch_up(self):
        with self._lock:
            found = asked(
                self.port, self.token, f"/conversations/{self.talk}/messages?after={len(self.read)}&limit=200"
            )
            for one in found["items"] if found and "items" in found else ():
                self.read.append((one["seq"], one["text"]))


def test_nothing_is_lost_or_doubled_while_the_line_is_cut(stack):
    cast, token = stack.populate()
    begun = asked(stack.port, token, f"/units/{cast.PARKS}/messages", {"text": "Begin", "nonce": "begin"})
    lines = [Line(stack.port), Line(stack.port)]
    stop, readers = threading.Event(), [Reader(line.port, token, begun["conversation"]) for line in lines]
    for reader in readers:
        reader.open()
    writers = [Writer(name, line.port, token, cast.PARKS, stop) for name, line in zip("ab", lines, strict=True)]
    for writer in writers:
        writer.start()
    for _cut in range(CUTS):
        time.sleep(random.uniform(SHORTEST, LONGEST))
        random.choice(lines).cut(random.uniform(SHORTEST, LONGEST))
    stop.set()
    for writer in writers:
        writer.join(60)
        assert not writer.is_alive()

    kept = asked(stack.port, token, f"/conversations/{begun['conversation']}")["last_seq"]
    whole, after = [], 0
    while after < kept:
        page = asked(stack.port, token, f"/conversations/{begun['conversation']}/messages?after={after}&limit=200")
        whole += [(one["seq"], one["text"]) for one in page["items"]]
        after = whole[-1][0]
    assert [seq for seq, _text in whole] == list(range(1, kept + 1))
    assert len({text for _seq, text in whole}) == kept  # said once each
    acknowledged = [one for writer in writers for one in writer.acknowledged]
    assert set(acknowledged) <= set(whole)
    assert len(acknowledged) == kept - 1
    for writer in writers:  # each in their own order
        assert writer.acknowledged == sorted(writer.acknowledged)
    for reader in readers:
        if not reader.line.connected:
            assert soon(lambda reader=reader: reader.line.connected, 60)
        reader.catch_up()
        assert reader.read == whole
        assert reader.heard > 0
        reader.line.disconnect()
    for line in lines:
        line.end()
