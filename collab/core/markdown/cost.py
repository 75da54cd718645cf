"""A bound on the work one text may cause, whoever wrote it.

The parser is Python and takes some microseconds for each line and each sign that may open markup; no sign makes it
quadratic once nesting is bounded and tables are narrow. So the cost can be told before it is paid: what goes beyond
the budget is shown as plain paragraphs, and nothing of it is lost. The weights were measured on 100 kB of each
hostile pattern in the tests.
"""

import re
from typing import Final

LONGEST: Final = 100_000
"""Characters that are looked at; a text is bounded long before that when it is taken in."""
BUDGET: Final = 40_000
"""Estimated microseconds of processor time for one text."""
PAGE_BUDGET: Final = 3 * BUDGET
"""The same for all texts of one page: ample for long minutes, and no one text can use it up."""
WIDEST_TABLE: Final = 20

_PER_LINE: Final = 40
_PER_EMPTY_LINE: Final = 3
_PER_ITEM: Final = 40
_WEIGHTS: Final = {"[": 35, "]": 5, "*": 16, "_": 16, "~": 8, "`": 6, "<": 12, "&": 6, "\\": 4, "|": 4, "@": 8, ":": 8}
_OTHER: Final = 5
"""The parser stops for a look at these, though they open nothing."""
_SIGN: Final = re.compile(r"[\[\]*_~`<&\\|@:]")
_OTHER_SIGN: Final = re.compile(r"[!#$%+\-=>^{}]")
_DELIMITER_ROW: Final = re.compile(r"[ \t>]*[|:-][|: \t-]*")
_ITEM: Final = re.compile(r"[ \t>]*(?:[-+*]|[0-9]{1,9}[.)])[ \t]")
_FENCE: Final = re.compile(r" {0,3}(```|~~~)")


def affordable(text: str, budget: int = BUDGET) -> tuple[str, str]:
    """The part of `text` to be laid out, and the rest to be shown as it is. Cut at an empty line, if there is one."""
    laid_out, rest, _spent = weighed(text, budget)
    return laid_out, rest


def weighed(text: str, budget: int) -> tuple[str, str, int]:
    """The same two parts, and what of the budget is used up. Of a text that was cut the weighing is counted, too."""
    text = text[:LONGEST]
    if budget <= 0:
        return "", text, 0
    spent, laid_out, last_gap = 0, 0, 0
    wide = 1
    fenced = False
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if not bare and not fenced:
            last_gap = laid_out
            wide = 1
        elif _FENCE.match(line):
            fenced = not fenced
        if "|" in bare and _DELIMITER_ROW.fullmatch(bare):
            wide = max(wide, bare.strip("| ").count("|") + 1)
        spent += _PER_LINE * wide + (_PER_ITEM if _ITEM.match(line) else 0) if bare else _PER_EMPTY_LINE
        spent += _OTHER * len(_OTHER_SIGN.findall(line))
        spent += sum(map(_WEIGHTS.__getitem__, _SIGN.findall(line)))
        if spent > budget or wide > WIDEST_TABLE:
            cut = last_gap or (laid_out if wide <= WIDEST_TABLE else 0)
            return text[:cut], text[cut:], min(spent, budget)
        laid_out += len(line)
    return text, "", spent
