#!/usr/bin/env python3
"""Count a vote again: python3 -I recount.py [FOLDER or BUNDLE.zip]

Needs Python 3.11 or newer and nothing else. Ends with 0 when everything is equal, 1 when something differs, 2 when the
bundle cannot be read or its ballots are not shown.
"""

import hashlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import sys
import zipfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

SOURCES: dict[str, str] = {}


class Carried(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the modules that this file carries."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in SOURCES:
            return None
        package = any(name.startswith(fullname + ".") for name in SOURCES)
        return importlib.util.spec_from_loader(fullname, self, is_package=package)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(SOURCES[module.__name__], f"<{module.__name__}>", "exec"), module.__dict__)  # noqa: S102


def contents(place: Path) -> dict[str, bytes]:
    """The files of a folder or a zip."""
    if place.is_dir():
        return {file.name: file.read_bytes() for file in place.iterdir() if file.is_file()}
    with zipfile.ZipFile(place) as held:
        return {name: held.read(name) for name in held.namelist()}


HANDS = ("yes", "no", "abstained")
REQUIRED = ("rule.json", "electorate.json", "result.json", "opened.json", "README.txt", "recount.py")


def missing(files: dict[str, bytes], manifest: dict[str, Any], method: str) -> list[str]:
    """What a bundle has to hold and this one does not."""
    named = [*REQUIRED, *manifest["files"]]
    if "evidence.json" in files:
        named.append("evidence.json")
    if manifest.get("about", {}).get("level") == "open":
        named.append("roll.json")
    if method == "show-of-hands" and any(json.loads(files.get("ballots.json", b"{}")).get(one) for one in HANDS):
        named.append("hands.json")  # where nobody typed numbers in there are none
    gone = sorted({name for name in named if name not in files or name not in manifest["files"]})
    for name in gone:
        print(f"MISSING   {name}")
    return gone


def opened_otherwise(files: dict[str, bytes], about: dict[str, Any], ballots: Any, electorate: Any) -> list[str]:
    """What differs between opened.json, the hash published at opening, and what was counted."""
    opened = files.get("opened.json", b"")
    wrong: list[str] = []

    def hold(name: str, same: bool, sentence: str) -> None:
        if not same:
            print(f"DIFFERS   {sentence}")
            wrong.append(name)

    print(f"Opened    {hashlib.sha256(opened).hexdigest()}")
    hold(
        "opened",
        hashlib.sha256(opened).hexdigest() == about.get("opened_hash"),
        "opened.json is not what was published when the vote opened",
    )
    try:
        said = json.loads(opened)
        card, titles = said["rule"]["card"], [each["title"] for each in said["options"]]
    except (KeyError, TypeError, ValueError):
        print("DIFFERS   opened.json cannot be read")
        return [*wrong, "opened"]
    hold("rule", card == json.loads(files["rule.json"]), "the rule is not the one that stood fast at opening")
    hold("question", said.get("question") == about.get("question"), "the question is not the one that was opened")
    hold("level", said.get("level") == about.get("level"), "the vote was opened as an open or confidential one")
    hold("options", not titles or list(ballots.options) == titles, "the options are not those of the opening")
    if "version" in said:
        electorate_otherwise(files, about, said, electorate, hold)
    else:
        print("          (opened before electorate and closing time were among what is published)")
    ballots_otherwise(files, said, ballots, electorate, hold)
    evidence_otherwise(files, said, hold)
    return wrong


def ballots_otherwise(files: dict[str, bytes], said: dict[str, Any], ballots: Any, electorate: Any, hold: Any) -> None:
    """Whether the ballots are those that stand by name in roll.json, or the numbers of hands.json; who stood aside is
    the one that stands there; and what options cost is what they cost at the opening."""
    if ballots.costs:
        pairs = zip(ballots.costs, said["options"], strict=False)
        same = all(each["cost"] in (None, cost) for cost, each in pairs)
        hold("costs", same, "the costs are not those of the opening")
    if "hands.json" in files:
        numbers = json.loads(files["hands.json"])
        same = all(numbers[name] == getattr(ballots, name) for name in HANDS)
        hold("hands", same, "the ballots are not the numbers of hands.json")
    if "roll.json" not in files:
        return
    roll = json.loads(files["roll.json"])
    aside = sum(line.get("weight", 1) for line in roll if line["recused"])
    hold("aside", aside == electorate.recused, "the votes of those who stood aside are not those of roll.json")
    if "form" in said["rule"] and not said["rule"].get("hands"):
        same = cast_by_name(roll, said) == cast_of(ballots)
        hold("ballots", same, "the ballots are not those of roll.json")


