"""Slack's way of writing turned into Markdown.

Format: docs.slack.dev, "Formatting text for app surfaces": `<@U1>` calls a person, `<#C1|name>` names a channel,
`<!here>` everybody, `<address|words>` is a link; `*bold*`, `_italic_`, `~struck~`; &, < and > are written as entities.
"""

import re
from typing import Final

from .shapes import calling, outside_code

_ANGLES: Final = re.compile(r"<([^<>\n]{1,3000})>")
_BOLD: Final = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_STRUCK: Final = re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])")
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def markdown(text: str) -> str:
    """The text as Markdown; in code only the entities are turned back."""
    return _plain(outside_code(text, _changed))


def _changed(part: str) -> str:
    return _STRUCK.sub(r"~~\1~~", _BOLD.sub(r"**\1**", _ANGLES.sub(_angle, part)))


def _angle(match: re.Match[str]) -> str:
    target, _bar, label = match[1].partition("|")
    if target.startswith("@"):
        return calling(target[1:])
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    if not label or label == target:
        return target.removeprefix("mailto:")
    address = target.replace(")", "%29").replace(" ", "%20")
    return f"[{label.replace(']', ')').replace('[', '(')}]({address})"


def _plain(text: str) -> str:
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text
