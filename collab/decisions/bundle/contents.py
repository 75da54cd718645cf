"""What stands in a bundle. The same vote gives the same bytes: files in order, no time of making, one way to spell."""

import hashlib
import io
import json
import zipfile
from dataclasses import asdict, dataclass
from typing import Any, Final

from ..counting import Ballots, Electorate, Result, Rule
from .script import script

VERSION: Final = 1
BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a zip knows; when a bundle was made says nothing about the vote."""
HOW: Final = """\
{question}
{reference}, {organisation}

This bundle holds all that is needed to count this vote again, on any machine with Python 3.11 or newer, without a
network and without anything of ours:

    python3 -I recount.py

unpacked, or `python3 -I recount.py bundle.zip`. It counts the ballots by the rule and compares what comes out with
result.json, byte for byte; it also compares every file with the hashes in manifest.json, and the ballots with what
stands by name in roll.json or was typed into hands.json. Ends with 0 when all is equal.

    rule.json        the rule card as it was frozen when the vote opened (SHA-256 {rule})
    ballots.json     {ballots}
    electorate.json  how many were entitled, stood aside, were present
    result.json      the outcome with every round
    opened.json      question, options, rule, electorate, closing time, whether somebody votes for others, who chairs
                     and a fingerprint of each file that stood beside them, as they stood fast at opening
    evidence.json    where it is there: the files beside question and options, each with its name, size and SHA-256,
                     whether it stood there when the vote opened, and whether such a one was taken away since. The files
                     themselves are not in here; `sha256sum` tells of one that you have whether it is the same
    roll.json        where it is there: who was entitled, who stood aside, and who voted what in an open vote
    hands.json       where it is there: the numbers of a show of hands, who typed them in and when, and under "before"
                     each number that was corrected, with the reason
    manifest.json    what the vote was about, and the hash of each file
    recount.py       the program; its parts are the very modules that counted the vote in the first place

The hash of opened.json, and that of the lot's seed, were published when the vote opened and stand in manifest.json:
compare them with what you noted then.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the vote was about. Instants are text (ISO 8601). `level`: open, or confidential.

    `seed_hash`, `opened_hash`: what was published when the vote opened, of the lot's seed and of opened.json.
    `extended_at`: when its rule gave it more time, if it did.
    """

    reference: str
    question: str
    organisation: str = ""
    opened_at: str = ""
    closed_at: str = ""
    level: str = "open"
    seed_hash: str = ""
    opened_hash: str = ""
    extended_at: str = ""


def bundle(
    rule: Rule,
    ballots: Ballots | None,
    electorate: Electorate,
    result: Result | str,
    about: About,
    *,
    roll: Any = None,
    opened: str | None = None,
    hands: Any = None,
    evidence: Any = None,
) -> bytes:
    """The bundle as a zip. `ballots`: None where they may not be shown; then only the hashes can be checked.

    `result`: or its one spelling, as it was kept. `roll`: JSON values with the names of an open vote, where they are to
    stand in it. `opened`: what stood fast at opening, in the spelling that was hashed at opening.
    `hands`: JSON values of a show of hands, with every number that stood there before it was corrected.
    `evidence`: JSON values of the files beside question and options (exhibits.py), nothing where there are none.
    """
    files = {
        "rule.json": rule.to_json(),
        "electorate.json": _spelt(electorate.as_json()),
        "result.json": result if isinstance(result, str) else result.to_json(),
        "recount.py": script(),
    }
    if ballots is not None:
        files["ballots.json"] = ballots.to_json()
    if roll is not None:
        files["roll.json"] = _spelt(roll)
    if hands is not None:
        files["hands.json"] = _spelt(hands)
    if evidence:
        files["evidence.json"] = _spelt(evidence)
    if opened is not None:
        files["opened.json"] = opened
    files["README.txt"] = HOW.format(
        question=about.question, reference=about.reference, organisation=about.organisation, rule=rule.digest(),
        ballots=_called(rule) if ballots else "(not shown)",
    )  # fmt: skip
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(files.items())}
    manifest = {"version": VERSION, "about": asdict(about), "rule": rule.digest(), "files": hashes}
    files["manifest.json"] = _spelt(manifest)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name, text in sorted(files.items()):
            info = zipfile.ZipInfo(name, BEGINNING)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED  # what deflate makes of a text differs between its versions
            out.writestr(info, text.encode())
    return made.getvalue()


def _called(rule: Rule) -> str:
    if rule.method == "show-of-hands":
        return "the numbers of a show of hands, as they were typed in"
    return "the ballots, equal ones together, in no order that tells who voted how"


def _spelt(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