def cast_by_name(roll: list[dict[str, Any]], said: dict[str, Any]) -> dict[str, Any]:
    """What was voted as roll.json says it, each as often as it weighs."""
    counting, choices = (importlib.import_module(name) for name in ("counting", "counting.choices"))
    lines = [line for line in roll if line["choice"] is not None and not line["left_out"] and not line["recused"]]
    cast = [line["choice"] for line in lines for _each in range(line.get("weight", 1))]
    options = {each["id"]: each["title"] for each in said["options"]}
    rule = said["rule"]
    try:
        found = choices.ballots_of(rule["form"], options, cast, criteria=len(rule.get("criteria", ())))
    except (counting.Refusal, AttributeError, KeyError, TypeError, ValueError):
        return {}  # something else than this vote asks for
    return cast_of(found)


def cast_of(ballots: Any) -> dict[str, Any]:
    """What was voted, without what came at the close."""
    told = ballots.as_json()
    return {name: told[name] for name in ("rankings", "approvals", "scores", *HANDS)}


def evidence_otherwise(files: dict[str, bytes], said: dict[str, Any], hold: Any) -> None:
    """Whether the files beside question and options are those of the opening, and the others are said to be later."""
    listed = json.loads(files.get("evidence.json", b"[]"))
    beside = {None: said["question"]} | {each["id"]: each["title"] for each in said["options"]}
    placed = all(beside.get(line["option"]) == line["beside"] for line in listed)
    hold("beside", placed, "a file of evidence stands beside something that was not there at the opening")
    then = sorted([line["option"] or 0, mark_of(line)] for line in listed if line["at_opening"])
    if "evidence" in said:
        stood = sorted([each["option"] or 0, each["file"]] for each in said["evidence"])
        hold("evidence", then == stood, "the evidence is not that of the opening")
    elif listed:
        print("          (opened before evidence was among what is published)")
    if listed:
        print(f"Evidence  {len(listed)} files, of which {len(then)} stood there at the opening")


def mark_of(line: dict[str, Any]) -> str:
    """The fingerprint of a file beside question or option; of one that was taken away nothing else is known."""
    if line.get("removed"):
        return str(line["fingerprint"])
    told = [line[name] for name in ("option", "name", "version", "media_type", "size", "sha256")]
    spelt = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).hexdigest()


def electorate_otherwise(
    files: dict[str, bytes], about: dict[str, Any], said: dict[str, Any], electorate: Any, hold: Any
) -> None:
    """Whether those entitled and the closing time are those of the opening."""
    people = said.get("electorate", {})
    there, absent = people.get("votes"), said["rule"].get("present", {}).get("absent", 0)
    hold("electorate", electorate.entitled - absent == there, "the votes entitled are not those of the opening")
    if "present" in said["rule"]:
        able = there - (0 if said["rule"]["card"]["recused_in_base"] else electorate.recused)
        hold("present", electorate.present == able, "the votes present are not those of the opening")
    if "roll" in people:
        listed = json.loads(files.get("roll.json", b"[]"))
        lines = [line for line in listed if not line["left_out"]]
        away = sum(line.get("weight", 1) for line in listed if line["left_out"] == "absent")
        hold("absent", away == absent, "those who were absent are not those of the opening")
        roll = sorted([line["person"], line.get("weight", 1)] for line in lines)
        spelt = json.dumps(roll, separators=(",", ":")).encode()
        hold("roll", hashlib.sha256(spelt).hexdigest() == people["roll"], "roll.json is not the roll of the opening")
    if "for_others" in said and "roll.json" in files:
        for sentence in voted_for_others(json.loads(files["roll.json"]), said["for_others"]):
            hold("for-others", False, sentence)
    closed, until = (datetime.fromisoformat(text) for text in (about["closed_at"], said["closes_at"]))
    if (more := said["rule"].get("extension")) and about.get("extended_at") != "":  # one of before says nothing of it
        until = extended(until, int(more), about.get("extended_at", ""))
    hold("closed", closed <= until, "the vote closed later than was said at opening")


