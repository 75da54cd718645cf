"""The beginning of a Markdown text as plain text, for lists, notifications and mails."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from markdown_it.token import Token

from .cost import affordable
from .parser import PARSER

_ENOUGH: Final = 4
"""Markup rarely takes more than three of four characters: so much source is read for each one shown."""
_QUOTE: Final = re.compile(r"^[ \t]*+(?:>[ \t]*+)++", re.MULTILINE)


def unquoted(text: str) -> str:
    """`text` without the signs that make its lines a quotation; the same sign elsewhere says "greater than"."""
    return _QUOTE.sub("", text)


_MARKED: Final = re.compile(r"[*_`~\\\[&<]")


def unmarked(line: str) -> str:
    """What a reader sees of one line in which nothing begins a paragraph: without the signs that stress, link or quote,
    and with those that do not (`plan_2026`, `2 * 3`, `#12`). A line without any sign costs next to nothing."""
    if _MARKED.search(line) is None:
        return line
    laid_out, rest = affordable(line)
    return "".join(_seen(PARSER.parseInline(laid_out)[0].children or ())) + rest


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
