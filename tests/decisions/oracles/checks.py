"""What real files are held against. Each takes a file and fails where our count and the published one differ."""

import csv
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from collab.decisions.formats import Votes, read

from .asking import tally

BY_HAND = {"k8s_steering_2017": {"Michael Rubin"}}
"""Left out by a limit on how many may come from one employer: no rule of counting."""
SPELT = {"Phillip Whitrock": "Phillip Wittrock"}


def scottish_official(file: Path) -> None:
    """A ward against the count that the council published: every candidate, every stage, five decimals."""
    official = json.loads(file.with_suffix(".official_result.json").read_text("utf-8"))["Constituency"]
    code, found = tally(file, "--method", "scottish-stv")
    assert code == 0
    assert found["quota"] == int(official["countInfo"]["Quota"])
    stages: dict[int, list[Decimal]] = {}
    elected, status = set(), {}
    for line in official["countGroup"]:
        stages.setdefault(int(line["Count_Number"]), []).append(Decimal(line["Total_Votes"]))
        place = len(stages[int(line["Count_Number"])]) - 1
        status[place] = line["Status"]
    names = list(found["rounds"][0]["votes"])
    elected = {names[place] for place, said in status.items() if said == "Elected"}
    assert set(found["winners"]) == elected
    ours = [[Decimal(str(votes)) for votes in each["votes"].values()] for each in found["rounds"]]
    # A last round of ours that only fills the seats left transfers nothing, and has no stage of its own there.
    assert [stages[at] for at in sorted(stages)] == ours[: len(stages)]


def scottish_expected(file: Path, expected: dict[str, Any]) -> None:
    """A ward against stages worked out elsewhere, non-transferable votes among them, and other methods' winners."""
    code, found = tally(file, "--method", "stv")
    assert (code, found["quota"], found["seats"]) == (0, expected["quota"], expected["seats"])
    assert found["winners"] == expected["elected_names"]
    names = list(found["rounds"][0]["votes"])
    for at, stage in enumerate(expected["stages"]):
        ours = found["rounds"][at]
        votes = {str(place): ours["votes"][name] for place, name in enumerate(names, 1)}
        assert (at, votes) == (at, stage["votes"])
        assert (at, ours["exhausted"]) == (at, stage["non_transferable"])
    for key, options in METHODS.items():
        code, found = tally(file, *options)
        first = found["order"][0] if isinstance(found["order"][0], list) else [found["order"][0]]
        winners, theirs = set(found["winners"] or first), {names[place - 1] for place in expected[key]}
        # Where the source stops at a tie, ours may have been told apart by the earlier rounds, as the rule says.
        assert winners == theirs or (found["ties"] and winners < theirs), (key, winners, theirs)


METHODS = {
    "schulze_winning_votes": ("--method", "schulze"),
    "irv": ("--method", "irv"),
    "borda": ("--method", "borda"),
    "copeland": ("--method", "copeland"),
    "plurality": ("--method", "plurality"),
}


def kubernetes(folder: Path) -> None:
    """An election of the project against its published winners, and the whole order where that is published."""
    said = (folder / "results.md").read_text("utf-8")
    winners = [
        name.split(" (")[0].strip() for name in re.findall(r"^(?:\d+\.|-) (.+)$", said.split("## Winner")[1], re.M)
    ]
    by_hand = BY_HAND.get(folder.name, set())
    seats = len(winners) + len(by_hand)
    code, found = tally(folder / "ballots.csv", "--method", "schulze", "--seats", str(seats))
    assert code == 0
    order = [_known(name) for group in found["order"] for name in (group if isinstance(group, list) else [group])]
    assert {_same(_known(name)) for name in found["winners"]} - {_same(name) for name in by_hand} == set(
        map(_same, winners)
    )
    if "ranking" in said:
        listed = said.split("ranking")[1].split("## ")[0]
        published = [name.strip() for name in re.findall(r"^\d+\. (.+)$", listed, re.M)]
        assert list(map(_same, order)) == list(map(_same, published))


HANDLES = {"anammedina21": "Ana Margarita Medina", "jeremyrickard": "Jeremy Rickard", "cblecker": "Christoph Blecker"}


def _known(name: str) -> str:
    name = name.split(" (@")[0]
    return SPELT.get(name, HANDLES.get(name, name))


def _same(name: str) -> str:
    return " ".join(name.split())


