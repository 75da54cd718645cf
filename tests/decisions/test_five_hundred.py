"""Five hundred people vote in confidence at once, through two processes: none lost, none doubled."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session

from collab.core import clock
from collab.people.models import AccessToken, Membership, Party, Person
from collab.people.recognise import MARK, digest, new_secret
from tests.house.running import Stack
from tests.machine.copies import soon

pytestmark = pytest.mark.nightly
VOTERS, AT_ONCE, MINUTE = 500, 12, 60
BUSY: list[str] = []


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    running = Stack(tmp_path / "var", WEB_PROCESSES="2")
    assert soon(running.ready, 400), (tmp_path / "var.log").read_text()[-3000:]
    yield running
    running.end()


def crowd(stack: Stack, unit: int, head: int) -> tuple[str, list[str]]:
    """A token of the head's, and one for each of so many clerks of the unit."""
    engine, now = create_engine(stack.database), clock.now()
    with Session(engine) as session, session.begin():
        parties = [
            Party(kind="person", label=f"Voter {each}", sort_key=f"voter {each:03}", folded=f"voter {each}")
            for each in range(VOTERS)
        ]
        session.add_all(parties)
        session.flush()
        ids = [party.id for party in parties]
        people = [{"id": id_, "email": f"v{id_}@city.example", "locale": "en", "time_zone": "UTC"} for id_ in ids]
        session.execute(insert(Person), people)
        belonging = {"unit_id": unit, "kind": "member", "valid_from": "2020-01-01"}
        session.execute(insert(Membership), [{"person_id": id_, **belonging} for id_ in ids])
        secrets = {id_: new_secret(MARK) for id_ in (head, *ids)}
        common = {"name": "test", "hint": "", "scopes": ["read", "write"], "created_at": now}
        rows = [{"person_id": id_, "secret_hash": digest(secret), **common} for id_, secret in secrets.items()]
        session.execute(insert(AccessToken), rows)
    engine.dispose()
    return secrets[head], [secrets[id_] for id_ in ids]


def asked(stack: Stack, token: str, method: str, path: str, body: Any = None) -> Any:
    request = urllib.request.Request(
        f"http://localhost:{stack.port}/api/v1{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refusal:
            if refusal.code != 503:  # that many people are at work right now: try again, says the sentence
                raise AssertionError(refusal.read()) from refusal
            BUSY.append(path)
            sleep(0.2)


def work_done(stack: Stack) -> float:
    """CPU seconds of the web processes so far."""
    return sum(sum(each.cpu_times()[:2]) for each in stack.named("collab-web"))


def test_five_hundred_people_vote_at_once_and_each_counts_once(stack: Stack) -> None:
    cast, _token = stack.populate()
    head, voters = crowd(stack, cast.PARKS, cast.Nikos)
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    draft = {
        "title": "Which trees?",
        "unit": cast.PARKS,
        "level": "confidential",
        "closes_on": tomorrow,
        "ties": "open",
    }
    made = asked(stack, head, "POST", "/decisions", draft)
    path = f"/decisions/{made['reference']}"
    asked(stack, head, "PUT", f"{path}/opening")

    def vote(number: int) -> set[str]:
        """Every third votes twice at once, the same again, as whoever presses a button twice."""
        said = {"vote": "yes" if number % 5 else "no"}

        def send(_again: int) -> str:
            return str(asked(stack, voters[number], "PUT", f"{path}/ballot", said)["receipt"])

        if number % 3:
            return {send(0)}
        with ThreadPoolExecutor(2) as twice:
            return set(twice.map(send, range(2)))

    began, spent = monotonic(), work_done(stack)
    with ThreadPoolExecutor(AT_ONCE) as many:
        receipts = list(many.map(vote, range(VOTERS)))
    took, spent = monotonic() - began, work_done(stack) - spent
    assert asked(stack, head, "GET", path)["turnout"]["cast"] == VOTERS
    with psycopg.connect(stack.database.replace("+psycopg", "")) as connection:
        connection.execute("set transaction read write")
        connection.execute("update decision set closes_at = now() where item_id = %s", (made["id"],))
    assert soon(lambda: asked(stack, head, "GET", path)["stage"] == "closed", 60), "the teller closes it"
    result = asked(stack, head, "GET", path)["result"]
    no = len(range(0, VOTERS, 5))
    assert (result["cast"], result["count"]["sums"]["yes"], result["count"]["sums"]["no"]) == (VOTERS, VOTERS - no, no)
    published = {one["receipt"] for one in asked(stack, head, "GET", f"{path}/receipts")["items"]}
    assert len(published) == VOTERS
    assert all(len(given & published) == 1 for given in receipts), "everybody finds one receipt of theirs, and only one"
    print(f"{VOTERS} voters: {took:.0f} s, {spent:.0f} CPU s, {len(BUSY)} asked to try again")
    assert spent < 2 * MINUTE, "two processes could do it within a minute, if nothing else ran"
