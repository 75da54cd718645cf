"""BLT, the files of the single transferable vote: `options seats`, a line for each kind of ballot, `0`, the names.

`3 1 2=4 0` are three ballots that put 1 first, then 2 and 4 as equals. Also files of I. D. Hill (.HIL), which hold all
names in one line, withdrawn options (`-3`), comments after `#`, and names without quotation marks. A party that stands
in marks of its own after a name stays with it, as in the file.
Source: the format of I. D. Hill, B. A. Wichmann and D. R. Woodall, Computer Journal 30 (1987), as used by OpaVote,
OpenSTV and the Scottish councils.
"""

import re
from collections import Counter

from .reading import MOST_OPTIONS, BadFile, distinct, lines_of, shown, whole
from .votes import Ranking, Votes

_QUOTED = re.compile(r'"((?:[^"\\]|""|\\.)*)"(?=\s|$)')
_REMARK = re.compile(r'^("(?:[^"\\]|""|\\.)*")\s*#.*$')
_EQUALS = re.compile(r"\s*=\s*")
_HEAD = re.compile(r"^\s*\d+\s+\d+\s*(#.*)?$")
_IDENTIFIED = re.compile(r"^\s*\([^)]*\)\s*")


def looks_like(lines: list[str]) -> bool:
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    return bool(_HEAD.match(first))


def read(text: str) -> Votes:
    lines = lines_of(text)
    at = _next(lines, 0)
    head = _bare(lines[at]).split() if at < len(lines) else []
    if len(head) != 2:
        raise BadFile(at + 1, "the first line should hold two numbers: how many options, and how many seats")
    options = whole(head[0], at + 1, "the number of options", 1, MOST_OPTIONS)
    seats = whole(head[1], at + 1, "the number of seats", 1, MOST_OPTIONS)
    withdrawn: list[int] = []
    ballots: Counter[str] = Counter()
    first_at: dict[str, int] = {}
    start, ended = at + 1, -1
    for place in range(start, len(lines)):
        line = lines[place]
        bare = line.strip()
        if _bare(line) == "0" or (bare.startswith("0") and bare[1:].lstrip().startswith('"')):
            ended = place
            break
        if bare.startswith("-"):
            withdrawn += _withdrawn(_bare(line), place + 1, options)
        elif bare:
            ballots[bare] += 1
            first_at.setdefault(bare, place + 1)
    if ended < 0:
        why = "the line with a single 0 that ends the ballots is missing; the file seems to be cut"
        _ballots(ballots, first_at, options)  # a line that is wrong in itself says more
        raise BadFile(len(lines), why)
    rankings = _ballots(ballots, first_at, options)
    names, title = _names(lines, ended, options)
    return Votes("blt", tuple(names), title, seats, dict(rankings), withdrawn=tuple(sorted(set(withdrawn))))


def _next(lines: list[str], at: int) -> int:
    while at < len(lines) and not _bare(lines[at]):
        at += 1
    return at


def _bare(line: str) -> str:
    return line.split("#", 1)[0].strip()


def _withdrawn(line: str, number: int, options: int) -> list[int]:
    return [whole(word.removeprefix("-"), number, "a withdrawn option", 1, options) - 1 for word in line.split()]


def _ballots(ballots: Counter[str], first_at: dict[str, int], options: int) -> Counter[Ranking]:
    found: Counter[Ranking] = Counter()
    known = {str(number): number - 1 for number in range(1, options + 1)}
    for line, times in ballots.items():
        words = line.split("#", 1)[0].split() if "#" in line else line.split()
        if "=" in words:  # `1 = 2`, and what hangs on one side alone
            words = _EQUALS.sub("=", " ".join(words)).split()
        if words and words[0].startswith("("):
            words = _IDENTIFIED.sub("", line.split("#", 1)[0]).split()
        if not words:
            continue
        number = first_at[line]
        count = whole(words[0], number, "the number of ballots")
        if words[-1] != "0" or len(words) == 1:
            raise BadFile(number, "the ballot does not end with 0; the line or the file seems to be cut")
        ranking: list[tuple[int, ...]] = []
        for word in words[1:-1]:
            one = known.get(word)
            if one is not None:
                ranking.append((one,))
            elif word != "-":
                ranking.append(tuple(sorted(_option(part, number, options) for part in word.split("="))))
        flat = [option for group in ranking for option in group]
        if len(set(flat)) < len(flat):
            twice = next(option for option in flat if flat.count(option) > 1)
            raise BadFile(number, f"the option {twice + 1} is ranked twice in one ballot")
        if count:
            found[tuple(ranking)] += count * times
    return found


def _option(word: str, line: int, options: int) -> int:
    if word == "0":
        raise BadFile(line, "something follows the 0 that ends a ballot")
    if word.isascii() and word.isdigit() and (len(word) > 9 or int(word) > options):
        raise BadFile(line, f"the option {shown(word)} is ranked, but the first line announces {options} options")
    return whole(word, line, "an option", 1, options) - 1


def _names(lines: list[str], ended: int, options: int) -> tuple[list[str], str]:
    below = ((place + 1, lines[place].strip()) for place in range(ended + 1, len(lines)))
    rest = [(number, _REMARK.sub(r"\1", line)) for number, line in below if line and not line.startswith("#")]
    if (after := lines[ended].strip()[1:].strip()) and not after.startswith("#"):
        rest.insert(0, (ended + 1, after))
    said = [(number, name) for number, line in rest for name in _split(line)]
    if len(said) not in (options, options + 1) or any(not line.startswith('"') for _number, line in rest[:options]):
        single = [(number, _unquoted(line)) for number, line in rest]
        if len(single) in (options, options + 1) or len(said) not in (options, options + 1):
            said = single
    if len(said) < options:
        missing = f"the first line announces {options} options, but only {len(said)} names follow the ballots"
        raise BadFile(len(lines), f"{missing}; the file seems to be cut")
    if len(said) > options + 1:
        raise BadFile(said[options + 1][0], f"more than {options} names and a title follow the ballots")
    names, numbers = [name for _number, name in said[:options]], [number for number, _name in said[:options]]
    distinct(names, numbers)
    return names, said[options][1] if len(said) > options else ""


def _split(line: str) -> list[str]:
    """The names of one line: several in quotation marks, or the line itself."""
    found = _QUOTED.findall(line)
    if not found or _QUOTED.sub("", line).strip():
        return [_unquoted(line)]
    return [_plain(each) for each in found]


def _unquoted(line: str) -> str:
    return _plain(line[1:-1]) if len(line) > 1 and line[0] == line[-1] == '"' else line


def _plain(name: str) -> str:
    """A name as it was meant: marks within it stand twice, or after a backslash."""
    return name.replace('""', '"').replace('\\"', '"').strip()
