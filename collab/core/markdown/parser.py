"""The one parser: CommonMark 0.31 with tables and strikethrough; no raw HTML, no images, bounded nesting."""

from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

DEEPEST: Final = 20
_SCHEMES: Final = ("http://", "https://", "mailto:")


def _allowed(url: str) -> bool:
    return url.strip().lower().startswith(_SCHEMES)


def _task_box(_renderer: RendererHTML, tokens: list[Token], place: int, _options: Any, _env: Any) -> str:
    checked = ' checked=""' if tokens[place].attrs else ""
    return f'<input type="checkbox" disabled=""{checked}> '


def _made() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False, "maxNesting": DEEPEST})
    parser.enable(["table", "strikethrough"])
    # Pictures from elsewhere would tell others who reads; what is attached is shown by the page.
    parser.disable(["image", "html_block", "html_inline"])
    parser.validateLink = _allowed  # type: ignore[method-assign]
    parser.add_render_rule("task_box", _task_box)
    return parser


PARSER: Final = _made()
