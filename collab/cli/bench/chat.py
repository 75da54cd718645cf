"""What a room full of people costs: everybody in one conversation, so many messages a second, beside the bare library.

Starts servers of its own in a folder that is thrown away: PostgreSQL as durable as in use, Redis, the teller, and two
web processes. Deliveries are counted at the clients; processor time is that of the web processes, and of all together.
"""

import contextlib
import http.client
import json
import math
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import psycopg

from collab.core import clock
from collab.people.recognise import MARK as TOKEN
from collab.people.recognise import digest
from config.settings import Settings, read

from .database import plain, reachable
from .marking import Size
from .processes import cpu_seconds, pss_megabytes, tree
from .seeding import seed
from .servers import ROOT, broker_pids, collab, database_pids, free_port, teller

UNIT = 2
PADDING = 80
POSTERS = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """So many clients, messages a second and seconds; `idle`: sockets whose memory is measured; `alone`: messages said
    while nobody listens; `rest`: seconds that idle sockets are left alone."""

    clients: int = 1_000
    rate: int = 20
    seconds: int = 20
    idle: int = 2_000
    alone: int = 100
    rest: float = 8.0


def measure(plan: Plan, tell: Any = lambda _said: None) -> dict[str, Any]:
    """Everything that the table holds."""
    with tempfile.TemporaryDirectory(prefix="collab-bench-") as folder:
        settings = read({"COLLAB_ENV": "development", "COLLAB_DATA_DIR": folder, "SECRET_KEY": "x" * 40})
        with reachable(settings) as url:
            tell("filling the database")
            people = max(plan.clients, plan.idle, 100)
            seed(url, Size(people + 50, 20, 100, 0), lambda _said: None)
            tokens = _seat(url, people)
            figures: dict[str, Any] = {
                "at": f"{clock.now():%Y-%m-%d %H:%M} UTC",
                "machine": f"{platform.processor() or platform.machine()}, Python {platform.python_version()}",
                "plan": asdict(plan),
            }
            port = free_port()
            with collab(settings, url, port) as web, teller(settings, url):
                tell("posting alone")
                figures["posting_ms"] = _posting(url, web, port, tokens, plan.alone)
                tell(f"{plan.clients} clients")
                figures["collab"] = _room(plan, url, settings, web, port, tokens)
                if plan.idle:
                    tell(f"{plan.idle} idle sockets")
                    figures["idle_kb"], figures["idle_again_kb"] = _idle(web, port, tokens[: plan.idle], plan.rest)
            tell("the bare library")
            figures["bare"] = _bare(plan)
    return figures


def _seat(url: str, people: int) -> list[str]:
    """Everybody belongs to one unit and has a token."""
    tokens = [f"{TOKEN}bench-{number}-{'x' * 30}" for number in range(people)]
    now = clock.now()
    with psycopg.connect(plain(url)) as connection:
        found = connection.execute("select id from person order by id desc limit %s", (people,)).fetchall()
        ids = [row[0] for row in found]
        connection.execute("delete from membership where person_id = any(%s)", (ids,))
        connection.execute(
            "insert into membership (person_id, unit_id, kind, main, valid_from) "
            "select id, %s, 'member', true, '2019-01-01' from unnest(%s::bigint[]) id",
            (UNIT, ids),
        )
        connection.cursor().executemany(
            "insert into access_token (person_id, name, secret_hash, hint, scopes, created_at, expires_at, used_at) "
            "values (%s, 'bench', %s, 'bench', array['read', 'write'], %s, %s, %s)",
            [(id_, digest(token), now, now + timedelta(days=1), now) for id_, token in zip(ids, tokens, strict=True)],
        )
    return tokens


class Poster(threading.Thread):
    """Says its share of the messages, evenly spread; `failed` counts what was not taken."""

    def __init__(self, port: int, tokens: list[str], numbers: range, pause: float, first: float) -> None:
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.tokens, self.numbers, self.pause, self.first, self.failed = tokens, numbers, pause, first, 0

    def run(self) -> None:
        for place, number in enumerate(self.numbers):
            time.sleep(max(0.0, self.first + place * self.pause - time.monotonic()))
            text = f"t={time.time():.6f} {number} {'x' * PADDING}"
            body = json.dumps({"text": text, "nonce": f"bench-{number}"})
            headers = {
                "Authorization": f"Bearer {self.tokens[number % len(self.tokens)]}",
                "Content-Type": "application/json",
            }
            self.connection.request("POST", f"/api/v1/units/{UNIT}/messages", body, headers)
            answer = self.connection.getresponse()
            answer.read()
            self.failed += answer.status != 201
        self.connection.close()


def _post(port: int, tokens: list[str], numbers: range, rate: float) -> int:
    """Say these numbers; how many were refused."""
    first = time.monotonic() + 0.2
    posters = [
        Poster(port, tokens, numbers[place::POSTERS], POSTERS / rate, first + place / rate) for place in range(POSTERS)
    ]
    for poster in posters:
        poster.start()
    for poster in posters:
        poster.join()
    return sum(poster.failed for poster in posters)


