"""The one parser: CommonMark 0.31 with tables and strikethrough; no raw HTML, no images, bounded nesting."""

from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

DEEPEST: Final = 20
CUT: Final = "cut"
"""Set in what goes with a text that was cut: signs which begin to stress and are never closed are left out."""
_SCHEMES: Final = ("http://", "https://", "mailto:")


def _allowed(url: str) -> bool:
    return url.strip().lower().startswith(_SCHEMES)


def _task_box(_renderer: RendererHTML, tokens: list[Token], place: int, _options: Any, _env: Any) -> str:
    checked = ' checked=""' if tokens[place].attrs else ""
    return f'<input type="checkbox" disabled=""{checked}> '


def _left_open(state: StateInline) -> None:
    if not state.env.get(CUT):
        return
    for signs in (state.delimiters, *(meta.get("delimiters", []) for meta in state.tokens_meta if meta)):
        for sign in signs:
            if sign.end < 0 and sign.open and not sign.close:
                state.tokens[sign.token].content = ""


def _made() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False, "maxNesting": DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler2.before("fragments_join", "left_open", _left_open)
    # Pictures from elsewhere would tell others who reads; what is attached is shown by the page.
    parser.disable(["image", "html_block", "html_inline"])
    parser.validateLink = _allowed  # type: ignore[method-assign]
    parser.add_render_rule("task_box", _task_box)
    return parser


PARSER: Final = _made()