def voted_for_others(listed: list[dict[str, Any]], allowed: dict[str, Any]) -> list[str]:
    """A sentence for each person for whom somebody voted who may not have, by what stood fast at the opening: nobody,
    whoever holds a proxy of those on the roll, for so many, or a substitute; and never who was left out. Who stands
    aside may have voted before that."""
    known = {line["person"]: line for line in listed}
    wrong, held = [], dict.fromkeys(known, 0)
    for line in listed:
        by = line.get("cast_by_id")
        if by is None or by == line["person"]:
            continue
        voter = known.get(by)
        held[by] = held.get(by, 0) + 1
        out = voter is not None and voter["left_out"] is not None
        proxy = voter is not None and held[by] <= allowed["proxies"]
        if out or not (proxy or allowed["substitutes"] == "substitute"):
            wrong.append(f"somebody who was not allowed to voted for {line['name']}")
    return wrong


def extended(until: datetime, days: int, at: str) -> datetime:
    """The latest close of a vote that its rule extends by so many days of the clock on the wall, of which one may have
    25 hours. It is extended from its hour on, or from when (`at`) that was done, if the machine stood still longer than
    the rule gives: then one hour is left."""
    latest = until + timedelta(days=days, hours=1)
    if at and datetime.fromisoformat(at) + timedelta(hours=1) > latest:
        print(f"          (its time was made longer as late as {at})")
        latest = datetime.fromisoformat(at) + timedelta(hours=1)
    return latest


def main(said: list[str]) -> int:
    sys.meta_path.insert(0, Carried())
    counting = importlib.import_module("counting")
    try:
        files = contents(Path(said[0]) if said else Path(__file__).resolve().parent)
        manifest = json.loads(files["manifest.json"])
        hashes = dict(manifest["files"])
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        print(f"This is no bundle that can be read: {error}")
        return 2
    differ = [name for name in hashes if name in files and hashlib.sha256(files[name]).hexdigest() != hashes[name]]
    for name in differ:
        print(f"DIFFERS   {name} is not the file that the manifest names")
    try:
        rule = counting.Rule.from_json(files["rule.json"])
        wrong = differ + missing(files, manifest, rule.method)
        if "ballots.json" not in files and "ballots.json" not in hashes:
            print("The ballots of this vote are not shown; only the hashes were compared.")
            return 1 if wrong else 2
        ballots = counting.Ballots.from_json(files["ballots.json"])
        electorate = counting.Electorate(**json.loads(files["electorate.json"]))
        result = counting.count(rule, ballots, electorate).to_json().encode()
        return held(files, manifest, rule, ballots, electorate, result, wrong)
    except (counting.Refusal, KeyError, TypeError, ValueError, AttributeError) as error:
        print(f"This cannot be counted: {error}")
        return 1 if differ else 2


def held(
    files: dict[str, bytes],
    manifest: dict[str, Any],
    rule: Any,
    ballots: Any,
    electorate: Any,
    result: bytes,
    wrong: list[str],
) -> int:
    """What was counted, held against everything else in the bundle."""
    about = manifest.get("about", {})
    print(f"{about.get('reference', '')}  {about.get('question', '')}")
    print(f"Rule      {rule.digest()}")
    if rule.digest() != manifest.get("rule"):
        print("DIFFERS   the rule is not the one that the manifest names")
        wrong.append("rule")
    seed_hash = about.get("seed_hash")
    if ballots.seed is not None and hashlib.sha256(ballots.seed.encode()).hexdigest() != (seed_hash or None):
        print("DIFFERS   the seed is not the one that was committed to")
        wrong.append("seed")
    wrong += opened_otherwise(files, about, ballots, electorate)
    if result != files.get("result.json"):
        print("DIFFERS   the count gives another result than result.json:")
        print(result.decode())
        return 1
    print(f"Outcome   {json.loads(result)['outcome']}: {', '.join(json.loads(result)['winners']) or 'nobody'}")
    print("The recount equals result.json, byte for byte." if not wrong else "The recount is equal; see above.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