def _posting(url: str, web: int, port: int, tokens: list[str], number: int) -> float:
    """CPU of the web processes and the database for one message, nobody listening."""
    _post(port, tokens, range(1_000_000, 1_000_020), 20)
    serving = tree([web]) | database_pids(url)
    before = cpu_seconds(serving)
    _post(port, tokens, range(2_000_000, 2_000_000 + number), 25)
    return (cpu_seconds(serving) - before) / number * 1000


@contextlib.contextmanager
def _clients(wanted: dict[str, Any]) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-m", "collab.cli.bench.chat_clients"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        try:
            _said(child, wanted)
            yield child
            _say(child, "\n")
            child.wait(30)
        finally:
            child.kill()


def _say(child: "subprocess.Popen[str]", line: str) -> None:
    assert child.stdin is not None
    child.stdin.write(line)
    child.stdin.flush()


def _said(child: "subprocess.Popen[str]", wanted: dict[str, Any]) -> dict[str, Any]:
    """Ask the clients, and what they answer."""
    assert child.stdout is not None
    _say(child, json.dumps(wanted) + "\n")
    found: dict[str, Any] = json.loads(child.stdout.readline())
    return found


def _whole(child: "subprocess.Popen[str]", expected: int) -> dict[str, Any]:
    """What was heard, once all is there or nothing more comes."""
    last, told = -1, _said(child, {"count": True})
    while told["delivered"] < expected and told["delivered"] > last:
        last = told["delivered"]
        time.sleep(3)
        told = _said(child, {"count": True})
    return told


def _room(plan: Plan, url: str, settings: Settings, web: int, port: int, tokens: list[str]) -> dict[str, Any]:
    number = plan.rate * plan.seconds
    seated = tokens[: plan.clients]
    wanted = {"url": f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", "tokens": seated}
    with _clients(wanted) as child:
        time.sleep(4)  # a round of looking who still may sit where
        serving = tree([web])
        everything = serving | database_pids(url) | broker_pids(settings)
        before, before_all = cpu_seconds(serving), cpu_seconds(everything)
        failed = _post(port, tokens, range(number), plan.rate)
        told = _whole(child, number * plan.clients)
        used, used_all = cpu_seconds(serving) - before, cpu_seconds(everything) - before_all
    return _figures(told, (number - failed) * plan.clients, used) | {"failed": failed, "cpu_all_s": used_all}


def _figures(told: dict[str, Any], expected: int, used: float) -> dict[str, Any]:
    delivered = told["delivered"] - told["doubled"]
    return told | {"lost": expected - delivered, "cpu_s": used, "cpu_us": used / max(1, delivered) * 1e6}


def _idle(web: int, port: int, tokens: list[str], rest: float) -> tuple[float, float]:
    """Kilobytes a socket that only waits; and once all have left and as many came again, so that what grows is seen."""
    before, after = pss_megabytes(tree([web])), []
    wanted = {"url": f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", "tokens": tokens}
    for _round in range(2):
        with _clients(wanted):
            time.sleep(rest)
            after.append(pss_megabytes(tree([web])))
        time.sleep(rest / 2)
    first, second = ((each - before) * 1024 / len(tokens) for each in after)
    return first, second


def _bare(plan: Plan) -> dict[str, Any]:
    port, number = free_port(), plan.rate * plan.seconds
    with subprocess.Popen(  # noqa: S603 our own module
        [sys.executable, "-m", "collab.cli.bench.chat_bare", str(port)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        try:
            server.stdout.readline()
            with _clients({"url": f"ws://127.0.0.1:{port}", "number": plan.clients}) as child:
                before = cpu_seconds([server.pid])
                _say(server, json.dumps({"messages": number, "pause": 1 / plan.rate, "padding": PADDING + 160}) + "\n")
                server.stdout.readline()
                told = _whole(child, number * plan.clients)
                used = cpu_seconds([server.pid]) - before
            return _figures(told, number * plan.clients, used)
        finally:
            server.kill()


def table(figures: dict[str, Any]) -> str:
    """Markdown for people."""
    plan, rows = figures["plan"], []
    for name, key in (("Collab, 2 processes and Redis", "collab"), ("bare `websockets`, 1 process", "bare")):
        one = figures[key]
        rows.append(
            f"| {name} | {one['delivered']:,} | {one['lost']:,} | {one['doubled']:,} | {_ms(one['p50'])} | "
            f"{_ms(one['p99'])} | {one['cpu_us']:.0f} |"
        )
    times = figures["collab"]["cpu_us"] / figures["bare"]["cpu_us"] if figures["bare"]["cpu_us"] else math.nan
    lines = [
        f"{figures['at']}, {figures['machine']}.",
        f"{plan['clients']:,} clients in one conversation, {plan['rate']} messages a second, {plan['seconds']} s.",
        "",
        "| server | delivered | lost | doubled | p50 ms | p99 ms | CPU µs a delivery |",
        "|---|---|---|---|---|---|---|",
        *rows,
        "",
        f"A delivery costs {times:.1f} × the bare library in the same run. Saying something costs "
        f"{figures['posting_ms']:.1f} CPU ms, its commit included.",
    ]
    if "idle_kb" in figures:
        lines += [
            f"An idle socket holds {figures['idle_kb']:.0f} kB, measured at {plan['idle']:,};",
            f"once all of them have left and come again, {figures['idle_again_kb']:.0f} kB.",
        ]
    return "\n".join(lines)


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
