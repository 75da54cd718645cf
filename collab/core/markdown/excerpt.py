"""The beginning of a Markdown text as plain text, for lists, notifications and mails."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from markdown_it.token import Token

from .cost import BUDGET, affordable
from .parser import CUT, PARSER

_ENOUGH: Final = 4
"""Markup rarely takes more than three of four characters: so much source is read for each one shown."""
_QUOTE: Final = re.compile(r"^[ \t]*+(?:>[ \t]*+)++", re.MULTILINE)


def unquoted(text: str) -> str:
    """`text` without the signs that make its lines a quotation; the same sign elsewhere says "greater than"."""
    return _QUOTE.sub("", text)


_MARKED: Final = re.compile(r"[*_`~\\\[&<]")


_BEGUN: Final = re.compile(r"(@?)!?\[([^\[\]]*+)(?:\](?:\([^()]*+)?)?\Z")
"""A link within which a text was cut: of what was begun its words are left."""
_TICKS: Final = re.compile(r"(?<![\\`])`+")


def unmarked(line: str, *, cut: bool = False, budget: int = BUDGET) -> str:
    """What a reader sees of one line in which nothing begins a paragraph: without the signs that stress, link or quote,
    and with those that do not (`plan_2026`, `2 * 3`, `#12`). A line without any sign costs next to nothing.

    `cut`: more followed, so a sign that nothing closes is left out: what closes it came after. What would cost more
    than `budget` (estimated microseconds) is left as it is written.
    """
    if _MARKED.search(line) is None:
        return line
    if cut:
        line = _BEGUN.sub(r"\1\2", _without_open_code(line)).rstrip("*_~ ")
    laid_out, rest = affordable(line, budget)
    return "".join(_seen(PARSER.parseInline(laid_out, {CUT: cut})[0].children or ())) + rest


def _without_open_code(line: str) -> str:
    """`line` without the backticks that nothing closes. The last of each length is known, so none is sought in vain."""
    runs = list(_TICKS.finditer(line))
    last = {len(run[0]): place for place, run in enumerate(runs)}
    place, kept, at = 0, [], 0
    while place < len(runs):
        run = runs[place]
        if last[len(run[0])] == place:
            kept.append(line[at : run.start()])
            at = run.end()
        else:
            place = next(later for later in range(place + 1, len(runs)) if len(runs[later][0]) == len(run[0]))
        place += 1
    return "".join([*kept, line[at:]])


def excerpt(text: str, length: int = 160) -> str:
    """What a reader would see, on one line of at most `length` characters; "…" ends one cut short, after a word."""
    read = text[: length * _ENOUGH + 200]
    laid_out, rest = affordable(read)
    plain = " ".join(f"{''.join(_said(laid_out))} {rest}".split())
    if len(plain) <= length and len(read) == len(text):
        return plain
    if not plain:
        return ""
    cut = plain[: max(0, length - 1)]
    words = cut.rsplit(" ", 1)[0]
    # A word longer than half of the room is cut rather than dropped.
    return (words if len(words) > length // 2 else cut).rstrip() + "…"


def _said(source: str) -> Iterator[str]:
    for token in PARSER.parse(source):
        if token.type in ("fence", "code_block"):
            yield token.content
        yield from _seen(token.children or ())
        yield " "


def _seen(inner: Iterable[Token]) -> Iterator[str]:
    for token in inner:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
