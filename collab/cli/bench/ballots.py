"""The law of a vote: five hundred people vote within a minute through two processes, none is lost, none counts twice.

Starts servers of its own, the teller with them, in a folder that is thrown away. Every third voter sends their ballot
twice at once, as whoever presses a button twice. The vote then closes at its hour, and what was counted is held against
what was sent.
"""

import contextlib
import http.client
import itertools
import json
import tempfile
import time
from collections import Counter as Numbers
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock, Thread
from typing import Any, Final

import psycopg

from collab.core import clock
from config.settings import Settings, read

from .asking import Request
from .database import plain, reachable
from .marking import Size
from .measuring import machine
from .pages import ballots
from .processes import cpu_seconds, tree
from .seeding import seed
from .servers import broker_pids, collab, database_pids, free_port, teller
from .statements import Counter
from .voters import Vote, Voter, with_ways_in

SECONDS_TO_CLOSE: Final = 120
TWICE: Final = 3
"""Every third sends twice at once."""
MINUTE: Final = 60
NO: Final = 5
"""Every fifth votes no."""
WAYS: Final = ("API", "page")
_PEOPLE: Final = "select id from person where active order by id limit %s"
_HEAD: Final = "select person_id, unit_id from membership where kind = 'head' order by unit_id limit 1"
_AT_ITS_HOUR: Final = "update decision set closes_at = now() where item_id = %s"
_RESULT: Final = "select result from decision where item_id = %s and stage = 'closed'"
_RECEIPTS: Final = "select encode(receipt, 'hex') from decision_receipt where item_id = %s"


@dataclass(frozen=True, slots=True)
class Plan:
    """So many who vote, and clients at once."""

    voters: int = 500
    clients: int = 8


@dataclass(frozen=True, slots=True)
class Sent:
    """A ballot that was sent: by which voter, what they were answered, the receipt where there is one; how often they
    were told to try again."""

    voter: int
    status: int
    receipt: str
    busy: int


def measure(plan: Plan, tell: Callable[[str], Any] = lambda _said: None) -> dict[str, Any]:
    """Everything that the table holds."""
    with tempfile.TemporaryDirectory(prefix="collab-bench-") as folder:
        settings = read({"COLLAB_ENV": "development", "COLLAB_DATA_DIR": folder, "SECRET_KEY": "x" * 40})
        with reachable(settings) as url:
            tell("filling the database")
            seed(url, Size(plan.voters + 50, 20, 100, 0), lambda _said: None)
            rows = list(_rows(settings, url, plan, tell))
    return {"at": f"{clock.now():%Y-%m-%d %H:%M} UTC", "machine": machine(), "rows": rows}


def _rows(settings: Settings, url: str, plan: Plan, tell: Callable[[str], Any]) -> Iterator[dict[str, Any]]:
    with psycopg.connect(plain(url)) as connection:
        people = [row[0] for row in connection.execute(_PEOPLE, (plan.voters,))]
        head, unit = connection.execute(_HEAD).fetchone() or (0, 0)
    voters, [leader], forms = with_ways_in(url, people), with_ways_in(url, [head]), Counter(settings, url)
    voters = [leader if one.person == head else one for one in voters]
    with collab(settings, url, port := free_port()) as web, teller(settings, url) as telling:
        database = [*database_pids(url), *broker_pids(settings)]
        for level, way in itertools.product(("open", "confidential"), WAYS):
            tell(f"{level}, {way}")
            vote = _opened(port, leader, unit, level, people)
            asked = [dict(zip(WAYS, _ways(vote, one, port, forms), strict=True))[way] for one in voters]
            parts = {"web": [web], "database": database, "teller": [telling]}
            before, began = _used(parts), time.monotonic()
            sent = _all_vote(port, asked, plan.clients)
            took, after = time.monotonic() - began, _used(parts)
            costs = {name: (after[name] - before[name]) / len(sent) * 1000 for name in parts}
            yield {
                "level": level, "way": way, "voters": len(voters), "sent": len(sent), "seconds": round(took, 1),
                "cpu_ms": {name: round(cost, 2) for name, cost in costs.items()}, "busy": sum(one.busy for one in sent),
                "refused": sorted({one.status for one in sent if one.status >= 400}),
                **_held(url, vote, sent, len(voters)),
            }  # fmt: skip


def _used(parts: dict[str, list[int]]) -> dict[str, float]:
    """Processor seconds so far, of each part by itself."""
    return {name: cpu_seconds(tree(pids)) for name, pids in parts.items()}


def _ways(vote: Vote, voter: Voter, port: int, forms: Counter) -> list[Request]:
    return [request for _name, request in ballots(vote, [voter], port, forms.csrf_token)]