def ann_arbor(file: Path) -> tuple[int, list[tuple[str, int]]]:
    """How many items agree with what the council wrote down, and which do not: number and line."""
    code, found = tally(file, "--method", "majority")
    assert code in (0, 3)
    results = {each["line"]: each["result"]["winners"] for each in found["items"]}
    numbers = {each["line"]: each["item"] for each in found["items"]}
    items = read(file.read_bytes(), file.name)
    assert isinstance(items, list)
    agree, differ = 0, []
    for item in items:
        passed = re.search(r"\b(pass|fail)\b", item.said)
        if not passed:
            continue
        if results[item.line] == (["yes"] if passed[1] == "pass" else ["no"]):
            agree += 1
        else:
            differ.append((numbers[item.line], item.line))
    return agree, differ


def district(file: Path) -> None:
    """A district of New South Wales against another count of the same ballots, written as plainly as can be."""
    votes = read(file.read_bytes(), file.name)
    assert isinstance(votes, Votes)
    ballots = [([option for (option,) in ranking], n) for ranking, n in votes.rankings.items()]
    standing = set(range(len(votes.names)))
    before: list[Counter[int]] = []
    while True:
        totals = Counter(dict.fromkeys(standing, 0))
        for ranking, n in ballots:
            first = next((option for option in ranking if option in standing), None)
            if first is not None:
                totals[first] += n
        leader, most = totals.most_common(1)[0]
        if 2 * most > sum(totals.values()) or len(standing) == 1:
            break
        least = min(totals.values())
        last = [option for option in standing if totals[option] == least]
        for earlier in before:  # a tie goes to the newest round in which they differed
            fewest = min(earlier[option] for option in last)
            last = [option for option in last if earlier[option] == fewest]
        standing.remove(min(last, key=votes.names.__getitem__))  # Newcastle: 854 each, and no matter who goes
        before.insert(0, totals)
    code, found = tally(file, "--method", "irv")
    assert (code, found["winners"]) == (0, [votes.names[leader]])
    assert {name: found["rounds"][-1]["votes"][name] for name in map(votes.names.__getitem__, standing)} == {
        votes.names[option]: totals[option] for option in standing
    }


def city(folder: Path) -> tuple[int, list[int]]:
    """A city's mayor against the rounds of RCTab: wherever the same candidates remain, they have the same votes. How
    many rounds it wrote down, and which of them none of ours meets, as other candidates remain."""
    report = json.loads(next(folder.glob("*_report.json")).read_text("utf-8"))
    code, found = tally(next(folder.glob("*_cvr.xlsx")), "--method", "irv", "--seed", "1")
    assert code == 0
    winner = next(each["elected"] for line in report["results"] for each in line["tallyResults"] if "elected" in each)
    assert found["winners"] == [winner]
    ours, gone = {}, set()
    for each in found["rounds"]:
        left = {name: votes for name, votes in each["votes"].items() if name not in gone}
        ours[frozenset(left)] = left
        gone |= set(each["excluded"])
    unmet = []
    for line in report["results"]:
        theirs = {name.replace("Undeclared Write-ins", "UWI"): int(votes) for name, votes in line["tally"].items()}
        same = ours.get(frozenset(theirs)) or ours.get(frozenset(name for name, votes in theirs.items() if votes))
        if same is None:
            unmet.append(int(line["round"]))
        else:
            assert same == {name: theirs[name] for name in same}
    return len(report["results"]), unmet


def node(file: Path) -> None:
    """A vote of the committee against the outcome it wrote down."""
    said = json.loads(file.read_text("utf-8"))
    many = isinstance(next(iter(said["votes"].values())), dict)
    code, found = tally(file, "--method", "schulze" if many else "majority")
    if many:
        assert (code, found["winners"]) == (0, said["outcome"]["winner(s)"])
    else:
        assert (code, found["winners"]) == (0, ["no" if said.get("outcome") == "No" else "yes"])


def pabulib(file: Path) -> str:
    """Whether our greedy choice is the one the city made: "agrees", "differs", or "unsaid" where the file does not hold
    what the city chose."""
    votes = read(file.read_bytes(), file.name)
    assert isinstance(votes, Votes)
    code, found = tally(file, "--method", "budget", "--seed", "1")
    assert code == 0
    lines = file.read_text("utf-8-sig").splitlines()
    rows = list(csv.reader(lines[lines.index("PROJECTS") + 1 : lines.index("VOTES")], delimiter=";"))
    at = rows[0].index("selected") if "selected" in rows[0] else None
    if at is None:
        return "unsaid"
    selected = {name for name, row in zip(votes.names, rows[1:], strict=True) if row[at].strip() not in ("0", "")}
    assert selected
    return "agrees" if set(found["winners"]) == selected else "differs"
