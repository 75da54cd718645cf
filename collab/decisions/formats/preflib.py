"""PrefLib: rankings with their number, strict or with ties (`{2,5}`), complete or not (.soi .soc .toi .toc).

Today's files begin with `# KEY: value` lines; those before 2022 with the number of options, `1,Name` lines and a line
of totals. Equal ranks stay equal. Source: https://preflib.github.io/PrefLib-Jekyll/format
"""

import re
from collections import Counter

from .reading import MOST_OPTIONS, BadFile, distinct, lines_of, shown, whole
from .votes import Ranking, Votes

TYPES = ("soc", "soi", "toc", "toi")
_KEY = re.compile(r"^#\s*([A-Z][A-Z ]*?(?:\s+\d+)?)\s*:\s?(.*)$")


def looks_like(lines: list[str]) -> bool:
    if any(line.startswith(("# FILE NAME:", "# DATA TYPE:", "# NUMBER ALTERNATIVES:")) for line in lines[:20]):
        return True
    return bool(len(lines) > 2 and lines[0].strip().isdigit() and re.match(r"^\s*1\s*,", lines[1]))


def read(text: str, kind: str = "") -> Votes:
    """`kind`: the ending of the file's name; what the file itself says goes before."""
    lines = lines_of(text)
    head = _new_head(lines) if lines[0].lstrip().startswith("#") else _old_head(lines)
    kind = head.kind or kind
    rankings, total, unique = _orders(lines, head, kind)
    if head.voters is not None and total != head.voters[1]:
        why = f"{head.voters[1]} ballots are announced here, but {total} stand in the file; it may be cut"
        raise BadFile(head.voters[0], why)
    if head.unique is not None and unique != head.unique[1]:
        why = f"{head.unique[1]} different orders are announced here, but {unique} stand in the file; it may be cut"
        raise BadFile(head.unique[0], why)
    return Votes("preflib", tuple(head.names), head.title, None, dict(rankings))


class _Head:
    names: list[str]
    title = ""
    kind = ""
    start = 0
    separator = ":"
    voters: tuple[int, int] | None = None
    unique: tuple[int, int] | None = None


def _new_head(lines: list[str]) -> _Head:
    head = _Head()
    names: dict[int, tuple[str, int]] = {}
    options: tuple[int, int] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if not line.startswith("#"):
            head.start = number - 1
            break
        if not (found := _KEY.match(line)):
            continue
        key, value = found[1], found[2].strip()
        if key == "TITLE":
            head.title = value
        elif key == "DATA TYPE":
            head.kind = value.lower()
        elif key == "NUMBER ALTERNATIVES":
            options = number, whole(value, number, "the number of options", 1, MOST_OPTIONS)
        elif key == "NUMBER VOTERS":
            head.voters = number, whole(value, number, "the number of voters")
        elif key == "NUMBER UNIQUE ORDERS":
            head.unique = number, whole(value, number, "the number of different orders")
        elif key.startswith("ALTERNATIVE NAME"):
            which = whole(key.removeprefix("ALTERNATIVE NAME"), number, "the number of an option", 1, MOST_OPTIONS)
            if which in names:
                raise BadFile(number, f"the option {which} is named twice (see line {names[which][1]})")
            names[which] = value, number
    else:
        raise BadFile(len(lines), "the file ends before the first ballot; it seems to be cut")
    if options is None:
        raise BadFile(1, "the line `# NUMBER ALTERNATIVES:` is missing")
    if head.kind and head.kind not in TYPES:
        raise BadFile(1, f"PrefLib data of the type {shown(head.kind)} are no rankings; these can be read: {TYPES}")
    if sorted(names) != list(range(1, options[1] + 1)):
        why = f"{options[1]} options are announced, but {len(names)} names stand in the file"
        raise BadFile(options[0], why)
    head.names = [names[which][0] for which in range(1, options[1] + 1)]
    distinct(head.names, [names[which][1] for which in range(1, options[1] + 1)])
    return head


def _old_head(lines: list[str]) -> _Head:
    head = _Head()
    head.separator = ","
    options = whole(lines[0], 1, "the number of options", 1, MOST_OPTIONS)
    head.names = []
    for number in range(2, options + 2):
        which, comma, name = (lines[number - 1] if number <= len(lines) else "").partition(",")
        if not comma or which.strip() != str(number - 1):
            raise BadFile(
                min(number, len(lines)), f"the name of option {number - 1} should stand here, after its number"
            )
        name = name.strip()
        head.names.append(name[1:-1].strip() if len(name) > 2 and name[0] == name[-1] == '"' else name)
    distinct(head.names, list(range(2, options + 2)))
    number = options + 2
    words = lines[number - 1].split(",") if number <= len(lines) else []
    if len(words) != 3:
        raise BadFile(min(number, len(lines)), "three totals should stand here: voters, ballots, different orders")
    totals = [whole(word, number, "a total") for word in words]
    head.voters, head.unique, head.start = (number, totals[1]), (number, totals[2]), number
    return head


def _orders(lines: list[str], head: _Head, kind: str) -> tuple[Counter[Ranking], int, int]:
    found: Counter[Ranking] = Counter()
    options, total, unique = len(head.names), 0, 0
    known = {str(number): number - 1 for number in range(1, options + 1)}
    complete, strict = kind.endswith("c"), kind.startswith("s")
    for number in range(head.start + 1, len(lines) + 1):
        line = lines[number - 1]
        if not line.strip():
            continue
        if line.startswith("#"):
            raise BadFile(number, "a line of the head stands among the ballots")
        count_said, separator, order = line.partition(head.separator)
        if not separator:
            raise BadFile(number, f"a line of ballots is `number{head.separator} order`; the line seems to be cut")
        count = whole(count_said, number, "the number of ballots")
        ranking = _order(order, number, known)
        flat = [option for group in ranking for option in group]
        if len(set(flat)) < len(flat):
            twice = next(option for option in flat if flat.count(option) > 1)
            raise BadFile(number, f"the option {twice + 1} is ranked twice in one ballot")
        if strict and len(flat) > len(ranking):
            raise BadFile(number, f"a file of the type {kind} has no equal ranks, but this order has")
        if complete and len(flat) < options:
            raise BadFile(number, f"a file of the type {kind} ranks all {options} options; this order has {len(flat)}")
        found[ranking] += count
        total, unique = total + count, unique + 1
    return found, total, unique


def _order(order: str, number: int, known: dict[str, int]) -> Ranking:
    if "{" not in order:
        try:
            return tuple((known[word],) for word in order.replace(" ", "").split(",")) if order.strip() else ()
        except KeyError:
            pass
    groups: list[tuple[int, ...]] = []
    rest = order.strip()
    while rest:
        if rest.startswith("{"):
            inside, closed, rest = rest[1:].partition("}")
            if not closed:
                raise BadFile(number, "a group of equal options is not closed with }; the line seems to be cut")
            words = [word.strip() for word in inside.split(",") if word.strip()]
            rest = rest.lstrip()
            if rest and not rest.startswith(","):
                raise BadFile(number, "a comma is missing after a group of equal options")
            rest = rest[1:].lstrip()
        else:
            word, _comma, rest = rest.partition(",")
            words, rest = [word.strip()], rest.lstrip()
        for word in words:
            if word not in known:
                raise BadFile(number, f"{shown(word)} is no option; they are numbered from 1 to {len(known)}")
        if words:
            groups.append(tuple(sorted(known[word] for word in words)))
    return tuple(groups)
