"""The measurement: every page asked by everybody, beside the bare ceiling of the same run."""

import itertools
import os
import platform
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from config.settings import Settings

from . import servers
from .asking import Asked, Request, ask
from .database import plain
from .marking import refuse_unseeded
from .pages import CEILING, ballots, bare_pages, pages
from .people import askers
from .processes import cpu_seconds, pss_megabytes, tree
from .statements import Counter
from .voters import Vote, large_vote, put_ballots_back, voters

WARM = 30


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is asked: requests of each page and person in a round, and how many rounds. `only`: words of which a
    page has one in its name; all pages without them."""

    clients: int
    requests: int
    rounds: int
    only: tuple[str, ...] = ()

    def chosen(self, pages: Iterable[tuple[str, Request]]) -> list[tuple[str, Request]]:
        return [(name, request) for name, request in pages if not self.only or any(word in name for word in self.only)]


def measure(settings: Settings, url: str, plan: Plan, say: Callable[[str], Any]) -> dict[str, Any]:
    """Everything the report needs, as JSON would hold it. Raises NotOurs where the database is no bench."""
    with psycopg.connect(plain(url), autocommit=True) as connection:
        size = refuse_unseeded(connection)
        connection.execute(
            "create table if not exists bench.note (id bigint generated always as identity primary key, "
            "title text not null, unit_id bigint not null)"
        )
    people = askers(url)
    counter: Iterator[int] = itertools.count(1)
    run = secrets.token_hex(4)
    shared = servers.database_pids(url) | servers.broker_pids(settings)
    rows: list[dict[str, Any]] = []
    statements, vote = Counter(settings, url), _vote(url)
    with (
        servers.bare(url, bare_port := servers.free_port()) as bare_pid,
        servers.collab(settings, url, port := servers.free_port()) as pid,
    ):
        ceilings: dict[str, float] = {}
        for asker in people:
            # What else the machine does changes within a run: everybody's pages stand beside a ceiling of their own.
            for name, request in bare_pages(people):
                found = _measured("bare", name, request, bare_port, [bare_pid, *shared], plan, counter)
                rows.append(found | {"queries": 1, "beside": asker.name})
                ceilings[name] = found["cpu_ms"]
                say(_line(rows[-1]))
            for name, request in plan.chosen(pages(asker, port, run)):
                found = _measured(asker.name, name, request, port, [pid, *shared], plan, counter)
                rows.append(found | {"ceiling_ms": ceilings[CEILING.get(name, "list")]})
                say(_line(rows[-1]))
        if vote is not None:
            for name, request in plan.chosen(ballots(vote, voters(url, vote), port, statements.csrf_token)):
                put_ballots_back(url, vote)
                found = _measured("voters", name, request, port, [pid, *shared], plan, counter)
                rows.append(found | {"ceiling_ms": ceilings[CEILING[name]], "queries": statements.of(request)})
                say(_line(rows[-1]))
        memory = {
            "web": pss_megabytes(tree([pid])),
            "postgres": pss_megabytes(servers.database_pids(url)),
            "redis": pss_megabytes(servers.broker_pids(settings)),
        }
    for asker in people:
        for name, request in plan.chosen(pages(asker, port, run)):
            row = next(row for row in rows if (row["who"], row["page"]) == (asker.name, name))
            row["queries"] = statements.of(request) if request.method == "GET" else None
    return {
        "machine": machine(),
        "at": time.strftime("%Y-%m-%d"),
        "size": asdict(size),
        "plan": {"clients": plan.clients, "requests": plan.requests, "rounds": plan.rounds},
        "database_counted": bool(shared),
        "memory_mb": {name: round(value, 1) for name, value in memory.items()},
        "pages": rows,
    }


def _vote(url: str) -> Vote | None:
    """The large open vote, in which nobody has voted; None where the bench has no decisions."""
    with psycopg.connect(plain(url)) as connection:
        vote = large_vote(connection)
    if vote is not None:
        put_ballots_back(url, vote)
    return vote


def _measured(
    who: str, name: str, request: Request, port: int, roots: list[int], plan: Plan, counter: Iterator[int]
) -> dict[str, Any]:
    ask(port, request, WARM, min(plan.clients, 4), counter)
    rounds = [_round(port, request, roots, plan, counter) for _round_number in range(plan.rounds)]
    asked = [one for one, _cpu in rounds]
    return {
        "who": who,
        "page": name,
        "cpu_ms": round(median(cpu for _one, cpu in rounds) * 1000, 2),
        "p50_ms": round(median(one.p50 for one in asked) * 1000, 1),
        "p95_ms": round(median(one.p95 for one in asked) * 1000, 1),
        "wire_bytes": asked[-1].wire_bytes,
        "bytes": asked[-1].bytes,
        "failed": sorted({status for one in asked for status in one.failed}),
    }


def _round(port: int, request: Request, roots: list[int], plan: Plan, counter: Iterator[int]) -> tuple[Asked, float]:
    """One run, and the processor seconds a request of all processes together."""
    before = cpu_seconds(tree(roots))
    asked = ask(port, request, plan.requests, plan.clients, counter)
    # The statistics of short-lived work settle a moment later.
    time.sleep(0.05)
    return asked, (cpu_seconds(tree(roots)) - before) / plan.requests


def _line(row: dict[str, Any]) -> str:
    return f"{row['who']}, {row['page']}: {row['cpu_ms']} ms CPU"


def machine() -> str:
    """Processor, cores, memory and system in one line."""
    cpu = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    pages_of_memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return (
        f"{cpu}, {os.cpu_count()} cores, {pages_of_memory / 2**30:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )
