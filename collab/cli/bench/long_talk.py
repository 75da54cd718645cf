"""What a long conversation costs to open, and what is unread of it to be counted: beside one of a few messages.

Starts servers of its own in a folder that is thrown away. Two people of one unit keep a group each, one short and one
long; they are asked in turn, so that what the machine does besides falls on both.
"""

import itertools
import json
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import psycopg

from collab.core import clock
from collab.people.recognise import MARK
from config.settings import Settings, read

from .asking import Request, ask
from .database import plain, reachable
from .marking import Size
from .measuring import machine
from .pages import ACCEPTED
from .people import Asker, let_in
from .processes import cpu_seconds, tree
from .seeding import seed
from .servers import broker_pids, collab, database_pids, free_port
from .statements import Counter

FEW: Final = 10
WARM: Final = 20

_TWO = """
select m.person_id, m.unit_id, u.code from membership m join unit u on u.id = m.unit_id
where m.kind = 'member' and m.main and m.unit_id = (
  select unit_id from membership where kind = 'member' and main group by unit_id order by count(*) desc limit 1)
order by m.person_id limit 3
"""
_SAY = """
insert into message (conversation_id, seq, author_id, text, nonce, created_at)
select %(talk)s, n, %(author)s, 'Message number ' || n || ' of a long conversation', 'bench-' || n,
       now() - (%(many)s - n) * interval '1 minute'
from generate_series(1, %(many)s) n
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """So many messages in the long conversation; requests of each page in a round, and rounds."""

    messages: int = 1_000_000
    requests: int = 60
    rounds: int = 3


def measure(plan: Plan, tell: Callable[[str], Any] = lambda _said: None) -> dict[str, Any]:
    """Everything that the table holds."""
    with tempfile.TemporaryDirectory(prefix="collab-bench-") as folder:
        settings = read({"COLLAB_ENV": "development", "COLLAB_DATA_DIR": folder, "SECRET_KEY": "x" * 40})
        with reachable(settings) as url:
            tell("filling the database")
            seed(url, Size(150, 20, 300, 0), lambda _said: None)
            with collab(settings, url, port := free_port()) as web:
                two = _two(url)
                talks = [_group(port, one) for one in two]
                for talk, one, many in zip(talks, reversed(two), (FEW, plan.messages), strict=True):
                    _fill(url, talk, one.person, many)
                tell(f"a conversation of {plan.messages:,} messages")
                rows = _rows(settings, url, web, port, two, talks, plan)
    return {"at": f"{clock.now():%Y-%m-%d %H:%M} UTC", "machine": machine(), "messages": plan.messages, "rows": rows}


def _two(url: str) -> list[Asker]:
    with psycopg.connect(plain(url)) as connection:
        found = connection.execute(_TWO).fetchall()[:2]
        two = [
            Asker(name, person, unit, code, "", f"bench-cookie-{name}-{'x' * 30}", f"{MARK}bench-{name}-{'x' * 30}")
            for name, (person, unit, code) in zip(("few", "many"), found, strict=True)
        ]
        for one in two:
            let_in(connection, one)
    return two


def _group(port: int, one: Asker) -> int:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/conversations",
        json.dumps({"kind": "group", "title": f"Bench, {one.name}"}).encode(),
        {"Authorization": f"Bearer {one.token}", "Content-Type": "application/json", "Host": f"localhost:{port}"},
    )
    with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
        return int(json.load(answer)["id"])


def _fill(url: str, talk: int, author: int, many: int) -> None:
    with psycopg.connect(plain(url), autocommit=True) as connection:
        connection.execute(_SAY, {"talk": talk, "author": author, "many": many})
        connection.execute("update conversation set last_seq = %s, last_at = now() where id = %s", (many, talk))
        connection.execute("vacuum (analyze) message")


def _read_up_to(url: str, talk: int, one: Asker, seq: int) -> None:
    with psycopg.connect(plain(url)) as connection:
        connection.execute("delete from read_state where conversation_id = %s and person_id = %s", (talk, one.person))
        connection.execute(
            "insert into read_state (conversation_id, person_id, read_seq, at) values (%s, %s, %s, now())",
            (talk, one.person, seq),
        )


def _rows(
    settings: Settings, url: str, web: int, port: int, two: list[Asker], talks: list[int], plan: Plan
) -> list[dict[str, Any]]:
    """Each page, of the short conversation and of the long one."""
    roots = [web, *database_pids(url), *broker_pids(settings)]
    statements, counter, sizes = Counter(settings, url), itertools.count(1), (FEW, plan.messages)
    rows = []
    for name, path, left in (
        ("opened, everything read", "/conversations/{talk}", 0.0),
        ("opened where one left off, half unread", "/conversations/{talk}", 0.5),
        ("My day, nothing unread", "/", 0.0),
        ("My day, all unread", "/", 1.0),
    ):
        costs: list[list[float]] = [[], []]
        asked = [
            Request(
                "GET",
                path.format(talk=talk),
                {**ACCEPTED, "Host": f"localhost:{port}", "Cookie": f"collab={one.cookie}"},
            )
            for one, talk in zip(two, talks, strict=True)
        ]
        for _round in range(plan.rounds):
            for place, request in enumerate(asked):
                _read_up_to(url, talks[place], two[place], int(sizes[place] * (1 - left)))
                costs[place].append(_cost(port, request, roots, plan, counter))
        rows += [
            {"page": name, "messages": size, "cpu_ms": round(median(cost), 1), "queries": statements.of(request)}
            for size, cost, request in zip(sizes, costs, asked, strict=True)
        ]
    return rows


def _cost(port: int, request: Request, roots: list[int], plan: Plan, counter: Iterator[int]) -> float:
    """Processor milliseconds a request of all processes together. Raises RuntimeError where it is refused."""
    ask(port, request, WARM, 2, counter)
    before = cpu_seconds(tree(roots))
    answered = ask(port, request, plan.requests, 2, counter)
    if answered.failed:
        raise RuntimeError(f"{request.path} answered {answered.failed}")
    return (cpu_seconds(tree(roots)) - before) / plan.requests * 1000


def table(figures: dict[str, Any]) -> str:
    """Markdown for people."""
    lines = [
        f"{figures['at']}, {figures['machine']}.",
        "",
        "| page | messages | CPU ms | queries |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {row['page']} | {row['messages']:,} | {row['cpu_ms']:.1f} | {row['queries']} |" for row in figures["rows"]
    ]
    return "\n".join(lines)
