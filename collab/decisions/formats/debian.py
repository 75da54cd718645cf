"""Tally sheets of the Debian project: a line `V: 21-3 hash` for each voter, one sign for each option, `-` not ranked.

Equal ranks are equal. Ranks beyond 9 are letters (A is 10), as in devotee, the project's own program.
Source: https://www.debian.org/vote/ (tally sheets), https://vote.debian.org/~secretary/
"""

import re
from collections import Counter

from .reading import BadFile, distinct, lines_of, shown
from .votes import Ranking, Votes

_OPTION = re.compile(r"Option\s+([0-9A-Za-z]+)\s*-*>?\s*-*>?\s*:\s*(.*?)\s*$")
_VOTE = re.compile(r"^\s*V:\s*(\S*)(?:\s+(\S+))?")


def looks_like(lines: list[str]) -> bool:
    return any(line.startswith("V:") for line in lines) and any("Option" in line for line in lines[:200])


def read(text: str) -> Votes:
    lines = lines_of(text)
    names: list[str] = []
    numbers: list[int] = []
    found: Counter[Ranking] = Counter()
    known: dict[str, Ranking] = {}
    length = 0
    for number, line in enumerate(lines, 1):
        if not line.lstrip().startswith("V:"):
            if not known and (option := _OPTION.search(line)):
                names.append(option[2])
                numbers.append(number)
            continue
        if not names:
            raise BadFile(number, "a vote stands here before any line `Option 1---->: name`")
        vote = _VOTE.match(line)
        signs, mark = (vote[1], vote[2] or "") if vote else ("", "")
        if signs not in known:
            known[signs] = _ranking(signs, number, len(names))
        if mark and length and len(mark) < length and number == len(lines):
            raise BadFile(number, "the voter's mark is shorter than the others; the file seems to be cut")
        length = max(length, len(mark))
        found[known[signs]] += 1
    distinct(names, numbers)
    if not found:
        raise BadFile(len(lines), "there is no vote in the file (a line that begins with `V:`); it may be cut")
    return Votes("debian", tuple(names), "", None, dict(found))


def _ranking(signs: str, number: int, options: int) -> Ranking:
    if len(signs) != options:
        raise BadFile(number, f"the vote {shown(signs)} has {len(signs)} signs, but there are {options} options")
    groups: dict[int, list[int]] = {}
    for option, sign in enumerate(signs):
        if sign == "-":
            continue
        if not sign.isascii() or not sign.isalnum() or sign == "0":
            raise BadFile(number, f"the sign {shown(sign)} in a vote is neither a rank nor -")
        groups.setdefault(int(sign, 36), []).append(option)
    return tuple(tuple(groups[rank]) for rank in sorted(groups))
