"""What our pages want of the parsed blocks: direction, modest headings, task boxes, no inline styles.

Direction: a paragraph, heading or cell gets `dir="auto"`. A block that holds other blocks gets the direction of its
first strong letter outright, because `auto` looks past children that have a direction of their own (HTML standard,
"the dir attribute"), and a list would put its bullets on the wrong side.
"""

import re
import unicodedata
from typing import Final

from markdown_it.token import Token

_HOLDERS: Final = frozenset(
    {"blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open", "table_open"}
)
_LEAVES: Final = frozenset({"paragraph_open", "heading_open", "th_open", "td_open"})
_TASK: Final = re.compile(r"\[([ xX])\] ")
_DIRECTIONS: Final = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_HEADING_SHIFT: Final = 2


def shaped(tokens: list[Token]) -> None:
    """Bring block tokens into the shape described above, in place."""
    undirected: list[Token] = []
    for place, token in enumerate(tokens):
        if token.type in _HOLDERS:
            undirected.append(token)
        elif token.type in _LEAVES:
            token.attrs["dir"] = "auto"
            _aligned(token)
        elif token.type == "inline":
            if undirected and (direction := first_direction(token.content)):
                for holder in undirected:
                    holder.attrs["dir"] = direction
                undirected = []
            _task(tokens, place)
        elif token.type in ("fence", "code_block"):
            token.info = ""
            token.attrs["dir"] = "ltr"
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + _HEADING_SHIFT)}"
        if token.nesting == -1 and undirected and token.level == undirected[-1].level:
            undirected[-1].attrs["dir"] = "auto"
            undirected.pop()


def first_direction(text: str) -> str | None:
    """`ltr` or `rtl` by the first strong character (Unicode bidirectional algorithm, rule P2); None without any."""
    for char in text:
        direction = _DIRECTIONS.get(unicodedata.bidirectional(char))
        if direction:
            return direction
    return None


def _aligned(token: Token) -> None:
    """Columns keep their alignment as a class, since our pages allow no inline styles."""
    style = token.attrs.pop("style", None)
    if isinstance(style, str):
        side = style.removeprefix("text-align:")
        token.attrs["class"] = {"left": "align-start", "right": "align-end"}.get(side, "align-center")


def _task(tokens: list[Token], place: int) -> None:
    if place < 2 or tokens[place - 2].type != "list_item_open":
        return
    children = tokens[place].children or []
    match = _TASK.match(children[0].content) if children and children[0].type == "text" else None
    if match:
        children[0].content = children[0].content[match.end() :]
        done = match[1] != " "
        children.insert(0, Token("task_box", "input", 0, attrs={"checked": ""} if done else {}))
        tokens[place - 2].attrs["class"] = "task done" if done else "task"
