"""All real votes of COLLAB_TEST_DATA/ballots, by night. Where ours and the published result differ by a rule of people,
it stands in docs/methods/oracles.md and in DIFFER below; whatever else differs fails."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collab.decisions.counting import Ballots, Rule, count

from . import checks
from .asking import WHOLE, files, tally

pytestmark = pytest.mark.nightly
RANKED = ("plurality", "borda", "copeland", "schulze", "ranked-pairs", "irv", "stv", "plain-stv")
DIFFER = {
    "poland_warszawa_2018_bialoleka-obszar-2.pb": "the city has a least number of votes",
}
UNSAID = {f"poland_gdansk_2020_{name}.pb" for name in ("aniolki", "bretowo", "brzezno")}
"""Files without the column that says what the city chose: nothing is compared."""
ROUNDS = {
    "us_rcv_2013_minneapolis_mayor": (33, list(range(2, 10))),
    "us_rcv_2015_portland_mayor": (14, [3]),
}
"""How many rounds RCTab wrote down, and in which of them other candidates remain than in any of ours."""


@pytest.mark.parametrize("file", files(WHOLE, "scotland_stv_2017/*.blt"))
def test_a_scottish_ward_agrees_with_the_council_at_every_stage(file: Path) -> None:
    checks.scottish_official(file)


@pytest.mark.parametrize("file", files(WHOLE, "scot/*.blt"))
def test_a_scottish_ward_agrees_with_stages_worked_out_elsewhere(file: Path) -> None:
    expected = json.loads((file.parent / "expected.json").read_text("utf-8"))
    checks.scottish_expected(file, expected[file.name])


@pytest.mark.parametrize("file", files(WHOLE, "k8s_*"))
def test_an_election_of_kubernetes_agrees_with_its_published_winners(file: Path) -> None:
    checks.kubernetes(file)


@pytest.mark.parametrize(
    ("name", "winner"), [("leader2006_tally.txt", "Anthony Towns"), ("leader2007_tally.txt", "Sam Hocevar")]
)
def test_a_leader_of_debian_is_the_one_who_was_elected(name: str, winner: str) -> None:
    file = WHOLE / "debian_leader" / name
    if not file.exists():
        pytest.skip(f"the real votes {file} are not on this machine (COLLAB_TEST_DATA)")
    assert tally(file, "--method", "schulze")[1]["winners"] == [winner]


@pytest.mark.parametrize("file", files(WHOLE, "nsw_la_2019_irv/*.soi"))
def test_a_district_of_new_south_wales_agrees_with_a_count_written_as_plainly_as_can_be(file: Path) -> None:
    checks.district(file)


@pytest.mark.parametrize("file", files(WHOLE, "us_rcv_*"))
def test_a_mayor_agrees_with_the_rounds_of_rctab(file: Path) -> None:
    assert checks.city(file) == ROUNDS[file.name]


def test_items_of_a_council_pass_and_fail_as_its_minutes_say() -> None:
    charts = sorted((WHOLE / "annarbor_council_votes").glob("*.csv"))
    if not charts:
        pytest.skip("the real votes of Ann Arbor are not on this machine (COLLAB_TEST_DATA)")
    agree, differ = 0, []
    for chart in charts:
        same, other = checks.ann_arbor(chart)
        agree += same
        differ += [f"{chart.name} {number} line {line}" for number, line in other]
    assert [each for each in differ if each not in DIFFER] == []
    assert agree == 782


@pytest.mark.parametrize("file", files(WHOLE, "nodejs_tsc_votes/*.json"))
def test_a_vote_of_a_committee_ends_as_it_wrote_down(file: Path) -> None:
    checks.node(file)


@pytest.mark.parametrize("file", files(WHOLE, "pabulib_participatory_budget/*.pb"))
def test_a_budget_is_spent_as_the_city_spent_it(file: Path) -> None:
    expected = "unsaid" if file.name in UNSAID else "differs" if file.name in DIFFER else "agrees"
    assert checks.pabulib(file) == expected


def _worked() -> Iterator[Any]:
    file = WHOLE / "worked_cases.json"
    for case in json.loads(file.read_text("utf-8")) if file.exists() else []:
        for method, expected in case.get("expect", {}).items():
            if method in WORKED and "rows" in case:
                yield pytest.param(case, method, expected, id=f"{case['id']}-{method}")


WORKED = {"plurality": "plurality", "irv": "irv", "borda": "borda", "copeland": "copeland", "schulze": "schulze",
          "ranked_pairs": "ranked-pairs", "stv": "stv", "stv_set": "stv"}  # fmt: skip


@pytest.mark.parametrize(("case", "method", "expected"), list(_worked()))
def test_a_worked_case_of_the_literature_comes_out_as_written(case: Any, method: str, expected: list[str]) -> None:
    names = sorted({name for _n, ranking in case["rows"] for name in ranking})
    rule = Rule(method=WORKED[method], seats=case.get("seats", 1))
    result = count(rule, Ballots.ranked(names, {tuple(ranking): n for n, ranking in case["rows"]}))
    first = result.winners if result.outcome == "decided" else result.order[0]
    assert sorted(first) == sorted(expected)
    if "quota" in case["expect"]:
        assert result.quota == case["expect"]["quota"]
    if method == "irv" and "irv_rounds" in case["expect"]:
        for ours, theirs in zip(result.rounds, case["expect"]["irv_rounds"], strict=True):
            assert {name: votes for name, votes in ours.votes if name in theirs} == theirs
    if method == "borda" and "borda_scores" in case["expect"]:
        assert dict(result.scores) == case["expect"]["borda_scores"]


@pytest.mark.parametrize("file", [*files(WHOLE, "preflib/*"), *files(WHOLE, "tideman_HIL/*"), *files(WHOLE, "other/*")])
@pytest.mark.parametrize(
    "method", ["plurality", "borda", "copeland", "schulze", "ranked-pairs", "irv", "stv", "plain-stv"]
)
def test_votes_without_a_published_result_are_counted_to_the_end(file: Path, method: str) -> None:
    options = ["--format", "scores"] if file.name.endswith("civs.csv") else []
    code, found = tally(file, "--method", method, "--seed", "1", *options)
    assert code == 0
    assert len(found["winners"]) == found["seats"]
    for each in found["rounds"]:
        assert all(not str(votes).startswith("-") for votes in each["votes"].values())
