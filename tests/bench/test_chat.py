"""The bench of conversations runs as it stands, with few clients and for a moment: it starts all, and loses nothing."""

import pytest

from collab.cli.bench.chat import Plan, measure, table


def test_the_whole_bench_runs_with_a_few_clients_and_prints_its_table() -> None:
    pytest.importorskip("websockets", reason="the library beside which it measures comes with requirements/test.txt")
    plan = Plan(clients=6, rate=5, seconds=1, idle=12, alone=5, rest=1.0)
    told: list[str] = []
    figures = measure(plan, told.append)
    for server in ("collab", "bare"):
        one = figures[server]
        assert (one["delivered"], one["lost"], one["doubled"], one["cut"]) == (6 * 5, 0, 0, 0), server
        assert 0 < one["p50"] <= one["p99"]
        assert one["cpu_us"] >= 0
    assert figures["collab"]["failed"] == 0
    assert 0 < figures["posting_ms"] < 1_000
    said = table(figures)
    assert "| Collab, 2 processes and Redis | 30 | 0 | 0 |" in said
    assert "| bare `websockets`, 1 process | 30 | 0 | 0 |" in said
    assert f"{figures['idle_again_kb']:.0f} kB" in said.splitlines()[-1], "memory is measured twice"
    assert told[0] == "filling the database"
    assert told[-1] == "the bare library"