def _opened(port: int, leader: Voter, unit: int, level: str, people: list[int]) -> Vote:
    """A vote by yes or no of these people, opened as votes are opened."""
    headers = {
        "Host": f"localhost:{port}", "Authorization": f"Bearer {leader.token}", "Content-Type": "application/json",
    }  # fmt: skip
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    draft = {
        "title": "Which trees?", "unit": unit, "level": level, "closes_on": tomorrow, "electorate": {"people": people},
    }  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    made: dict[str, Any] = {}
    for method, path, body in (
        ("POST", "/api/v1/decisions", json.dumps(draft)), ("PUT", "/api/v1/decisions/{reference}/opening", ""),
    ):  # fmt: skip
        connection.request(method, path.format(**made), body or None, headers)
        answer = connection.getresponse()
        made = json.loads(answer.read())
        if answer.status >= 400:
            raise RuntimeError(f"{path} answered {answer.status}: {made}")
    connection.close()
    return Vote(made["id"], made["reference"], [])


def _all_vote(port: int, asked: Sequence[Request], clients: int) -> list[Sent]:
    """Every ballot, some twice at once."""
    left = iter([voter for voter in range(len(asked)) for _time in range(1 if voter % TWICE else 2)])
    lock, sent = Lock(), list[Sent]()

    def client() -> None:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
            while True:
                with lock:
                    voter = next(left, None)
                if voter is None:
                    return
                sent.append(_vote(line, voter, asked[voter]))

    threads = [Thread(target=client) for _client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sent


def _vote(line: http.client.HTTPConnection, voter: int, request: Request) -> Sent:
    """One ballot; a voter who is told that too many are at work tries again."""
    body, busy = request.body.replace("yes", said_by(voter)), -1
    status, content = 503, b""
    while status == 503:
        busy += 1
        time.sleep(0.1 if busy else 0)
        line.request(request.method, request.path, body, request.headers_of(0))
        answer = line.getresponse()
        status, content = answer.status, answer.read()
    receipt = json.loads(content).get("receipt") if status == 200 else None
    return Sent(voter, status, receipt or "", busy)


def said_by(voter: int) -> str:
    return "yes" if voter % NO else "no"


def _held(url: str, vote: Vote, sent: Sequence[Sent], voters: int) -> dict[str, int]:
    """How many ballots were lost, and how many counted that nobody cast, once the vote has closed at its hour."""
    with psycopg.connect(plain(url), autocommit=True) as connection:
        connection.execute(_AT_ITS_HOUR, (vote.id,))
        deadline, row = time.monotonic() + SECONDS_TO_CLOSE, None
        while row is None:
            if time.monotonic() > deadline:
                raise RuntimeError("the vote did not close at its hour")
            time.sleep(0.5)
            row = connection.execute(_RESULT, (vote.id,)).fetchone()
        published = {receipt for (receipt,) in connection.execute(_RECEIPTS, (vote.id,))}
    return compared(row[0]["count"]["sums"], sent, published, voters)


def compared(sums: dict[str, Any], sent: Sequence[Sent], published: set[str], voters: int) -> dict[str, int]:
    """`sums`: what was counted. Of receipts each voter finds one of theirs among those `published`, and only one."""
    expected = Numbers(said_by(voter) for voter in range(voters))
    lost = sum(max(0, expected[said] - int(sums[said])) for said in ("yes", "no"))
    doubled = sum(max(0, int(sums[said]) - expected[said]) for said in ("yes", "no"))
    given: dict[int, set[str]] = {}
    for one in sent:
        if one.receipt:
            given.setdefault(one.voter, set()).add(one.receipt)
    found = [len(receipts & published) for receipts in given.values()]
    return {"lost": max(lost, found.count(0)), "doubled": max(doubled, sum(number > 1 for number in found))}


def table(figures: dict[str, Any]) -> str:
    """Markdown for people."""
    lines = [
        f"{figures['at']}, {figures['machine']}.",
        "",
        "| ballots | by | voters | sent | seconds | CPU ms a ballot: web | PostgreSQL, Redis | teller | tried again "
        "| lost | doubled |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['level']} | {row['way']} | {row['voters']:,} | {row['sent']:,} | {row['seconds']:.0f} | "
        f"{' | '.join(f'{cost:.1f}' for cost in row['cpu_ms'].values())} | {row['busy']} | {row['lost']} | "
        f"{row['doubled']} |"
        for row in figures["rows"]
    ]
    refused = [f"{row['level']}, {row['way']}: {row['refused']}" for row in figures["rows"] if row["refused"]]
    return "\n".join(lines + (["", "Refused: " + "; ".join(refused)] if refused else []))


def broken(figures: dict[str, Any]) -> list[str]:
    """Which rows break the law."""
    return [
        f"{row['level']}, {row['way']}: {row['lost']} lost, {row['doubled']} doubled, refused {row['refused']}, in "
        f"{row['seconds']:.0f} s"
        for row in figures["rows"]
        if row["lost"] or row["doubled"] or row["refused"] or row["seconds"] > MINUTE
    ]
