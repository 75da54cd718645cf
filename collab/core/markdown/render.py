"""Markdown to HTML.

Two walls stand between a writer and the page: the parser knows no raw HTML and escapes all text, and what it made
passes nh3 (the ammonia sanitiser) with a list of what may remain.
"""

from html import escape
from typing import Final

import nh3
from markupsafe import Markup

from .cost import BUDGET, PAGE_BUDGET, weighed
from .links import MOST_LINKS, Resolver, linked
from .parser import PARSER
from .shape import shaped

_TAGS: Final = "a blockquote br code s em strong h3 h4 h5 h6 hr input li ol p pre table tbody td th thead tr ul"
_DIRECTED: Final = ("blockquote", "h3", "h4", "h5", "h6", "li", "ol", "p", "table", "td", "th", "ul")
_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS.split()),
    attributes={"a": {"href", "title"}, "ol": {"start"}, "input": {"disabled", "checked"}},
    tag_attribute_values={tag: {"dir": {"auto", "ltr", "rtl"}} for tag in (*_DIRECTED, "a", "code", "pre")}
    | {"input": {"type": {"checkbox"}}},
    allowed_classes={
        "a": {"mention", "reference"},
        "li": {"task", "done"},
        "td": {"align-start", "align-center", "align-end"},
        "th": {"align-start", "align-center", "align-end"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener nofollow",
)


def render(text: str, resolve: Resolver | None = None, *, budget: int = BUDGET) -> Markup:
    """`text` as HTML: CommonMark, tables, task lists, strikethrough, bare addresses; line ends are kept.

    `resolve` makes links of `@person` and `PARKS-214`. Work is bounded: of a text with too much markup (some
    hundred lines full of it) the rest is shown as plain paragraphs. A job may give a larger budget, in microseconds.
    """
    return _drawn(*weighed(text, budget)[:2], resolve)


class Texts:
    """The texts of one page, drawn one after the other from one budget, so that many cost no more than a few.

    None takes more than a text may alone; when the budget is used up, those that follow are shown as plain paragraphs.
    """

    def __init__(self, budget: int = PAGE_BUDGET) -> None:
        self._left = budget

    def render(self, text: str, resolve: Resolver | None = None) -> Markup:
        laid_out, rest, spent = weighed(text, min(self._left, BUDGET))
        self._left -= spent
        return _drawn(laid_out, rest, resolve)


def _drawn(laid_out: str, rest: str, resolve: Resolver | None) -> Markup:
    tokens = PARSER.parse(laid_out)
    shaped(tokens)
    places = iter(range(MOST_LINKS))
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = linked(token.children, resolve, places)
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    return Markup(_CLEANER.clean(html) + _plain(rest))  # noqa: S704 (the two walls above)


def _plain(text: str) -> str:
    if not text.strip():
        return ""
    paragraphs = (part.strip("\n") for part in text.split("\n\n"))
    return "".join(f'<p dir="auto">{escape(part).replace(chr(10), "<br>")}</p>\n' for part in paragraphs if part)
