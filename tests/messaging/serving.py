"""A web process as gunicorn serves it, and open pages with a real line to it."""

import os
import subprocess
import sys
import urllib.request

import psutil
import socketio

from tests.conftest import SECRET
from tests.machine.copies import ROOT, free_port


class Web:
    """One web process; by default with quick beats."""

    def __init__(self, servers, clones, folder, beats="tests.messaging.quick_line"):
        folder.mkdir(mode=0o700)
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        given = {
            "COLLAB_ENV": "test", "DATABASE_URL": servers.url_of(clones.current), "REDIS_URL": servers.redis_url,
            "COLLAB_DATA_DIR": str(folder), "SECRET_KEY": SECRET, "PORT": str(self.port), "HOST": "127.0.0.1",
            "COLLAB_URL": self.address, "WEB_PROCESSES": "1",
        }  # fmt: skip
        self.words = folder.with_suffix(".log").open("ab")
        wanted = ["-c", "python:collab.cli.serving", "--pythonpath", str(ROOT), f"{beats}:app"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *wanted], cwd=ROOT, env=kept | given, stdout=self.words,
            stderr=self.words,
        )  # fmt: skip

    def ready(self):
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def kill(self):
        if self.process.poll() is None:
            children = psutil.Process(self.process.pid).children(recursive=True)
            for each in (self.process, *children):
                each.kill()
        self.process.wait(20)
        self.words.close()


class Page:
    """An open page of somebody who signed in, and what it was told: who came and went, what was said, the hints, and
    how often that it `missed` some. `since`: from when on it knows nothing, as pages say."""

    def __init__(self, web, secret, since=None):
        self.told, self.said, self.hints, self.missed = [], [], [], 0
        self.line = socketio.Client(reconnection=False, websocket_extra_options={"origin": web.address})
        self.line.on("presence", self.told.append)
        self.line.on("message", lambda told: self.said.append(told["text"]))
        self.line.on("hint", self.hints.append)
        self.line.on("missed", self._asks)
        headers = {"Cookie": f"collab={secret}"}
        auth = None if since is None else {"since": since}
        self.line.connect(web.address, headers=headers, auth=auth, transports=["websocket"])

    def _asks(self, _told):
        self.missed += 1

    def heard(self, what, person):
        return any(person in each[what] for each in self.told)
