"""Line breaks of a template that are for its reader alone.

White space between two inline elements is a space on the page, so templates would have to be written in long lines.
Here a break is dropped where the next line is indented or begins with a closing tag: between two tags, or a tag and a
statement, it leaves nothing; anywhere else one space, as within a tag or a sentence. A break before any other line at
the margin stays. What stands inside `{{ }}`, `{% %}` and `{# #}` is Jinja's and is left alone; lines of a text area
begin at the margin.
"""

import re
from typing import Final

from jinja2.ext import Extension

_BREAK: Final = re.compile(r"(?P<jinja>\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})|\n(?: {2,}|(?=</(?!textarea|pre)))", re.S)


class Lines(Extension):
    """The extension that joins the lines of each template before it is read."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return joined(source)


def joined(source: str) -> str:
    """`source` without the breaks that are for its reader alone."""

    def put(found: re.Match[str]) -> str:
        if found["jinja"]:
            return found.group()
        before, after = source[found.start() - 1 : found.start()], source[found.end() : found.end() + 1]
        return "" if before in (">", "}") and after in ("<", "{") else " "

    return _BREAK.sub(put, source)
