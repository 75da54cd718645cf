"""The words of an HTML page in a mail, in one pass over its signs.

No tree is built: browsers put formatting that was left open into every paragraph after it, so that a page of some
kilobytes becomes a tree of many megabytes. Here a tag is a new line or nothing.
"""

import re
from html import unescape
from typing import Final

MOST_WORDS: Final = 100_000
_BREAKS: Final = frozenset({
    "br", "p", "div", "tr", "td", "th", "li", "dt", "dd", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "table", "caption", "pre", "hr", "center", "form", "fieldset", "legend", "section", "article",
    "aside", "header", "footer", "main", "nav", "figure", "figcaption", "address", "option",
})  # fmt: skip
# Every branch goes forward alone (`*+`, or to the end where nothing closes it), so a page is looked at once.
_MARKUP: Final = re.compile(
    r"""<!--(?:-?>|.*?--!?>|.*)
    | <(script|style|title)(?=[\s/>]) [^>]*+ (?:>.*?</\1(?=[\s/>])[^>]*+>? | .*)
    | </?([a-z][^\s/>]*+) (?:[^>=]++ | =\s*+(?:"[^"]*+" | '[^']*+' | ))*+ >?
    | <[!?/][^>]*+>?""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ENDLESS: Final = re.compile(r"&#[0-9]{9,}+;?")  # Python refuses to make a number of thousands of digits


def words_of_page(page: str) -> str:
    """What the page says, line by line, without what only programs read: much more of it than is kept of an answer.
    Costs a step for each of its tags."""
    text = re.sub(r"[^\S\n]+", " ", _MARKUP.sub(_in_its_place, page.replace("\n", " ")))
    text = re.sub(r"(?: ?\n){3,}+", "\n\n", text)[:MOST_WORDS]
    text = unescape(_ENDLESS.sub("\ufffd", text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _in_its_place(found: re.Match[str]) -> str:
    return "\n" if found[2] and found[2].lower() in _BREAKS else ""
