"""What the bench says of processes and answers is so; the table says it all."""

import os
import time
from pathlib import Path
from typing import Any

from collab.cli.bench import long_talk, processes, starting
from collab.cli.bench.asking import Answer, Asked
from collab.cli.bench.pages import ballots, bare_pages, pages
from collab.cli.bench.people import askers
from collab.cli.bench.report import ratio, table
from collab.cli.bench.voters import Vote, Voter

from .conftest import Bench


def test_processor_time_of_a_process_grows_with_its_work() -> None:
    me = processes.tree([os.getpid()])
    assert os.getpid() in me
    before, began = processes.cpu_seconds(me), time.process_time()
    while time.process_time() - began < 0.3:
        sum(range(10_000))
    assert 0.2 < processes.cpu_seconds(me) - before < 3


def test_memory_of_a_process_is_counted_and_that_of_none_is_none() -> None:
    assert 10 < processes.pss_megabytes([os.getpid()]) < 4_000
    assert processes.pss_megabytes([]) == 0
    assert processes.tree([2**22 + 1]) == set()


def test_refusals_are_not_passed_over() -> None:
    asked = Asked([Answer(200, 100, 400, 0.01), Answer(503, 50, 50, 0.2), Answer(200, 100, 400, 0.03)])
    assert asked.failed == [503]
    assert asked.p50 == 0.03
    assert asked.wire_bytes == 100


def test_the_table_sets_each_page_beside_its_ceiling() -> None:
    row: dict[str, Any] = {
        "who": "clerk", "page": "my day", "cpu_ms": 9.0, "p50_ms": 8, "p95_ms": 12, "queries": 7, "wire_bytes": 4096,
        "bytes": 20480, "failed": [], "ceiling_ms": 6.0,
    }  # fmt: skip
    bare = {**row, "who": "bare", "page": "list", "cpu_ms": 6.0, "beside": "clerk"}
    del bare["ceiling_ms"]
    created = {**row, "page": "create (API)", "cpu_ms": 8.0, "ceiling_ms": 2.0, "queries": None, "failed": [422]}
    figures = {
        "machine": "a machine", "at": "2026-11-23", "database_counted": False, "memory_mb": {"web": 120.0},
        "size": {"items": 200_000, "people": 5_000, "units": 400, "messages": 0},
        "plan": {"clients": 8, "requests": 200, "rounds": 3}, "pages": [bare, row, created],
    }  # fmt: skip
    assert ratio(bare) is None
    assert ratio(row) == 1.5
    assert ratio(created) == 4.0
    said = table(figures)
    assert "| clerk | my day | 9.0 | 1.5 | 8 | 12 | 7 | 4.0 | 20.0 |" in said
    assert "elsewhere" in said
    assert "Refused: clerk, create (API): [422]" in said


def test_a_long_conversation_stands_beside_a_short_one() -> None:
    row = {"page": "opened, everything read", "messages": 1_000_000, "cpu_ms": 9.25, "queries": 7}
    said = long_talk.table({"at": "2026-11-27", "machine": "a machine", "rows": [{**row, "messages": 10}, row]})
    assert "| opened, everything read | 10 | 9.2 | 7 |" in said
    assert "| opened, everything read | 1,000,000 | 9.2 | 7 |" in said


def test_three_people_ask_for_every_page(bench: Bench) -> None:
    people = askers(bench.url)
    assert [one.name for one in people] == ["clerk", "director", "mayor"]
    assert len({one.person for one in people}) == 3
    for one in people:
        assert bench.one("select count(*) from work_item where reference = %s", one.item) == 1
        assert {name for name, _request in pages(one, 80, "x")} >= {"my day", "item", "inbox", "create (API)"}
    assert [name for name, _request in bare_pages(people)] == ["list", "create"]


def test_each_ballot_is_that_of_another_voter() -> None:
    vote, three = Vote(7, "U1-9", [4, 5]), [Voter(one, f"cookie-{one}", one, f"token-{one}") for one in range(3)]
    asked = dict(ballots(vote, three, 80, lambda session: f"csrf-{session}"))
    api, page = asked["cast a ballot (API)"], asked["cast a ballot (page)"]
    assert [api.headers_of(one)["Authorization"] for one in range(2, 5)] == [f"Bearer token-{one}" for one in (2, 0, 1)]
    assert (api.method, api.path, api.body_of(1)) == ("PUT", "/api/v1/decisions/U1-9/ballot", b'{"option": 4}')
    assert page.headers_of(1)["Cookie"] == "collab=cookie-1"
    assert page.headers_of(1)["X-CSRF-Token"] == "csrf-1"
    assert (page.path, page.body_of(0)) == ("/decisions/U1-9/ballot?_method=PUT", b"option=4")


def test_a_start_is_told_by_the_clock_and_in_processor_time_and_its_list_of_work_can_be_read(tmp_path: Path) -> None:
    starting._write(tmp_path / "work.csv", 3)
    assert {line.count(",") for line in (tmp_path / "work.csv").read_text().splitlines()} == {7}
    costs = {"first start": {"wall": 31.5, "cpu": 20.0}}
    assert "| first start | 31.5 | 20.0 |" in starting.table({"at": "2026-11-27", "machine": "here", "seconds": costs})
