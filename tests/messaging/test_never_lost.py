"""No message is lost and none comes twice, in the same order for all, while the line is cut again and again, while the
database is restarted, Redis freezes and processes are killed: who writes meanwhile gets a clear answer, and all goes on
by itself."""

import http.client
import json
import os
import random
import signal
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
RESTARTS = 10 if NIGHTLY else 2


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A whole Collab, with a token of Eleni's."""
    folder = tmp_path_factory.mktemp("talk") / "var"
    running = Stack(folder)
    try:
        assert soon(running.ready, 400), folder.with_suffix(".log").read_text()[-3000:]
        running.cast, running.token = running.populate()
        yield running
    finally:
        running.end()


def asked(port, token, path, body=None):
    """JSON of an answer, what it says when it refuses, or None while the line is cut."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1{path}", data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=3) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            said = refused.read()
        kind = refused.headers.get("Content-Type", "")
        return {"refused": refused.code, "says": json.loads(said) if kind == "application/problem+json" else kind}
    except (OSError, ValueError, http.client.HTTPException):  # the last: cut in the middle of an answer
        return None


class Writer(threading.Thread):
    """Says one thing after another; each again under its nonce until it was acknowledged."""

    def __init__(self, name, port, token, talk, stop):
        super().__init__(daemon=True)
        self.who, self.port, self.token, self.talk, self.stop = name, port, token, talk, stop
        self.acknowledged, self.refused = [], []

    def run(self):
        number = 0
        while not self.stop.is_set():
            number += 1
            text = f"{self.who} {number}"
            while True:
                body = {"text": text, "nonce": f"{self.who}-{number}"}
                sent = asked(self.port, self.token, f"/conversations/{self.talk}/messages", body)
                if sent and "seq" in sent:
                    break
                if sent:
                    self.refused.append(sent)
                held_back = sent and sent["refused"] == 429
                time.sleep(1 if held_back else 0.1)
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

    def close(self):
        """Also while it tries to come back: nothing goes on trying behind the tests that follow."""
        self.line.shutdown()

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
        """Whether it was answered: a page whose question went astray asks again."""
        with self._lock:
            found = asked(
                self.port, self.token, f"/conversations/{self.talk}/messages?after={len(self.read)}&limit=200"
            )
            for one in found["items"] if found and "items" in found else ():
                self.read.append((one["seq"], one["text"]))
        return bool(found and "items" in found)


def cut_the_lines(_stack, lines, _writers):
    for _cut in range(CUTS):
        time.sleep(random.uniform(SHORTEST, LONGEST))
        random.choice(lines).cut(random.uniform(SHORTEST, LONGEST))


def restart_the_database(stack, _lines, writers):
    """As an administrator would: it ends at once and is started again; until somebody met it away, once more."""
    begun = 0
    while begun < RESTARTS or (begun < 20 and not any(writer.refused for writer in writers)):
        begun += 1
        [server] = [one for one in stack.named("postgres") if "-D" in one.cmdline()]
        server.send_signal(signal.SIGINT)
        server.wait(60)
        before = sum(len(writer.acknowledged) for writer in writers)
        assert soon(lambda before=before: sum(len(one.acknowledged) for one in writers) > before + 2, 120)


def freeze_redis_and_kill_what_serves(stack, _lines, writers):
    """Redis stands still, then it and every other process is killed, the web process too."""

    def more_was_said():
        before = sum(len(writer.acknowledged) for writer in writers)
        return soon(lambda: sum(len(one.acknowledged) for one in writers) > before + 4, 120)

    with stack.frozen("redis-server"):
        assert more_was_said()
    for victim in ("redis-server", "collab-worker", "collab-teller", "collab-web"):
        stack.kill(victim)
        assert more_was_said(), victim


@pytest.mark.parametrize("harm", [cut_the_lines, restart_the_database, freeze_redis_and_kill_what_serves])
def test_nothing_is_lost_or_doubled_and_all_goes_on_by_itself(stack, harm):
    token = stack.token
    begun = asked(stack.port, token, "/conversations", {"title": harm.__name__.replace("_", " ")})["id"]
    address = f"/conversations/{begun}"
    asked(stack.port, token, f"{address}/messages", {"text": "Begin", "nonce": "begin"})
    lines = [Line(stack.port), Line(stack.port)]
    stop, readers = threading.Event(), [Reader(line.port, token, begun) for line in lines]
    for reader in readers:
        reader.open()
    writers = [Writer(name, line.port, token, begun, stop) for name, line in zip("ab", lines, strict=True)]
    for writer in writers:
        writer.start()
    harm(stack, lines, writers)
    stop.set()
    for writer in writers:
        writer.join(60)
        assert not writer.is_alive()

    def told(path):
        """What is answered, once whoever was killed last is back."""
        answers = []

        def answered():
            answers.append(asked(stack.port, token, path))
            return answers[-1] is not None and "refused" not in answers[-1]

        assert soon(answered, 120), answers[-1]
        return answers[-1]

    kept = told(address)["last_seq"]
    whole, after = [], 0
    while after < kept:
        page = told(f"{address}/messages?after={after}&limit=200")
        whole += [(one["seq"], one["text"]) for one in page["items"]]
        after = whole[-1][0]
    assert [seq for seq, _text in whole] == list(range(1, kept + 1))
    assert len({text for _seq, text in whole}) == kept  # said once each
    acknowledged = [one for writer in writers for one in writer.acknowledged]
    assert set(acknowledged) <= set(whole)
    assert len(acknowledged) == kept - 1
    for writer in writers:  # each in their own order
        assert writer.acknowledged == sorted(writer.acknowledged)
    refused = [one for writer in writers for one in writer.refused]
    print(f"{harm.__name__}: {kept} messages, {len(refused)} refused meanwhile")
    away = [one for one in refused if one["refused"] != 429]  # held back is an answer too
    if harm is restart_the_database:
        assert away
        assert {(one["refused"], one["says"]["status"]) for one in away} == {(503, 503)}
        assert all("busy just now" in json.dumps(one["says"]) for one in away), away[0]
    else:
        assert not away
    for reader in readers:
        if not reader.line.connected:
            assert soon(lambda reader=reader: reader.line.connected, 60)
        assert soon(reader.catch_up, 60)
        assert reader.read == whole
        assert reader.heard > 0
        reader.close()
    for line in lines:
        line.end()
