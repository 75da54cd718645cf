"""The bench of ballots runs as it stands, with a few voters; what is lost or counted twice breaks its law."""

from collections import Counter
from typing import Any

from collab.cli.bench.ballots import Plan, Sent, broken, compared, measure, said_by, table

VOTERS = 12
SENT = [Sent(voter, 200, f"r{voter}", 0) for voter in range(VOTERS)]
RECEIPTS = {one.receipt for one in SENT}


def sums(**more: int) -> dict[str, Any]:
    said = Counter(said_by(voter) for voter in range(VOTERS))
    return {name: str(number + more.get(name, 0)) for name, number in said.items()}


def test_the_whole_bench_runs_with_a_few_voters_and_prints_its_table() -> None:
    figures = measure(Plan(voters=VOTERS, clients=4))
    assert [(one["level"], one["way"]) for one in figures["rows"]] == [
        ("open", "API"), ("open", "page"), ("confidential", "API"), ("confidential", "page"),
    ]  # fmt: skip
    for one in figures["rows"]:
        assert (one["lost"], one["doubled"], one["refused"]) == (0, 0, []), one
        assert (one["voters"], one["sent"]) == (VOTERS, VOTERS + 4), "every third sends twice"
        assert set(one["cpu_ms"]) == {"web", "database", "teller"}
        assert min(one["cpu_ms"].values()) >= 0
    assert broken(figures) == []
    assert f"| confidential | page | {VOTERS} | {VOTERS + 4} |" in table(figures)


def test_what_is_lost_and_what_counts_twice_is_found() -> None:
    nothing = {"lost": 0, "doubled": 0}
    assert compared(sums(), SENT, RECEIPTS, VOTERS) == nothing
    assert compared(sums(), [Sent(one.voter, 303, "", 0) for one in SENT], set(), VOTERS) == nothing
    assert compared(sums(yes=-1), SENT, RECEIPTS, VOTERS) == {"lost": 1, "doubled": 0}
    assert compared(sums(no=2), SENT, RECEIPTS, VOTERS) == {"lost": 0, "doubled": 2}
    assert compared(sums(yes=-1, no=1), SENT, RECEIPTS, VOTERS) == {"lost": 1, "doubled": 1}, "one stands for another"
    assert compared(sums(), SENT, RECEIPTS - {"r3"}, VOTERS) == {"lost": 1, "doubled": 0}
    twice = [*SENT, Sent(3, 200, "r3-again", 0)]
    assert compared(sums(), twice, RECEIPTS, VOTERS) == nothing, "the later envelope took the place of the earlier"
    assert compared(sums(), twice, RECEIPTS | {"r3-again"}, VOTERS) == {"lost": 0, "doubled": 1}


def test_a_minute_is_the_law_and_so_is_that_nobody_is_refused() -> None:
    kept = {"level": "open", "way": "API", "lost": 0, "doubled": 0, "refused": [], "seconds": 60.0}
    wrong = ({"lost": 1}, {"doubled": 1}, {"refused": [409]}, {"seconds": 61.0})
    assert broken({"rows": [kept, *(kept | each for each in wrong)]}) == [
        "open, API: 1 lost, 0 doubled, refused [], in 60 s", "open, API: 0 lost, 1 doubled, refused [], in 60 s",
        "open, API: 0 lost, 0 doubled, refused [409], in 60 s", "open, API: 0 lost, 0 doubled, refused [], in 61 s",
    ]  # fmt: skip
