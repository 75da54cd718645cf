"""A browser on the stage: the built look under the real policy, with the server's side of the socket in our hands."""

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect, sync_playwright
from werkzeug.serving import make_server

from tests.web.look_stage import stage

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="package")
def stage_address() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, stage(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(5)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = subprocess.run([ROOT / "bin/chromium"], capture_output=True, text=True, check=True).stdout.strip()
    # Milliseconds: what is late on a busy machine is not wrong.
    expect.set_options(timeout=30_000)
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


class Line:
    """The server's side of the socket, spoken by hand (Engine.IO 4, Socket.IO 5)."""

    def __init__(self, route: WebSocketRoute) -> None:
        self.route = route
        route.on_message(self.hear)
        route.send('0{"sid":"a","upgrades":[],"pingInterval":20000,"pingTimeout":20000,"maxPayload":4096}')

    def hear(self, said: str | bytes) -> None:
        if str(said).startswith("40"):
            self.route.send('40{"sid":"b"}')

    def hint(self, kind: str, id_: int, version: int | None) -> None:
        told = "null" if version is None else str(version)
        self.route.send(f'42["hint",{{"kind":"{kind}","id":{id_},"version":{told}}}]')


@pytest.fixture
def stage_page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.complaints = []  # type: ignore[attr-defined]
    opened.lines = []  # type: ignore[attr-defined]
    opened.on("console", lambda said: _complain(opened, said))
    opened.on("pageerror", lambda error: _broken(opened, str(error)))
    opened.on("dialog", lambda asked: asked.accept())
    opened.route_web_socket("**/socket.io/**", lambda route: opened.lines.append(Line(route)))  # type: ignore[attr-defined]
    yield opened
    context.close()


def _broken(page: Page, said: str) -> None:
    page.complaints.append(said)  # type: ignore[attr-defined]


def _complain(page: Page, said: Any) -> None:
    # A refused request is what some of these tests ask for.
    if said.type in ("error", "warning") and "the server responded with a status of" not in said.text:
        page.complaints.append(said.text)  # type: ignore[attr-defined]
